"""Where writing fits into an area of the map, in units of the drawing."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sentra.map.drawing import Shape
from sentra.map.paths import rings_of

# From line to line, how far letters reach above and below their line, and the air between them and a border.
LINE, ABOVE, BELOW, AIR = 15, 10, 3, 3
# The width of a letter of a name and, in bold, of a code.
NAME_LETTER, CODE_LETTER = 8.0, 7.2
# Between the heights that are tried.
STEP = 3

Span = tuple[float, float]


def place_in(shape: Shape, name: str, lines: Sequence[str], *, name_too: bool) -> tuple[int, int] | None:
    """The middle of the writing and the base of its first line, as near to the label as all of it lies inside.

    Under the name come the lines. None where they find no room. `name_too`: the name may not cross a border either.
    """
    widths = [len(name) * NAME_LETTER if name_too else 0.0, *(len(line) * CODE_LETTER for line in lines)]
    rings = [[*ring, ring[0]] for ring in rings_of(shape.path)]
    heights = [y for ring in rings for _x, y in ring]
    found = []
    for top in range(round(min(heights)), round(max(heights)), STEP):
        spans = [_clear(rings, top + LINE * place, shape.label_x) for place in range(len(widths))]
        left = max(span[0] + width / 2 + AIR for span, width in zip(spans, widths, strict=True))
        right = min(span[1] - width / 2 - AIR for span, width in zip(spans, widths, strict=True))
        if left <= right:
            x = min(max(shape.label_x, left), right)
            middle = top + LINE * len(lines) / 2
            found.append(((x - shape.label_x) ** 2 + (middle - shape.label_y) ** 2, round(x), top))
    return min(found)[1:] if found else None


def _clear(rings: Sequence[Sequence[tuple[float, float]]], base: float, near: float) -> Span:
    """From border to border along the whole height of a line, where it is nearest to `near`."""
    spans = [_across(rings, base + offset, near) for offset in (-ABOVE, -ABOVE / 2, 0, BELOW)]
    return max(left for left, _right in spans), min(right for _left, right in spans)


def _across(rings: Sequence[Sequence[tuple[float, float]]], y: float, near: float) -> Span:
    crossings = sorted(_crossings(rings, y))
    spans = list(zip(crossings[::2], crossings[1::2], strict=True))
    return min(spans, key=lambda span: max(span[0] - near, near - span[1]), default=(near, near))


def _crossings(rings: Sequence[Sequence[tuple[float, float]]], y: float) -> Iterator[float]:
    for ring in rings:
        for (x, v), (u, w) in pairwise(ring):
            if (v <= y) != (w <= y):
                yield x + (u - x) * (y - v) / (w - v)
