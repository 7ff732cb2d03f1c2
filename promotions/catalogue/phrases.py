"""Numbers, money and dates as a reader of the active language writes them."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from products.matching import PRICE_PRINT_DAYS
from products.models import Product
from promotions.catalogue.model import Text
from semarang_ikm.shared.bilingual import in_language, is_untranslated
from semarang_ikm.shared.choices import DatePrecision
from sentra.choices import FigureKind, FigureQualifier
from sentra.models import Figure

_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_MONEY = re.compile(r"\b(?:Rp|IDR)\.?\s?\d", re.IGNORECASE)
# Spans of a stored date that are known, as Django date formats.
_SPANS = {DatePrecision.YEAR: "Y", DatePrecision.MONTH: "F Y", DatePrecision.DAY: "j F Y"}


def text_of(record: Any, field: str) -> Text:
    """A field in the active language, marked when only the Indonesian text exists."""
    return Text(in_language(record, field), "id" if is_untranslated(record, field) else "")


def prose_of(record: Any, field: str) -> Text:
    """A text without the sentences that name an amount of money: nobody can tell paper how old it is."""
    text = text_of(record, field)
    kept = [sentence for sentence in _SENTENCES.split(text.words) if not _MONEY.search(sentence)]
    return Text(" ".join(kept), text.lang)


def full_date(day: date) -> str:
    return date_format(day, "j F Y")


def dated(day: date, precision: str) -> str:
    """As much of a date as is known: "2017", "Oktober 2026", "4 November 2026"."""
    return date_format(day, _SPANS[DatePrecision(precision)])


def number(value: Decimal | int) -> str:
    """Grouped thousands, no trailing zeros."""
    shortest = int(value) if value == int(value) else Decimal(value).normalize()
    return number_format(shortest, use_l10n=True, force_grouping=True)


def rupiah(value: Decimal | int) -> str:
    """ "Rp12.000", in English "IDR 12,000"."""
    return f"IDR {number(value)}" if get_language() == "en" else f"Rp{number(value)}"


def _amount(low: Any, high: Any) -> str:
    """ "Rp250–Rp300", in English "IDR 250–300"."""
    return _span(low, high, rupiah).replace("–IDR ", "–")


def _span(low: Any, high: Any, write: Any) -> str:
    return f"{write(low)}–{write(high)}" if high is not None and high != low else write(low)


def is_price_fresh(day: date | None, today: date) -> bool:
    """Paper cannot be corrected, so a price leaves print after 90 days."""
    return day is not None and today - timedelta(days=PRICE_PRINT_DAYS) <= day <= today


def price_of(product: Product, today: date) -> str:
    """ "Rp10.000–Rp15.000 per bungkus", or "" when no price is known that paper may carry."""
    if product.price_min is None or not is_price_fresh(product.price_on, today):
        return ""
    amount = _amount(product.price_min, product.price_max)
    return _("%(amount)s per %(unit)s") % {"amount": amount, "unit": in_language(product, "price_unit")}


def value_of(figure: Figure) -> str:
    """ "sekitar 200 perajin", "Rp250–Rp300 per lembar", "1981"."""
    unit = in_language(figure, "unit")
    if figure.kind == FigureKind.SINCE and not unit:
        words = _span(figure.value_min, figure.value_max, lambda year: str(int(year)))
    elif unit.startswith(("Rp", "IDR")):
        amount = _amount(figure.value_min, figure.value_max)
        words = f"{amount} {unit.removeprefix('Rp').removeprefix('IDR').strip()}".strip()
    else:
        words = f"{_span(figure.value_min, figure.value_max, number)} {unit}".strip()
    if figure.qualifier == FigureQualifier.EXACT:
        return words
    return f"{figure.get_qualifier_display()} {words}"
