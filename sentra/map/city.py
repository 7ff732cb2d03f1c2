"""The map as a page shows it: shapes with their numbers, points, and where the borders come from."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import dist

from sentra.data_version import kept
from sentra.map.drawing import Box, Drawing, Shape, schematic, short_name
from sentra.map.paths import bounds
from sentra.map.projection import Point, to_drawing
from sentra.models import BoundarySet, BoundaryShape, Kecamatan, Kelurahan, ProductType, Sentra, SentraLocation

# Shades besides the empty one.
STEPS = 3
# With more exact points than this the map would be a cloud: one point per kelurahan stands for them.
MOST_EXACT = 200
# Units from the left and right edge within which a point's name is written inwards.
EDGE = 200
# Lines of writing that a close map is wide.
CLOSE_LINES = 28
# Of pushing crowded points apart.
ROUNDS = 8


@dataclass(frozen=True)
class DrawnArea:
    """A kecamatan on the map. `step`: 0 for none, then darker with the number."""

    kecamatan: Kecamatan
    shape: Shape
    count: int
    step: int
    is_current: bool

    @property
    def label(self) -> str:
        return short_name(self.kecamatan.name)


@dataclass(frozen=True)
class Dot:
    """A marked point, in units of the drawing. `anchor`: how its name is written (SVG text-anchor)."""

    x: int
    y: int
    is_exact: bool
    name: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Shade:
    """What a step of colour means: numbers from `low` to `high`."""

    step: int
    low: int
    high: int

    @property
    def numbers(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


@dataclass(frozen=True)
class CityMap:
    """`areas` come with the current ones last, so that their borders lie on top; `source` is None for the shipped map."""

    areas: Sequence[DrawnArea]
    box: Box
    source: BoundarySet | None
    dots: Sequence[Dot] = ()
    shades: Sequence[Shade] = field(default_factory=tuple)

    @property
    def has_exact(self) -> bool:
        return any(dot.is_exact for dot in self.dots)

    @property
    def has_approximate(self) -> bool:
        return any(not dot.is_exact for dot in self.dots)


@dataclass(frozen=True)
class PlaceMap:
    """Where something is in the city: some kecamatan set off against the rest, and named points."""

    box: Box
    source: BoundarySet | None
    here: str
    rest: str
    dots: Sequence[Dot]


@dataclass(frozen=True)
class NumberedPlace:
    """A kelurahan's point, with its position in the list beside the map."""

    kelurahan: Kelurahan
    x: int
    y: int
    number: int


@dataclass(frozen=True)
class CloseMap:
    """One kecamatan from near, its kelurahan as numbered points. `unit`: the size of what is written, in the drawing's
    units."""

    box: Box
    here: str
    rest: str
    unit: int
    places: Sequence[NumberedPlace]


def city_map(
    kecamatan: Iterable[Kecamatan],
    counts: Mapping[str, int],
    current: Collection[str] = (),
    dots: Sequence[Dot] = (),
) -> CityMap:
    """The map of these areas with a number each (`counts` by slug); `current` are slugs."""
    drawing, source = drawing_in_use()
    most = max(counts.values(), default=0)
    areas = [
        DrawnArea(
            kecamatan=area,
            shape=drawing.shapes[area.code],
            count=counts.get(area.slug, 0),
            step=step_of(counts.get(area.slug, 0), most),
            is_current=area.slug in current,
        )
        for area in kecamatan
        if area.code in drawing.shapes
    ]
    areas.sort(key=lambda area: area.is_current)
    return CityMap(areas=areas, box=drawing.box, source=source, dots=dots, shades=shades_up_to(most))


def place_map(codes: Collection[str], dots: Sequence[Dot]) -> PlaceMap:
    """`codes`: the kecamatan that are meant."""
    drawing, source = drawing_in_use()
    here, rest = _split(drawing, codes)
    return PlaceMap(box=drawing.box, source=source, here=here, rest=rest, dots=dots)


def close_map(kecamatan: Kecamatan, kelurahan: Iterable[Kelurahan]) -> CloseMap | None:
    """None where no borders of this kecamatan are known."""
    drawing, _source = drawing_in_use()
    here, rest = _split(drawing, [kecamatan.code])
    if not here:
        return None
    box = _close_box(here)
    unit = max(1, round(box.width / CLOSE_LINES))
    areas = list(kelurahan)
    points = apart([to_drawing(float(area.latitude), float(area.longitude)) for area in areas], 2.0 * unit)
    places = [
        NumberedPlace(area, round(x), round(y), number)
        for number, (area, (x, y)) in enumerate(zip(areas, points, strict=True), 1)
    ]
    return CloseMap(box=box, here=here, rest=rest, unit=unit, places=places)


def apart(points: Sequence[Point], least: float) -> list[Point]:
    """The points, those closer together than `least` pushed from each other until a number fits on each."""
    moved = list(points)
    for _round in range(ROUNDS):
        for i, j in combinations(range(len(moved)), 2):
            (x, y), (u, v) = moved[i], moved[j]
            away = dist((x, y), (u, v))
            if away < least:
                # Two at the same place part sideways.
                push = (least - away) / 2
                dx, dy = ((u - x) / away, (v - y) / away) if away else (1.0, 0.0)
                moved[i], moved[j] = (x - dx * push, y - dy * push), (u + dx * push, v + dy * push)
    return moved


def _split(drawing: Drawing, codes: Collection[str]) -> tuple[str, str]:
    """The paths of these areas as one, and those of all others."""
    here = "".join(shape.path for code, shape in drawing.shapes.items() if code in codes)
    return here, "".join(shape.path for code, shape in drawing.shapes.items() if code not in codes)


def _close_box(path: str) -> Box:
    """Around an area with a tenth free on each side, never narrower than high."""
    left, top, right, bottom = bounds(path)
    width, height = 1.2 * max(right - left, bottom - top), 1.2 * (bottom - top)
    return Box(round((left + right - width) / 2), round((top + bottom - height) / 2), round(width), round(height))


@kept
def drawing_in_use() -> tuple[Drawing, BoundarySet | None]:
    """The imported borders, or the schematic ones that ship. At most one query."""
    rows = list(BoundaryShape.objects.select_related("boundary_set", "kecamatan"))
    if not rows:
        return schematic(), None
    kept = rows[0].boundary_set
    shapes = {row.kecamatan.code: Shape(row.path, row.label_x, row.label_y) for row in rows}
    return Drawing(shapes, Box(kept.left, kept.top, kept.width, kept.height)), kept


def step_of(count: int, most: int) -> int:
    """0 for none, else 1 to STEPS, in equal parts of the largest number."""
    return -(-count * STEPS // most) if count else 0


def shades_up_to(most: int) -> tuple[Shade, ...]:
    """The steps that can occur when `most` is the largest number."""
    numbers: dict[int, list[int]] = {}
    for count in range(most + 1):
        numbers.setdefault(step_of(count, most), []).append(count)
    return tuple(Shade(step, found[0], found[-1]) for step, found in numbers.items())


# -- points -----------------------------------------------------------------------------------------------------------


def sentra_dots(kind: ProductType | None = None) -> list[Dot]:
    """Where published sentra are, of one type and those below it if given; one dot per point. One query."""
    sentra = Sentra.objects.published()
    if kind is not None:
        sentra = sentra.of_type(kind)
    locations = list(
        SentraLocation.objects.filter(sentra__in=sentra, used_until__isnull=True).select_related("kelurahan")
    )
    exact = sum(location.latitude is not None for location in locations) <= MOST_EXACT
    return sorted(
        {dot_at(location, exact=exact) for location in locations}, key=lambda dot: (dot.is_exact, dot.x, dot.y)
    )


def dot_at(location: SentraLocation, *, exact: bool = True, named: bool = False) -> Dot:
    """The location's own point if it is known and wanted, else its kelurahan's label point."""
    if exact and location.latitude is not None and location.longitude is not None:
        return _dot(location.latitude, location.longitude, location.kelurahan.name if named else "", is_exact=True)
    return kelurahan_dot(location.kelurahan, named=named)


def kelurahan_dot(kelurahan: Kelurahan, *, named: bool = True) -> Dot:
    return _dot(kelurahan.latitude, kelurahan.longitude, kelurahan.name if named else "", is_exact=False)


def _dot(latitude: object, longitude: object, name: str, *, is_exact: bool) -> Dot:
    x, y = map(round, to_drawing(float(str(latitude)), float(str(longitude))))
    anchor = "start" if x < EDGE else "end" if x > 720 - EDGE else "middle"
    return Dot(x=x, y=y, is_exact=is_exact, name=name, anchor=anchor)
