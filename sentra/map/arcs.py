"""From areas to the paths of a drawing in which neighbours share every border.

Borders are cut into arcs where three areas (the outside counts as one) meet. Each arc is simplified and drawn once,
and both neighbours use it, one of them backwards: no gap can open between them. Coordinates of areas are km.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import reduce
from math import ceil, floor

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.affinity import scale as stretched

from sentra.map.coverage import SNAP, Area
from sentra.map.drawing import Box, Drawing, Shape
from sentra.map.paths import Arc, flattened, written
from sentra.map.projection import km_to_drawing

# Km: long straight borders bend under the lens.
STEP = 0.25
# Units of the drawing (14 to 44 to the km): how far a drawn border may leave the real one; the first at which no area
# is lost, loses a neighbour or crosses another.
TOLERANCES = (3.0, 4.0, 6.0, 1.5)
SPIKE_FACTORS = (1.0, 1.5, 2.0, 3.0)
# Square units: islets smaller than this would be specks.
LEAST_PART = 60.0
# Units: a border shorter than this is a corner.
LEAST_BORDER = 5.0
# Units: a line of a label, and the mean width of a letter.
LINE, LETTER = 25.0, 13.0
# Units between the places that are tried for a label.
RASTER = 5
# Units left free around the drawing, for its borders.
FREE = 4


class CannotDraw(ValueError):
    """The areas do not make a drawing in which each is whole."""


def draw(areas: Mapping[str, Area], label_of: Callable[[str], str]) -> Drawing:
    """The drawing of these areas. `label_of` gives the word that must find room in an area. Raises CannotDraw."""
    clean = {code: shapely.set_precision(area, SNAP) for code, area in areas.items()}
    lines = shapely.line_merge(shapely.union_all([area.boundary for area in clean.values()]))
    borders = [_bent(line) for line in shapely.get_parts(lines)]
    sides = [_sides(line, clean) for line in shapely.get_parts(lines)]
    wanted = _neighbours(borders, sides)
    for tolerance in TOLERANCES:
        arcs = [_simplified(border, tolerance) for border in borders]
        rings = {code: _rings([arc for arc, side in zip(arcs, sides, strict=True) if code in side]) for code in clean}
        if _is_sound(rings, wanted):
            return Drawing(_shapes(rings, label_of), _box(rings))
    raise CannotDraw


def outline_of(rings: list[list[Arc]]) -> Area:
    """The area inside these rings as it is drawn, curves followed closely. Not valid where a ring crosses itself."""
    parts = [Polygon([point for arc in ring for point in flattened(arc)[:-1]]) for ring in rings]
    if len(parts) == 1 or not all(part.is_valid for part in parts):
        return parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return reduce(shapely.symmetric_difference, parts)


def _bent(line: LineString) -> LineString:
    """The line (km) on the drawing."""
    dense = shapely.segmentize(line, STEP)
    return LineString([km_to_drawing(east, north) for east, north in dense.coords])


def _sides(line: LineString, areas: Mapping[str, Area]) -> frozenset[str]:
    """The one or two areas that a border belongs to."""
    middle = line.interpolate(0.5, normalized=True)
    return frozenset(code for code, area in areas.items() if shapely.dwithin(area.boundary, middle, SNAP / 10))


def _neighbours(borders: list[LineString], sides: list[frozenset[str]]) -> set[frozenset[str]]:
    """Pairs with a border long enough to be seen."""
    lengths: Counter[frozenset[str]] = Counter()
    for border, side in zip(borders, sides, strict=True):
        lengths[side] += border.length
    return {side for side, length in lengths.items() if len(side) == 2 and length >= LEAST_BORDER}


def _simplified(border: LineString, tolerance: float) -> Arc:
    """Vertices on even numbers, so that the midpoints between them are whole. A spike that rounding turns into a
    crossing goes away with more tolerance."""
    for factor in SPIKE_FACTORS:
        points = [(2 * round(x / 2), 2 * round(y / 2)) for x, y in border.simplify(tolerance * factor).coords]
        arc = tuple(point for index, point in enumerate(points) if index == 0 or point != points[index - 1])
        if len(arc) < 2 or LineString(flattened(arc)).is_simple:
            break
    return arc


def _rings(arcs: list[Arc]) -> list[list[Arc]]:
    """The arcs of one area, turned and chained into closed rings; islets left out."""
    waiting = [arc for arc in arcs if len(arc) > 1]
    rings = []
    while waiting:
        ring = [waiting.pop()]
        while ring[-1][-1] != ring[0][0]:
            end = ring[-1][-1]
            following = next((arc for arc in waiting if end in (arc[0], arc[-1])), None)
            if following is None:
                break
            waiting.remove(following)
            ring.append(following if following[0] == end else following[::-1])
        rings.append(ring)
    whole = [ring for ring in rings if _extent(ring) >= LEAST_PART]
    return whole or rings[:1]


def _extent(ring: list[Arc]) -> float:
    """The area inside a ring of straight lines, square units."""
    points = [point for arc in ring for point in arc[:-1]]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def _is_sound(rings: Mapping[str, list[list[Arc]]], wanted: set[frozenset[str]]) -> bool:
    """Whether every area is drawn, closed and simple, none covers another, and who touched still touches."""
    if any(ring[-1][-1] != ring[0][0] or _extent(ring) == 0 for parts in rings.values() for ring in parts):
        return False
    if not all(rings.values()):
        return False
    drawn = {code: outline_of(parts) for code, parts in rings.items()}
    if any(area.is_empty or not area.is_valid for area in drawn.values()):
        return False
    together = shapely.union_all(list(drawn.values()))
    if sum(area.area for area in drawn.values()) - together.area > 1.0:
        return False
    return all(_border(drawn, pair) > 0 for pair in wanted)


def _border(drawn: Mapping[str, Area], pair: frozenset[str]) -> float:
    one, other = sorted(pair)
    return drawn[one].boundary.intersection(drawn[other].boundary).length


def _shapes(rings: Mapping[str, list[list[Arc]]], label_of: Callable[[str], str]) -> dict[str, Shape]:
    """The smallest area chooses the place of its label first; the others keep clear of it."""
    largest = {code: outline_of([max(parts, key=_extent)]) for code, parts in rings.items()}
    taken: list[Polygon] = []
    shapes = {}
    for code in sorted(rings, key=lambda code: largest[code].area):
        x, y, label = _roomiest(largest[code], LETTER * len(label_of(code)), 2 * LINE, taken)
        taken.append(label)
        shapes[code] = Shape(written(rings[code]), x, y)
    return {code: shapes[code] for code in sorted(shapes)}


def _roomiest(area: Polygon, width: float, height: float, taken: list[Polygon]) -> tuple[int, int, Polygon]:
    """Where a box of these proportions has most room in the area without touching a taken one, if there is such a
    place; and that box."""
    left, top, right, bottom = map(round, area.bounds)
    points = [Point(x, y) for x in range(left, right, RASTER) for y in range(top, bottom, RASTER)]
    inside = [point for point in points if area.contains(point)] or [area.representative_point()]
    edge = stretched(area.exterior, 1 / width, 1 / height, origin=(0, 0))
    inside.sort(key=lambda point: -edge.distance(Point(point.x / width, point.y / height)))
    labels = [shapely.box(p.x - width / 2, p.y - height / 2, p.x + width / 2, p.y + height / 2) for p in inside]
    chosen = next((n for n, label in enumerate(labels) if not any(label.intersects(other) for other in taken)), 0)
    return round(inside[chosen].x), round(inside[chosen].y), labels[chosen]


def _box(rings: Mapping[str, list[list[Arc]]]) -> Box:
    left, top, right, bottom = shapely.total_bounds([outline_of(parts) for parts in rings.values()])
    left, top = floor(left) - FREE, floor(top) - FREE
    return Box(left, top, ceil(right) + FREE - left, ceil(bottom) + FREE - top)
