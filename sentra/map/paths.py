"""Arcs as SVG path data, and path data as points. An arc is a row of vertices on even whole numbers, drawn as quadratic
curves: the vertices are the control points, the midpoints between them the ends."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

GridPoint = tuple[int, int]
Arc = tuple[GridPoint, ...]
Point = tuple[float, float]

# Straight pieces that stand for a curve when areas are compared; a power of two keeps the sums exact.
FLATNESS = 4


def written(rings: Sequence[Sequence[Arc]]) -> str:
    """Path data of rings of arcs, relative and as short as it gets: after the first control point of an arc each
    follows by reflection (t)."""
    return "".join(f"M{_numbers(*ring[0][0])}{''.join(map(_drawn, ring))}z" for ring in rings)


def flattened(arc: Arc) -> list[Point]:
    """Points along the arc; the same ones in both directions."""
    if len(arc) == 2:
        return list(arc)
    points: list[Point] = [arc[0]]
    for control, end in _curves(arc):
        points += _along(points[-1], control, end)
    return points


def rings_of(path: str) -> Iterator[list[Point]]:
    """Points along each ring of written path data."""
    for ring in path.split("z")[:-1]:
        points: list[Point] = []
        control: Point = (0, 0)
        for command, text in re.findall(r"([Mlqt])([^Mlqt]*)", ring):
            width = 4 if command == "q" else 2
            numbers = map(int, re.findall(r"-?\d+", text))
            for step in zip(*[numbers] * width, strict=True):
                x, y = points[-1] if points else (0, 0)
                end = (x + step[-2], y + step[-1])
                if command == "q":
                    control = (x + step[0], y + step[1])
                elif command == "t":
                    control = (2 * x - control[0], 2 * y - control[1])
                points += [end] if command in "Ml" else _along((x, y), control, end)
        yield points


def bounds(path: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = zip(*chain.from_iterable(rings_of(path)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _curves(arc: Arc) -> list[tuple[GridPoint, GridPoint]]:
    """Control point and end of each curve."""
    ends = [((x + u) // 2, (y + v) // 2) for (x, y), (u, v) in pairwise(arc[1:-1])]
    return list(zip(arc[1:-1], [*ends, arc[-1]], strict=True))


def _along(start: Point, control: Point, end: Point) -> list[Point]:
    """Points of a quadratic curve, the start left out."""
    points = []
    for part in range(1, FLATNESS + 1):
        t = part / FLATNESS
        weights = ((1 - t) ** 2, 2 * t * (1 - t), t**2)
        x, y = (sum(w * p[axis] for w, p in zip(weights, (start, control, end), strict=True)) for axis in (0, 1))
        points.append((x, y))
    return points


def _drawn(arc: Arc) -> str:
    (x, y), end = arc[0], arc[-1]
    if len(arc) == 2:
        return f"l{_numbers(end[0] - x, end[1] - y)}"
    curves = _curves(arc)
    (cx, cy), (ex, ey) = curves[0]
    steps = [(v[0] - u[0], v[1] - u[1]) for (_c, u), (_d, v) in pairwise(curves)]
    reflected = f"t{_numbers(*chain.from_iterable(steps))}" if steps else ""
    return f"q{_numbers(cx - x, cy - y, ex - x, ey - y)}{reflected}"


def _numbers(*values: int) -> str:
    """Separated by a minus sign where there is one, else by a space."""
    return "".join(str(value) if value < 0 or index == 0 else f" {value}" for index, value in enumerate(values))
