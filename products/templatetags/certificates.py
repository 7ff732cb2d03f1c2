"""Certificates and ages of prices, as templates ask for them."""

from datetime import timedelta

from django import template

from products import badges
from products.matching import PRICE_FILTER_DAYS, PRICE_PRINT_DAYS
from products.models import Product
from semarang_ikm.shared.time import today

register = template.Library()


@register.filter
def card_badges(product: Product) -> list[badges.Badge]:
    """At most two valid certificates. Needs `certifications__kind` prefetched."""
    return badges.card_badges(product.certifications.all())


@register.filter
def price_is_old(product: Product) -> bool:
    """Whether a card must show the price's year: older than twelve months."""
    return bool(product.price_on and product.price_on < today() - timedelta(days=PRICE_FILTER_DAYS))


@register.filter
def price_is_printable(product: Product) -> bool:
    """Whether the price is fresh enough for paper."""
    return bool(product.price_on and product.price_on >= today() - timedelta(days=PRICE_PRINT_DAYS))
