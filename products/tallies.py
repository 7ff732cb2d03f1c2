"""How many public products there are, by type."""

from products.models import Product
from sentra.data_version import kept
from sentra.tallies import tally


@kept
def products_by_type() -> dict[str, int]:
    """By type slug, types above included."""
    return tally(Product.objects.published(), "product_type__ancestors__slug")
