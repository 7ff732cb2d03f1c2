"""XLSX: the rows, and a second sheet with what the columns mean, whence, when, and under which licence."""

import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from semarang_ikm.opendata.dataset import Selection
from semarang_ikm.opendata.dictionary import explained, values_in_words
from semarang_ikm.opendata.fields import Field
from semarang_ikm.opendata.forms.cells import WORKBOOK_ROWS, safe
from semarang_ikm.opendata.heading import Heading
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.cells import Cell

PIECE = 64 * 1024
BOLD = Font(bold=True)
Line = list[Cell]


def write_xlsx(selection: Selection, heading: Heading) -> Iterator[bytes]:
    """On disk first, since a workbook is a whole; nothing of it stays in memory or behind."""
    book = Workbook(write_only=True)
    _fill_data(book, selection)
    _fill_notes(book, selection, heading)
    with tempfile.TemporaryFile() as stored:
        book.save(stored)
        stored.seek(0)
        while piece := stored.read(PIECE):
            yield piece


def _fill_data(book: Workbook, selection: Selection) -> None:
    fields = selection.dataset.fields
    sheet = book.create_sheet(in_both(selection.dataset.title)[0])
    sheet.freeze_panes = "A2"
    for number, field in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(field.kind.width, len(field.key) + 2)
    sheet.append([_bold(sheet, field.key) for field in fields])
    for row in selection.rows(WORKBOOK_ROWS):
        sheet.append([_cell(sheet, field.cell(row)) for field in fields])


def _fill_notes(book: Workbook, selection: Selection, heading: Heading) -> None:
    sheet = book.create_sheet("Keterangan")
    for letter, width in zip("ABCDEFGH", (26, 48, 48, 30, 18, 44, 44, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for name, *told in _about(selection, heading):
        sheet.append([_bold(sheet, str(name)), *(safe(text) for text in told)])
    sheet.append([])
    sheet.append([_bold(sheet, title) for title in _TITLES])
    for field in selection.dataset.fields:
        for line in _explained(field):
            sheet.append([safe(text) for text in line])


_TITLES = (
    "Kunci / key",
    "Arti",
    "Meaning",
    "Jenis / type",
    "Satuan / unit",
    "Bila kosong",
    "When empty",
    "Nilai / values",
)


def _about(selection: Selection, heading: Heading) -> Iterator[Line]:
    made = timezone.localtime(heading.made_at, timezone.get_default_timezone())
    yield ["Data", *in_both(selection.dataset.title)]
    yield ["Isi / content", *in_both(selection.dataset.about)]
    yield ["Penerbit / publisher", heading.publisher]
    yield ["Sumber / source", heading.page]
    yield ["Diambil / retrieved", made.strftime("%Y-%m-%d %H:%M WIB")]
    if selection.words:
        yield ["Saringan / filters", selection.words]
    for part in selection.asked.ignored:
        yield ["Diabaikan / ignored", part]
    if selection.total > WORKBOOK_ROWS:
        yield [
            "Dipotong / cut",
            *in_both(_("Hanya sebagian baris pertama yang muat di sini; CSV dan JSON memuat semuanya.")),
        ]
    licence = heading.licence
    if licence is None:
        yield ["Lisensi / licence", *in_both(_("Belum ada lisensi yang diberikan untuk data ini."))]
    else:
        yield ["Lisensi / licence", licence.name, licence.url, licence.since.isoformat()]
        yield ["Sebutkan / attribution", licence.attribution or heading.publisher]


def _explained(field: Field) -> Iterator[Line]:
    for entry in explained(field):
        meaning, empty, values = in_both(entry.label), in_both(entry.empty), values_in_words(entry)
        kind, unit = in_both(entry.kind.label), in_both(entry.unit)
        yield [entry.key, *meaning, _once(*kind), _once(*unit), *empty, values]


def _once(indonesian: str, english: str) -> str:
    return indonesian if indonesian == english else f"{indonesian} / {english}"


def _bold(sheet: object, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = BOLD
    return cell


def _cell(sheet: object, value: Cell) -> Any:
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return safe(value)
