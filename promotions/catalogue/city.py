"""The catalogue's map: in each kecamatan the codes of the sentra of this edition."""

from collections.abc import Iterable, Mapping

from promotions.catalogue.lists import in_code_order
from promotions.catalogue.model import AreaCodes, Borders, CityMap, MapArea
from sentra.map.city import dot_at
from sentra.map.drawing import Drawing, short_name
from sentra.models import BoundarySet, Kecamatan, Sentra, SentraLocation

# Codes in a line of an area, and lines; what finds no room is counted, and stands in the list under the map.
CODES_IN_LINE, LINES = 2, 3
# Units of the drawing: from line to line.
LINE = 15


def city_map(
    sentra: Iterable[Sentra], kecamatan: Iterable[Kecamatan], drawing: Drawing, source: BoundarySet | None
) -> CityMap | None:
    """None when no sentra of the edition has a place."""
    codes = codes_by_kecamatan(sentra)
    if not codes:
        return None
    areas = list(kecamatan)
    return CityMap(
        box=str(drawing.box),
        source=Borders(source.source, source.is_official, source.dated_on) if source else None,
        areas=tuple(_area(area, drawing, codes.get(area.pk, ())) for area in areas if area.code in drawing.shapes),
        lists=tuple(AreaCodes(area.name, codes[area.pk]) for area in areas if area.pk in codes),
    )


def spots_of(places: Iterable[SentraLocation]) -> tuple[tuple[int, int], ...]:
    """Where these places are drawn. On so small a map a point is as wide as a kelurahan, exact or not."""
    return tuple(sorted({(dot.x, dot.y) for dot in map(dot_at, places)}))


def codes_by_kecamatan(sentra: Iterable[Sentra]) -> Mapping[int, tuple[str, ...]]:
    """By primary key; a sentra stands in every kecamatan where it has a place in use."""
    found: dict[int, set[str]] = {}
    for row in sentra:
        for location in row.locations.all():
            if location.used_until is None:
                found.setdefault(location.kelurahan.kecamatan_id, set()).add(row.code)
    return {kecamatan: in_code_order(codes) for kecamatan, codes in found.items()}


def _area(kecamatan: Kecamatan, drawing: Drawing, codes: tuple[str, ...]) -> MapArea:
    shape = drawing.shapes[kecamatan.code]
    lines = lines_of(codes)
    top = shape.label_y - LINE * len(lines) // 2
    return MapArea(
        name=short_name(kecamatan.name),
        path=shape.path,
        x=shape.label_x,
        y=top,
        lines=tuple((line, top + LINE * number) for number, line in enumerate(lines, 1)),
    )


def lines_of(codes: tuple[str, ...]) -> list[str]:
    """Two codes a line; the last line says how many more there are."""
    room = CODES_IN_LINE * LINES
    shown = codes if len(codes) <= room else codes[: room - CODES_IN_LINE]
    lines = [" ".join(shown[start : start + CODES_IN_LINE]) for start in range(0, len(shown), CODES_IN_LINE)]
    return lines if shown == codes else [*lines, f"+{len(codes) - len(shown)}"]
