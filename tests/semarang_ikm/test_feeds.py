"""Feeds of what is new: as feed readers and RFC 4287 want them, with true moments, names through the gate."""

import datetime
from pathlib import Path

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from semarang_ikm.shared.choices import Channel
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.models import Ikm
from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db

SITE = "https://sentra.example"
FEEDS = {
    "/sentra/terbaru.atom": "/sentra/",
    "/usaha/terbaru.atom": "/usaha/",
    "/produk/terbaru.atom": "/produk/",
    "/acara/terbaru.atom": "/acara/",
    "/en/events/latest.atom": "/en/events/",
    "/en/centres/latest.atom": "/en/centres/",
    "/en/businesses/latest.atom": "/en/businesses/",
    "/en/products/latest.atom": "/en/products/",
}
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).parent / "atom.rng"))


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def city() -> dict:
    kind = factories.product_type("Kerupuk", slug="kerupuk")
    place = factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Semarang Barat"))
    centre = factories.sentra(
        "Kerupuk & Krobokan", published=True, types=[kind], kelurahan=[place], summary="Gurih <sekali>."
    )
    maker = factories.ikm("Sari Rasa", published=True, sentra=centre, kelurahan=place, types=[kind])
    product = factories.product("Kerupuk Udang", name_en="Prawn crackers", published=True, ikm=maker, product_type=kind)
    factories.promotion("Pameran", published=True, sentra=[centre], kelurahan=place, description="Di balai kota.")
    return {"kind": kind, "place": place, "sentra": centre, "ikm": maker, "product": product}


def feed(client: Client, address: str):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    document = etree.fromstring(answer.content)
    assert SCHEMA.validate(document), SCHEMA.error_log
    parsed = feedparser.parse(answer.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_is_valid_full_or_empty(client: Client, address: str, request) -> None:
    empty = feed(client, address)
    assert empty.entries == []
    assert empty.feed.updated == "2026-01-01T00:00:00+00:00"
    request.getfixturevalue("city")
    full = feed(client, address)
    assert len(full.entries) == 1
    assert full.feed.id == SITE + address
    assert full.feed.language == ("en" if address.startswith("/en/") else "id")
    links = {link.rel: link.href for link in full.feed.links}
    assert links == {"self": SITE + address, "alternate": SITE + FEEDS[address]}


def test_an_entry_says_name_place_and_summary(client: Client, city) -> None:
    (entry,) = feed(client, "/sentra/terbaru.atom").entries
    assert entry.title == "Kerupuk & Krobokan – Krobokan, Semarang Barat"
    assert entry.link == f"{SITE}/sentra/kerupuk-krobokan/"
    assert entry.summary == "Gurih &lt;sekali&gt;."
    (entry,) = feed(client, "/en/products/latest.atom").entries
    assert entry.title == "Prawn crackers – Krobokan, Semarang Barat"
    assert entry.link == f"{SITE}/en/products/kerupuk-udang/"


def test_an_id_outlives_name_and_slug(client: Client, city) -> None:
    (before,) = feed(client, "/produk/terbaru.atom").entries
    product = city["product"]
    product.name, product.slug = "Kerupuk Ikan", "kerupuk-ikan"
    product.save()
    (after,) = feed(client, "/produk/terbaru.atom").entries
    assert after.id == before.id == f"{SITE}/k/{product.code}"
    assert after.link != before.link


def test_moments_are_those_of_the_rows_and_the_newest_comes_first(client: Client, city) -> None:
    long_ago = timezone.make_aware(datetime.datetime(2026, 2, 3, 4, 5, 6))
    edited = long_ago + datetime.timedelta(days=9)
    old = factories.ikm("Lama", published=True, published_at=long_ago)
    Ikm.objects.filter(pk=old.pk).update(updated_at=edited)
    entries = feed(client, "/usaha/terbaru.atom").entries
    assert [entry.title.split(" – ")[0] for entry in entries] == ["Sari Rasa", "Lama"]
    assert datetime.datetime.fromisoformat(entries[1].published) == long_ago
    assert datetime.datetime.fromisoformat(entries[1].updated) == edited


def test_only_the_newest_are_told(client: Client, city) -> None:
    for n in range(40):
        factories.product(f"Produk {n}", published=True, ikm=city["ikm"], product_type=city["kind"])
    assert len(feed(client, "/produk/terbaru.atom").entries) == 30


def test_what_is_not_public_is_not_told(client: Client, city) -> None:
    draft = factories.ikm("UsahaDraf", sentra=city["sentra"])
    factories.product("ProdukTersembunyi", ikm=draft, published=True)
    factories.sentra("SentraArsip", published=True, status="archived")
    for address in FEEDS:
        content = client.get(address).content.decode()
        for hidden in ("UsahaDraf", "ProdukTersembunyi", "SentraArsip"):
            assert hidden not in content


def test_a_personal_name_comes_and_goes_with_its_receipt(client: Client, city) -> None:
    owner = factories.ikm("Zubaidah", name_is_personal=True, published=True, kelurahan=city["place"])
    address = "/usaha/terbaru.atom"
    assert "Zubaidah" not in client.get(address).content.decode()
    assert f"Usaha {owner.code}" in client.get(address).content.decode()
    receipt = factories.consent(owner, PersonalField.NAME, channels=[Channel.WEB])
    answer = client.get(address)
    assert "Zubaidah" in answer.content.decode()
    assert "Last-Modified" not in answer, "a date would hide the withdrawal"
    withdraw_consent(consent=receipt, by=receipt.recorded_by)
    assert "Zubaidah" not in client.get(address, headers={"If-None-Match": answer["ETag"]}).content.decode()


def test_lists_lead_to_their_feed(client: Client, city) -> None:
    for address, page in FEEDS.items():
        html = read(client, page)
        found = html.one("link", type="application/atom+xml")
        assert found.get("href") == address
        assert found.get("title")
        assert html.one("a", href=address).text


def test_a_site_without_an_address_has_no_feeds_and_leads_to_none(client: Client, city, settings) -> None:
    settings.SITE_URL = ""
    for address, page in FEEDS.items():
        assert client.get(address).status_code == 404
        assert "atom" not in client.get(page).content.decode()


@pytest.mark.parametrize("address", FEEDS)
def test_more_rows_cost_no_more_queries(client: Client, city, count_queries, address: str) -> None:
    few = count_queries(lambda: client.get(address))
    for n in range(5):
        maker = factories.ikm(f"Usaha {n}", published=True, sentra=city["sentra"], kelurahan=city["place"])
        factories.product(f"Produk {n}", published=True, ikm=maker, product_type=city["kind"])
        factories.sentra(f"Sentra {n}", published=True, types=[city["kind"]], kelurahan=[city["place"]])
    assert count_queries(lambda: client.get(address)) == few
