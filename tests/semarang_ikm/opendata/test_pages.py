"""The pages of open data: every file is linked, every column is explained, no licence is invented."""

import datetime

import pytest
from django.test import Client

from semarang_ikm.opendata.datasets import DATASETS
from semarang_ikm.opendata.dictionary import explained
from semarang_ikm.opendata.forms import FORMS
from sentra.models import OfficeProfile
from tests.pages import read
from tests.structured_data import documents, mistakes, node

pytestmark = pytest.mark.django_db


def test_the_page_leads_to_every_file(client: Client, city) -> None:
    page = read(client, "/data/")
    links = {str(a.get("href")) for a in page.all("a")}

    for dataset in DATASETS:
        assert f"/data/{dataset}/" in links
        assert {f"/data/{dataset}.{form}" for form in FORMS} <= links
    assert {"/api/v1/", "/api/v1/openapi.json"} <= links


def test_no_licence_is_said_plainly_until_one_is_granted(client: Client, city) -> None:
    for address in ("/data/", "/data/produk/"):
        assert "Belum ada lisensi" in read(client, address).one("main").text
        assert "No licence has been granted" in read(client, f"/en{address}").one("main").text
    OfficeProfile.objects.create(
        pk=1,
        data_licence="CC BY 4.0",
        data_licence_url="https://example.org/by/",
        data_licence_since=datetime.date(2026, 1, 2),
        data_attribution="Data: Dinas Uji",
    )
    page = read(client, "/data/")
    assert page.one("a", rel="license").get("href") == "https://example.org/by/"
    assert "2 Januari 2026" in page.one("main").text
    assert "Data: Dinas Uji" in page.one("main").text


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_column_is_explained(client: Client, city, dataset: str, language: str) -> None:
    page = read(client, f"{language}/data/{dataset}/")
    keys = [code.text for term in page.all("dt") for code in term.all("code")]

    assert keys == [entry.key for field in DATASETS[dataset].fields for entry in explained(field)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("dataset", DATASETS)
def test_keys_are_stable_words(dataset: str) -> None:
    keys = [field.key for field in DATASETS[dataset].fields]
    assert all(key.replace("_", "").isalpha() and key == key.lower() for key in keys)
    assert len(keys) == len(set(keys))


def test_the_files_of_a_list_are_those_of_its_selection(client: Client, city) -> None:
    listed = read(client, "/produk/?jenis=kerupuk&q=udang")
    (link,) = [a for a in listed.all("a") if a.text == "Unduh data"]
    assert link.get("href") == "/data/produk/?q=udang&jenis=kerupuk"
    page = read(client, str(link.get("href")))

    assert "“udang”; Jenis produk: Kerupuk · 1 baris" in page.one("main").text
    assert page.all("a", href="/data/produk.csv?q=udang&jenis=kerupuk")
    assert page.one("meta", name="robots").get("content") == "noindex, follow"


@pytest.mark.parametrize("address", ["/sentra/", "/usaha/", "/produk/", "/acara/", "/wilayah/", "/jenis/"])
def test_every_list_offers_its_data(client: Client, city, address: str) -> None:
    assert [a for a in read(client, address).all("a") if a.get("href") == f"/data{address}"]


def test_what_is_unknown_is_shown(client: Client, city) -> None:
    assert "warna=biru" in read(client, "/data/produk/?warna=biru").one("div", data_note="ignored").text


def test_the_pages_cost_the_same_whatever_there_is(client: Client, city, count_queries) -> None:
    from tests import factories

    few = count_queries(lambda: client.get("/data/"))
    for _number in range(5):
        factories.product(published=True)
    assert count_queries(lambda: client.get("/data/")) == few


def test_searches_for_data_find_it_and_no_licence_is_claimed(client: Client, city, settings) -> None:
    settings.SITE_URL = "https://sentra.example"
    pages = [read(client, address) for address in ("/data/", "/data/produk/", "/en/data/angka/?jenis=kerupuk")]
    assert mistakes([document for page in pages for document in documents(page)]) == []
    told = node(pages[1], "Dataset")

    assert told["url"] == "https://sentra.example/data/produk/"
    assert {part["contentUrl"] for part in told["distribution"]} == {
        f"https://sentra.example/data/produk.{form}" for form in FORMS
    }
    assert "license" not in told
    assert len(node(pages[0], "DataCatalog")["dataset"]) == len(DATASETS)
