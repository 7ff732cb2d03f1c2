"""Which counts may be told, so that none points at somebody: not by itself, and not by taking it from a sum."""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

# Who knows one of five still guesses among four; a sentra, too, is at least five businesses (docs/adr/0025-help-given.md).
FEWEST = 5

Part = TypeVar("Part", bound=Hashable)


def may_be_told(subjects: Collection[Hashable]) -> bool:
    """Whether a count of cases may be told: they belong to enough different subjects. One entry a case."""
    return len(set(subjects)) >= FEWEST


def tellable(parts: Mapping[Part, Collection[Hashable]]) -> set[Part]:
    """Which parts of a whole may be told beside the whole itself.

    What is left when the told parts are taken from the whole must be nothing or enough: else the smallest told parts
    are held back as well.
    """
    told = {part for part, subjects in parts.items() if may_be_told(subjects)}
    held_back = {subject for part, subjects in parts.items() if part not in told for subject in subjects}
    for part in sorted(told, key=lambda each: (len(set(parts[each])), str(each))):
        if not held_back or may_be_told(held_back):
            break
        told.discard(part)
        held_back |= set(parts[part])
    return told
