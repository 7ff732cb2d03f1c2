"""Tables for officers as XLSX: a bold heading, widths, dates as dates, texts as texts with their leading zeros."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from semarang_ikm.shared.cells import Cell, safe

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The longest name of a sheet, and the signs that none may hold.
MAX_TITLE, NOT_IN_TITLES = 31, str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDEST = 60


class Sheet:
    """One sheet of a workbook: its name, its headings, its rows."""

    def __init__(self, title: str, headings: Sequence[object], rows: Iterable[Sequence[Cell]]) -> None:
        self.title = title.translate(NOT_IN_TITLES)[:MAX_TITLE]
        self.headings = [str(heading) for heading in headings]
        self.rows = [list(row) for row in rows]


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The file. A text that a spreadsheet would run gets an apostrophe before it."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number, heading in enumerate(sheet.headings):
            longest = max([len(heading), *(len(str(row[number])) for row in sheet.rows if row[number] is not None)])
            page.column_dimensions[get_column_letter(number + 1)].width = min(longest + 2, WIDEST)
        page.append([_bold(page, heading) for heading in sheet.headings])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def workbook_answer(sheets: Iterable[Sheet], name: str) -> HttpResponse:
    """The file as a download that nobody between keeps."""
    return download(workbook(sheets), CONTENT_TYPE, f"{name}.xlsx")


def download(content: bytes, content_type: str, filename: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _bold(page: object, text: str) -> Any:
    cell = WriteOnlyCell(page, value=safe(text))
    cell.font = Font(bold=True)
    return cell


def _cell(page: object, value: Cell) -> Any:
    if isinstance(value, date):
        cell = WriteOnlyCell(page, value=value)
        cell.number_format = "yyyy-mm-dd"
        return cell
    return safe(value)
