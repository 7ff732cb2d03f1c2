"""How product search texts follow the product, its maker, its sentra, its type and its place (sentra.indexing)."""

from collections.abc import Iterable

from products.models import Product
from semarang_ikm.shared.choices import Channel
from sentra.consent import disclose
from sentra.indexing import area_words, public_sentra_name, register, set_texts, store_texts, type_words
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra, SentraLocation


def _write(rows: list[Product]) -> int:
    full = (
        Product.objects.filter(pk__in=[row.pk for row in rows])
        .select_related("ikm__sentra", "ikm__kelurahan__kecamatan", "sentra")
        .prefetch_related(
            "product_type__ancestors",
            "sentra__locations__kelurahan__kecamatan",
        )
    )
    read = list(full)
    for product in read:
        # Its business turned out to be named after a person.
        if product.slug_names_a_person:
            product.save(update_fields=["slug"])
    names = disclose({product.ikm for product in read if product.ikm}, Channel.WEB)
    changed = [
        product
        for product in read
        if set_texts(
            product,
            product.name,
            product_words(product, type_words([product.product_type]), _maker_words(product, names)),
        )
    ]
    return store_texts(Product, changed)


def product_words(product: Product, types: list[str], maker: list[str]) -> list[str]:
    """What a product is found by besides its name."""
    return [product.name_en, product.code, *types, *maker]


def _maker_words(product: Product, names: dict) -> list[str]:
    if product.ikm:
        return business_words(product.ikm, names[product.ikm].name)
    if product.sentra:
        return sentra_place_words(product.sentra, product.sentra.locations.all())
    return []


def business_words(ikm: Ikm, public_name: str) -> list[str]:
    """What a product has from the business that makes it."""
    return [public_name, public_sentra_name(ikm.sentra), *area_words(ikm.kelurahan)]


def sentra_place_words(sentra: Sentra, locations: Iterable[SentraLocation]) -> list[str]:
    """What a product has from the sentra that makes it as a whole."""
    return [sentra.name, *(word for place in locations for word in area_words(place.kelurahan))]


register(
    Product,
    _write,
    {
        Ikm: ["ikm"],
        Sentra: ["sentra", "ikm__sentra"],
        ProductType: ["product_type__ancestors"],
        Kelurahan: ["ikm__kelurahan", "sentra__locations__kelurahan"],
        Kecamatan: ["ikm__kelurahan__kecamatan", "sentra__locations__kelurahan__kecamatan"],
    },
)
