"""Pages of sentra, businesses, areas and types as JSON-LD. Each function takes the context of its page's template."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.structured import (
    Data,
    Named,
    absolute,
    bare,
    collection,
    document,
    filled,
    item_list,
    point,
    postal_address,
    trail,
)
from sentra.choices import ActivityStatus, ContactKind
from sentra.consent import Disclosure
from sentra.models import Ikm, Kelurahan, Sentra, SentraLocation
from sentra.sharing import main_place

Context = Mapping[str, Any]
# A business that is not there to be visited any more is no LocalBusiness.
AWAY = {ActivityStatus.CLOSED, ActivityStatus.MOVED}


def sentra_page(context: Context) -> Data:
    sentra: Sentra = context["sentra"]
    name = in_language(sentra, "name")
    locations = list(sentra.locations.all())
    return document(
        filled(
            {
                "@type": "LocalBusiness" if _can_be_visited(sentra) else "Organization",
                "@id": permanent_id(sentra.code),
                "name": name,
                "url": absolute(sentra.get_absolute_url()),
                "identifier": sentra.code,
                "description": in_language(sentra, "summary"),
                "image": images(sentra.photos.all()),
                "address": _address(main_place(sentra), _main_street(sentra)),
                "location": [
                    _location(location) for location in locations if len(locations) > 1 or _has_point(location)
                ],
                **contacts(context["disclosure"]),
            }
        ),
        item_list(titles(context["products"]), name=_("Produk"), total=context["products_total"]),
        item_list(names(context["businesses"]), name=_("Usaha"), total=context["businesses_total"]),
        trail((_("Sentra"), reverse("sentra_list")), (name, "")),
    )


def ikm_page(context: Context, certificates: list[Data]) -> Data:
    """`certificates`: from the products app, which knows what is in force."""
    ikm: Ikm = context["ikm"]
    disclosure: Disclosure = context["disclosure"]
    sentra = ikm.sentra if ikm.sentra and ikm.sentra.is_published else None
    street = disclosure.first(ContactKind.ADDRESS)
    return document(
        filled(
            {
                "@type": "Organization" if ikm.activity in AWAY else "LocalBusiness",
                "@id": permanent_id(ikm.code),
                "name": disclosure.name,
                "url": absolute(ikm.get_absolute_url()),
                "identifier": ikm.code,
                "description": in_language(ikm, "summary"),
                "address": _address(ikm.kelurahan, street.value if street else ""),
                "geo": point(*disclosure.map_point) if disclosure.map_point and ikm.activity not in AWAY else None,
                "numberOfEmployees": ikm.workers and {"@type": "QuantitativeValue", "value": ikm.workers},
                "memberOf": sentra and organization(in_language(sentra, "name"), sentra.get_absolute_url()),
                "hasCertification": certificates,
                **contacts(disclosure),
            }
        ),
        item_list(titles(context["products"]), name=_("Produk"), total=context["products_total"]),
        trail((_("Usaha"), reverse("ikm_list")), (disclosure.name, "")),
    )


def kecamatan_page(context: Context) -> Data:
    area = context["kecamatan"]
    name = _("Kecamatan %(name)s") % {"name": area.name}
    inside = item_list([(each.name, each.get_absolute_url()) for each in context["kelurahan"]], name=_("Kelurahan"))
    page = collection(name, area.get_absolute_url(), parts=[*recorded(context), inside])
    return document(page, trail((_("Wilayah"), reverse("area_list")), (name, "")))


def kelurahan_page(context: Context) -> Data:
    area, district = context["kelurahan"], context["kecamatan"]
    name = _("Kelurahan %(name)s") % {"name": area.name}
    page = collection(name, area.get_absolute_url(), parts=recorded(context))
    steps = ((_("Wilayah"), reverse("area_list")), (district.name, district.get_absolute_url()), (name, ""))
    return document(page, trail(*steps))


def area_list_page(context: Context) -> Data:
    items = [(area.name, area.get_absolute_url()) for area in context["kecamatan"]]
    page = collection(_("Wilayah"), reverse("area_list"), parts=[item_list(items, name=_("Kecamatan"))])
    return document(page, trail((_("Wilayah"), "")))


def type_page(context: Context) -> Data:
    kind = context["type"]
    name = in_language(kind, "name")
    inside = item_list(titles(context["children"]), name=_("Lebih rinci"))
    page = collection(
        name,
        kind.get_absolute_url(),
        description=in_language(kind, "description"),
        parts=[inside, *recorded({"businesses": (), "businesses_total": 0, **context})],
    )
    parent = [(in_language(kind.parent, "name"), kind.parent.get_absolute_url())] if kind.parent else []
    return document(page, trail((_("Jenis produk"), reverse("product_type_list")), *parent, (name, "")))


def type_list_page(context: Context) -> Data:
    items = titles(branch.kind for branch in context["tree"])
    page = collection(_("Jenis produk"), reverse("product_type_list"), parts=[item_list(items)])
    return document(page, trail((_("Jenis produk"), "")))


def recorded(context: Context) -> list[Data]:
    """The three lists of a place or a type, as its page shows them."""
    return [
        item_list(titles(context["sentra"]), name=_("Sentra"), total=context["sentra_total"]),
        item_list(titles(context["products"]), name=_("Produk"), total=context["products_total"]),
        item_list(names(context["businesses"]), name=_("Usaha"), total=context["businesses_total"]),
    ]


# -- parts that other apps use too ------------------------------------------------------------------------------------


def permanent_id(code: str) -> str:
    """The address of a code never changes, so it identifies the thing, in both languages the same one."""
    with translation.override(settings.LANGUAGE_CODE):
        return absolute(reverse("permanent_code", args=[code]))


def titles(rows: Iterable[Any]) -> list[Named]:
    """Of records whose names are nobody's."""
    return [(in_language(row, "name"), row.get_absolute_url()) for row in bare(rows)]


def names(businesses: Iterable[Any]) -> list[Named]:
    """Of businesses with their public name (`with_public_name`)."""
    return [(row.public_name, row.get_absolute_url()) for row in bare(businesses)]


def organization(name: str, path: str) -> Data:
    return {"@type": "Organization", "name": name, "url": absolute(path)}


def images(photos: Iterable[Photo]) -> list[str]:
    return [absolute(photo.image.url) for photo in photos]


def contacts(disclosure: Disclosure) -> Data:
    """Consented ways to reach somebody, as the contact block shows them."""
    numbers = (disclosure.first(ContactKind.TELEPHONE), disclosure.first(ContactKind.WHATSAPP))
    email, website = disclosure.first(ContactKind.EMAIL), disclosure.first(ContactKind.WEBSITE)
    return filled(
        {
            "telephone": [number.international for number in numbers if number],
            "email": email.value if email else "",
            "sameAs": website.value if website else "",
        }
    )


def _address(area: Kelurahan | None, street: str = "") -> Data | None:
    return postal_address(area.name, area.kecamatan.name, street) if area else None


def _has_point(location: SentraLocation) -> bool:
    return location.latitude is not None


def _location(location: SentraLocation) -> Data:
    return filled(
        {
            "@type": "Place",
            "name": location.get_role_display(),
            "address": _address(location.kelurahan, location.address),
            "geo": point(location.latitude, location.longitude) if _has_point(location) else None,
        }
    )


def _main_street(sentra: Sentra) -> str:
    location = next(iter(sentra.locations.all()), None)
    return location.address if location else ""


def _can_be_visited(sentra: Sentra) -> bool:
    return bool(sentra.welcomes_visitors and _main_street(sentra) and sentra.activity not in AWAY)
