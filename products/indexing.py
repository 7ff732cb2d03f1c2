"""How product search texts follow the product, its maker, its sentra, its type and its place (sentra.indexing)."""

from collections.abc import Iterable

from django.db.models import Model, Q

from products.models import Product
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.text import join_search_text, sort_key
from sentra.consent import disclose
from sentra.indexing import area_words, register, type_words
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra


def _write(rows: list[Product]) -> int:
    full = (
        Product.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("ikm__sentra", "ikm__kelurahan__kecamatan", "sentra")
        .prefetch_related(
            "product_type__ancestors",
            "sentra__locations__kelurahan__kecamatan",
        )
    )
    changed = list(full)
    names = disclose({product.ikm for product in changed if product.ikm}, Channel.WEB)
    for product in changed:
        product.sort_name = sort_key(product.name)
        product.search_text = join_search_text(
            product.name,
            product.name_en,
            product.code,
            *type_words([product.product_type]),
            *_maker_words(product, names),
        )
    return Product.objects.bulk_update(changed, ["search_text", "sort_name"], batch_size=500)


def _maker_words(product: Product, names: dict) -> list[str]:
    if product.ikm:
        sentra = product.ikm.sentra
        return [names[product.ikm].name, sentra.name if sentra else "", *area_words(product.ikm.kelurahan)]
    if product.sentra:
        places = product.sentra.locations.all()
        return [product.sentra.name, *(word for place in places for word in area_words(place.kelurahan))]
    return []


def _that_mention(record: Model) -> Iterable[Product]:
    if isinstance(record, Ikm):
        return Product.objects.filter(ikm=record)
    if isinstance(record, Sentra):
        return Product.objects.filter(Q(sentra=record) | Q(ikm__sentra=record))
    if isinstance(record, ProductType):
        return Product.objects.filter(product_type__ancestors=record)
    if isinstance(record, Kelurahan):
        return Product.objects.filter(
            Q(ikm__kelurahan=record) | Q(sentra__locations__kelurahan=record)
        ).distinct()
    if isinstance(record, Kecamatan):
        return Product.objects.filter(
            Q(ikm__kelurahan__kecamatan=record) | Q(sentra__locations__kelurahan__kecamatan=record)
        ).distinct()
    return []


register(Product, _write, _that_mention)
