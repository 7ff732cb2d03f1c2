"""The files: complete, the same in every form, and as spreadsheets and maps want them."""

import datetime
import io
import json
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from geojson_pydantic import FeatureCollection
from openpyxl import load_workbook

from semarang_ikm.opendata.datasets import DATASETS
from semarang_ikm.opendata.forms import FORMS
from semarang_ikm.shared.choices import Channel
from sentra.choices import ContactKind, PersonalField
from sentra.models import Ikm, OfficeProfile, Sentra
from tests import factories

pytestmark = pytest.mark.django_db

EVERY = [(dataset, form) for dataset in DATASETS for form in FORMS]


@pytest.mark.parametrize(("dataset", "form"), EVERY)
def test_every_dataset_comes_in_every_form(client: Client, city, dataset: str, form: str) -> None:
    answer = client.get(f"/data/{dataset}.{form}")

    assert answer.status_code == 200
    assert len(answer.getvalue()) > 100
    assert answer["Content-Type"] == FORMS[form].content_type
    day = datetime.date.today().isoformat()[:8]
    assert answer["Content-Disposition"].startswith(f'attachment; filename="sentra-semarang-{dataset}-{day}')
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize("dataset", DATASETS)
def test_all_forms_say_the_same(client: Client, fetch, rows, document, city, dataset: str) -> None:
    keys = [field.key for field in DATASETS[dataset].fields]
    in_csv = rows(f"/data/{dataset}.csv")
    in_json = document(f"/data/{dataset}.json")
    in_geojson = document(f"/data/{dataset}.geojson")
    sheet = list(load_workbook(io.BytesIO(fetch(f"/data/{dataset}.xlsx"))).worksheets[0].values)

    assert in_csv
    assert list(in_csv[0]) == list(in_json["rows"][0]) == list(sheet[0]) == keys
    assert in_json["count"] == len(in_json["rows"]) == len(in_csv) == len(sheet) - 1
    assert [feature["properties"] for feature in in_geojson["features"]] == in_json["rows"]
    for told, line, cells in zip(in_json["rows"], in_csv, sheet[1:], strict=True):
        for key, cell in zip(keys, cells, strict=True):
            assert (line[key] == "") == (told[key] in (None, [])) == (cell is None), key
            if isinstance(told[key], str) and not isinstance(cell, datetime.datetime):
                assert line[key] == cell == told[key], key
            elif isinstance(told[key], int | float):
                assert cell == told[key] and type(cell) is type(told[key]), key


def test_only_what_is_published_is_in_it(rows, city) -> None:
    assert [row["name"] for row in rows("/data/produk.csv")] == ["Kerupuk Curah", "Kerupuk Udang"]
    assert [row["name"] for row in rows("/data/sentra.csv")] == ["Kerupuk Krobokan"]
    Ikm.objects.filter(pk=city.ikm.pk).update(status="archived")
    assert [row["name"] for row in rows("/data/produk.csv")] == ["Kerupuk Curah"]
    Sentra.objects.filter(pk=city.sentra.pk).update(status="draft")
    assert rows("/data/produk.csv") == rows("/data/angka.csv") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?jenis=kerupuk",
        "?jenis=pangan&kec=barat",
        "?q=udang",
        "?sertifikat=halal",
        "?harga=0-25000",
        "?urut=terbaru",
        "?jenis=kerupuk&jenis=tidak-ada",
    ],
)
@pytest.mark.parametrize(("dataset", "page"), [("sentra", "sentra"), ("usaha", "usaha"), ("produk", "produk")])
def test_a_file_holds_exactly_the_list_of_its_page(client: Client, rows, city, dataset, page, query) -> None:
    from tests.pages import codes, read

    factories.product("Tempe", published=True)

    assert [row["code"] for row in rows(f"/data/{dataset}.csv{query}")] == codes(read(client, f"/{page}/{query}"))


def test_what_is_unknown_is_set_aside_and_told(client: Client, document, city) -> None:
    answer = client.get("/data/produk.csv?warna=biru&jenis=tidak-ada&q=udang")
    told = document("/data/produk.json?warna=biru&jenis=tidak-ada&q=udang")

    assert answer["X-Ignored-Parameters"] == "warna=biru&jenis=tidak-ada"
    assert told["metadata"]["ignored"] == ["warna=biru", "jenis=tidak-ada"]
    assert told["metadata"]["filters"] == {"q": "udang"}
    assert told["count"] == 1


def test_a_header_carries_no_line_break(client: Client, city) -> None:
    answer = client.get("/data/produk.csv", {"x\r\nSet-Cookie: a": "b\r\nc", "é": "ü" * 500})

    assert len(answer["X-Ignored-Parameters"]) <= 1000
    assert answer["X-Ignored-Parameters"].isascii()
    assert not answer.cookies


def test_areas_and_types_are_narrowed_by_their_own_keys(rows, city) -> None:
    factories.kelurahan("Gunungpati", slug="gunungpati")

    assert [row["code"] for row in rows("/data/wilayah.csv?kec=barat")] == ["33.74.13", "33.74.13.1013"]
    assert [row["code"] for row in rows("/data/wilayah.csv?kel=krobokan")] == ["33.74.13.1013"]
    assert [row["name"] for row in rows("/data/wilayah.csv?q=gunung+pati")] == ["Gunungpati"]
    assert {row["slug"] for row in rows("/data/jenis.csv?jenis=pangan")} == {"pangan", "kerupuk"}
    assert [row["slug"] for row in rows("/data/jenis.csv?q=crackers")] == ["kerupuk"]


# -- values -----------------------------------------------------------------------------------------------------------


def test_csv_is_what_the_standard_and_spreadsheets_want(fetch, city) -> None:
    Sentra.objects.filter(pk=city.sentra.pk).update(description='Baris satu,\n"baris" dua')
    body = fetch("/data/sentra.csv")

    assert body.startswith(b"\xef\xbb\xbfcode,slug,name,")
    assert body.endswith(b"\r\n")
    assert b'"Baris satu,\n""baris"" dua"' in body


def test_numbers_are_numbers_and_codes_keep_their_zeros(fetch, rows, city) -> None:
    Ikm.objects.filter(pk=city.ikm.pk).update(nib="0220001234567")
    factories.contact(ContactKind.TELEPHONE, "+62243571113", ikm=city.ikm)
    factories.consent(city.ikm, PersonalField.NIB, PersonalField.TELEPHONE, channels=[Channel.OPEN_DATA])
    (line,) = rows("/data/usaha.csv")
    sheet = load_workbook(io.BytesIO(fetch("/data/usaha.xlsx"))).worksheets[0]
    cell = {key.value: value for key, value in zip(sheet[1], sheet[2], strict=True)}

    assert (line["nib"], cell["nib"].value, cell["nib"].data_type) == ("0220001234567", "0220001234567", "s")
    assert line["telephone"] == cell["telephone"].value == "(024) 3571113"
    assert (cell["latitude"].value, cell["latitude"].data_type) == (-6.99, "n")
    (product,) = [row for row in rows("/data/produk.csv") if row["hs_code"]]
    assert (product["hs_code"], product["price_min"], product["price_max"]) == ("0307.99", "15000", "20000")


def test_a_price_tells_its_unit_its_date_and_its_age(document, city) -> None:
    factories.product(
        "Lama", published=True, ikm=city.ikm, price_min=1, price_on=datetime.date(2017, 1, 1), price_precision="year"
    )
    named = {row["name"]: row for row in document("/data/produk.json")["rows"]}

    assert (named["Lama"]["price_on"], named["Lama"]["price_is_old"]) == ("2017", True)
    assert (named["Kerupuk Udang"]["price_unit"], named["Kerupuk Udang"]["price_is_old"]) == ("bungkus", False)
    assert named["Kerupuk Curah"]["price_min"] is named["Kerupuk Curah"]["price_is_old"] is None


def test_certificates_are_those_valid_today(document, city) -> None:
    for number, change in {
        "HABIS": {"expires_on": factories.days_ago(1)},
        "DIAJUKAN": {"stage": "requested"},
        "BELUM-DIPERIKSA": {"checked": False},
    }.items():
        factories.certification(products=[city.product], number=number, **change)
    named = {row["name"]: row for row in document("/data/produk.json")["rows"]}

    assert [paper["number"] for paper in named["Kerupuk Udang"]["certificates"]] == ["ID331100001"]
    assert named["Kerupuk Udang"]["certificates"][0]["products"] == [city.product.code]
    (business,) = document("/data/usaha.json")["rows"]
    assert [paper["kind"] for paper in business["certificates"]] == ["halal"]


def test_figures_carry_date_and_source_nested_and_alone(document, rows, city) -> None:
    (sentra,) = document("/data/sentra.json")["rows"]
    (figure,) = rows("/data/angka.csv")

    assert sentra["figures"][0]["as_of"] == figure["as_of"] == "2017"
    assert sentra["figures"][0]["source_publisher"] == figure["source_publisher"] == "Harian Uji"
    assert (figure["sentra"], figure["value_min"], figure["unit"]) == (city.sentra.code, "36", "perajin")
    assert sentra["sources"][0]["title"] == "Kerupuk Krobokan"


def test_events_are_those_with_a_page_and_name_who_is_public(document, city) -> None:
    (event,) = document("/data/acara.json")["rows"]

    assert (event["name"], event["starts_on"], event["calendar"]) == ("Pameran Kerupuk", "2027-03", None)
    assert (event["sentra"], event["businesses"]) == ([city.sentra.code], [city.ikm.code])
    assert document("/data/acara.json?q=kerupuk&kec=barat")["count"] == 1
    assert document("/data/acara.json?q=batik")["count"] == 0


@pytest.mark.parametrize("dataset", ["acara", "wilayah", "jenis"])
def test_what_is_near_is_no_question_there(client: Client, city, dataset: str) -> None:
    answer = client.get(f"/data/{dataset}.csv?dekat=krobokan&urut=jarak")
    assert answer.getvalue()
    assert answer["X-Ignored-Parameters"] == "dekat=krobokan&urut=jarak"


# -- places -----------------------------------------------------------------------------------------------------------


def test_geojson_is_valid_and_says_what_a_point_means(document, city) -> None:
    factories.ikm("Tanpa Tempat", published=True)
    for dataset in DATASETS:
        FeatureCollection.model_validate(document(f"/data/{dataset}.geojson"))
    (sentra,) = document("/data/sentra.geojson")["features"]
    named = {f["properties"]["name"]: f for f in document("/data/usaha.geojson")["features"]}

    assert sentra["geometry"] == {"type": "Point", "coordinates": [110.401111, -6.981111]}
    assert sentra["properties"]["location_precision"] == "exact"
    assert [place["location_precision"] for place in sentra["properties"]["locations"]] == ["exact", "kelurahan"]
    assert sentra["id"] == city.sentra.code
    assert named["Sari Rasa"]["geometry"]["coordinates"] == [110.42, -6.99]
    assert named["Sari Rasa"]["properties"]["location_precision"] == "kelurahan"
    assert named["Tanpa Tempat"]["geometry"] is None


def test_a_business_has_its_own_point_only_with_consent_for_open_data(document, city) -> None:
    factories.contact(ContactKind.MAP_POINT, ikm=city.ikm, latitude="-6.987654", longitude="110.434343")
    factories.consent(city.ikm, PersonalField.MAP_POINT, channels=[Channel.WEB, Channel.PRINT])
    features = [f for name in ("usaha", "produk") for f in document(f"/data/{name}.geojson")["features"]]
    assert [110.434343, -6.987654] not in [feature["geometry"]["coordinates"] for feature in features]

    factories.consent(city.ikm, PersonalField.MAP_POINT, channels=[Channel.OPEN_DATA])
    (business,) = document("/data/usaha.geojson")["features"]
    assert business["geometry"]["coordinates"] == [110.434343, -6.987654]
    assert business["properties"]["location_precision"] == "exact"


# -- the file itself --------------------------------------------------------------------------------------------------


def test_a_workbook_can_be_read_without_its_source(fetch, city) -> None:
    book = load_workbook(io.BytesIO(fetch("/data/produk.xlsx?jenis=kerupuk")))
    data, notes = book.worksheets
    told = "\n".join(str(value) for row in notes.values for value in row if value is not None)

    assert (data.title, notes.title, data.freeze_panes) == ("Produk", "Keterangan", "A2")
    assert data.column_dimensions["A"].width >= 10
    for expected in (
        "price_min",
        "certificates.number",
        "not translated yet",
        "Jenis produk: Kerupuk",
        "/data/produk/?jenis=kerupuk",
    ):
        assert expected in told, expected
    assert "Belum ada lisensi" in told


def test_a_licence_is_named_only_where_one_was_granted(fetch, document, city) -> None:
    assert "license" not in document("/data/sentra.json")["metadata"]
    office = OfficeProfile.load()
    office.name, office.data_licence, office.data_licence_since = "Dinas Uji", "CC BY 4.0", datetime.date(2026, 1, 2)
    office.data_licence_url = "https://example.org/by/4.0/"
    office.save()
    told = document("/data/sentra.json")["metadata"]

    assert told["license"] == {"name": "CC BY 4.0", "url": "https://example.org/by/4.0/", "since": "2026-01-02"}
    assert told["attribution"] == told["publisher"] == "Dinas Uji"
    notes = load_workbook(io.BytesIO(fetch("/data/sentra.xlsx"))).worksheets[1]
    assert ["Lisensi / licence", "CC BY 4.0", "https://example.org/by/4.0/", "2026-01-02"] in [
        list(row)[:4] for row in notes.values
    ]


def test_a_workbook_that_is_cut_says_so(fetch, city, monkeypatch) -> None:
    from semarang_ikm.opendata.forms import workbook

    monkeypatch.setattr(workbook, "WORKBOOK_ROWS", 1)
    data, notes = load_workbook(io.BytesIO(fetch("/data/produk.xlsx"))).worksheets

    assert len(list(data.values)) == 2
    assert "Dipotong / cut" in [row[0] for row in notes.values]


@pytest.mark.parametrize("dataset", DATASETS)
def test_queries_do_not_grow_with_the_rows(fetch, city, count_queries, dataset: str) -> None:
    addresses = [f"/data/{dataset}.{form}" for form in FORMS]
    for address in addresses:
        fetch(address)
    few = {address: count_queries(partial(fetch, address)) for address in addresses}
    event = factories.promotion(published=True)
    for number in range(12):
        factories.appearance(promotion=factories.promotion(published=True), ikm=city.ikm)
        event.sentra.add(city.sentra)
        place = factories.kelurahan()
        sentra = factories.sentra(published=True, types=[city.crackers], kelurahan=[place])
        ikm = factories.ikm(published=True, types=[city.crackers], kelurahan=place, sentra=sentra)
        product = factories.product(f"Kerupuk {number}", published=True, ikm=ikm, price_min=1_000)
        factories.product(f"Curah {number}", published=True, sentra=sentra)
        factories.certification(products=[product])
        factories.figure(sentra=sentra)
    assert {address: count_queries(partial(fetch, address)) for address in addresses} == few


def test_rows_are_read_while_they_are_sent(client: Client, city, monkeypatch) -> None:
    """Batch by batch, so that memory does not grow, and what is withdrawn meanwhile is not in the rest."""
    from semarang_ikm.opendata import dataset

    monkeypatch.setattr(dataset, "BATCH", 1)
    answer = client.get("/data/produk.json")
    pieces = iter(answer.streaming_content)
    head, first = next(pieces), next(pieces)
    Ikm.objects.filter(pk=city.ikm.pk).update(status="archived")
    rest = b"".join(pieces)
    told = json.loads(head + first + rest)

    assert b"Kerupuk Curah" in first
    assert (told["count"], len(told["rows"])) == (1, 1)


def test_head_reads_no_rows(client: Client, city) -> None:
    with CaptureQueriesContext(connection) as captured:
        answer = client.head("/data/produk.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Disposition"]
    assert not [query for query in captured if "products_product" in query["sql"]]


@pytest.mark.parametrize(
    "address", ["/data/rahasia.csv", "/data/produk.pdf", "/data/produk.csv/", "/data/.csv", "/data/kontak.json"]
)
def test_there_is_nothing_else(client: Client, city, address: str) -> None:
    assert client.get(address).status_code == 404


def test_files_are_only_read(client: Client, city) -> None:
    assert client.post("/data/produk.csv").status_code == 405
