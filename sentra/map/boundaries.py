"""Reads a GeoJSON file of area borders. Whatever is wrong is a reason for people, and then nothing is taken from it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape as geometry_of

from sentra.map.coverage import Area, fitted
from sentra.map.projection import to_km
from sentra.models.area import EAST, NORTH, SOUTH, WEST

MAX_BYTES = 20 * 1024 * 1024
MAX_POINTS = 500_000
# Of many mistakes of one kind, as many are told.
MAX_TOLD = 5
# Part of an area that mending may change, and that two areas may share.
MOST_MENDED, MOST_SHARED = 0.01, 0.02
# Km from an area's shape to our own point of it; more means that the codes are mixed up.
MOST_ASTRAY = 2.0
# Properties by which the usual files name the code; the narrower area first.
CODE_NAMES = {
    "kelurahan": ("kode_kelurahan", "kode_desa", "kdepum", "kode_kel", "kd_kelurahan"),
    "kecamatan": ("kode_kecamatan", "kdcpum", "kode_kec", "kd_kecamatan"),
}
PLAIN_NAMES = ("kode", "code", "kode_wilayah", "kode_kemendagri")
SOURCE_NAMES = ("attribution", "source", "sumber", "copyright")
DIGITS = {6: "kecamatan", 10: "kelurahan"}


class Refused(ValueError):
    """The file cannot be used; `reasons` are sentences."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class KnownArea:
    """An area as this directory has it: the point in degrees."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Boundaries:
    """What a file says: the kecamatan's ground in km by code, from which level it was made, and who is named in it."""

    areas: Mapping[str, Area]
    level: str
    source: str


@dataclass
class _Reading:
    known: Mapping[str, KnownArea]
    areas: dict[str, Area] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    points: int = 0


def read(content: bytes, known: Mapping[str, KnownArea]) -> Boundaries:
    """`known`: every kecamatan and kelurahan of the city, by code (33.74.xx, 33.74.xx.xxxx). Raises Refused."""
    collection = _collection(content)
    reading = _Reading(known)
    for number, feature in enumerate(collection["features"], 1):
        _take(feature, number, reading)
    if reading.reasons:
        raise Refused(*_shortened(reading.reasons))
    level = _level(reading)
    _compare_with_ours(reading)
    _refuse_overlaps(reading)
    areas = fitted(reading.areas)
    return Boundaries(areas=_kecamatan(areas), level=level, source=_source(collection))


def _collection(content: bytes) -> dict[str, Any]:
    if len(content) > MAX_BYTES:
        raise Refused(_("Berkas terlalu besar: paling banyak %(limit)d MB.") % {"limit": MAX_BYTES // 1024**2})
    try:
        read = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(_("Bukan berkas teks UTF-8.")) from None
    except json.JSONDecodeError as mistake:
        place = {"line": mistake.lineno, "column": mistake.colno}
        raise Refused(_("Bukan JSON: salah di baris %(line)d, huruf ke-%(column)d.") % place) from None
    except RecursionError:
        raise Refused(_("Bukan GeoJSON: susunannya terlalu dalam.")) from None
    if not isinstance(read, dict) or read.get("type") != "FeatureCollection":
        raise Refused(_("Bukan GeoJSON FeatureCollection."))
    if not isinstance(read.get("features"), list) or not read["features"]:
        raise Refused(_("Tidak ada satu pun bentuk (features) di dalamnya."))
    return read


# -- one feature ------------------------------------------------------------------------------------------------------


def _take(feature: Any, number: int, reading: _Reading) -> None:
    """Read one feature into `reading`, or the reason why not."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        reading.reasons.append(_("Bentuk ke-%(n)d bukan Feature.") % {"n": number})
        return
    code = _code(feature)
    if not code:
        reading.reasons.append(_("Bentuk ke-%(n)d tidak punya kode Kemendagri (33.74.xx).") % {"n": number})
    elif code not in reading.known:
        reading.reasons.append(_("Kode %(code)s bukan wilayah Kota Semarang.") % {"code": code})
    elif code in reading.areas:
        reading.reasons.append(_("Kode %(code)s ada dua kali.") % {"code": code})
    else:
        try:
            reading.areas[code] = _area(feature.get("geometry"), reading)
        except Refused as refusal:
            reading.reasons.append(f"{code} {reading.known[code].name}: {refusal.reasons[0]}")


def _code(feature: dict[str, Any]) -> str:
    """The code with its dots, of whichever property has it; "" when none does."""
    given = feature.get("properties")
    properties = {str(name).lower(): value for name, value in given.items()} if isinstance(given, dict) else {}
    names = [name for level in CODE_NAMES.values() for name in level]
    for value in [*(properties.get(name) for name in (*names, *PLAIN_NAMES)), feature.get("id")]:
        digits = re.sub(r"[.\s]", "", str(value if value is not None else ""))
        if digits.isascii() and digits.isdigit() and len(digits) in DIGITS:
            return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))
    return ""


def _area(geometry: Any, reading: _Reading) -> Area:
    """The ground in km. Raises Refused."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise Refused(_("bentuknya bukan Polygon atau MultiPolygon."))
    positions = list(_positions(geometry.get("coordinates"), 3 if geometry["type"] == "Polygon" else 4))
    reading.points += len(positions)
    if reading.points > MAX_POINTS:
        raise Refused(_("berkas ini memuat lebih dari %(n)d titik.") % {"n": MAX_POINTS})
    if not all(_in_city(latitude, longitude) for longitude, latitude in positions):
        if all(_in_city(latitude, longitude) for latitude, longitude in positions):
            raise Refused(_("lintang dan bujur tertukar; GeoJSON menulis bujur dahulu."))
        raise Refused(_("ada titik di luar Kota Semarang; koordinat harus derajat WGS 84."))
    try:
        drawn = shapely.force_2d(geometry_of(geometry))
    except (ValueError, TypeError, IndexError, shapely.errors.ShapelyError):
        raise Refused(_("garis batasnya tidak tertutup atau kurang dari empat titik.")) from None
    in_km = shapely.transform(drawn, lambda rows: [to_km(latitude, longitude) for longitude, latitude in rows])
    return _mended(in_km)


def _positions(coordinates: Any, depth: int) -> Iterator[tuple[float, float]]:
    """Every position in coordinates nested `depth` deep. Raises Refused."""
    if not isinstance(coordinates, list) or not coordinates:
        raise Refused(_("koordinatnya rusak."))
    if depth > 1:
        for part in coordinates:
            yield from _positions(part, depth - 1)
        return
    first = coordinates[:2]
    numeric = all(isinstance(value, int | float) and not isinstance(value, bool) for value in first)
    if len(first) < 2 or not numeric or not all(isfinite(value) for value in first):
        raise Refused(_("koordinatnya rusak."))
    yield first[0], first[1]


def _in_city(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _mended(area: Area) -> Area:
    """A valid area. A border that crosses itself a little is put right, one that does so wildly is refused."""
    if not area.is_valid:
        claimed, area = area.area, _polygons(shapely.make_valid(area))
        if abs(area.area - claimed) > MOST_MENDED * claimed:
            raise Refused(_("garis batasnya memotong dirinya sendiri."))
    if not area.area:
        raise Refused(_("luasnya nol."))
    return area


def _polygons(mended: Any) -> Area:
    return shapely.union_all([part for part in shapely.get_parts(mended) if part.geom_type.endswith("Polygon")])


# -- all of them ------------------------------------------------------------------------------------------------------


def _level(reading: _Reading) -> str:
    levels = {DIGITS[len(code.replace(".", ""))] for code in reading.areas}
    if len(levels) > 1:
        raise Refused(_("Berkas ini mencampur kecamatan dan kelurahan; pilih salah satu."))
    return levels.pop()


def _compare_with_ours(reading: _Reading) -> None:
    """Refuse a file in which areas are missing, or stand where others are."""
    lengths = {len(code) for code in reading.areas}
    expected = {code: area for code, area in reading.known.items() if len(code) in lengths}
    reasons = [
        _("Wilayah ini tidak ada di berkas: %(code)s %(name)s.") % {"code": code, "name": area.name}
        for code, area in expected.items()
        if code not in reading.areas
    ]
    for code, ground in reading.areas.items():
        ours = reading.known[code]
        if ground.distance(shapely.Point(to_km(ours.latitude, ours.longitude))) > MOST_ASTRAY:
            words = {"code": code, "name": ours.name}
            reasons.append(_("%(code)s %(name)s: bentuknya tidak berada di tempat wilayah itu.") % words)
    if reasons:
        raise Refused(*_shortened(reasons))


def _refuse_overlaps(reading: _Reading) -> None:
    codes, areas = list(reading.areas), list(reading.areas.values())
    reasons = []
    for one, other in shapely.STRtree(areas).query(areas, predicate="intersects").T:
        if one < other:
            shared = areas[one].intersection(areas[other]).area / min(areas[one].area, areas[other].area)
            if shared > MOST_SHARED:
                names = {"one": reading.known[codes[one]].name, "other": reading.known[codes[other]].name}
                reasons.append(_("%(one)s dan %(other)s bertumpang tindih.") % names)
    if reasons:
        raise Refused(*_shortened(sorted(reasons)))


def _kecamatan(areas: Mapping[str, Area]) -> dict[str, Area]:
    """Kelurahan of one kecamatan joined; kecamatan as they are."""
    parts: dict[str, list[Area]] = {}
    for code, area in areas.items():
        parts.setdefault(code[:8], []).append(area)
    return {code: shapely.union_all(pieces) for code, pieces in sorted(parts.items())}


def _source(collection: dict[str, Any]) -> str:
    named = (collection.get(name) for name in SOURCE_NAMES)
    return next((" ".join(text.split()) for text in named if isinstance(text, str) and text.strip()), "")


def _shortened(reasons: list[str]) -> list[str]:
    if len(reasons) <= MAX_TOLD:
        return reasons
    return [*reasons[:MAX_TOLD], _("… dan %(n)d kesalahan lagi.") % {"n": len(reasons) - MAX_TOLD}]
