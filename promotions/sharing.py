"""What a shared link to an event shows."""

from django.utils.formats import date_format
from django.utils.translation import pgettext

from promotions.models import Promotion
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
