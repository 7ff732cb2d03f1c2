"""What a fair selection is asked and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

# Before every date: who was never promoted comes before whoever was promoted longest ago.
NEVER = date.min


class Trait(StrEnum):
    """By what a rule groups candidates."""

    KECAMATAN = "kecamatan"
    SENTRA = "sentra"
    TYPE = "type"


def counted(code: str) -> tuple[str, int]:
    """A code as people count: U-9 before U-10."""
    prefix, _, digits = code.rpartition("-")
    return (prefix, int(digits)) if digits.isdigit() else (code, 0)


@dataclass(frozen=True)
class Candidate:
    """A business that could be shown. `traits`: the values it has per trait; a type counts with all types above it."""

    code: str
    # None: never promoted.
    last_promoted: date | None = None
    traits: Mapping[Trait, frozenset[str]] = field(default_factory=dict)
    # What keeps it from being shown on the day (no photo, certificate not valid ...); empty: ready.
    obstacles: tuple[str, ...] = ()

    @cached_property
    def waiting_since(self) -> date:
        return self.last_promoted or NEVER

    @cached_property
    def number(self) -> tuple[str, int]:
        return counted(self.code)


@dataclass(frozen=True)
class Rule:
    """Of the chosen, those with this value of the trait are at least and at most so many (`at_most` None: any)."""

    trait: Trait
    value: str
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class Rules:
    """`pinned` are in whatever else is said, `excluded` are out; each with the officer's reason, by code."""

    places: int
    rules: tuple[Rule, ...] = ()
    pinned: Mapping[str, str] = field(default_factory=dict)
    excluded: Mapping[str, str] = field(default_factory=dict)

    def about(self, candidate: Candidate) -> tuple[int, ...]:
        """The rules that count this candidate, by their number in `rules`, ascending."""
        values = ((trait, value) for trait, values in candidate.traits.items() for value in values)
        return tuple(sorted(number for key in values for number in self._by_value.get(key, ())))

    @cached_property
    def _by_value(self) -> Mapping[tuple[Trait, str], list[int]]:
        found: dict[tuple[Trait, str], list[int]] = {}
        for number, rule in enumerate(self.rules):
            found.setdefault((rule.trait, rule.value), []).append(number)
        return found


class ReasonKind(StrEnum):
    # in
    PINNED = "pinned"
    NEVER_PROMOTED = "never_promoted"
    WAITED_LONGEST = "waited_longest"
    FOR_A_MINIMUM = "for_a_minimum"
    # out
    EXCLUDED = "excluded"
    NOT_READY = "not_ready"
    GROUP_FULL = "group_full"
    PLACE_FOR_A_MINIMUM = "place_for_a_minimum"
    OTHERS_WAITED_LONGER = "others_waited_longer"
    LATER_CODE = "later_code"


@dataclass(frozen=True)
class Reason:
    """Why a candidate is in or out. `rules`: those that decided; `words`: an officer's reason, or what is missing."""

    kind: ReasonKind
    rules: tuple[Rule, ...] = ()
    words: tuple[str, ...] = ()
    # The last promotion of the one who took the place, None for never; only where waiting decided.
    against: date | None = None


@dataclass(frozen=True)
class Shortfall:
    """A rule that cannot be met, and by how many it is missed: too few for a minimum, too many pinned for a maximum."""

    rule: Rule
    missing: int = 0
    surplus: int = 0


@dataclass(frozen=True)
class Outcome:
    """The chosen in the order of their waiting; a reason for every candidate, by code; what could not be met."""

    chosen: tuple[Candidate, ...]
    # All candidates in the same order.
    everybody: tuple[Candidate, ...]
    reasons: Mapping[str, Reason]
    shortfalls: tuple[Shortfall, ...] = ()
    # Places that no ready candidate could take under the rules.
    empty_places: int = 0
    # More were pinned than there are places: by so many.
    pinned_beyond_places: int = 0
