"""The card of the site itself, and which app makes the card of a kind of page."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from products.sharing import find_product
from promotions.sharing import find_edition, find_event
from semarang_ikm.shared.cards import Card
from sentra import sharing

SITE = "situs"


def site_card() -> Card:
    """Beside every page that has none of its own."""
    return Card(
        kind=SITE,
        key="semarang",
        title=_("Perajin dan produk buatan Semarang"),
        patterns=("batik", "bandeng", "lumpia"),
    )


# By kind: the card of a record as the public may see it now, in the active language, or None.
FINDERS: dict[str, Callable[[str], Card | None]] = {
    SITE: lambda key: card if key == (card := site_card()).key else None,
    "sentra": sharing.find_sentra,
    "usaha": sharing.find_ikm,
    "produk": find_product,
    "jenis": sharing.find_type,
    "acara": find_event,
    "katalog": find_edition,
    "kecamatan": sharing.find_kecamatan,
    "kelurahan": sharing.find_kelurahan,
}


def find_card(kind: str, key: str) -> Card | None:
    finder = FINDERS.get(kind)
    return finder(key) if finder else None
