"""The catalogue's map: in each kecamatan the codes of the sentra of this edition."""

from collections.abc import Iterable, Mapping

from promotions.catalogue.labels import LINE, place_in
from promotions.catalogue.lists import in_code_order
from promotions.catalogue.model import AreaCodes, Borders, CityMap, MapArea
from sentra.map.city import dot_at
from sentra.map.drawing import Drawing, Shape, short_name
from sentra.models import BoundarySet, Kecamatan, Sentra, SentraLocation

# Codes in a line of an area, and lines; what finds no room is counted, and stands in the list under the map.
CODES_IN_LINE, LINES = 2, 3
# How codes may stand in an area too narrow for that, as codes in a line and lines: first all that others show.
NARROW = ((1, CODES_IN_LINE * LINES), (CODES_IN_LINE, 2), (1, 2), (CODES_IN_LINE, 1))


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
        areas=tuple(area_of(area, drawing, codes.get(area.pk, ())) for area in areas if area.code in drawing.shapes),
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


def area_of(kecamatan: Kecamatan, drawing: Drawing, codes: tuple[str, ...]) -> MapArea:
    """The area with what is written in it."""
    shape, name = drawing.shapes[kecamatan.code], short_name(kecamatan.name)
    lines, (x, top) = _fitted(shape, name, codes)
    return MapArea(
        name=name,
        path=shape.path,
        x=x,
        y=top,
        lines=tuple((line, top + LINE * number) for number, line in enumerate(lines, 1)),
    )


def _fitted(shape: Shape, name: str, codes: tuple[str, ...]) -> tuple[list[str], tuple[int, int]]:
    """The lines under the name and their place: inside the borders, if not with the name then at least the codes."""
    usual = lines_of(codes)
    narrow, *fewer = (lines_of(codes, *setting) for setting in NARROW)
    settings = [(lines, name_too) for name_too in (True, False) for lines in (usual, narrow)]
    for lines, name_too in [*settings, *((lines, False) for lines in fewer)] if codes else []:
        if place := place_in(shape, name, lines, name_too=name_too):
            return lines, place
    return usual, (shape.label_x, shape.label_y - LINE * len(usual) // 2)


def lines_of(codes: tuple[str, ...], in_line: int = CODES_IN_LINE, most: int = LINES) -> list[str]:
    """So many codes a line; the last line says how many more there are."""
    room = in_line * most
    shown = codes if len(codes) <= room else codes[: room - in_line]
    lines = [" ".join(shown[start : start + in_line]) for start in range(0, len(shown), in_line)]
    return lines if shown == codes else [*lines, f"+{len(codes) - len(shown)}"]
