"""What a value can be: how it is called, described to machines, and written in JSON and in a table's cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.cells import Cell
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.phones import InvalidPhone, parse_phone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# How much of an ISO date is known: 2017, 2017-05, 2017-05-12.
_KNOWN = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
# Between the values of one cell.
SEPARATOR = "; "


def same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Kind:
    """`schema`: JSON Schema. `to_json` and `to_cell` never meet None: nothing stays nothing."""

    label: "StrOrPromise"
    schema: Mapping[str, Any]
    to_json: Callable[[Any], Any] = same
    to_cell: Callable[[Any], Cell] = same
    # Characters: how wide its column is in a workbook.
    width: int = 16


def number(value: Decimal | float | int) -> int | float:
    """A whole number where it is one, so that 36.00 makers are 36."""
    return int(value) if value == int(value) else float(value)


def partial_date(value: date, precision: str) -> str:
    """As much of the date as is known; the rest of a stored date is filler and never leaves."""
    return value.isoformat()[: _KNOWN[DatePrecision(precision)]]


def joined(values: list[str]) -> str | None:
    return SEPARATOR.join(values) or None


def _moment(value: datetime) -> datetime:
    return timezone.localtime(value, timezone.get_default_timezone()).replace(microsecond=0)


def _as_dialled(values: list[str]) -> str | None:
    """Numbers as Indonesians write them: text with its leading zero, which no spreadsheet takes for a sum."""
    return joined([_national(value) for value in values])


def _national(value: str) -> str:
    try:
        return parse_phone(value).national()
    except InvalidPhone:
        return value


TEXT = Kind(_("teks"), {"type": "string"}, width=28)
LONG_TEXT = Kind(_("teks"), {"type": "string"}, width=48)
CODE = Kind(_("kode, sebagai teks"), {"type": "string"}, width=14)
CHOICE = Kind(_("pilihan"), {"type": "string"}, to_json=str, to_cell=str, width=14)
URL = Kind(_("alamat web"), {"type": "string", "format": "uri-reference"}, width=36)
WHOLE = Kind(_("bilangan bulat"), {"type": "integer"}, width=12)
NUMBER = Kind(_("bilangan"), {"type": "number"}, to_json=number, to_cell=number, width=12)
YES_NO = Kind(_("ya atau tidak"), {"type": "boolean"}, width=10)
DAY = Kind(_("tanggal"), {"type": "string", "format": "date"}, to_json=date.isoformat, width=12)
PARTIAL_DAY = Kind(
    _("tanggal, sebagian bila hanya tahun atau bulannya diketahui"),
    {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    width=12,
)
TIME = Kind(
    _("jam, WIB"),
    {"type": "string", "pattern": r"^\d{2}:\d{2}$"},
    to_json=lambda value: value.strftime("%H:%M"),
    to_cell=lambda value: value.strftime("%H:%M"),
    width=10,
)
MOMENT = Kind(
    _("tanggal dan jam, WIB"),
    {"type": "string", "format": "date-time"},
    to_json=lambda value: _moment(value).isoformat(),
    to_cell=lambda value: _moment(value).isoformat(),
    width=26,
)
_TEXTS = {"type": "array", "items": {"type": "string"}}
CODES = Kind(_("daftar kode"), _TEXTS, to_cell=joined, width=24)
TEXTS = Kind(_("daftar teks"), _TEXTS, to_cell=joined, width=28)
PHONES = Kind(_("daftar nomor telepon"), _TEXTS, to_cell=_as_dialled, width=22)
# Nested records; their field says what a table shows of them.
RECORDS = Kind(_("daftar data"), {"type": "array"}, width=40)
