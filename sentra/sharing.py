"""What a shared link to a page of this app shows: a card with the name, where it is, and a photo or the type's pattern.

The card of a page and the card behind its address are made by the same functions, from public rows, with names as the
consent gate lets them out.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra

UNKNOWN_TYPE = "asem"
AREA_PATTERN = "lawang"


def place_name(area: Kelurahan | None) -> str:
    """Kelurahan and kecamatan as a link's title has them; the city where the kelurahan is not known."""
    return f"{area.name}, {area.kecamatan.name}" if area else _("Kota Semarang")


def main_place(sentra: Sentra) -> Kelurahan | None:
    """Where a sentra is first of all. Needs its locations prefetched."""
    location = next(iter(sentra.locations.all()), None)
    return location.kelurahan if location else None


def sentra_card(sentra: Sentra) -> Card:
    """Needs places, product types and photos prefetched (`for_detail`)."""
    types = list(sentra.product_types.all())
    photo = next(iter(sentra.photos.all()), None)
    return Card(
        kind="sentra",
        key=sentra.code,
        title=in_language(sentra, "name"),
        place=place_name(main_place(sentra)),
        label=_labelled(pgettext("one, on a share card", "Sentra industri"), types),
        patterns=(_pattern(types),),
        photo=photo.image.name if photo else "",
    )


def ikm_card(ikm: Ikm, public_name: str) -> Card:
    """`public_name`: from the gate. Needs kelurahan and product types (`for_detail`)."""
    types = list(ikm.product_types.all())
    return Card(
        kind="usaha",
        key=ikm.code,
        title=public_name,
        place=place_name(ikm.kelurahan),
        label=_labelled(pgettext("one, on a share card", "Usaha"), types),
        patterns=(_pattern(types),),
    )


def type_card(kind: ProductType) -> Card:
    return Card(
        kind="jenis",
        key=kind.slug,
        title=in_language(kind, "name"),
        place=_("buatan Semarang"),
        label=_("Jenis produk"),
        patterns=(kind.pattern,),
    )


def kecamatan_card(area: Kecamatan) -> Card:
    return Card(
        kind="kecamatan",
        key=area.slug,
        title=_("Kecamatan %(name)s") % {"name": area.name},
        place=_("Kota Semarang"),
        label=_("Buatan sekitar Anda"),
        patterns=(AREA_PATTERN,),
    )


def kelurahan_card(area: Kelurahan) -> Card:
    return Card(
        kind="kelurahan",
        key=area.slug,
        title=_("Kelurahan %(name)s") % {"name": area.name},
        place=_("Kecamatan %(name)s") % {"name": area.kecamatan.name},
        label=_("Buatan sekitar Anda"),
        patterns=(AREA_PATTERN,),
    )


def find_sentra(code: str) -> Card | None:
    found = Sentra.objects.published().with_places().prefetch_related("product_types", "photos")
    record = found.filter(code=code).first()
    return sentra_card(record) if record else None


def find_ikm(code: str) -> Card | None:
    record = Ikm.objects.published().for_list().filter(code=code).first()
    return ikm_card(record, record.public_name) if record else None


def find_type(slug: str) -> Card | None:
    record = ProductType.objects.filter(slug=slug).first()
    return type_card(record) if record else None


def find_kecamatan(slug: str) -> Card | None:
    record = Kecamatan.objects.filter(slug=slug).first()
    return kecamatan_card(record) if record else None


def find_kelurahan(slug: str) -> Card | None:
    record = Kelurahan.objects.select_related("kecamatan").filter(slug=slug).first()
    return kelurahan_card(record) if record else None


def _labelled(what: str, types: list[ProductType]) -> str:
    return f"{what} · {in_language(types[0], 'name')}" if types else what


def _pattern(types: list[ProductType]) -> str:
    return types[0].pattern if types else UNKNOWN_TYPE
