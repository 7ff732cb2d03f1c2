"""JSON-LD: what a page shows, once more for machines, in the words of schema.org. Plain dicts; a template writes them.

Only what stands on the page may stand here, and names only as the consent gate lets them out.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from semarang_ikm.shared.listing import PAGE_SIZE, Listing

Data = dict[str, Any]
# A name, and the path of its page ("" for none).
Named = tuple[str, str]

CONTEXT = "https://schema.org"


def absolute(path: str) -> str:
    """With SITE_URL before it; without one the path, which readers resolve against the page's own address."""
    return settings.SITE_URL + path


def document(*nodes: Data) -> Data:
    """What a page says, as one graph."""
    return {"@context": CONTEXT, "@graph": [node for node in nodes if node]}


def filled(node: Mapping[str, Any]) -> Data:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def trail(*steps: Named) -> Data:
    """The breadcrumbs above the page, from the home page on, and the page itself as the last."""
    named = [(_("Beranda"), reverse("home")), *steps]
    return {"@type": "BreadcrumbList", "itemListElement": _elements(named, "item")}


def item_list(items: Iterable[Named], *, name: str = "", total: int | None = None, first: int = 1) -> Data:
    """Links to records of this site. `total`: of the whole list, where only a part is shown; `first`: its position."""
    elements = _elements(items, "url", first)
    if not elements:
        return {}
    return filled(
        {"@type": "ItemList", "name": name, "numberOfItems": total or len(elements), "itemListElement": elements}
    )


def collection(name: str, path: str, *, description: str = "", parts: Iterable[Data] = ()) -> Data:
    """A page whose content is lists."""
    return filled(
        {
            "@type": "CollectionPage",
            "name": name,
            "url": absolute(path),
            "description": description,
            "inLanguage": get_language(),
            "mainEntity": [part for part in parts if part],
        }
    )


def postal_address(kelurahan: str, kecamatan: str, street: str = "") -> Data:
    """Down to the kelurahan; the street only where the page shows one."""
    return filled(
        {
            "@type": "PostalAddress",
            "streetAddress": street,
            "addressLocality": f"{kelurahan}, {kecamatan}",
            "addressRegion": _("Kota Semarang"),
            "addressCountry": "ID",
        }
    )


def point(latitude: Any, longitude: Any) -> Data:
    """A place on the earth, degrees."""
    return {"@type": "GeoCoordinates", "latitude": float(latitude), "longitude": float(longitude)}


def bare(rows: Any) -> Any:
    """Of a queryset, names and addresses only: its cards may be kept, and then nobody else reads the rows."""
    if not isinstance(rows, QuerySet):
        return rows
    shown = [field.name for field in rows.model._meta.concrete_fields if field.name in {"name", "name_en", "slug"}]
    return rows.select_related(None).prefetch_related(None).only(*shown)


def list_page(listing: Listing) -> Data:
    """A filtered list: the rows of this page at their places in the whole."""
    catalog = listing.catalog
    items = catalog.named(listing.keys)
    shown = item_list(items, total=listing.total, first=(listing.page - 1) * PAGE_SIZE + 1)
    name = str(catalog.title)
    return document(collection(name, listing.canonical_url, parts=[shown]), trail((name, "")))


def _elements(items: Iterable[Named], link: str, first: int = 1) -> list[Data]:
    return [
        filled({"@type": "ListItem", "position": position, "name": name, link: path and absolute(path)})
        for position, (name, path) in enumerate(items, first)
    ]
