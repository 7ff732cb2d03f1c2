"""Statements with numbers, as sentences say them."""

from typing import NamedTuple

from django import template

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.templatetags.formats import number_range, rupiah_range
from sentra.choices import FigureKind
from sentra.models import Figure

register = template.Library()
CURRENCIES = ("Rp", "IDR")


class Amount(NamedTuple):
    value: str
    unit: str


@register.simple_tag
def figure_amount(figure: Figure) -> Amount:
    """Years stay ungrouped; a unit that begins with the currency puts it before the number: "Rp250–Rp300", "per lembar"."""
    unit = in_language(figure, "unit")
    if figure.kind == FigureKind.SINCE:
        ends = [figure.value_min] if figure.value_max is None else [figure.value_min, figure.value_max]
        return Amount("–".join(f"{end:.0f}" for end in ends), unit)
    currency, _space, rest = unit.partition(" ")
    if currency in CURRENCIES:
        return Amount(rupiah_range(figure.value_min, figure.value_max), rest)
    return Amount(number_range(figure.value_min, figure.value_max), unit)
