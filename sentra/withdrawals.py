"""Who else must know that consent was withdrawn: upper apps register what they keep that this app does not know."""

from collections.abc import Callable, Iterable
from typing import Any

# Takes the business or sentra; runs in the transaction of the withdrawal.
Follow = Callable[[Any], None]
# Sentences for officers: where data of this business or sentra still stand, out of reach.
Told = Callable[[Any], Iterable[str]]

_follow: list[Follow] = []
_told: list[Told] = []
_printed: list[Told] = []


def register(*, follow: Follow, told: Told, printed: Told) -> None:
    """`told`: what of the withdrawn still stands somewhere; `printed`: all that carries personal data at all."""
    _follow.append(follow)
    _told.append(told)
    _printed.append(printed)


def follow(subject: Any) -> None:
    for each in _follow:
        each(subject)


def still_carried(subject: Any) -> list[str]:
    """Printed matter that still carries what was withdrawn, a sentence for each."""
    return [sentence for each in _told for sentence in each(subject)]


def printed(subject: Any) -> list[str]:
    """Frozen and printed matter that carries personal data of this subject, withdrawn or not."""
    return [sentence for each in _printed for sentence in each(subject)]
