"""The sixteen kecamatan and 177 kelurahan as they ship, in the database and as a file of borders."""

import copy
import csv
import json
from functools import cache
from typing import Any

from django.conf import settings

from semarang_ikm.shared.geometry import KM_PER_DEGREE, LONGITUDE_SCALE
from sentra.map.projection import MIDDLE_LATITUDE, MIDDLE_LONGITUDE
from sentra.map.schematic import Place, areas_of
from sentra.models import Kecamatan, Kelurahan


@cache
def rows() -> tuple[dict[str, str], ...]:
    with (settings.BASE_DIR / "fixtures" / "areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def fill() -> dict[str, Kecamatan]:
    """Store all areas; the kecamatan by slug."""
    point = ("code", "name", "slug", "latitude", "longitude")
    kecamatan = {
        row["slug"]: Kecamatan.objects.create(**{name: row[name] for name in point})
        for row in rows()
        if row["level"] == "kecamatan"
    }
    Kelurahan.objects.bulk_create(
        Kelurahan(kecamatan=kecamatan[row["kecamatan"]], **{name: row[name] for name in point})
        for row in rows()
        if row["level"] == "kelurahan"
    )
    return kecamatan


def places() -> list[Place]:
    return [
        Place(row["code"][:8], float(row["latitude"]), float(row["longitude"]))
        for row in rows()
        if row["level"] == "kelurahan"
    ]


@cache
def _borders() -> dict[str, Any]:
    """A file of borders of the kecamatan: the schematic ground itself, in degrees."""
    features = []
    for code, area in areas_of(places()).items():
        ring = [
            [
                round(MIDDLE_LONGITUDE + east / KM_PER_DEGREE / LONGITUDE_SCALE, 6),
                round(MIDDLE_LATITUDE + north / KM_PER_DEGREE, 6),
            ]
            for east, north in area.exterior.coords
        ]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"kode_kecamatan": code}, "geometry": geometry})
    return {"type": "FeatureCollection", "attribution": "Dinas Uji, 2026", "features": features}


def borders() -> dict[str, Any]:
    """One to change at will."""
    return copy.deepcopy(_borders())


def as_bytes(collection: Any) -> bytes:
    return json.dumps(collection).encode()
