"""What is kept of a selection: rules, codes and reasons as plain values. No business is named in it."""

from dataclasses import dataclass
from datetime import date

from promotions.editions.plain import digest, from_plain, to_plain
from promotions.fair_selection import Outcome, ReasonKind, Rule

# Raised when records of an older shape need other reading.
FORMAT = 1


@dataclass(frozen=True)
class Named:
    """A kecamatan (by slug), sentra (by code) or product type (by slug), with its name in both languages."""

    value: str
    name: str
    name_en: str


@dataclass(frozen=True)
class RuleLine:
    """A bound that the selection had to keep. `trait` is one of promotions.fair_selection.Trait."""

    trait: str
    of: Named
    at_least: int
    at_most: int | None


@dataclass(frozen=True)
class Line:
    """One business: when it was last promoted, why it is in or out (`rules`: places in the list of rules)."""

    code: str
    kecamatan: str
    sentra: str
    last: date | None
    kind: str
    rules: tuple[int, ...]
    # An officer's reason first where an officer decided, then values of promotions.choices.Obstacle.
    words: tuple[str, ...]
    against: date | None

    @property
    def is_decided(self) -> bool:
        """Whether an officer put it where it is."""
        return self.kind in {ReasonKind.PINNED, ReasonKind.EXCLUDED}


@dataclass(frozen=True)
class Missed:
    """A rule that could not be kept, by its place in the list: too few, or too many because of pins."""

    rule: int
    missing: int
    surplus: int


@dataclass(frozen=True)
class Plan:
    """The fields in which the officer wrote the rules; `conditions` are names of fields of FairSelection.

    So many rules at the head of the record's list are `special`: bounds for one kecamatan, sentra or type.
    """

    day: date
    places: int
    food_at_most_percent: int | None
    food_at_most: int | None
    each_kecamatan: tuple[int, int | None]
    each_sentra: tuple[int, int | None]
    special: int
    conditions: tuple[str, ...]
    types: tuple[Named, ...]


@dataclass(frozen=True)
class Record:
    plan: Plan
    rules: tuple[RuleLine, ...]
    chosen: tuple[Line, ...]
    others: tuple[Line, ...]
    missed: tuple[Missed, ...]
    empty_places: int
    pinned_beyond_places: int
    format: int = FORMAT

    @property
    def all_pinned(self) -> bool:
        return all(line.kind == ReasonKind.PINNED for line in self.chosen)


def make_record(
    plan: Plan,
    rules: tuple[RuleLine, ...],
    asked: tuple[Rule, ...],
    outcome: Outcome,
    homes: dict[str, tuple[str, str]],
) -> Record:
    """`asked` are `rules` as the choice knows them, in the same order; `homes`: kecamatan and sentra by code."""
    number = {rule: place for place, rule in enumerate(asked)}

    def line(code: str, last: date | None) -> Line:
        reason = outcome.reasons[code]
        named = tuple(number[rule] for rule in reason.rules)
        return Line(code, *homes[code], last, reason.kind.value, named, reason.words, reason.against)

    chosen = tuple(line(candidate.code, candidate.last_promoted) for candidate in outcome.chosen)
    taken = {line.code for line in chosen}
    rest = [candidate for candidate in outcome.everybody if candidate.code not in taken]
    return Record(
        plan=plan,
        rules=rules,
        chosen=chosen,
        others=tuple(line(candidate.code, candidate.last_promoted) for candidate in rest),
        missed=tuple(Missed(number[found.rule], found.missing, found.surplus) for found in outcome.shortfalls),
        empty_places=outcome.empty_places,
        pinned_beyond_places=outcome.pinned_beyond_places,
    )


def stored(record: Record) -> dict:
    return to_plain(record)


def read(content: dict) -> Record:
    return from_plain(Record, content)


def without_words(content: dict, code: str, instead: str) -> dict:
    """A stored record in which an officer's reason about this business no longer stands; {} stays {}."""
    decided = {ReasonKind.PINNED.value, ReasonKind.EXCLUDED.value}

    def emptied(line: dict) -> dict:
        if line["code"] != code or line["kind"] not in decided or not line["words"]:
            return line
        return {**line, "words": [instead, *line["words"][1:]]}

    changed = {name: [emptied(line) for line in content[name]] for name in ("chosen", "others") if name in content}
    return {**content, **changed}


def mark_of(record: Record) -> str:
    """Equal for equal selections: what an officer saw is what is accepted, or it is asked again."""
    return digest(stored(record))
