"""What a product needs before the public sees it, and what its makers take from it then."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from products.models import Product
from semarang_ikm.shared.publishing import register
from sentra.indexing import refresh


def _missing(product: Product) -> Iterator[str]:
    maker = product.ikm or product.sentra
    if maker is not None and not maker.is_published:
        yield _("Pembuatnya, %(maker)s, belum terbit. Terbitkan dahulu pembuatnya.") % {"maker": maker}


def share_type_with_makers(product: Product) -> None:
    """A business, and the sentra it belongs to, make what their published products are."""
    makers = [product.ikm, product.ikm.sentra] if product.ikm else [product.sentra]
    for maker in makers:
        if maker is not None and not maker.product_types.filter(pk=product.product_type_id).exists():
            maker.product_types.add(product.product_type)
            refresh(maker)


register(Product, missing=_missing, follow=share_type_with_makers)
