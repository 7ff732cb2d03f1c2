"""What a shared link to an event or to an edition shows."""

from django.utils.formats import date_format
from django.utils.translation import pgettext

from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from semarang_ikm.shared.choices import DATE_SHAPES, DatePrecision
from sentra.sharing import place_name

PATTERNS = ("batik", "lawang", "bandeng")


def event_card(event: Promotion) -> Card:
    """Where it is, and when it begins, as far as is known. Needs kelurahan__kecamatan (`for_list`)."""
    begins = date_format(event.starts_on, DATE_SHAPES[DatePrecision(event.date_precision)])
    return Card(
        kind="acara",
        key=event.slug,
        title=in_language(event, "name"),
        place=event.place or (place_name(event.kelurahan) if event.kelurahan else ""),
        label=f"{pgettext('one, on a share card', 'Acara')} · {begins}",
        patterns=PATTERNS,
    )


def find_event(slug: str) -> Card | None:
    record = Promotion.objects.published().events().for_list().filter(slug=slug).first()
    return event_card(record) if record else None


def edition_card(edition: CatalogueEdition) -> Card:
    """Its title, the day of its data, and its event where the public finds that. Needs promotion and documents (`for_shelf`).

    Nothing of what is inside stands on it but the patterns, so that no withdrawal concerns it.
    """
    event = edition.promotion if edition.promotion and edition.promotion.is_published else None
    document = edition.documents.all()[0]
    day = f" · {date_format(edition.frozen_on, 'j F Y')}" if edition.frozen_on else ""
    return Card(
        kind="katalog",
        key=edition.code,
        title=in_language(edition, "title"),
        place=in_language(event, "name") if event else "",
        label=f"{pgettext('one, on a share card', 'Katalog')} {edition.code}{day}",
        patterns=tuple(document.content["catalogue"]["patterns"][:3]) or PATTERNS,
    )


def find_edition(code: str) -> Card | None:
    record = CatalogueEdition.objects.published().for_shelf().filter(code=code).first()
    return edition_card(record) if record and record.documents.all() else None
