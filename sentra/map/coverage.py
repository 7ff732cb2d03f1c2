"""Areas that nearly fit together, made to fit: slivers between neighbours go to one of them."""

from collections.abc import Mapping
from typing import TypeAlias

import shapely
from shapely import MultiPolygon, Polygon

Area: TypeAlias = "Polygon | MultiPolygon"

# Km: what lies closer together than this is the same place.
SNAP = 0.01
# Square km: ground inside the city that no area claims is given to a neighbour up to this size; more is left out.
MOST_GAP = 0.5


def fitted(areas: Mapping[str, Area]) -> dict[str, Area]:
    """The areas (km) without overlaps, and without gaps between them."""
    snapped = {code: shapely.set_precision(area, SNAP) for code, area in areas.items()}
    lines = shapely.union_all([area.boundary for area in snapped.values()], grid_size=SNAP)
    faces: dict[str, list[Polygon]] = {code: [] for code in areas}
    unclaimed = []
    for face in shapely.get_parts(shapely.polygonize(list(shapely.get_parts(lines)))):
        owners = [code for code, area in snapped.items() if area.intersects(face.representative_point())]
        if owners:
            faces[min(owners)].append(face)
        elif face.area <= MOST_GAP:
            unclaimed.append(face)
    joined = {code: shapely.union_all(parts, grid_size=SNAP) for code, parts in faces.items()}
    for face in unclaimed:
        neighbour = max(joined, key=lambda code: joined[code].boundary.intersection(face.boundary).length)
        joined[neighbour] = shapely.union_all([joined[neighbour], face], grid_size=SNAP)
    return joined
