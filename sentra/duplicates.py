"""Businesses that may be one: the same number or NIB, or names alike in one place. A reason each, never a verdict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.likeness import alike
from semarang_ikm.shared.text import sort_key, squeeze
from sentra.choices import ContactKind
from sentra.models import Contact, Ikm

_TELLING = {
    ContactKind.WHATSAPP,
    ContactKind.TELEPHONE,
    ContactKind.EMAIL,
    ContactKind.ADDRESS,
    ContactKind.WEBSITE,
}


class Reason(TextChoices):
    """Why two records may be one, the strongest first."""

    NIB = "nib", _("NIB-nya sama")
    NUMBER = "number", _("nomor telepon atau surelnya sama")
    NAME = "name", _("namanya mirip, kelurahannya sama")
    NAMESAKE = "namesake", _("namanya sama, kelurahannya belum diketahui")
    PLACE = "place", _("alamat jalannya sama")


_STRENGTH = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True)
class Traits:
    """What a business is compared by. `contacts` are (kind, value) as stored; numbers in E.164."""

    name: str
    kelurahan_id: int | None = None
    nib: str = ""
    contacts: frozenset[tuple[str, str]] = frozenset()
    # Null: not stored yet.
    pk: int | None = None

    @cached_property
    def key(self) -> str:
        """Bu, Pak, UD and CV aside: they come and go."""
        return sort_key(self.name)


@dataclass(frozen=True)
class Match:
    pk: int
    reasons: tuple[Reason, ...]

    @property
    def told(self) -> list[str]:
        """The reasons in words."""
        return [str(reason.label) for reason in self.reasons]

    @property
    def rank(self) -> tuple[int, int, int]:
        """The strongest reason first, then more of them."""
        return _STRENGTH[self.reasons[0]], -len(self.reasons), self.pk


@dataclass
class Known:
    """Every business, made ready for comparing: two queries, however many are asked about."""

    traits: dict[int, Traits] = field(default_factory=dict)
    _by_nib: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_contact: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_area: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    _by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def load(cls) -> Self:
        contacts: dict[int, set[tuple[str, str]]] = defaultdict(set)
        rows = Contact.objects.filter(ikm__isnull=False, kind__in=_TELLING)
        for pk, kind, value in rows.values_list("ikm", "kind", "value"):
            contacts[pk].add(telling(kind, value))
        known = cls()
        for pk, name, kelurahan, nib in Ikm.objects.values_list("pk", "name", "kelurahan", "nib"):
            known.add(Traits(name, kelurahan, nib, frozenset(contacts.get(pk, ())), pk))
        return known

    def add(self, traits: Traits) -> None:
        if traits.pk is None:
            raise ValueError("only what is stored can be found again")
        self.traits[traits.pk] = traits
        if traits.nib:
            self._by_nib[traits.nib].append(traits.pk)
        for contact in traits.contacts:
            self._by_contact[contact].append(traits.pk)
        self._by_area[traits.kelurahan_id].append(traits.pk)
        self._by_key[squeeze(traits.key)].append(traits.pk)

    def like(self, traits: Traits) -> list[Match]:
        """The businesses that may be this one, the likeliest first; never itself."""
        found: dict[int, set[Reason]] = defaultdict(set)
        for pk, reason in self._hits(traits):
            if pk != traits.pk:
                found[pk].add(reason)
        matches = [Match(pk, tuple(sorted(reasons, key=_STRENGTH.__getitem__))) for pk, reasons in found.items()]
        return sorted(matches, key=lambda match: match.rank)

    def pairs(self) -> list[tuple[int, Match]]:
        """Every two that may be one, each pair once: the older row, and the other with its reasons."""
        found = [(pk, match) for pk, traits in self.traits.items() for match in self.like(traits) if pk < match.pk]
        return sorted(found, key=lambda pair: (*pair[1].rank[:2], pair[0], pair[1].pk))

    def _hits(self, traits: Traits) -> Iterator[tuple[int, Reason]]:
        if traits.nib:
            yield from ((pk, Reason.NIB) for pk in self._by_nib.get(traits.nib, ()))
        for contact in traits.contacts:
            reason = Reason.PLACE if contact[0] == ContactKind.ADDRESS else Reason.NUMBER
            yield from ((pk, reason) for pk in self._by_contact.get(contact, ()))
        for pk in self._by_key.get(squeeze(traits.key), ()):
            if traits.kelurahan_id is None or self.traits[pk].kelurahan_id is None:
                yield pk, Reason.NAMESAKE
        if traits.kelurahan_id is not None:
            yield from ((pk, Reason.NAME) for pk in self._alike(traits))

    def _alike(self, traits: Traits) -> Iterable[int]:
        neighbours = self._by_area.get(traits.kelurahan_id, [])
        return (neighbours[place] for place in alike(traits.key, [self.traits[pk].key for pk in neighbours]))


def telling(kind: str, value: str) -> tuple[str, str]:
    """A contact as it is compared: a number is one number as WhatsApp and as telephone, an address whatever its commas."""
    if kind == ContactKind.WHATSAPP:
        return ContactKind.TELEPHONE.value, value
    if kind == ContactKind.ADDRESS:
        return kind, squeeze(value)
    return kind, value.lower()
