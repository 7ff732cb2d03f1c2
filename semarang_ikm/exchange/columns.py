"""What a column is: one declaration for the template, reading, comparing, writing and exporting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from semarang_ikm.exchange.world import World

# What a cell holds to empty a field; an empty cell leaves the field as it is.
CLEAR_WORD = "(kosongkan)"
CLEAR_WORDS = frozenset({CLEAR_WORD, "kosongkan", "(kosong)", "(hapus)"})
# Cells that say nothing.
NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "#n/a", "null"})
# What the code of an example row is.
EXAMPLE_CODE = "CONTOH"


class Reader(Protocol):
    """Reads what is written in a cell, and writes a value as it would be typed.

    What is written and read again is the same value; two values are equal when they are written alike.
    """

    @property
    def empty(self) -> Any:
        """What the field holds after its cell was cleared."""

    def read(self, text: str, world: "World", row: Mapping[str, str]) -> Any:
        """The value. `row` holds the other cells. Raises CellRefused."""

    def write(self, value: Any, world: "World") -> str:
        """ "" for nothing."""

    def choices(self, world: "World") -> Sequence[str]:
        """What the drop-down list offers; empty: anything may be typed."""


@dataclass(frozen=True)
class Column:
    key: str
    heading: "StrOrPromise"
    reader: Reader
    example: str = ""
    # For the sheet of instructions.
    told: "StrOrPromise" = ""
    # Names under which offices know it besides its heading.
    synonyms: tuple[str, ...] = ()
    # The file must have the column, and a new row a value in it.
    required: bool = False
    # A new row needs a value in it; the file may leave it out for rows that are there already.
    is_needed: bool = False
    # Which personal field it holds ("": none): read and written only for officers who may see personal data.
    personal: str = ""
    # Only helps to read another column, or only leaves: never compared, never written.
    is_aside: bool = False
    can_be_cleared: bool = True
    # Characters: how wide it is in a workbook.
    width: int = 18


@dataclass
class Cell:
    """What one cell would change, or why it cannot."""

    key: str
    before: str = ""
    after: str = ""
    error: str = ""
    note: str = ""

    def as_json(self) -> dict[str, str]:
        return {name: value for name, value in vars(self).items() if value or name == "key"}
