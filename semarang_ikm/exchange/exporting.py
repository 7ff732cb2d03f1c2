"""Records as files that spreadsheets open, and that come back as the same rows when they are imported."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.kinds.base import CHUNK, Kind
from semarang_ikm.exchange.readers import Number, Whole
from semarang_ikm.exchange.world import World
from semarang_ikm.opendata.forms.delimited import written
from semarang_ikm.opendata.kinds import number
from semarang_ikm.shared.bilingual import in_both
from semarang_ikm.shared.cells import Cell, safe

PIECE = 64 * 1024
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True)
class Export:
    """`pks` in the order of the list. Rows that go while it runs are left out."""

    kind: Kind
    columns: Sequence[Column]
    pks: Sequence[int]

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each record, read piece by piece."""
        world = World()
        for start in range(0, len(self.pks), CHUNK):
            chunk = self.pks[start : start + CHUNK]
            records = self.kind.load(chunk)
            for pk in chunk:
                if pk in records:
                    values = self.kind.values_of(records[pk])
                    yield [_cell(column, values[column.key], world) for column in self.columns]

    def headings(self) -> list[str]:
        return [in_both(column.heading)[0] for column in self.columns]


def _cell(column: Column, value: Any, world: World) -> Cell:
    """Numbers and dates as such, everything else as it would be typed."""
    if isinstance(value, bool):
        return column.reader.write(value, world)
    if isinstance(value, int | Decimal) and isinstance(column.reader, Whole | Number):
        return number(value)
    if isinstance(value, date):
        return value
    return column.reader.write(value, world) or None


def write_csv(export: Export) -> Iterator[bytes]:
    yield _lines([[str(safe(name)) for name in export.headings()]]).encode("utf-8-sig")
    held: list[list[str]] = []
    for cells in export.rows():
        held.append([_for_csv(cell) for cell in cells])
        if len(held) >= CHUNK:
            yield _lines(held).encode()
            held = []
    yield _lines(held).encode()


def _for_csv(cell: Cell) -> str:
    # A fraction behind a comma, as the reader of numbers wants it.
    return str(cell).replace(".", ",") if isinstance(cell, float) else written(cell)


def _lines(rows: list[list[str]]) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerows(rows)
    return held.getvalue()


def write_json(export: Export) -> Iterator[bytes]:
    """A list of records by the keys of the columns; nothing is null."""
    yield b"["
    lead = "\n"
    for cells in export.rows():
        record = {column.key: cell for column, cell in zip(export.columns, cells, strict=True)}
        yield (lead + json.dumps(record, ensure_ascii=False, default=date.isoformat)).encode()
        lead = ",\n"
    yield b"\n]\n"


def write_xlsx(export: Export) -> Iterator[bytes]:
    """On disk first, since a workbook is a whole; nothing of it stays in memory or behind."""
    from semarang_ikm.exchange.workbooks import start_export

    book, sheet, cell_of = start_export(export.kind, export.columns)
    for cells in export.rows():
        sheet.append([cell_of(cell) for cell in cells])
    with tempfile.TemporaryFile() as stored:
        book.save(stored)
        stored.seek(0)
        while piece := stored.read(PIECE):
            yield piece


FORMS = {"xlsx": write_xlsx, "csv": write_csv, "json": write_json}
