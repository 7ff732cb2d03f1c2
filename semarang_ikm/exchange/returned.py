"""The officer's own file with its wrong rows marked: everything else in it stays as it came, but nothing in it is live.

A workbook keeps its sheets, widths, formats and other columns. Formulas come back as their results; macros, links to
other files, charts and pictures do not come back. A CSV keeps its delimiter and gets a column more.
"""

import csv
import io
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, PatternFill
from openpyxl.utils import get_column_letter

from semarang_ikm.exchange.choices import FileForm
from semarang_ikm.exchange.files import ReadFile, read_file
from semarang_ikm.exchange.files.bounds import check_workbook
from semarang_ikm.exchange.files.delimited import rows_of
from semarang_ikm.exchange.files.headings import MESSAGES_HEADING, Dictionary
from semarang_ikm.exchange.files.sheet import Sheet
from semarang_ikm.exchange.kinds import Kind
from semarang_ikm.exchange.workbooks import WRONG, WrongLine, messages_of, saved
from semarang_ikm.shared.cells import is_live, safe
from semarang_ikm.shared.text import squeeze

AUTHOR = "Sentra Semarang"
# Cells of all sheets that a whole workbook may have to be held in memory, about 0.5 KB each.
MOST_CELLS = 400_000
_NO_FILL = PatternFill(fill_type=None)
_MESSAGE_WIDTH = 60
logger = logging.getLogger(__name__)


def marked(data: bytes, form: str, kind: Kind, wrong: Iterable[WrongLine]) -> bytes | None:
    """None: it cannot be marked as a whole, because it is too large or holds what the library does not carry over."""
    lines = {line.number: line for line in wrong}
    read = read_file(data, kind.columns, whole=False)
    if form == FileForm.CSV:
        return _marked_csv(data, read, kind, lines)
    if sum(facts.size for facts in check_workbook(data).values()) > MOST_CELLS:
        return None
    try:
        return _marked_book(data, read, kind, lines)
    except Exception:
        # A table that could be read may stand beside a drawing or a style of which the library makes nothing.
        logger.exception("A workbook could not be marked")
        return None


def _marked_book(data: bytes, read: ReadFile, kind: Kind, lines: dict[int, WrongLine]) -> bytes:
    book = load_workbook(io.BytesIO(data), data_only=True, keep_vba=False, keep_links=False, rich_text=False)
    for sheet in book.worksheets:
        _disarm(sheet)
    _drop_names(book)
    sheet = book[read.sheet.name]
    at = _messages_at(read.headings.texts) + 1
    _unmark(sheet, read.headings.number, at)
    head = sheet.cell(read.headings.number, at, MESSAGES_HEADING)
    if at > 1:
        head._style = sheet.cell(read.headings.number, at - 1)._style
    width = sheet.column_dimensions[get_column_letter(at)]
    width.width = max(width.width, _MESSAGE_WIDTH)
    places = {key: place for place, key in enumerate(read.headings.keys, 1) if key}
    for number, line in lines.items():
        for key, message in line.errors.items():
            if key in places:
                _mark(sheet.cell(number, places[key]), message)
        told = sheet.cell(number, at, messages_of(kind, line))
        told.font, told.alignment = WRONG["font"], Alignment(wrap_text=True, vertical="top")
        _as_text(told)
    book.active = book.worksheets.index(sheet)
    return saved(book)


def _disarm(sheet: Any) -> None:
    """Text that would come alive when somebody edits it stays text; nothing leads out of the file."""
    sheet._charts, sheet._images, sheet.legacy_drawing = [], [], None
    sheet.data_validations.dataValidation = [
        rule for rule in sheet.data_validations.dataValidation if not _leads_out(rule.formula1, rule.formula2)
    ]
    for ranged in list(sheet.conditional_formatting):
        if any(_leads_out(*rule.formula) for rule in ranged.rules):
            del sheet.conditional_formatting[ranged.sqref]
    for row in sheet.iter_rows():
        for cell in row:
            if getattr(cell, "hyperlink", None) is not None:
                cell.hyperlink = None
            if cell.data_type == "f":
                cell.value = None
            elif isinstance(cell.value, str):
                _as_text(cell)


def _as_text(cell: Any) -> None:
    if is_live(cell.value):
        cell.data_type, cell.quotePrefix = "s", True


def _leads_out(*formulas: str | None) -> bool:
    """To another file, to a program, or through a function: lists and comparisons within the book do neither."""
    return any(mark in (formula or "") for formula in formulas for mark in "[|(")


def _drop_names(book: Any) -> None:
    for holder in (book, *book.worksheets):
        for name in [name for name, defined in holder.defined_names.items() if _leads_out(defined.attr_text)]:
            del holder.defined_names[name]


def _messages_at(texts: Sequence[str]) -> int:
    """The place of the column of messages: that of a former return, else behind the last."""
    ours = squeeze(MESSAGES_HEADING)
    return next((place for place, text in enumerate(texts) if squeeze(text) == ours), len(texts))


def _unmark(sheet: Any, heading: int, at: int) -> None:
    """What a former return marked."""
    for row in sheet.iter_rows(min_row=heading + 1):
        for cell in row:
            if cell.column == at:
                cell.value = None
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = _NO_FILL


def _mark(cell: Any, message: str) -> None:
    # A merged cell above the table has neither; below the headings none is merged (files.workbook).
    cell.fill = WRONG["fill"]
    cell.comment = Comment(message, AUTHOR, width=320, height=120)


def _marked_csv(data: bytes, read: ReadFile, kind: Kind, lines: dict[int, WrongLine]) -> bytes:
    delimiter, rows = rows_of(data, Dictionary(kind.columns).has_headings, Sheet())
    at = _messages_at(read.headings.texts)
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=delimiter, lineterminator="\r\n")
    for number, cells in rows:
        cells = [*cells, *[""] * (at + 1 - len(cells))]
        cells[at] = MESSAGES_HEADING if number == read.headings.number else ""
        if number in lines:
            cells[at] = messages_of(kind, lines[number])
        elif not any(cells):
            cells = []
        writer.writerow([safe(cell) for cell in cells])
    return held.getvalue().encode("utf-8-sig")
