"""Events as JSON-LD. Each page function takes the context of its page's template."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from promotions.choices import PromotionKind
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.structured import (
    Data,
    absolute,
    collection,
    document,
    filled,
    item_list,
    postal_address,
    trail,
)
from sentra.structured import names, titles

SCHEDULED, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"


def event_page(context: Mapping[str, Any]) -> Data:
    """An `Event` needs days: of one whose month alone is known, only who takes part is said."""
    event: Promotion = context["event"]
    name = in_language(event, "name")
    return document(
        _event(event) if event.has_known_days else {},
        item_list(titles(context["centres"]), name=_("Sentra")),
        item_list(names(context["businesses"]), name=_("Usaha"), total=context["businesses_total"]),
        item_list(titles(context["products"]), name=_("Produk"), total=context["products_total"]),
        trail((_("Acara"), reverse("event_list")), (name, "")),
    )


def event_list_page(shown: Iterable[Promotion], path: str) -> Data:
    page = collection(_("Acara"), path, parts=[item_list(titles(shown))])
    return document(page, trail((_("Acara"), "")))


def edition_list_page(editions: Iterable[CatalogueEdition]) -> Data:
    listed = item_list([(in_language(edition, "title"), edition.get_absolute_url()) for edition in editions])
    return document(collection(_("Katalog"), reverse("edition_list"), parts=[listed]), trail((_("Katalog"), "")))


def edition_page(context: Mapping[str, Any]) -> Data:
    """A book in an edition; who published it stands on the site's own pages."""
    edition: CatalogueEdition = context["edition"]
    title = in_language(edition, "title")
    book = filled(
        {
            "@type": "Book",
            "name": title,
            "url": absolute(edition.get_absolute_url()),
            "inLanguage": context["document"].language,
            "bookEdition": edition.code,
            "datePublished": edition.frozen_on.isoformat() if edition.frozen_on else "",
            "bookFormat": "https://schema.org/EBook",
        }
    )
    return document(book, trail((_("Katalog"), reverse("edition_list")), (title, "")))


def _event(event: Promotion) -> Data:
    return filled(
        {
            "@type": "Event",
            "name": in_language(event, "name"),
            "url": absolute(event.get_absolute_url()),
            "description": in_language(event, "description"),
            "startDate": _moment(event.starts_on, event.starts_at),
            "endDate": _moment(event.ends_on or event.starts_on, event.ends_at),
            "eventStatus": CANCELLED if event.cancelled_on else SCHEDULED,
            "location": _location(event),
        }
    )


def _moment(day: date, at: time | None) -> str:
    """The day, or the moment in WIB where the hour is known."""
    if at is None:
        return day.isoformat()
    return datetime.combine(day, at, timezone.get_default_timezone()).isoformat()


def _location(event: Promotion) -> Data | None:
    if event.kind == PromotionKind.ONLINE and not event.place:
        return {"@type": "VirtualLocation", "url": absolute(event.get_absolute_url())}
    area = event.kelurahan
    if not event.place and area is None:
        return None
    address = postal_address(area.name, area.kecamatan.name) if area else None
    return filled({"@type": "Place", "name": event.place or (area.name if area else ""), "address": address})
