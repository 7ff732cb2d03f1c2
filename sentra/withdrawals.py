"""Who else must know that consent was withdrawn: upper apps register what they keep that this app does not know."""

from collections.abc import Callable, Iterable
from typing import Any

# Takes the business or sentra; runs in the transaction of the withdrawal.
Follow = Callable[[Any], None]
# Sentences for officers: where data of this business or sentra still stand, out of reach.
Told = Callable[[Any], Iterable[str]]

_follow: list[Follow] = []
_told: list[Told] = []


def register(*, follow: Follow, told: Told) -> None:
    _follow.append(follow)
    _told.append(told)


def follow(subject: Any) -> None:
    for each in _follow:
        each(subject)


def still_carried(subject: Any) -> list[str]:
    """Printed matter that still carries what was withdrawn, a sentence for each."""
    return [sentence for each in _told for sentence in each(subject)]
