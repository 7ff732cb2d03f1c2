"""Spans of days as the active language writes them."""

from datetime import date

from django.utils.formats import date_format

from semarang_ikm.shared.choices import DATE_SHAPES, DatePrecision


def days_in_words(first: date, last: date | None = None, precision: str = DatePrecision.DAY) -> str:
    """When something is, with its weekdays: "Sabtu, 14 Maret 2027", "Minggu–Selasa, 14–16 Maret 2027".

    Ends in different months are written out: "Rabu, 31 Maret – Jumat, 2 April 2027". Without a known day: "Maret 2027".
    """
    if precision != DatePrecision.DAY:
        return date_format(first, DATE_SHAPES[DatePrecision(precision)])
    if last is None or last == first:
        return date_format(first, "l, j F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"{date_format(first, 'l')}–{date_format(last, 'l, ')}{first.day}–{date_format(last, 'j F Y')}"
    return (
        f"{date_format(first, 'l, j F' if first.year == last.year else 'l, j F Y')} – {date_format(last, 'l, j F Y')}"
    )
