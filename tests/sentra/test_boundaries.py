"""Importing borders: what is right is drawn at once, what is wrong is refused with its reason and changes nothing."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from shapely import Polygon, union_all

from sentra.map.boundaries import MAX_BYTES
from sentra.map.drawing import schematic
from sentra.map.paths import rings_of
from sentra.models import BoundarySet, BoundaryShape
from tests.pages import read
from tests.sentra import whole_city

pytestmark = pytest.mark.django_db
Collection = dict[str, Any]
Write = Callable[[Any], Path]


@pytest.fixture(scope="module", autouse=True)
def city(standing_db) -> None:
    whole_city.fill()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: Any) -> Path:
        path = tmp_path / "batas.geojson"
        path.write_bytes(content if isinstance(content, bytes) else whole_city.as_bytes(content))
        return path

    return written


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("import_boundaries", *map(str, arguments), stdout=out)
    return out.getvalue()


def refusal(*arguments: Any) -> str:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return str(refused.value)


def moved(collection: Collection, index: int, east: float, north: float = 0.0) -> None:
    (ring,) = collection["features"][index]["geometry"]["coordinates"]
    collection["features"][index]["geometry"]["coordinates"] = [[[x + east, y + north] for x, y in ring]]


# -- what is right ----------------------------------------------------------------------------------------------------


def test_borders_are_drawn_from_the_next_request_on(client: Client, write: Write):
    assert "skematis" in read(client, "/peta/").one("figcaption").text
    report = run(write(whole_city.borders()))
    assert "33.74.12 Gunungpati" in report
    assert BoundaryShape.objects.count() == 16
    page = read(client, "/peta/")
    assert len(page.one("svg", role="group").all("a")) == 16
    note = page.one("figcaption").text
    assert "Batas indikatif, bukan batas hukum. Sumber: Dinas Uji, 2026." in note
    assert "skematis" not in note + str(page.one("svg", role="group").get("aria-label"))


def test_drawn_borders_leave_no_gap(write: Write):
    run(write(whole_city.borders()))
    areas = [Polygon(next(rings_of(path))) for path in BoundaryShape.objects.values_list("path", flat=True)]
    together = union_all(areas)
    assert not together.interiors
    assert together.area == pytest.approx(sum(area.area for area in areas), abs=0.01)


def test_official_borders_carry_source_and_date(client: Client, write: Write):
    run(write(whole_city.borders()), "--official", "--source", "Dinas Penataan Ruang", "--dated", "2026-03-14")
    note = read(client, "/peta/").one("figcaption").text
    assert "Batas resmi. Sumber: Dinas Penataan Ruang, 14 Maret 2026." in note
    assert (
        "Official borders. Source: Dinas Penataan Ruang, 14 March 2026."
        in read(client, "/en/map/").one("figcaption").text
    )


def test_kelurahan_are_joined_to_kecamatan(write: Write):
    """Squares around the kelurahan points, as a file of 177."""
    cells = kelurahan_cells()
    report = run(write(cells))
    assert report.count("km²") == 16
    assert BoundarySet.objects.get().level == "kelurahan"


def kelurahan_cells() -> Collection:
    from semarang_ikm.shared.geometry import KM_PER_DEGREE, LONGITUDE_SCALE
    from sentra.map.projection import MIDDLE_LATITUDE, MIDDLE_LONGITUDE
    from sentra.map.schematic import Place, areas_of

    rows = [row for row in whole_city.rows() if row["level"] == "kelurahan"]
    grounds = areas_of([Place(row["code"], float(row["latitude"]), float(row["longitude"])) for row in rows])
    features = []
    for code, ground in grounds.items():
        ring = [
            [
                MIDDLE_LONGITUDE + east / KM_PER_DEGREE / LONGITUDE_SCALE,
                MIDDLE_LATITUDE + north / KM_PER_DEGREE,
            ]
            for east, north in ground.exterior.coords
        ]
        geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
        # As the national agency names it, without dots.
        features.append({"type": "Feature", "properties": {"KDEPUM": code.replace(".", "")}, "geometry": geometry})
    return {"type": "FeatureCollection", "source": "Sel uji", "features": features}


@pytest.mark.parametrize("name", ["kode_kecamatan", "KDCPUM", "kode", "id"])
def test_codes_are_read_by_their_usual_names_with_or_without_dots(write: Write, name: str):
    collection = whole_city.borders()
    for feature in collection["features"]:
        code = feature["properties"].pop("kode_kecamatan").replace(".", "")
        if name == "id":
            feature["id"] = code
        else:
            feature["properties"][name] = int(code) if name == "kode" else code
    run(write(collection))
    assert BoundaryShape.objects.count() == 16


def test_a_later_file_takes_the_place_of_the_former(write: Write):
    run(write(whole_city.borders()))
    run(write(whole_city.borders()), "--source", "Terbitan kedua")
    assert BoundarySet.objects.get().source == "Terbitan kedua"
    assert BoundaryShape.objects.count() == 16


def test_a_dry_run_reports_and_changes_nothing(write: Write):
    report = run(write(whole_city.borders()), "--dry-run")
    assert "33.74.01 Semarang Tengah" in report
    assert "tidak ada yang diubah" in report
    assert not BoundarySet.objects.exists()


def test_reset_brings_the_schematic_map_back(client: Client, write: Write):
    run(write(whole_city.borders()))
    assert "memang" not in run("--reset")
    assert not BoundaryShape.objects.exists()
    drawn = read(client, "/peta/").one("svg", role="group").all("path")
    assert {str(path.get("d")) for path in drawn} == {shape.path for shape in schematic().shapes.values()}
    assert "memang sudah skematis" in run("--reset")


def test_small_gaps_and_overlaps_between_neighbours_are_closed(write: Write):
    collection = whole_city.borders()
    moved(collection, 0, east=0.0002)  # 20 m
    run(write(collection))
    areas = [Polygon(next(rings_of(path))) for path in BoundaryShape.objects.values_list("path", flat=True)]
    assert not union_all(areas).interiors


def test_a_border_that_crosses_itself_a_little_is_mended(write: Write):
    collection = whole_city.borders()
    ring = collection["features"][4]["geometry"]["coordinates"][0]
    x, y = ring[3]
    ring[3:4] = [[x, y], [x + 0.0002, y + 0.0002], [x + 0.0002, y - 0.0001], [x - 0.0001, y + 0.0002], [x, y]]
    run(write(collection))
    assert BoundaryShape.objects.count() == 16


# -- what is wrong ----------------------------------------------------------------------------------------------------


def without_features(collection: Collection) -> None:
    collection["features"] = []


def without_type(collection: Collection) -> None:
    collection["type"] = "Topology"


def without_code(collection: Collection) -> None:
    collection["features"][2]["properties"] = {"nama": "Tanpa kode"}


def of_another_city(collection: Collection) -> None:
    collection["features"][2]["properties"]["kode_kecamatan"] = "33.75.01"


def twice(collection: Collection) -> None:
    collection["features"].append(collection["features"][0])


def one_missing(collection: Collection) -> None:
    del collection["features"][2]


def two_swapped(collection: Collection) -> None:
    first, last = collection["features"][1], collection["features"][13]
    first["properties"], last["properties"] = last["properties"], first["properties"]


def a_line(collection: Collection) -> None:
    geometry = collection["features"][0]["geometry"]
    collection["features"][0]["geometry"] = {"type": "LineString", "coordinates": geometry["coordinates"][0]}


def nothing(collection: Collection) -> None:
    collection["features"][0]["geometry"] = None


def words_for_numbers(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"][0][1] = ["110,4", "-6,9"]


def not_a_number(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"][0][1] = [float("nan"), -6.9]


def too_shallow(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"] = [[110.4, -6.9], [110.5, -6.9]]


def two_points(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"] = [[[110.4, -6.9], [110.41, -6.9]]]


def far_away(collection: Collection) -> None:
    moved(collection, 0, east=3.0)


def in_metres(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"] = [[[435000, 9229000], [436000, 9229000], [436000, 9230000]]]


def swapped_axes(collection: Collection) -> None:
    for feature in collection["features"]:
        feature["geometry"]["coordinates"] = [[[y, x] for x, y in feature["geometry"]["coordinates"][0]]]


def bow_tie(collection: Collection) -> None:
    west, south, east, north = 110.41, -6.99, 110.43, -6.97
    ring = [[west, south], [east, north], [east, south], [west, north], [west, south]]
    collection["features"][0]["geometry"]["coordinates"] = [ring]


def flat(collection: Collection) -> None:
    collection["features"][0]["geometry"]["coordinates"] = [
        [[110.42, -6.98], [110.43, -6.98], [110.42, -6.98], [110.42, -6.98]]
    ]


def overlapping(collection: Collection) -> None:
    moved(collection, 0, east=0.004)


def mixed(collection: Collection) -> None:
    collection["features"][0]["properties"]["kode_kecamatan"] = "33.74.01.1001"


def no_source(collection: Collection) -> None:
    del collection["attribution"]


def endless_source(collection: Collection) -> None:
    collection["attribution"] = "x" * 301


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (without_features, "Tidak ada satu pun bentuk"),
        (without_type, "Bukan GeoJSON FeatureCollection"),
        (without_code, "Bentuk ke-3 tidak punya kode"),
        (of_another_city, "33.75.01 bukan wilayah Kota Semarang"),
        (twice, "33.74.01 ada dua kali"),
        (one_missing, "tidak ada di berkas: 33.74.03 Semarang Timur"),
        (two_swapped, "tidak berada di tempat"),
        (a_line, "33.74.01 Semarang Tengah: bentuknya bukan Polygon"),
        (nothing, "33.74.01 Semarang Tengah: bentuknya bukan Polygon"),
        (words_for_numbers, "koordinatnya rusak"),
        (not_a_number, "koordinatnya rusak"),
        (too_shallow, "koordinatnya rusak"),
        (two_points, "kurang dari empat titik"),
        (far_away, "di luar Kota Semarang"),
        (in_metres, "harus derajat WGS 84"),
        (swapped_axes, "lintang dan bujur tertukar"),
        (bow_tie, "memotong dirinya sendiri"),
        (flat, "luasnya nol"),
        (overlapping, "bertumpang tindih"),
        (mixed, "mencampur kecamatan dan kelurahan"),
        (no_source, "--source"),
        (endless_source, "lebih dari 300 huruf"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_broken_file_is_refused_with_its_reason_and_changes_nothing(
    write: Write, spoil: Callable[[Collection], None], reason: str
):
    run(write(whole_city.borders()))
    before = list(BoundaryShape.objects.values_list("kecamatan__code", "path"))
    collection = whole_city.borders()
    spoil(collection)
    told = refusal(write(collection))
    assert reason in told
    assert "tidak ada yang diubah" in told
    assert list(BoundaryShape.objects.values_list("kecamatan__code", "path")) == before
    assert BoundarySet.objects.get().source == "Dinas Uji, 2026"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Bukan JSON: salah di baris 1"),
        (b'{"type": "FeatureCollection",\n "features": [', "baris 2"),
        (b"[1, 2]", "Bukan GeoJSON FeatureCollection"),
        (b'"kata"', "Bukan GeoJSON FeatureCollection"),
        (b"\xff\xfe\x00", "Bukan berkas teks UTF-8"),
        (b"[" * 200_000, "susunannya terlalu dalam"),
        (b'{"type": "FeatureCollection", "features": {}}', "Tidak ada satu pun bentuk"),
        (b'{"type": "FeatureCollection", "features": [7]}', "Bentuk ke-1 bukan Feature"),
        (b" " * (MAX_BYTES + 1), "terlalu besar"),
    ],
    ids=["empty", "cut", "list", "word", "binary", "deep", "odd", "seven", "large"],
)
def test_what_is_no_geojson_is_refused(write: Write, content: bytes, reason: str):
    assert reason in refusal(write(content))
    assert not BoundarySet.objects.exists()


def test_too_many_points_are_refused(write: Write, monkeypatch):
    monkeypatch.setattr("sentra.map.boundaries.MAX_POINTS", 100)
    assert "lebih dari 100 titik" in refusal(write(whole_city.borders()))


def test_of_many_mistakes_some_are_told(write: Write):
    collection = whole_city.borders()
    for feature in collection["features"]:
        feature["geometry"] = None
    told = refusal(write(collection))
    assert told.count("bukan Polygon") == 5
    assert "dan 11 kesalahan lagi" in told


def test_a_file_that_is_not_there_and_no_file_at_all(tmp_path: Path):
    assert "tidak terbaca" in refusal(tmp_path / "tidak-ada.geojson")
    assert "--reset" in refusal()


def test_without_write_nothing_half_done_stays(write: Write, monkeypatch):
    """A failure in the middle of writing leaves the former borders."""
    run(write(whole_city.borders()))

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(BoundaryShape.objects.__class__, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        run(write(whole_city.borders()), "--source", "Baru")
    assert BoundarySet.objects.get().source == "Dinas Uji, 2026"
    assert BoundaryShape.objects.count() == 16
