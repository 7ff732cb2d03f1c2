"""Who makes synthetic products: a business, or a sentra as a whole."""

from dataclasses import dataclass
from typing import Any

from semarang_ikm.synthetic.city import Kind


@dataclass(slots=True)
class Maker:
    """What products and certificates need to know of their maker; small, since 50,000 stay in memory.

    `words`: what a product is found by through its maker.
    """

    number: int
    ikm_id: int | None
    sentra_id: int | None
    types: tuple[Kind, ...]
    words: list[str]


def in_type_order(kinds: list[Kind]) -> tuple[Kind, ...]:
    """As the database returns them, so that search texts come out the same."""
    return tuple(sorted(kinds, key=lambda kind: kind.rank))


def words_of(kinds: tuple[Kind, ...]) -> list[str]:
    return [word for kind in kinds for word in kind.words]


def bilingual(indonesian: str, english: str, field: str, *, translated: bool) -> dict[str, Any]:
    """A text for both languages, or for Indonesian only."""
    return {field: indonesian, f"{field}_en": english if translated else ""}
