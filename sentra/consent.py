"""The consent gate: the one place that decides which personal data may leave, and on which channel.

Pages, feeds, JSON-LD, exports, PDFs and search go through `disclose` (or, for names in lists, through the
queryset form `public_name`). No receipt, no output. Withdrawal acts on the next request: nothing is kept.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db.models import Exists, OuterRef, QuerySet

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.phones import InvalidPhone, parse_phone
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind, PersonalField
from sentra.models import ConsentScope, Contact, Ikm, Sentra

Subject = Ikm | Sentra
# The order in which ways to reach somebody stand everywhere.
CONTACT_ORDER: list[str] = [
    ContactKind.WHATSAPP,
    ContactKind.TELEPHONE,
    ContactKind.EMAIL,
    ContactKind.ADDRESS,
    ContactKind.WEBSITE,
]


def relation_to(subject: Subject) -> str:
    """The name of the column that leads to a subject from contacts, receipts and products."""
    return "ikm" if isinstance(subject, Ikm) else "sentra"


@dataclass(frozen=True)
class PublicContact:
    """A consented way to reach somebody."""

    kind: str
    value: str

    @property
    def is_whatsapp(self) -> bool:
        """Whether a WhatsApp button may stand here: a mobile number that was given as WhatsApp."""
        return self.kind == ContactKind.WHATSAPP and self._phone is not None and self._phone.is_mobile

    @property
    def is_telephone(self) -> bool:
        return self.kind in {ContactKind.TELEPHONE, ContactKind.WHATSAPP}

    @property
    def national(self) -> str:
        """The number as Indonesians write it, or the value itself."""
        return self._phone.national() if self._phone else self.value

    @property
    def international(self) -> str:
        return self._phone.international() if self._phone else self.value

    def whatsapp_url(self, message: str) -> str:
        """A link that opens a chat with a prepared message; opening it sends nothing by itself."""
        digits = self._phone.digits if self._phone else ""
        return f"https://wa.me/{digits}?text={quote(message)}"

    @property
    def _phone(self):
        if not self.is_telephone:
            return None
        try:
            return parse_phone(self.value)
        except InvalidPhone:
            return None


@dataclass(frozen=True)
class Disclosure:
    """What may be shown of one business or sentra on one channel."""

    name: str
    allowed: frozenset[str] = frozenset()
    contacts: tuple[PublicContact, ...] = ()
    owner_name: str = ""
    # (latitude, longitude) in degrees, or None.
    map_point: tuple | None = None
    nib: str = ""
    # The latest receipt behind what is shown; None when nothing personal is.
    consented_on: date | None = None

    def first(self, kind: str) -> PublicContact | None:
        return next((contact for contact in self.contacts if contact.kind == kind), None)

    @property
    def is_reachable(self) -> bool:
        """Whether a message or a call reaches it; an address alone is no answer to a question."""
        return any(contact.is_telephone or contact.kind == ContactKind.EMAIL for contact in self.contacts)

    @property
    def whatsapp(self) -> PublicContact | None:
        return next((contact for contact in self.contacts if contact.is_whatsapp), None)


def consented_points(ikm: Any, channel: str, at: date | None = None) -> QuerySet[Contact]:
    """The exact point of the business `ikm` (an OuterRef), where a receipt lets it out on this channel: the SQL form."""
    receipts = ConsentScope.objects.filter(
        consent__ikm=OuterRef("ikm"),
        field=PersonalField.MAP_POINT,
        channel=channel,
        withdrawn_on__isnull=True,
        consent__given_on__lte=at or today(),
    )
    return Contact.objects.filter(Exists(receipts), ikm=ikm, kind=ContactKind.MAP_POINT)


@dataclass
class _Receipts:
    fields: set[str] = field(default_factory=set)
    latest: date | None = None


def disclose(
    subjects: Iterable[Subject], channel: str = Channel.WEB, at: date | None = None
) -> dict[Subject, Disclosure]:
    """What may leave of each subject on this channel. Four queries at most, however many subjects."""
    at = at or today()
    chosen = list(subjects)
    result: dict[Subject, Disclosure] = {}
    for relation, model in (("ikm", Ikm), ("sentra", Sentra)):
        records = [subject for subject in chosen if isinstance(subject, model)]
        if not records:
            continue
        receipts = _receipts(relation, records, (channel,), at)
        contacts = _contacts(relation, records)
        for record in records:
            result[record] = _disclosure(record, receipts[record.pk, channel], contacts[record.pk])
    return result


def disclose_one(subject: Subject, channel: str = Channel.WEB, at: date | None = None) -> Disclosure:
    return disclose([subject], channel, at)[subject]


def hand_over(businesses: Iterable[Ikm], fields: Iterable[str]) -> dict[Ikm, Disclosure]:
    """What an officer chose to hand to an agency of each business, receipts or not: nothing is published. One query.

    The caller writes down, where officers read it, what was handed over and to whom.
    """
    chosen, handed = list(businesses), _Receipts(set(fields))
    contacts = _contacts("ikm", chosen)
    return {ikm: _disclosure(ikm, handed, contacts[ikm.pk]) for ikm in chosen}


def screen_and_paper(subject: Subject, printing: bool = False) -> tuple[Disclosure, Disclosure]:
    """What the page of a subject may show, and what of it may stay when that page is printed. Two queries.

    The page itself is the web: on its print stays what both channels allow. `printing`: the page is made for paper.
    """
    relation = relation_to(subject)
    receipts = _receipts(relation, [subject], (Channel.WEB, Channel.PRINT), today())
    contacts = _contacts(relation, [subject])[subject.pk]
    web, paper = receipts[subject.pk, Channel.WEB], receipts[subject.pk, Channel.PRINT]
    if printing:
        web = paper
    both = _Receipts(web.fields & paper.fields, paper.latest)
    return _disclosure(subject, web, contacts), _disclosure(subject, both, contacts)


def _receipts(relation: str, records: list, channels: tuple[str, ...], at: date) -> dict[tuple[int, str], _Receipts]:
    found: dict[tuple[int, str], _Receipts] = defaultdict(_Receipts)
    scopes = ConsentScope.objects.filter(
        **{f"consent__{relation}__in": [record.pk for record in records]},
        channel__in=channels,
        withdrawn_on__isnull=True,
        consent__given_on__lte=at,
    ).values_list(f"consent__{relation}", "channel", "field", "consent__given_on")
    for pk, channel, name, given_on in scopes:
        receipt = found[pk, channel]
        receipt.fields.add(name)
        receipt.latest = max(filter(None, (receipt.latest, given_on)))
    return found


def _contacts(relation: str, records: list) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(**{f"{relation}__in": [record.pk for record in records]}):
        found[getattr(contact, f"{relation}_id")].append(contact)
    return found


def _disclosure(record: Subject, receipt: _Receipts, contacts: list[Contact]) -> Disclosure:
    allowed = frozenset(receipt.fields)
    shown = [contact for contact in contacts if contact.kind in allowed]
    by_order = sorted(
        (contact for contact in shown if contact.kind in CONTACT_ORDER), key=lambda c: CONTACT_ORDER.index(c.kind)
    )
    point = next((c for c in shown if c.kind == ContactKind.MAP_POINT), None)
    return Disclosure(
        name=_name(record, allowed),
        allowed=allowed,
        contacts=tuple(PublicContact(contact.kind, contact.value) for contact in by_order),
        owner_name=next((c.value for c in shown if c.kind == ContactKind.OWNER_NAME), ""),
        map_point=(point.latitude, point.longitude) if point else None,
        nib=record.nib if isinstance(record, Ikm) and PersonalField.NIB in allowed else "",
        consented_on=receipt.latest if shown else None,
    )


def _name(record: Subject, allowed: frozenset[str]) -> str:
    if isinstance(record, Ikm) and record.name_is_personal and PersonalField.NAME not in allowed:
        return f"Usaha {record.code}"
    return record.name
