"""How things fall into pages: pure arithmetic on heights, in steps (promotions.book.measure)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from promotions.book.heights import BLOCK_GAP, GAP, row_height
from promotions.book.measure import PAGE, Measure
from promotions.book.pages import Block, Row
from promotions.catalogue.model import Entry

# Arches at the foot of a page, the largest first: how much white they need.
ART_HEIGHTS = {"tall": 176.0, "large": 124.0, "medium": 82.0, "small": 50.0, "low": 26.0, "edge": 13.0}
# A list is not begun, nor ended, with fewer rows than these on a page.
FEW = 3


def art_for(rest: float) -> str:
    """The arches that suit what is left of a page, or "" when too little is."""
    return next((size for size, height in ART_HEIGHTS.items() if rest >= height), "")


def rows_of(entries: Sequence[Entry], measure: Measure) -> list[Row]:
    """Cells side by side: those with a photo first, then the compact ones; an odd last cell takes the whole width."""
    rows = []
    for pictured in (True, False):
        group = [entry for entry in entries if bool(entry.picture) is pictured]
        side_by_side = measure.row_cells if pictured else 2
        rows += [
            Row(tuple(group[start : start + side_by_side]), pictured) for start in range(0, len(group), side_by_side)
        ]
    return rows


def fill(heights: Sequence[float], capacity: float, first: float | None = None) -> list[int]:
    """How many rows go on each page when every page is filled before the next is begun. `first`: room on the first."""
    counts: list[int] = []
    room = 0.0
    for height in heights:
        if not counts or height > room:
            room = first if first is not None and not counts else capacity
            counts.append(0)
        counts[-1] += 1
        room -= height
    return counts


def balance(heights: Sequence[float], capacity: float, first: float | None = None) -> list[int]:
    """Rows per page on as few pages as possible, each about as full as the others: no lonely last row."""
    head = capacity - first if first is not None else 0.0
    pages = len(fill(heights, capacity, first))
    low, high = max(heights, default=0.0), capacity
    while high - low > 0.5:
        middle = (low + high) / 2
        if len(fill(heights, middle, middle - head)) <= pages:
            high = middle
        else:
            low = middle
    return fill(heights, high, high - head)


def sheets_of(rows: Sequence[Row], measure: Measure, head: float = 0.0) -> list[tuple[tuple[Row, ...], float]]:
    """The rows of each page, and the white that they leave; the first page also carries a heading `head` high."""
    heights = [row_height(row, measure) + GAP for row in rows]
    sheets = []
    start = 0
    for number, count in enumerate(balance(heights, PAGE + GAP, PAGE + GAP - head)):
        used = sum(heights[start : start + count]) + (head if number == 0 else 0.0)
        sheets.append((tuple(rows[start : start + count]), PAGE + GAP - used))
        start += count
    return sheets


@dataclass(frozen=True)
class Source:
    """A list before it is broken into pages: `head` is its title, `rows` its rows with their heights."""

    kind: str
    head: float
    rows: Sequence[tuple[Any, float]]
    setting: str = ""
    # Where it goes on: how much of the page its columns' names take.
    head_again: float = 0.0
    # It is the further part of the list before it, on the next page.
    goes_on: bool = False


@dataclass
class Stack:
    """The lists of one page, and how much room is left under them."""

    room: float = PAGE
    blocks: list[Block] = field(default_factory=list)

    def add(self, block: Block, height: float) -> None:
        self.room -= height + (BLOCK_GAP if self.blocks else 0.0)
        self.blocks.append(block)

    def has_room(self, height: float) -> bool:
        return self.room >= height + (BLOCK_GAP if self.blocks else 0.0)


def pack(sources: Sequence[Source]) -> list[Stack]:
    """Lists in their order, as many to a page as fit whole; a longer one begins a page and runs on over the next."""
    stacks: list[Stack] = []
    for source in sources:
        whole = source.head + sum(height for _row, height in source.rows)
        if whole > PAGE:
            stacks += _broken(source)
            continue
        if not stacks or source.goes_on or not stacks[-1].has_room(whole):
            stacks.append(Stack())
        rows = tuple(row for row, _height in source.rows)
        stacks[-1].add(Block(source.kind, rows, not source.goes_on, source.setting), whole)
    return stacks


def _broken(source: Source) -> list[Stack]:
    heights = [height for _row, height in source.rows]
    stacks = []
    start = 0
    for number, count in enumerate(_counts(heights, source)):
        used = sum(heights[start : start + count]) + (source.head if number == 0 else source.head_again)
        stack = Stack()
        rows = tuple(row for row, _height in source.rows[start : start + count])
        stack.add(Block(source.kind, rows, number == 0, source.setting), used)
        stacks.append(stack)
        start += count
    return stacks


def _counts(heights: Sequence[float], source: Source) -> list[int]:
    """Full pages; when the last would have only a few rows, all are about equally full."""
    room, first = PAGE - source.head_again, PAGE - source.head
    counts = fill(heights, room, first)
    return balance(heights, room, first) if counts[-1] < FEW else counts
