"""Workbooks that officers fill in: the template, and the wrong rows of an import with what is wrong with them."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from tempfile import TemporaryFile
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from semarang_ikm.exchange.columns import CLEAR_WORD, Column
from semarang_ikm.exchange.files.headings import MESSAGES_HEADING
from semarang_ikm.exchange.files.sheet import MAX_ROWS, NO_RESULT
from semarang_ikm.exchange.kinds import Kind
from semarang_ikm.exchange.world import World
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.cells import Cell, safe

_HEAD = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="1D3B66")}
_REQUIRED = {"font": Font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="7A3E12")}
_EXAMPLE = {"font": Font(italic=True, color="574E45"), "fill": PatternFill("solid", fgColor="F6EFE2")}
WRONG = {"font": Font(bold=True, color="8E2A1C"), "fill": PatternFill("solid", fgColor="FBE6E2")}
_LISTS = "Daftar"
# A number in a cell of this form stays the text that was typed, with its leading zeros.
_AS_TEXT = "@"


@dataclass
class WrongLine:
    """A row as it came, with the messages about its cells."""

    number: int
    raw: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def template(kind: Kind, columns: Sequence[Column]) -> bytes:
    """An empty table with an example row that is never read, drop-down lists, and a sheet that explains."""
    columns = [column for column in columns if column.key != "status"]
    book = Workbook(write_only=True)
    sheet = _data_sheet(book, kind, [(in_both(column.heading)[0], column) for column in columns])
    sheet.append([_cell(sheet, column.example, **_EXAMPLE) for column in columns])
    _explanation(book, kind, columns)
    _lists(book, sheet, columns)
    return saved(book)


def wrong_rows(kind: Kind, headings: Sequence[tuple[str, str]], lines: Iterable[WrongLine]) -> bytes:
    """The rows that could not be taken over, under the headings under which they came, marked and explained."""
    book = Workbook(write_only=True)
    named = [(text, kind.by_key.get(key)) for text, key in headings]
    named = [(text, column) for text, column in named if text != MESSAGES_HEADING]
    sheet = _data_sheet(book, kind, [*named, (MESSAGES_HEADING, None)])
    for line in lines:
        cells = [_wrong_cell(sheet, line, column) for _text, column in named]
        sheet.append([*cells, _cell(sheet, messages_of(kind, line), font=WRONG["font"])])
    known = [column for _text, column in named if column is not None]
    _explanation(book, kind, known)
    _lists(book, sheet, [column for _text, column in named])
    return saved(book)


def start_export(kind: Kind, columns: Sequence[Column]) -> tuple[Workbook, Any, Callable[[Cell], Any]]:
    """A workbook with the headings only, its sheet, and what makes a cell of a value."""
    book = Workbook(write_only=True)
    sheet = _data_sheet(book, kind, [(in_both(column.heading)[0], column) for column in columns])

    def cell_of(value: Cell) -> Any:
        if isinstance(value, str):
            return _cell(sheet, value)
        if isinstance(value, date):
            cell = WriteOnlyCell(sheet, value=value)
            cell.number_format = "yyyy-mm-dd"
            return cell
        return value

    return book, sheet, cell_of


def wrong_rows_as_csv(kind: Kind, headings: Sequence[tuple[str, str]], lines: Iterable[WrongLine]) -> bytes:
    """The same for what came as CSV; the messages stand in a column of their own."""
    named = [(text, key) for text, key in headings if text != MESSAGES_HEADING]
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([*(safe(text) for text, _key in named), MESSAGES_HEADING])
    for line in lines:
        texts = [line.raw.get(key, "") for _text, key in named]
        writer.writerow([*(safe("" if text == NO_RESULT else text) for text in texts), messages_of(kind, line)])
    return held.getvalue().encode("utf-8-sig")


def messages_of(kind: Kind, line: WrongLine) -> str:
    told = [f"{in_both(kind.by_key[key].heading)[0]}: {message}" for key, message in line.errors.items()]
    return _("Baris %(number)d. %(told)s") % {"number": line.number, "told": " ".join(told)}


def _wrong_cell(sheet: Any, line: WrongLine, column: Column | None) -> Any:
    text = line.raw.get(column.key, "") if column else ""
    message = line.errors.get(column.key, "") if column else ""
    cell = _cell(sheet, "" if text == NO_RESULT else text, **(WRONG if message else {}))
    if message:
        cell.comment = Comment(message, "Sentra Semarang", width=320, height=120)
    return cell


def _cell(sheet: Any, text: str, **style: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=safe(text) or None)
    cell.number_format = _AS_TEXT
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _data_sheet(book: Workbook, kind: Kind, named: Sequence[tuple[str, Column | None]]) -> Any:
    sheet = book.create_sheet(in_both(kind.name.label)[0][:31])
    sheet.freeze_panes = "B2"
    for place, (text, column) in enumerate(named, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = max(column.width if column else 60, len(text) + 3)
        dimension.number_format = _AS_TEXT
    heads = []
    for text, column in named:
        style = _REQUIRED if column is not None and column.required else _HEAD
        heads.append(_cell(sheet, text, alignment=Alignment(wrap_text=True, vertical="top"), **style))
    sheet.append(heads)
    return sheet


def _explanation(book: Workbook, kind: Kind, columns: Sequence[Column]) -> None:
    sheet = book.create_sheet("Petunjuk")
    for letter, width in zip("ABCD", (28, 10, 70, 40), strict=True):
        sheet.column_dimensions[letter].width = width
    for text in (
        _("Satu baris untuk satu data. Judul di baris pertama jangan diubah; kolom yang tidak dipakai boleh dihapus."),
        _("Baris contoh (kode CONTOH) tidak ikut diimpor."),
        _("Sel kosong membiarkan isinya seperti sekarang. Tulis %(word)s untuk mengosongkannya.")
        % {"word": CLEAR_WORD},
        _("Kosongkan Kode untuk data baru. Data yang sudah ada dikenali dari Kode atau NIB-nya."),
        _("Tidak ada yang tersimpan saat berkas diunggah: Anda memeriksa usulannya dahulu, lalu menyimpannya."),
        _("Data pribadi tetap tersembunyi dari situs sampai persetujuan pemiliknya dicatat."),
    ):
        sheet.append([text])
    sheet.append([])
    sheet.append([_cell(sheet, text, **_HEAD) for text in ("Kolom", "Wajib", "Cara mengisi", "Contoh")])
    for column in columns:
        told = str(column.told) or (_("Pilih dari daftar.") if column.reader.choices(World()) else "")
        sheet.append(
            [safe(text) for text in (in_both(column.heading)[0], "ya" if column.required else "", told, column.example)]
        )


def _lists(book: Workbook, sheet: Any, columns: Sequence[Column | None]) -> None:
    """What the drop-down lists offer stands on a hidden sheet, so that it may be long."""
    world = World()
    offered = [(place, column, list(column.reader.choices(world))) for place, column in enumerate(columns, 1) if column]
    offered = [each for each in offered if each[2]]
    lists = book.create_sheet(_LISTS)
    lists.sheet_state = "hidden"
    lists.append([f"Pilihan: {in_both(column.heading)[0]}" for _place, column, _names in offered])
    for number in range(max((len(names) for _place, _column, names in offered), default=0)):
        lists.append([safe(names[number]) if number < len(names) else None for _place, _column, names in offered])
    for at, (place, _column, names) in enumerate(offered, 1):
        letter = get_column_letter(at)
        rule = DataValidation("list", formula1=f"{_LISTS}!${letter}$2:${letter}${len(names) + 1}", allow_blank=True)
        # A warning, not a wall: several types may stand in one cell.
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.errorTitle = "Tidak ada di daftar"
        rule.error = "Pilih dari daftar, atau pisahkan beberapa pilihan dengan titik koma."
        here = get_column_letter(place)
        rule.add(f"{here}2:{here}{MAX_ROWS}")
        sheet.data_validations.append(rule)


def saved(book: Workbook) -> bytes:
    with TemporaryFile() as stored:
        book.save(stored)
        stored.seek(0)
        return stored.read()
