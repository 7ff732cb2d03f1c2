"""The chart of coverage as places on a drawing: a group of three bars a year. Templates write the SVG."""

from dataclasses import dataclass

from promotions.coverage import Coverage

# Units of the drawing, whole ones: no language writes them with a comma.
WIDTH, HEIGHT = 1440, 600
LEFT, RIGHT, TOP, BOTTOM = 96, 16, 48, 88
BAR_SHARE = 0.29
STEPS = (0, 25, 50, 75, 100)
KINDS = ("ever", "within_24", "within_12")


@dataclass(frozen=True)
class Bar:
    """`kind` is one of KINDS. `label` stands at (`middle`, `label_y`)."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    label: str
    middle: int
    label_y: int


@dataclass(frozen=True)
class Chart:
    width: int
    height: int
    # Percent and its height in the drawing.
    lines: tuple[tuple[int, int], ...]
    bars: tuple[Bar, ...]
    # Year and its middle.
    years: tuple[tuple[int, int], ...]
    left: int
    right: int


def drawn(found: Coverage) -> Chart:
    room = HEIGHT - TOP - BOTTOM
    step = (WIDTH - LEFT - RIGHT) // max(1, len(found.years))
    width = int(step * BAR_SHARE)
    bars, years = [], []
    for place, (year, counts) in enumerate(found.table):
        middle = LEFT + step * place + step // 2
        years.append((year.year, middle))
        for number, (kind, (_count, percent)) in enumerate(zip(KINDS, counts, strict=True)):
            x, height = middle + width * number - width * 3 // 2, room * percent // 100
            y = TOP + room - height
            bars.append(Bar(kind, x, y, width - 2, height, str(percent), x + width // 2, y - 8))
    lines = tuple((percent, TOP + room - room * percent // 100) for percent in STEPS)
    return Chart(WIDTH, HEIGHT, lines, tuple(bars), tuple(years), LEFT, WIDTH - RIGHT)
