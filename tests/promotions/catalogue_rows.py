"""Rows that the tests of the catalogue share."""

from secrets import choice

from products.models import Product
from sentra.models import ProductType, Sentra
from tests import factories as make


def food() -> ProductType:
    """The type "Pangan", known to filters."""
    kind = make.product_type("Pangan", is_food=True)
    kind.ancestors.add(kind)
    return kind


def sentra_with_products(kind: ProductType, *names: str, **fields: object) -> tuple[Sentra, list[Product]]:
    """A published sentra in one kelurahan, whose products have no single maker."""
    kelurahan = make.kelurahan("".join(choice("abcdefgh") for _ in range(12)).title())
    sentra = make.sentra(published=True, types=[kind], kelurahan=[kelurahan], **fields)
    return sentra, [make.product(name, sentra=sentra, product_type=kind, published=True) for name in names]
