"""JSON and GeoJSON (RFC 7946), one record a line."""

import json
from collections.abc import Iterator
from typing import Any

from semarang_ikm.opendata.dataset import Row, Selection
from semarang_ikm.opendata.heading import Heading
from semarang_ikm.opendata.kinds import NUMBER


def dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_json(selection: Selection, heading: Heading) -> Iterator[bytes]:
    """The count stands behind the rows: what was withdrawn during a long download is in neither."""
    yield f'{{"metadata":{dumped(heading.metadata())},\n"rows":['.encode()
    written = 0
    for batch in selection.batches():
        yield _lines([dumped(selection.dataset.record(row)) for row in batch], written)
        written += len(batch)
    yield f'\n],\n"count":{written}}}\n'.encode()


def write_geojson(selection: Selection, heading: Heading) -> Iterator[bytes]:
    """Every record is in it; without a point its geometry is null, as RFC 7946 has it."""
    yield f'{{"type":"FeatureCollection",\n"metadata":{dumped(heading.metadata())},\n"features":['.encode()
    written = 0
    for batch in selection.batches():
        yield _lines([dumped(feature(selection, row)) for row in batch], written)
        written += len(batch)
    yield b"\n]}\n"


def feature(selection: Selection, row: Row) -> dict[str, Any]:
    dataset, place = selection.dataset, row.place
    record = dataset.record(row)
    point = None
    if place.latitude is not None and place.longitude is not None:
        point = {"type": "Point", "coordinates": [NUMBER.to_json(place.longitude), NUMBER.to_json(place.latitude)]}
    named = {"id": record[dataset.identity]} if dataset.identity else {}
    return {"type": "Feature", **named, "geometry": point, "properties": record}


def _lines(texts: list[str], before: int) -> bytes:
    lead = ",\n" if before else "\n"
    return (lead + ",\n".join(texts)).encode() if texts else b""
