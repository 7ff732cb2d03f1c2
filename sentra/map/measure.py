"""How well a drawing tells where things are: its final paths, brought back to the ground, against real areas."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import shapely
from shapely import Polygon

from sentra.map.coverage import Area
from sentra.map.drawing import Drawing
from sentra.map.paths import rings_of
from sentra.map.projection import drawing_to_km

# Km: areas closer than this touch, and a border shorter than this is a corner.
TOUCHING, CORNER = 0.05, 0.2


@dataclass(frozen=True)
class Comparison:
    """`share`: part of the real ground that the drawing puts into the right area. Borders are pairs of codes."""

    share: float
    right: int
    missing: tuple[tuple[str, str], ...]
    extra: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.share:.1%} of the ground, {self.right} borders right, missing {self.missing}, extra {self.extra}"


def compare(drawing: Drawing, real: Mapping[str, Area]) -> Comparison:
    """`real`: areas in km by code."""
    drawn = {code: area_of(shape.path) for code, shape in drawing.shapes.items()}
    right = sum(drawn[code].intersection(area).area for code, area in real.items())
    ours, theirs = borders(drawn), borders(real)
    return Comparison(
        share=right / sum(area.area for area in real.values()),
        right=len(ours & theirs),
        missing=tuple(sorted(theirs - ours)),
        extra=tuple(sorted(ours - theirs)),
    )


def borders(areas: Mapping[str, Area]) -> set[tuple[str, str]]:
    """Pairs that share more than a corner."""
    return {
        (one, other)
        for one, other in combinations(sorted(areas), 2)
        if areas[one].buffer(TOUCHING).intersection(areas[other].boundary).length > CORNER
    }


def area_of(path: str) -> Area:
    """The ground (km) inside an SVG path as `arcs` writes it."""
    parts = [Polygon([drawing_to_km(x, y) for x, y in ring]) for ring in rings_of(path)]
    ground = parts[0]
    for part in parts[1:]:
        ground = ground.symmetric_difference(part)
    return shapely.make_valid(ground)
