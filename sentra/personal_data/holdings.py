"""Each personal value of a business or a sentra beside the receipts under which it leaves, channel by channel."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind, PersonalField
from sentra.consent import CONTACT_ORDER, PublicContact, Subject
from sentra.models import ConsentScope, Contact, Ikm, Sentra, SentraPhoto

# Values of other rooms: given subjects of one kind, each (subject, personal field, value in words).
Values = Callable[[Sequence[Subject]], Iterable[tuple[Subject, str, str]]]

_others: list[Values] = []
# A name first, then the ways to reach somebody, then the rest as declared.
ORDER: list[str] = list(
    dict.fromkeys([PersonalField.NAME, PersonalField.OWNER_NAME, *CONTACT_ORDER, *PersonalField.values])
)


def register(values: Values) -> None:
    """An upper room tells which personal values its rows hold."""
    _others.append(values)


@dataclass(frozen=True)
class Leaving:
    """One field on one channel: the scopes that let it out today; none of them, and it stays inside."""

    channel: Channel
    scopes: tuple[ConsentScope, ...]

    @property
    def key(self) -> str:
        """What a tick box for withdrawing sends, with the field before it."""
        return str(self.channel)


@dataclass(frozen=True)
class Holding:
    """One kind of personal data of a subject: what is held, and where it leaves."""

    field: PersonalField
    values: tuple[str, ...]
    leaving: tuple[Leaving, ...]

    @property
    def leaves(self) -> bool:
        return any(each.scopes for each in self.leaving)


@dataclass
class _Found:
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    scopes: dict[tuple[str, str], list[ConsentScope]] = field(default_factory=lambda: defaultdict(list))


def holdings(subjects: Iterable[Subject]) -> dict[Subject, list[Holding]]:
    """Everything personal of these subjects, in a fixed order; a constant number of queries.

    A field with a receipt but without a value is listed too: what is entered tomorrow would leave at once.
    """
    chosen = list(subjects)
    result: dict[Subject, list[Holding]] = {subject: [] for subject in chosen}
    for relation, model in (("ikm", Ikm), ("sentra", Sentra)):
        mine = [subject for subject in chosen if isinstance(subject, model)]
        if mine:
            found = _found(relation, mine)
            result |= {subject: list(_listed(found[subject.pk])) for subject in mine}
    return result


def _found(relation: str, subjects: list) -> dict[int, _Found]:
    found: dict[int, _Found] = defaultdict(_Found)
    for subject, name, value in _values(relation, subjects):
        found[subject.pk].values[name].append(value)
    scopes = ConsentScope.objects.filter(
        **{f"consent__{relation}__in": [subject.pk for subject in subjects]},
        withdrawn_on__isnull=True,
        consent__given_on__lte=today(),
    ).select_related("consent__recorded_by")
    for scope in scopes.order_by("-consent__given_on", "-consent__pk"):
        found[getattr(scope.consent, f"{relation}_id")].scopes[scope.field, scope.channel].append(scope)
    return found


def _values(relation: str, subjects: list) -> Iterator[tuple[Subject, str, str]]:
    by_pk = {subject.pk: subject for subject in subjects}
    for subject in subjects:
        if isinstance(subject, Ikm):
            if subject.name_is_personal:
                yield subject, PersonalField.NAME, subject.name
            if subject.nib:
                yield subject, PersonalField.NIB, subject.nib
    for contact in Contact.objects.filter(**{f"{relation}__in": list(by_pk)}):
        yield by_pk[getattr(contact, f"{relation}_id")], contact.kind, _in_words(contact)
    if relation == "sentra":
        for photo in SentraPhoto.objects.filter(sentra__in=list(by_pk), shows_people=True):
            yield by_pk[photo.sentra_id], PersonalField.PORTRAIT, photo.alt
    for values in _others:
        yield from values(subjects)


def _in_words(contact: Contact) -> str:
    if contact.kind == ContactKind.MAP_POINT:
        return f"{contact.latitude}, {contact.longitude}"
    return PublicContact(contact.kind, contact.value).national


def _listed(found: _Found) -> Iterator[Holding]:
    known = {*found.values, *(name for name, _channel in found.scopes)}
    for name in sorted(known, key=ORDER.index):
        leaving = tuple(Leaving(channel, tuple(found.scopes.get((name, channel), ()))) for channel in Channel)
        yield Holding(PersonalField(name), tuple(found.values.get(name, ())), leaving)
