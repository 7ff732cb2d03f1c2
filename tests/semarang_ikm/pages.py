"""One row of every kind, and the address of every public page that shows it, in both languages."""

from django.urls import reverse
from django.utils import translation

from sentra.models import OfficeProfile
from tests import factories

LISTS = ["sentra_list", "ikm_list", "product_list"]
PLAIN = [
    "home",
    "about",
    "data",
    "privacy",
    "accessibility",
    "contact",
    "area_list",
    "product_type_list",
    "certificate_kind_list",
    "event_list",
    "search",
    *LISTS,
]


def build() -> dict[str, str]:
    """Makes the rows; returns the Indonesian and English address of every page by "language name"."""
    office, kind = OfficeProfile.load(), factories.product_type("Kerupuk", slug="kerupuk")
    office.save()
    place = factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Semarang Barat"))
    centre = factories.sentra("Kerupuk Krobokan", published=True, types=[kind], kelurahan=[place])
    maker = factories.ikm("Sari Rasa", published=True, sentra=centre, kelurahan=place, types=[kind])
    product = factories.product("Kerupuk Udang", published=True, ikm=maker, product_type=kind, price_min=15_000)
    paper = factories.certification(kind=factories.certificate_kind("halal"), products=[product])
    factories.figure(sentra=centre)
    event = factories.promotion("Pameran Krobokan", published=True, sentra=[centre], kelurahan=place)
    factories.appearance(promotion=event, ikm=maker, products=[product])
    found = {}
    for language in ("id", "en"):
        with translation.override(language):
            pages = {name: reverse(name) for name in PLAIN}
            pages |= {
                "sentra": centre.get_absolute_url(),
                "ikm": maker.get_absolute_url(),
                "product": product.get_absolute_url(),
                "kecamatan": place.kecamatan.get_absolute_url(),
                "kelurahan": place.get_absolute_url(),
                "product_type": kind.get_absolute_url(),
                "certificate_kind": paper.kind.get_absolute_url(),
                "catalogue_print": reverse("catalogue_print"),
                "event": event.get_absolute_url(),
            }
            found |= {f"{language} {name}": url for name, url in pages.items()}
    return found
