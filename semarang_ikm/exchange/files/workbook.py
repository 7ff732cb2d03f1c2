"""XLSX: the first visible sheet that has the headings."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from semarang_ikm.exchange.files.bounds import SheetFacts, broken, check_workbook, spans
from semarang_ikm.exchange.files.sheet import MAX_COLUMNS, NO_RESULT, Sheet, as_text, too_wide
from semarang_ikm.exchange.problems import FileRefused

# Lines among which the headings are looked for.
HEADING_LINES = 20
# A formatted column reaches down a million rows; what comes after so many empty lines is not read.
MAX_EMPTY = 5_000
# What the library raises for parts that are not what they should be.
_UNREADABLE = (
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    SyntaxError,
    BadZipFile,
    AssertionError,
)


def read_workbook(data: bytes, has_headings: Callable[[list[str]], bool], whole: bool = True) -> Sheet:
    """`has_headings` tells a line of headings. `whole` false: the first lines only, to look at the headings."""
    facts = check_workbook(data)
    # Only then, because the library takes memory in every worker and time at every start.
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        chosen = _choose(book, has_headings)
        sheet = Sheet(name=chosen.title)
        others = [each.title for each in _tables(book) if each is not chosen and _starts_with(each, has_headings)]
        if others:
            note = _("Hanya lembar “%(read)s” yang dibaca, tidak: %(others)s.")
            sheet.notes.append(note % {"read": chosen.title, "others": ", ".join(others)})
        found = facts.get(chosen._worksheet_path.lstrip("/"))
        _read(chosen, sheet, whole)
        if found is not None:
            _refuse_merged(sheet, found, has_headings)
            if found.has_far_cells:
                raise FileRefused(too_wide())
            if found.has_formulas and whole:
                _mark_formulas(data, chosen.title, sheet)
    except FileRefused:
        raise
    except _UNREADABLE as error:
        raise FileRefused(broken()) from error
    return sheet


def _tables(book: Any) -> Iterator[Any]:
    """Sheets with cells that are shown."""
    return (each for each in book.worksheets if each.sheet_state == "visible")


def _choose(book: Any, has_headings: Callable[[list[str]], bool]) -> Any:
    shown = list(_tables(book))
    for each in shown:
        if _starts_with(each, has_headings):
            return each
    if any(_starts_with(each, has_headings) for each in book.worksheets if each.sheet_state != "visible"):
        raise FileRefused(_("Tabelnya ada di lembar tersembunyi. Tampilkan lembar itu, simpan, lalu unggah lagi."))
    if not shown:
        raise FileRefused(broken())
    return shown[0]


def _starts_with(sheet: Any, has_headings: Callable[[list[str]], bool]) -> bool:
    return any(has_headings(cells) for _number, cells in _lines(sheet, HEADING_LINES))


def _lines(sheet: Any, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    # What a file claims of its own size may be wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=most, max_col=MAX_COLUMNS + 1, values_only=True)
    empty = 0
    for number, row in enumerate(rows, 1):
        empty = empty + 1 if all(value is None for value in row) else 0
        if empty > MAX_EMPTY:
            return
        yield number, [as_text(value) for value in row]


def _read(source: Any, sheet: Sheet, whole: bool) -> None:
    for number, cells in _lines(source, None if whole else HEADING_LINES):
        sheet.add(number, cells)


def _refuse_merged(sheet: Sheet, facts: SheetFacts, has_headings: Callable[[list[str]], bool]) -> None:
    """Only the first of merged cells holds a value: what the others mean is not for us to guess."""
    heading = next((number for number, cells in sheet.lines[:HEADING_LINES] if has_headings(cells)), 1)
    if below := [ref for ref, _first, last in spans(facts.merged) if last >= heading]:
        told = _("Sel %(cells)s digabung. Pisahkan selnya, isi setiap baris, lalu unggah lagi.")
        raise FileRefused(told % {"cells": ", ".join(below[:5])})


def _mark_formulas(data: bytes, title: str, sheet: Sheet) -> None:
    """A formula counts by the result that the spreadsheet stored with it; without one the cell is marked."""
    from openpyxl import load_workbook

    written = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)[title]
    lines = dict(sheet.lines)
    for number, cells in _lines(written):
        if number not in lines and any(cell.startswith("=") for cell in cells):
            lines[number] = []
        for place, text in enumerate(cells):
            if text.startswith("=") and number in lines:
                line = lines[number]
                line.extend([""] * (place + 1 - len(line)))
                line[place] = line[place] or NO_RESULT
    sheet.lines = sorted(lines.items())
