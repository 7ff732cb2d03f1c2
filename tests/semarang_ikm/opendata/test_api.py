"""The API: what it answers is what it says it answers."""

import datetime
import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from semarang_ikm.opendata import views
from semarang_ikm.opendata.datasets import IN_API
from sentra.codes import issue_codes
from sentra.models import CodeRedirect, Ikm, OfficeProfile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def description(document) -> dict:
    return document("/api/v1/openapi.json")


def schema_of(description: dict, path: str, status: str = "200") -> Draft202012Validator:
    found = description["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
    return Draft202012Validator(
        {**found, "components": description["components"]}, format_checker=Draft202012Validator.FORMAT_CHECKER
    )


def test_the_description_is_valid_openapi(description) -> None:
    validate(description)
    assert description["openapi"].startswith("3.1")
    assert "license" not in description["info"]


def test_the_description_names_a_licence_that_was_granted(document) -> None:
    OfficeProfile.objects.create(
        pk=1,
        data_licence="CC BY 4.0",
        data_licence_url="https://example.org/by/",
        data_licence_since=datetime.date(2026, 1, 1),
    )
    described = document("/api/v1/openapi.json")
    validate(described)
    assert described["info"]["license"] == {"name": "CC BY 4.0", "url": "https://example.org/by/"}
    assert document("/api/v1/")["license"]["name"] == "CC BY 4.0"


@pytest.mark.parametrize("name", IN_API)
def test_every_list_answers_as_described(document, description, city, name: str) -> None:
    told = document(f"/api/v1/{name}/")

    schema_of(description, f"/api/v1/{name}/").validate(told)
    assert told["count"] == len(told["results"]) > 0
    assert told["next"] is told["previous"] is None
    assert all(row.get("code") or row.get("slug") for row in told["results"])


@pytest.mark.parametrize("name", IN_API)
def test_every_record_answers_as_described(document, description, city, name: str) -> None:
    identity = IN_API[name].identity
    for row in document(f"/api/v1/{name}/")["results"]:
        told = document(f"/api/v1/{name}/{row[identity]}/")

        schema_of(description, f"/api/v1/{name}/{{{identity}}}/").validate(told)
        assert told == row


def test_the_description_would_notice_a_wrong_record(document, description, city) -> None:
    told = document("/api/v1/produk/")
    told["results"][0]["price_min"] = "murah"
    assert not schema_of(description, "/api/v1/produk/").is_valid(told)


def test_the_index_leads_everywhere(client: Client, document, city) -> None:
    told = document("/api/v1/")
    for address in (told["documentation"], told["openapi"], *told["datasets"].values()):
        assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert set(told["datasets"]) == {"sentra", "usaha", "produk", "acara", "wilayah", "jenis"}


def test_files_and_api_hold_the_same_records(document, city) -> None:
    for name in IN_API:
        assert document(f"/api/v1/{name}/")["results"] == document(f"/data/{name}.json")["rows"]


# -- pages ------------------------------------------------------------------------------------------------------------


def test_pages_are_bounded_and_linked(client: Client, document, city, monkeypatch) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    first = document("/api/v1/produk/?jenis=kerupuk&warna=biru")
    second = document(first["next"].removeprefix("http://testserver"))

    assert first["next"] == "http://testserver/api/v1/produk/?jenis=kerupuk&hal=2"
    assert (first["count"], second["next"], second["previous"]) == (
        2,
        None,
        "http://testserver/api/v1/produk/?jenis=kerupuk",
    )
    assert first["results"][0]["code"] != second["results"][0]["code"]
    for wrong in ("0", "-1", "3", "9" * 40, "dua", "１"):
        answer = client.get("/api/v1/produk/", {"jenis": "kerupuk", "hal": wrong})
        assert (answer.status_code, answer["Location"]) == (302, "/api/v1/produk/?jenis=kerupuk"), wrong


def test_addresses_follow_the_name_of_the_site(document, city, settings, monkeypatch) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    settings.SITE_URL = "https://sentra.example"
    told = document("/api/v1/produk/")

    assert told["next"] == "https://sentra.example/api/v1/produk/?hal=2"
    assert told["results"][0]["url"] == "https://sentra.example/produk/kerupuk-curah/"
    assert told["results"][0]["url_en"] == "https://sentra.example/en/products/kerupuk-curah/"


def test_what_is_unknown_is_set_aside_and_told(client: Client, city) -> None:
    answer = client.get("/api/v1/produk/?warna=biru&jenis=batu")
    assert (answer.status_code, answer.json()["count"]) == (200, 2)
    assert answer["X-Ignored-Parameters"] == "warna=biru&jenis=batu"


# -- names ------------------------------------------------------------------------------------------------------------


def test_a_code_is_read_in_any_case(document, city) -> None:
    typed = city.sentra.code.lower().replace("-0", "-")
    assert document(f"/api/v1/sentra/{typed}/")["code"] == city.sentra.code


def test_merged_moved_withdrawn_and_unknown_names(client: Client, city) -> None:
    (merged, deleted) = issue_codes("U", 2)
    CodeRedirect.objects.create(code=merged, survivor_code=city.ikm.code)
    city.crackers.slug = "kerupuk-baru"
    city.crackers.save()
    archived = factories.ikm("Arsip", published=True)
    Ikm.objects.filter(pk=archived.pk).update(status="archived")

    for address, status, target in (
        (f"usaha/{merged}", 301, f"/api/v1/usaha/{city.ikm.code}/"),
        ("jenis/kerupuk", 301, "/api/v1/jenis/kerupuk-baru/"),
        (f"usaha/{deleted}", 410, None),
        (f"usaha/{archived.code}", 410, None),
        ("usaha/U-99999", 404, None),
        (f"usaha/{city.sentra.code}", 404, None),
        ("produk/P-", 404, None),
        ("wilayah/33.74.99", 404, None),
        ("jenis/tidak-ada", 404, None),
        (f"sentra/{'9' * 300}", 404, None),
        ("angka", 404, None),
        ("angka/1", 404, None),
        ("kontak", 404, None),
    ):
        answer = client.get(f"/api/v1/{address}/")
        assert answer.status_code == status, address
        if target:
            assert answer["Location"] == target
        else:
            assert answer.json()["status"] == status
            assert answer.json()["message"] and answer.json()["message_en"]
            assert "Arsip" not in answer.content.decode()


def test_a_draft_was_never_there(client: Client, city) -> None:
    draft = factories.ikm("UsahaDraf")
    assert client.get(f"/api/v1/usaha/{draft.code}/").status_code == 404


# -- manners ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/sentra/", "/api/v1/tidak-ada/", "/api/v1/sentra/S-99/"])
def test_any_site_may_read_and_nobody_may_write(city, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer.json()["status"], answer["Allow"]) == (405, 405, "GET, HEAD, OPTIONS")
        assert answer["Access-Control-Allow-Origin"] == "*"
    asked = client.options(address, headers={"origin": "https://lain.example", "access-control-request-method": "GET"})
    assert (asked.status_code, asked["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    read = client.get(address, headers={"origin": "https://lain.example"})
    assert read["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in read
    assert not read.cookies


def test_nothing_changed_is_said_in_few_bytes(client: Client, city) -> None:
    first = client.get("/api/v1/produk/")
    again = client.get("/api/v1/produk/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "public, no-cache"
    city.product.delete()
    assert client.get("/api/v1/produk/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_people_can_read_it_too(client: Client, city) -> None:
    text = client.get("/api/v1/sentra/").content.decode()
    assert '\n  "count": 1' in text
    assert json.loads(text)["results"][0]["name"] == "Kerupuk Krobokan"


def test_a_missing_slash_is_added_and_the_rest_is_json(client: Client, city) -> None:
    assert client.get("/api/v1/sentra")["Location"] == "/api/v1/sentra/"
    assert client.get("/api/")["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "%27%3B--" * 50,
        "jenis=" + "a" * 4000,
        "kec=%F0%9F%98%80",
        "urut=-password",
        "q[]=1",
        "hal=1e9",
        "ikm__nib=1",
        "search_text=x",
        "dekat=zzzz",
        "dekat=krobokan",
    ],
)
@pytest.mark.parametrize(
    "address",
    ["/api/v1/produk/", "/api/v1/usaha/", "/api/v1/wilayah/", "/data/usaha.csv", "/data/angka.json", "/data/jenis/"],
)
def test_hostile_parameters_are_harmless(client: Client, city, address: str, query: str) -> None:
    assert client.get(f"{address}?{query}").status_code in {200, 302}


def test_queries_do_not_grow_with_the_rows(client: Client, city, count_queries) -> None:
    few = count_queries(lambda: client.get("/api/v1/produk/"))
    for _number in range(15):
        factories.certification(products=[factories.product(published=True, price_min=1)])
    assert count_queries(lambda: client.get("/api/v1/produk/")) == few
