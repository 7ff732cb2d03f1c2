"""Charts as places on a drawing, in whole units; templates write the SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

# A chart of upright bars, one a quarter.
WIDTH, HEIGHT, TOP, BOTTOM = 240, 150, 24, 24
BAR = 36
# A chart of lying bars, one a kecamatan.
NAMES, ROW, LYING = 190, 22, 640
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Bar:
    """A bar with its name and its value; `value` "" where there is nothing to tell yet."""

    x: int
    y: int
    width: int
    height: int
    name: str
    value: str
    # Where name and value stand.
    middle: int
    value_at: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    bars: list[Bar]


def by_quarter(counts: Sequence[int], begun: int) -> Chart:
    """`begun`: how many quarters have begun; the others have no value, which is not nought."""
    room, step, highest = HEIGHT - TOP - BOTTOM, WIDTH // 4, max([*counts, 1])
    bars = []
    for number, (name, count) in enumerate(zip(ROMAN, counts, strict=True)):
        height = room * count // highest
        middle, y = step * number + step // 2, TOP + room - height
        value = str(count) if number < begun else ""
        bars.append(Bar(middle - BAR // 2, y, BAR, height, name, value, middle, y - 6))
    return Chart(WIDTH, HEIGHT, bars)


def by_place(counts: Sequence[tuple[str, int]]) -> Chart:
    room, highest = LYING - NAMES - 50, max([count for _name, count in counts] or [1]) or 1
    bars = []
    for number, (name, count) in enumerate(counts):
        y, width = ROW * number, room * count // highest
        bars.append(Bar(NAMES, y + 3, width, ROW - 6, name, str(count), y + ROW - 7, NAMES + width + 6))
    return Chart(LYING, ROW * len(counts), bars)
