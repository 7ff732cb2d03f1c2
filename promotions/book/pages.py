"""A book as pages: each is one side of a sheet, with its number and everything that its template sets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from promotions.book.measure import Measure
from promotions.catalogue.model import Catalogue, Chapter, Entry, Text

# How many arches of each size stand at the foot of a page.
ARCHES = {"tall": 3, "large": 3, "medium": 5, "small": 5, "low": 7, "edge": 11}


@dataclass(frozen=True)
class Row:
    """Cells side by side. One cell alone stands across the whole width."""

    cells: tuple[Entry, ...]
    pictured: bool

    @property
    def is_wide(self) -> bool:
        return len(self.cells) == 1


@dataclass(frozen=True)
class Opener:
    """The page that opens a sentra; `rows`: its products, where all of them fit here."""

    chapter: Chapter
    name_size: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Story:
    """What a sentra's opening page has no room for: its description, and its products where they fit."""

    chapter: Chapter
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A page of products. `is_first`: it carries the heading of those that belong to no sentra."""

    rows: tuple[Row, ...]
    chapter: Chapter | None = None
    is_first: bool = False


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents. `code`: what stands before the name, "" for a drawn mark; `kind`: names a part that is no
    sentra."""

    anchor: str
    code: str
    number: int
    kind: str = ""
    name: Text | None = None
    place: str = ""


@dataclass(frozen=True)
class Block:
    """A list, or the part of it that stands on one page. Of several columns each item is one row."""

    kind: str
    items: tuple[Any, ...]
    is_first: bool = True
    setting: str = ""


@dataclass(frozen=True)
class Page:
    """`kind` names its template. `art`: the size of the arches at its foot, "" for none."""

    kind: str
    body: Any = None
    art: str = ""
    patterns: tuple[str, ...] = ()
    # What the head of the page says; without it there is no head.
    code: str = ""
    running: Text | None = None
    # The part of the book that begins here, for the running head of lists.
    part: str = ""
    anchors: tuple[str, ...] = ()
    number: int = 0
    rises: bool = True

    @property
    def arches(self) -> list[str]:
        """The pattern of each arch at its foot, from left to right."""
        return list(islice(cycle(self.patterns), ARCHES[self.art])) if self.art else []

    @property
    def template(self) -> str:
        return f"catalogue/pages/{self.kind}.html"

    @property
    def is_right(self) -> bool:
        return self.number % 2 == 1


@dataclass(frozen=True)
class Book:
    """`numbers`: on which page each anchor stands; a code is the anchor of its entry."""

    catalogue: Catalogue
    measure: Measure
    pages: tuple[Page, ...]
    numbers: Mapping[str, int] = field(default_factory=dict)
