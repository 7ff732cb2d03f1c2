"""Contacts of synthetic businesses and the receipts under which some of them may leave. They reach nobody."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from semarang_ikm.shared.choices import Channel
from semarang_ikm.synthetic import marks, words
from semarang_ikm.synthetic.shape import Shape
from sentra.choices import ConsentMethod, ContactKind, PersonalField
from sentra.models import Consent, ConsentScope, Contact, Ikm
from sentra.models.area import EAST, NORTH, SOUTH, WEST

# Share of the reachable businesses that have a contact of this kind.
CONTACT_SHARES = {
    ContactKind.WHATSAPP: 0.85,
    ContactKind.TELEPHONE: 0.2,
    ContactKind.EMAIL: 0.15,
    ContactKind.ADDRESS: 0.6,
    ContactKind.MAP_POINT: 0.35,
    ContactKind.WEBSITE: 0.12,
    ContactKind.OWNER_NAME: 0.7,
}


@dataclass(slots=True)
class Personal:
    """What is known of the people behind one business, and what they agreed to."""

    contacts: list[Contact] = field(default_factory=list)
    consent: Consent | None = None
    scopes: list[ConsentScope] = field(default_factory=list)

    @property
    def name_may_show(self) -> bool:
        """On the web (semarang_ikm.shared.choices.Channel)."""
        return any(
            scope.field == PersonalField.NAME and scope.channel == Channel.WEB and scope.withdrawn_on is None
            for scope in self.scopes
        )


def draw(shape: Shape, ikm: Ikm, number: int) -> Personal:
    """Seven in ten can be reached at all; two in three of those agreed to be shown."""
    if not shape.chance(0.7):
        return Personal()
    kinds = [kind for kind, share in CONTACT_SHARES.items() if shape.chance(share)]
    contacts = [_contact(shape, ikm, kind, number) for kind in kinds]
    if not shape.chance(0.66):
        return Personal([contact for contact in contacts if contact])
    given_on = shape.days_ago(shape.rng.randrange(1, 900))
    consent = Consent(
        person=f"{words.PERSON} {number}",
        method=shape.rng.choice(ConsentMethod.values),
        given_on=given_on,
        recorded_by_id=shape.officer.pk,
    )
    fields = [*kinds, *([PersonalField.NAME] if ikm.name_is_personal else [])]
    withdrawn = given_on + timedelta(days=1) if shape.chance(0.05) else None
    channels = [Channel.WEB, *([Channel.PRINT] if shape.chance(0.8) else [])]
    scopes = [
        ConsentScope(field=name, channel=channel, withdrawn_on=withdrawn) for name in fields for channel in channels
    ]
    return Personal([contact for contact in contacts if contact], consent, scopes)


def _contact(shape: Shape, ikm: Ikm, kind: ContactKind, number: int) -> Contact | None:
    if kind == ContactKind.MAP_POINT:
        return _map_point(shape, ikm)
    value = {
        ContactKind.WHATSAPP: marks.telephone(2 * number),
        ContactKind.TELEPHONE: marks.telephone(2 * number + 1),
        ContactKind.EMAIL: marks.email(number),
        ContactKind.ADDRESS: f"Jalan Uji Nomor {number}",
        ContactKind.WEBSITE: marks.website(number),
        ContactKind.OWNER_NAME: f"{words.PERSON} {number}",
    }[kind]
    return Contact(kind=kind, value=value)


def _map_point(shape: Shape, ikm: Ikm) -> Contact | None:
    """Near the kelurahan's label point, within about 500 m."""
    if ikm.kelurahan is None:
        return None
    step = Decimal("0.000001")
    north, east = (Decimal(shape.rng.randint(-4500, 4500)) * step for _ in range(2))
    return Contact(
        kind=ContactKind.MAP_POINT,
        latitude=min(max(ikm.kelurahan.latitude + north, SOUTH), NORTH),
        longitude=min(max(ikm.kelurahan.longitude + east, WEST), EAST),
    )


def store(owners: Iterable[tuple[Ikm, Personal]]) -> None:
    """Write contacts, receipts and scopes of businesses that are stored already."""
    found = list(owners)
    for ikm, personal in found:
        for contact in personal.contacts:
            contact.ikm_id = ikm.pk
        if personal.consent:
            personal.consent.ikm_id = ikm.pk
    Contact.objects.bulk_create([contact for _ikm, personal in found for contact in personal.contacts])
    Consent.objects.bulk_create([personal.consent for _ikm, personal in found if personal.consent])
    for _ikm, personal in found:
        if personal.consent:
            for scope in personal.scopes:
                scope.consent = personal.consent
    ConsentScope.objects.bulk_create([scope for _ikm, personal in found for scope in personal.scopes])
