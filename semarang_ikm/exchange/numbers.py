"""Numbers and dates as Indonesians and their spreadsheets write them."""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from semarang_ikm.exchange.problems import CellRefused
from semarang_ikm.shared.choices import DatePrecision

FIRST_YEAR, LAST_YEAR = 1900, 2100
_RUPIAH = re.compile(r"^(?:rp|idr)\.?\s*|,-+$|\s+", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$", re.IGNORECASE)
_DOTS = re.compile(r"^-?\d{1,3}(?:\.\d{3})+$")
_COMMAS = re.compile(r"^-?\d{1,3}(?:,\d{3}){2,}$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar mrt",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu agt aug ags agst",
            "september sept sep",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_NUMERIC = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})$")
_WORDS = re.compile(r"^(?:\w+,\s*)?(\d{1,2})[\s./-]+([A-Za-z]+)\.?[\s./,-]+(\d{4}|\d{2})$")
_MONTH_AND_YEAR = re.compile(r"^([A-Za-z]+)[\s./-]+(\d{4})$|^(\d{4})-(\d{1,2})$|^(\d{1,2})/(\d{4})$")
_SERIAL = re.compile(r"^\d{5}(?:,\d+)?$")
# Day 0 of a spreadsheet's calendar, so that 1 March 1900 and later are right.
_EPOCH = date(1899, 12, 30)


def is_scientific(text: str) -> bool:
    return bool(_SCIENTIFIC.match(text.strip()))


def read_number(text: str) -> Decimal:
    """ "12.500", "Rp 12.500,-" and "12500" are one number; "12,5" has a fraction. Raises CellRefused."""
    bare = _RUPIAH.sub("", text.strip())
    if is_scientific(bare):
        raise CellRefused(_("Angka ini disingkat lembar sebar. Ubah kolomnya menjadi Teks, lalu ketik lengkap."))
    if _DOTS.match(bare):
        bare = bare.replace(".", "")
    elif _COMMAS.match(bare):
        bare = bare.replace(",", "")
    elif "." in bare and "," in bare:
        thousands, fraction = (".", ",") if bare.rindex(",") > bare.rindex(".") else (",", ".")
        if bare.count(fraction) > 1:
            raise CellRefused(_not_a_number(text))
        bare = bare.replace(thousands, "").replace(fraction, ".")
    elif re.match(r"^-?[1-9]\d{0,2},\d{3}$", bare):
        told = _("“%(text)s” bisa dua arti. Tulis %(whole)s untuk ribuan, atau %(fraction)s untuk pecahan.")
        raise CellRefused(told % {"text": text, "whole": bare.replace(",", ""), "fraction": f"{bare}0"})
    else:
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?", bare) or len(bare) > 25:
        raise CellRefused(_not_a_number(text))
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise CellRefused(_not_a_number(text)) from error


def _not_a_number(text: str) -> str:
    return _("“%(text)s” bukan angka. Tulis angkanya saja, misalnya 12500.") % {"text": text[:40]}


def write_number(value: Decimal | int) -> str:
    """Without marks of thousands, the fraction behind a comma: what `read_number` cannot misread."""
    text = f"{Decimal(value).normalize():f}".replace(".", ",")
    return f"{text}0" if re.match(r"^-?[1-9]\d{0,2},\d{3}$", text) else text


def read_date(text: str) -> date:
    """ "5/1/2026", "5 Januari 2026", "2026-01-05", or a spreadsheet's count of days. Raises CellRefused."""
    bare = " ".join(text.split())
    if match := _ISO.match(bare):
        return _day(text, match[1], match[2], match[3])
    if match := _NUMERIC.match(bare):
        return _day(text, match[3], match[2], match[1])
    if match := _WORDS.match(bare):
        month = _MONTHS.get(match[2].lower())
        if month is None:
            told = _("Bulan “%(month)s” tidak dikenal. Tulis misalnya 5 Januari 2026 atau 5/1/2026.")
            raise CellRefused(told % {"month": match[2]})
        return _day(text, match[3], str(month), match[1])
    if _SERIAL.match(bare):
        return _EPOCH + timedelta(days=int(bare[:5]))
    raise CellRefused(_("“%(text)s” bukan tanggal. Tulis misalnya 5/1/2026 atau 5 Januari 2026.") % {"text": text[:40]})


def _day(text: str, year: str, month: str, day: str) -> date:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    if int(month) > 12 >= int(day):
        raise CellRefused(_("“%(text)s”: tulis hari dahulu, lalu bulan, lalu tahun.") % {"text": text})
    try:
        found = date(number, int(month), int(day))
    except ValueError as error:
        raise CellRefused(_("Tanggal “%(text)s” tidak ada di kalender.") % {"text": text}) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise CellRefused(_("Tahun pada “%(text)s” tidak mungkin. Periksa tahunnya.") % {"text": text})
    return found


def read_partial_date(text: str) -> tuple[date, str]:
    """A date of which only the year or the month may be known, with how much is."""
    bare = " ".join(text.split())
    if re.fullmatch(r"\d{4}", bare):
        return _day(text, bare, "1", "1"), DatePrecision.YEAR
    if match := _MONTH_AND_YEAR.match(bare):
        month = _MONTHS.get((match[1] or "").lower()) or match[4] or match[5]
        if month:
            return _day(text, match[2] or match[3] or match[6], str(month), "1"), DatePrecision.MONTH
    return read_date(text), DatePrecision.DAY
