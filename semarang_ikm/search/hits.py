"""One line of the search page: what a person needs to choose, and nothing that the gate withholds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from products.models import Product
from semarang_ikm.shared.bilingual import in_language, is_untranslated
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra

# A record with what `for_list()` adds to it: `business_count`, `public_name`, `maker_name`.
Row = Any


@dataclass(frozen=True)
class Hit:
    """`key`: the permanent code, or the slug of what has none. `is_indonesian`: the name has no English form."""

    key: str
    name: str
    url: str
    notes: tuple[str, ...] = ()
    is_indonesian: bool = False


def hit_of(record: Any) -> Hit:
    """The line of a record from `for_list()`, of an area or of a type."""
    return _MAKERS[type(record)](record)


def _sentra(sentra: Row) -> Hit:
    # The main place comes first; a second one in the same ward adds nothing.
    places = dict.fromkeys(_place(location.kelurahan) for location in sentra.locations.all())
    businesses = sentra.business_count
    return Hit(
        key=sentra.code,
        name=in_language(sentra, "name"),
        url=sentra.get_absolute_url(),
        notes=_notes(
            _names(sentra.product_types.all()),
            "; ".join(places),
            ngettext("%(n)d usaha", "%(n)d usaha", businesses) % {"n": businesses} if businesses else "",
        ),
        is_indonesian=is_untranslated(sentra, "name"),
    )


def _ikm(ikm: Row) -> Hit:
    sentra = ikm.sentra
    return Hit(
        key=ikm.code,
        name=ikm.public_name,
        url=ikm.get_absolute_url(),
        notes=_notes(
            _names(ikm.product_types.all()),
            in_language(sentra, "name") if sentra and sentra.is_published else "",
            _place(ikm.kelurahan),
        ),
    )


def _product(product: Row) -> Hit:
    if product.ikm:
        maker, place = product.maker_name, _place(product.ikm.kelurahan)
    else:
        maker = in_language(product.sentra, "name")
        place = next((_place(location.kelurahan) for location in product.sentra.locations.all()), "")
    return Hit(
        key=product.code,
        name=in_language(product, "name"),
        url=product.get_absolute_url(),
        notes=_notes(in_language(product.product_type, "name"), maker, place),
        is_indonesian=is_untranslated(product, "name"),
    )


def _kecamatan(kecamatan: Kecamatan) -> Hit:
    return Hit(key=kecamatan.slug, name=_("Kecamatan %s") % kecamatan.name, url=kecamatan.get_absolute_url())


def _kelurahan(kelurahan: Kelurahan) -> Hit:
    return Hit(
        key=kelurahan.slug,
        name=_("Kelurahan %s") % kelurahan.name,
        url=kelurahan.get_absolute_url(),
        notes=(_("Kecamatan %s") % kelurahan.kecamatan.name,),
    )


def _type(kind: ProductType) -> Hit:
    return Hit(
        key=kind.slug,
        name=in_language(kind, "name"),
        url=kind.get_absolute_url(),
        is_indonesian=is_untranslated(kind, "name"),
    )


_MAKERS: dict[type, Callable[[Any], Hit]] = {
    Sentra: _sentra,
    Ikm: _ikm,
    Product: _product,
    Kecamatan: _kecamatan,
    Kelurahan: _kelurahan,
    ProductType: _type,
}


def _place(kelurahan: Kelurahan | None) -> str:
    return f"{kelurahan.name}, {kelurahan.kecamatan.name}" if kelurahan else ""


def _names(types: Iterable[ProductType]) -> str:
    return ", ".join(in_language(kind, "name") for kind in types)


def _notes(*notes: str) -> tuple[str, ...]:
    return tuple(note for note in notes if note)
