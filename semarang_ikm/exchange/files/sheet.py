"""A sheet as it was read: rows of texts. Numbers and dates are written as an Indonesian would type them."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from semarang_ikm.exchange.problems import FileRefused

MAX_BYTES = 15 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 5_000
# XML and databases hold no such character.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# A cell that a formula should have filled, and that holds no result.
NO_RESULT = "\ue000formula"


@dataclass
class Sheet:
    """Lines with their numbers in the spreadsheet; a line is as long as its last filled cell."""

    name: str = ""
    lines: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, number: int, cells: list[str]) -> None:
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > MAX_COLUMNS:
            raise FileRefused(too_wide())
        if cells:
            if len(self.lines) > MAX_ROWS + 20:
                raise FileRefused(
                    _("Tabel ini lebih dari %(most)s baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu.")
                    % {"most": f"{MAX_ROWS:,}".replace(",", ".")}
                )
            self.lines.append((number, cells))


def too_wide() -> str:
    told = _("Ada isi di luar kolom ke-%(most)d. Hapus kolom yang tidak dipakai, lalu unggah lagi.")
    return told % {"most": MAX_COLUMNS}


def as_text(value: Any) -> str:
    """A cell's value as a person would have typed it: 0.5 is "0,5", a date "2026-01-05", true "ya"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        # Spreadsheets store a date as midnight of it.
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return (
        _CONTROL.sub("", str(value))
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .strip(" \t\n\u00a0\ufeff\u200b")[: MAX_CELL + 1]
    )


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.15g}"
    if "e" in text.lower():
        return text.replace(".", ",").upper()
    whole, _dot, rest = text.partition(".")
    # Three figures behind the comma could be taken for thousands by the reader of numbers.
    return f"{whole},{rest}0" if len(rest) == 3 else f"{whole},{rest}"
