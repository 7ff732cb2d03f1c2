"""What search engines are given: every page that may be indexed and no other, with true days, in both languages."""

import copy
import datetime
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree
from protego import Protego

from products.models import Product
from semarang_ikm import sitemaps
from semarang_ikm.shared.choices import Channel
from semarang_ikm.views import crawling
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.models import Consent, Ikm, Sentra
from tests import factories
from tests.page_kinds import PAGE_KINDS
from tests.pages import read

pytestmark = pytest.mark.django_db

SITE = "https://sentra.example"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "sitemap.rng"))


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def city(standing_city, db) -> dict:
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db) -> dict:
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    place = factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Barat", slug="barat"))
    centre = factories.sentra("Kerupuk Krobokan", published=True, types=[kind], kelurahan=[place])
    maker = factories.ikm("Sari Rasa", published=True, sentra=centre, kelurahan=place, types=[kind])
    product = factories.product("Kerupuk Udang", published=True, ikm=maker, product_type=kind)
    return {"kind": kind, "place": place, "sentra": centre, "ikm": maker, "product": product}


def parsed(client: Client, address: str = "/sitemap.xml") -> ET.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    document = etree.fromstring(answer.content)
    assert SCHEMA.validate(document), SCHEMA.error_log
    return ET.fromstring(answer.content)


def days(client: Client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    """Address without the site's, and its day."""
    urls = parsed(client, address).findall("s:url", NAMES)
    found = {str(url.findtext("s:loc", namespaces=NAMES)): url.findtext("s:lastmod", namespaces=NAMES) for url in urls}
    assert len(found) == len(urls), "each address once"
    assert all(address.startswith(f"{SITE}/") for address in found)
    return {address.removeprefix(SITE): day for address, day in found.items()}


def made(model, day: datetime.datetime, **which) -> None:
    """As if the rows had last been written then."""
    model._default_manager.filter(**which).update(updated_at=day)


OLD = datetime.datetime(2025, 3, 1, 12, tzinfo=datetime.UTC)
LATER = datetime.datetime(2025, 6, 30, 18, tzinfo=datetime.UTC)  # the first of July in Semarang


# -- what is listed ---------------------------------------------------------------------------------------------------


def test_every_record_stands_there_in_both_languages_with_its_twin(client: Client, city) -> None:
    document = parsed(client)
    for indonesian, english in (
        ("/", "/en/"),
        ("/sentra/kerupuk-krobokan/", "/en/centres/kerupuk-krobokan/"),
        ("/usaha/sari-rasa/", "/en/businesses/sari-rasa/"),
        ("/produk/kerupuk-udang/", "/en/products/kerupuk-udang/"),
        ("/jenis/kerupuk/", "/en/types/kerupuk/"),
        ("/wilayah/barat/krobokan/", "/en/areas/barat/krobokan/"),
    ):
        for address in (indonesian, english):
            (url,) = [u for u in document if u.findtext("s:loc", namespaces=NAMES) == SITE + address]
            twins = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
            assert twins == {"id": SITE + indonesian, "en": SITE + english, "x-default": SITE + indonesian}


def test_what_the_public_may_not_see_is_absent(client: Client, city) -> None:
    draft = factories.ikm("Usaha Draf", sentra=city["sentra"], kelurahan=city["place"])
    factories.product("Produk Tersembunyi", ikm=draft, published=True)
    factories.sentra("Sentra Arsip", published=True, status="archived")
    factories.kelurahan("Sepi", slug="sepi")
    factories.product_type("Jenis Sepi", slug="jenis-sepi")
    found = " ".join(days(client))
    for absent in ("usaha-draf", "tersembunyi", "sentra-arsip", "/sepi/", "jenis-sepi"):
        assert absent not in found


def test_it_lists_exactly_the_pages_that_say_they_may_be_indexed(client: Client, city) -> None:
    factories.kelurahan("Sepi", slug="sepi", kecamatan=city["place"].kecamatan)
    factories.product_type("Jenis Sepi", slug="jenis-sepi")
    for address in days(client):
        page = read(client, address)
        assert not page.all("meta", name="robots"), address
        assert page.one("link", rel="canonical").get("href") == SITE + address
    for address in ("/jenis/jenis-sepi/", "/wilayah/barat/sepi/"):
        assert "noindex" in str(read(client, address).one("meta", name="robots").get("content"))


def test_a_personal_name_is_in_no_address(client: Client, city) -> None:
    factories.ikm("Zubaidah", name_is_personal=True, published=True)
    assert "zubaidah" not in " ".join(days(client))


# -- days -------------------------------------------------------------------------------------------------------------


def age_everything() -> None:
    for model in (Sentra, Ikm, Product):
        made(model, OLD)


def test_a_page_has_the_day_of_its_last_change_in_semarang(client: Client, city) -> None:
    age_everything()
    made(Sentra, LATER)
    found = days(client)
    assert found["/sentra/kerupuk-krobokan/"] == found["/en/centres/kerupuk-krobokan/"] == "2025-07-01"
    assert found["/usaha/sari-rasa/"] == "2025-03-01"


def test_a_change_reaches_every_page_that_shows_it_and_no_other(client: Client, city) -> None:
    factories.sentra("Lain", published=True, kelurahan=[factories.kelurahan("Jauh", slug="jauh")])
    age_everything()
    made(Product, LATER)
    found = days(client)
    shown = (
        "/",
        "/produk/",
        "/produk/kerupuk-udang/",
        "/usaha/sari-rasa/",
        "/sentra/kerupuk-krobokan/",
        "/jenis/kerupuk/",
    )
    assert {address: found[address] for address in shown} == dict.fromkeys(shown, "2025-07-01")
    assert found["/wilayah/barat/krobokan/"] == found["/wilayah/barat/"] == "2025-07-01"
    assert found["/sentra/lain/"] == "2025-03-01"


def test_a_product_that_was_taken_back_changed_its_makers_page(client: Client, city) -> None:
    age_everything()
    Product.objects.update(status="archived", updated_at=LATER)
    found = days(client)
    assert found["/usaha/sari-rasa/"] == "2025-07-01"
    assert "/produk/kerupuk-udang/" not in found


def test_a_consent_and_its_withdrawal_change_the_page(client: Client, city) -> None:
    receipt = factories.consent(city["ikm"], PersonalField.OWNER_NAME, channels=[Channel.WEB])
    age_everything()
    Consent.objects.update(created_at=LATER)
    assert days(client)["/usaha/sari-rasa/"] == "2025-07-01"
    withdraw_consent(consent=receipt, by=receipt.recorded_by)
    assert days(client)["/usaha/sari-rasa/"] == timezone.localdate().isoformat()


def test_a_consent_for_paper_changes_no_page(client: Client, city) -> None:
    factories.consent(city["ikm"], PersonalField.OWNER_NAME, channels=[Channel.PRINT])
    age_everything()
    Consent.objects.update(created_at=LATER)
    assert days(client)["/usaha/sari-rasa/"] == "2025-03-01"


def test_pages_without_a_recorded_change_claim_no_day(client: Client, city) -> None:
    factories.certificate_kind("halal")
    found = days(client)
    assert found["/tentang/"] is None
    assert found["/sertifikasi/halal/"] is None


# -- size -------------------------------------------------------------------------------------------------------------


def test_a_large_site_has_an_index_of_sections(client: Client, city, monkeypatch) -> None:
    for n in range(5):
        factories.product(f"Produk {n}", published=True, ikm=city["ikm"], product_type=city["kind"])
    whole = days(client)
    monkeypatch.setattr(crawling, "LIMIT", 10)
    monkeypatch.setattr(sitemaps.SiteSitemap, "limit", 10)
    index = parsed(client)
    assert index.tag == f"{{{NAMES['s']}}}sitemapindex"
    files = [str(loc.text).removeprefix(SITE) for loc in index.iter(f"{{{NAMES['s']}}}loc")]
    assert "/sitemap-products.xml?p=2" in files
    listed = [address for file in files for address in days(client, file)]
    assert sorted(listed) == sorted(whole)


@pytest.mark.parametrize("address", ["/sitemap-lain.xml", "/sitemap.xml?p=99", "/sitemap-products.xml?p=x"])
def test_what_is_no_sitemap_is_not_found(client: Client, city, address: str) -> None:
    assert client.get(address).status_code == 404


def test_more_rows_cost_no_more_queries(client: Client, city, count_queries) -> None:
    few = count_queries(lambda: client.get("/sitemap.xml"))
    for n in range(5):
        place = factories.kelurahan(f"Tempat {n}")
        maker = factories.ikm(f"Usaha {n}", published=True, sentra=city["sentra"], kelurahan=place)
        factories.product(f"Produk {n}", published=True, ikm=maker, product_type=city["kind"])
        factories.sentra(f"Sentra {n}", published=True, types=[city["kind"]], kelurahan=[place])
        factories.certificate_kind(f"jenis-{n}")
    assert count_queries(lambda: client.get("/sitemap.xml")) == few


# -- robots.txt -------------------------------------------------------------------------------------------------------


def may_fetch(client: Client, address: str) -> bool:
    rules = Protego.parse(client.get("/robots.txt").content.decode())
    return bool(rules.can_fetch(SITE + address, "any"))


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/sentra/",
        "/produk/?hal=2",
        "/en/products/?jenis=batik",
        "/usaha/?kec=mijen",
        "/produk/?sertifikat=halal",
        "/kartu/sentra/S-01.abc.png",
        "/sitemap-products.xml",
        "/static/css/site.css",
    ],
)
def test_pages_and_single_filters_are_open(client: Client, address: str) -> None:
    assert may_fetch(client, address)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/cari/?q=batik",
        "/en/search/",
        "/katalog/pdf/",
        "/en/catalogue/print/",
        "/produk/?jenis=batik&kec=mijen",
        "/produk/?jenis=batik&jenis=tempe",
        "/produk/?jenis=batik&hal=2",
        "/produk/?q=batik",
        "/en/centres/?urut=terbaru",
        "/sentra/?cetak=1",
        "/produk/?harga=0-25000",
        "/sentra/?dekat=krobokan",
        "/wilayah/?nama=krobokan",
        "/sentra/?warna=biru",
    ],
)
def test_combinations_searches_and_prints_are_closed(client: Client, address: str) -> None:
    assert not may_fetch(client, address)


def test_robots_names_the_sitemap_of_a_site_with_an_address(client: Client, settings) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert list(Protego.parse(answer.content.decode()).sitemaps) == [f"{SITE}/sitemap.xml"]
    settings.SITE_URL = ""
    assert "Sitemap" not in client.get("/robots.txt").content.decode()
    assert client.get("/sitemap.xml").status_code == 404


# -- canonical and hreflang -------------------------------------------------------------------------------------------


def links(client: Client, address: str) -> dict[str, str]:
    page = read(client, address)
    found = {
        str(link.get("hreflang")): str(link.get("href")) for link in page.all("link", rel="alternate", hreflang=True)
    }
    found["canonical"] = str(page.one("link", rel="canonical").get("href"))
    return {name: href.removeprefix(SITE) for name, href in found.items()}


def test_both_languages_name_each_other_and_indonesian_is_the_default(client: Client, city) -> None:
    indonesian, english = "/sentra/kerupuk-krobokan/", "/en/centres/kerupuk-krobokan/"
    for address in (indonesian, english):
        assert links(client, address) == {
            "canonical": address,
            "id": indonesian,
            "en": english,
            "x-default": indonesian,
        }


def test_a_page_of_a_list_is_canonical_to_itself(client: Client, city) -> None:
    for n in range(30):
        factories.product(f"Produk {n}", published=True, ikm=city["ikm"], product_type=city["kind"])
    assert links(client, "/produk/?hal=2&q=&jenis=")["canonical"] == "/produk/?hal=2"
    assert links(client, "/en/products/?hal=2")["id"] == "/produk/?hal=2"


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("jenis=kerupuk", "/jenis/kerupuk/"),
        ("kec=barat", "/wilayah/barat/"),
        ("kel=krobokan", "/wilayah/barat/krobokan/"),
        ("sertifikat=halal", "/sertifikasi/halal/"),
        ("harga=0-25000", "/produk/?harga=0-25000"),
        ("kec=barat&jenis=kerupuk", "/produk/?jenis=kerupuk&kec=barat"),
        ("jenis=kerupuk&urut=terbaru", "/produk/?jenis=kerupuk&urut=terbaru"),
        ("jenis=kerupuk&q=udang", "/produk/?q=udang&jenis=kerupuk"),
    ],
)
def test_one_value_alone_means_the_page_of_that_value(client: Client, city, query: str, canonical: str) -> None:
    factories.certificate_kind("halal")
    assert links(client, f"/produk/?{query}")["canonical"] == canonical


# -- the registry of pages --------------------------------------------------------------------------------------------


def test_every_kind_of_page_that_may_be_indexed_is_in_the_sitemap() -> None:
    """Whoever gives the site a page that search engines may keep gives it a line in semarang_ikm/sitemaps.py."""
    of_records = {"sentra", "ikm", "product", "product_type", "kecamatan", "kelurahan", "certificate_kind"}
    known = {*sitemaps.STANDING, *of_records, "event", "dataset"}
    indexable = {kind.url_name for kind in PAGE_KINDS if kind.indexable and kind.status == 200}
    assert indexable - known == set()
    assert set(sitemaps.STANDING) - indexable == set()


def test_events_and_data_sets_are_listed(client: Client, city) -> None:
    event = factories.promotion("Pameran", published=True)
    factories.promotion("Liputan", kind="article", published=True)
    found = days(client)
    assert found[event.get_absolute_url()] == timezone.localdate().isoformat()
    assert "/data/produk/" in found
    assert "liputan" not in " ".join(found)
