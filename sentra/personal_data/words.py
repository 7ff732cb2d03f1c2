"""What a person is called and reached by, as it may stand in texts that nobody declared personal."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sentra.choices import PersonalField
from sentra.consent import Subject, relation_to
from sentra.models import Consent
from sentra.personal_data.holdings import holdings

# Shorter words stand in other words; shorter numbers are prices and years.
SHORTEST_WORD, SHORTEST_NUMBER = 4, 7
# Described in words or in degrees: nothing that would name somebody elsewhere.
_NO_WORDS = {PersonalField.PORTRAIT, PersonalField.MAP_POINT}
_NUMBERS = {PersonalField.WHATSAPP, PersonalField.TELEPHONE, PersonalField.NIB}


@dataclass(frozen=True)
class Words:
    """Names and addresses in small letters, numbers by the digits that every spelling of them shares."""

    names: frozenset[str]
    numbers: frozenset[str]

    def stand_in(self, text: str) -> bool:
        small = text.casefold()
        if any(name in small if len(name) >= SHORTEST_WORD else name == small for name in self.names):
            return True
        digits = re.sub(r"[\s().+-]", "", text)
        return any(number in digits for number in self.numbers)

    def stand_in_any(self, value: Any) -> bool:
        """The same of whatever JSON can hold."""
        return any(self.stand_in(text) for text in texts_in(value))


def words_of(subject: Subject) -> Words:
    names: set[str] = set()
    numbers: set[str] = set()
    for holding in holdings([subject])[subject]:
        if holding.field in _NUMBERS:
            numbers |= {_core(value) for value in holding.values}
        elif holding.field not in _NO_WORDS:
            names |= set(holding.values)
    names |= set(Consent.objects.filter(**{relation_to(subject): subject}).values_list("person", flat=True))
    return Words(
        frozenset(name.strip().casefold() for name in names if len(name.strip()) > 1),
        frozenset(number for number in numbers if len(number) >= SHORTEST_NUMBER),
    )


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value.values())
    elif isinstance(value, list | tuple):
        yield from _texts(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield str(value)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for each in values:
        yield from texts_in(each)


def _core(number: str) -> str:
    """Without what differs from spelling to spelling: 0812-…, +62 812…, 62812…"""
    return re.sub(r"^(62|0)", "", re.sub(r"\D", "", number))
