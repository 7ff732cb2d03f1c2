"""The schematic map: what the kelurahan points alone say about the shapes of the kecamatan.

Each kelurahan takes the ground that is nearer to its point than to any other (Voronoi), inside an outline of discs
around the points; kelurahan of one kecamatan are joined. Against shapes of the real areas nine tenths of the ground
falls into the right kecamatan; the map is for orientation and never decides where a place lies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import Point, Polygon

from sentra.map.projection import to_km

# A disc around each point, its radius this part of the mean distance to the nearest others, within bounds (km).
NEIGHBOURS, SHARE = 3, 0.8
LEAST_RADIUS, MOST_RADIUS = 0.3, 1.6
# Km: inlets of the outline narrower than twice this are filled.
CLOSING = 1.5
GRID = 0.001


@dataclass(frozen=True)
class Place:
    """A kelurahan's label point (degrees) and the code of its kecamatan."""

    kecamatan: str
    latitude: float
    longitude: float


def areas_of(places: Sequence[Place]) -> dict[str, Polygon]:
    """The ground of each kecamatan, in km, by code."""
    points = [Point(to_km(place.latitude, place.longitude)) for place in places]
    outline = _outline(points)
    cells: dict[str, list[Polygon]] = {}
    for place, cell in zip(places, _cells(points, outline), strict=True):
        inside = shapely.set_precision(cell.intersection(outline), GRID)
        cells.setdefault(place.kecamatan, []).append(inside)
    return {code: shapely.set_precision(shapely.union_all(parts), GRID) for code, parts in cells.items()}


def _outline(points: Sequence[Point]) -> Polygon:
    discs = [point.buffer(_radius(point, points)) for point in points]
    closed = shapely.union_all(discs).buffer(CLOSING).buffer(-CLOSING)
    largest = max(shapely.get_parts(closed), key=lambda part: part.area)
    return Polygon(largest.exterior)


def _radius(point: Point, points: Sequence[Point]) -> float:
    nearest = sorted(point.distance(other) for other in points)[1 : NEIGHBOURS + 1]
    return min(max(SHARE * sum(nearest) / len(nearest), LEAST_RADIUS), MOST_RADIUS)


def _cells(points: Sequence[Point], outline: Polygon) -> list[Polygon]:
    """The Voronoi cell of each point, in the order of the points."""
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=outline.buffer(5)))
    return [next(cell for cell in cells if cell.contains(point)) for point in points]
