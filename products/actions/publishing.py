"""What a product needs before the public sees it, and what its makers take from it then."""

from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from products.models import Product
from semarang_ikm.shared.publishing import register
from sentra.indexing import refresh_together
from sentra.models import Ikm, Sentra


def _missing(product: Product) -> Iterator[str]:
    maker = product.ikm or product.sentra
    if maker is not None and not maker.is_published:
        yield _("Pembuatnya, %(maker)s, belum terbit. Terbitkan dahulu pembuatnya.") % {"maker": maker}


def share_type_with_makers(product: Product) -> None:
    """A business, and the sentra it belongs to, make what their published products are."""
    share_types_with_makers([product])


def share_types_with_makers(products: Sequence[Product]) -> None:
    """The same of many products, whose makers are asked at once what they make already."""
    prefetch_related_objects(products, "ikm__sentra", "sentra")
    wanted = dict.fromkeys(
        (maker, product.product_type_id)
        for product in products
        for maker in ([product.ikm, product.ikm.sentra] if product.ikm else [product.sentra])
        if maker is not None
    )
    makers = {maker for maker, _kind in wanted}
    known = {
        (model, *pair)
        for model, name in ((Ikm, "ikm"), (Sentra, "sentra"))
        for pair in model.product_types.through._default_manager.filter(
            **{f"{name}__in": [maker.pk for maker in makers if isinstance(maker, model)]}
        ).values_list(f"{name}_id", "producttype_id")
    }
    lacking = [(maker, kind) for maker, kind in wanted if (type(maker), maker.pk, kind) not in known]
    for maker, kind in lacking:
        maker.product_types.add(kind)
    for model in (Ikm, Sentra):
        refresh_together(model, sorted({maker.pk for maker, _kind in lacking if isinstance(maker, model)}))


register(Product, missing=_missing, follow=share_type_with_makers)
