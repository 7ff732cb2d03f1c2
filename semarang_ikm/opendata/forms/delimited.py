"""CSV (RFC 4180) that spreadsheets open too: UTF-8 with a byte order mark, stable keys in the first row."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from semarang_ikm.opendata.dataset import Selection
from semarang_ikm.opendata.forms.cells import safe
from semarang_ikm.opendata.heading import Heading
from semarang_ikm.shared.cells import Cell


def write_csv(selection: Selection, heading: Heading) -> Iterator[bytes]:
    fields = selection.dataset.fields
    yield _lines([[field.key for field in fields]]).encode("utf-8-sig")
    for batch in selection.batches():
        yield _lines([[written(field.cell(row)) for field in fields] for row in batch]).encode()


def written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(safe(value))


def _lines(rows: list[list[str]]) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerows(rows)
    return held.getvalue()
