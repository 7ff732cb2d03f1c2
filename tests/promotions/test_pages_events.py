"""The list of events and the page of one: what stands there, what must not, and where addresses lead."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from promotions.choices import PromotionKind
from promotions.models import Promotion
from promotions.views.events import PAST_SHOWN, PRODUCTS_SHOWN
from semarang_ikm.shared.choices import Channel, DatePrecision, PublicationStatus
from semarang_ikm.shared.time import today
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.models import OfficeProfile
from tests import factories
from tests.pages import Element, read

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def slugs(page: Element) -> list[str]:
    return [str(row.get("data-slug")) for row in page.all("li", data_slug=True)]


def coming(name: str = "", days: int = 5, **fields) -> Promotion:
    return factories.promotion(name, published=True, starts_on=today() + days * DAY, **fields)


# -- the list ---------------------------------------------------------------------------------------------------------


def test_what_is_coming_stands_first_then_what_is_over_by_year(client: Client) -> None:
    later, sooner = coming(days=9), coming(days=2)
    old = factories.promotion(published=True, starts_on=datetime.date(2019, 5, 4))
    older = factories.promotion(published=True, starts_on=datetime.date(2018, 1, 1), date_precision=DatePrecision.YEAR)

    page = read(client, "/acara/")

    assert slugs(page.one(id="akan-datang")) == [sooner.slug, later.slug]
    assert slugs(page) == [sooner.slug, later.slug, old.slug, older.slug]
    headings = [heading.text for heading in page.one("main").all("h2")]
    assert headings == ["Akan datang", "Sudah lewat, 2019", "2018"]
    assert "Sabtu, 4 Mei 2019" in page.text
    assert "1 Januari 2018" not in page.text


def test_drafts_archived_ones_catalogues_and_articles_are_not_listed(client: Client) -> None:
    factories.promotion("Draf", starts_on=today() + DAY)
    factories.promotion("Arsip", starts_on=today() + DAY, status=PublicationStatus.ARCHIVED)
    factories.promotion("Periksa", starts_on=today() + DAY, status=PublicationStatus.IN_REVIEW)
    coming("Buku", kind=PromotionKind.CATALOGUE)
    coming("Berita", kind=PromotionKind.ARTICLE)

    page = read(client, "/acara/")

    assert slugs(page) == []
    assert not [name for name in ("Draf", "Arsip", "Periksa", "Buku", "Berita") if name in page.text]


def test_an_empty_list_names_the_last_event_and_offers_ways_on(client: Client) -> None:
    page = read(client, "/acara/")
    assert "Belum ada acara terjadwal." in page.one(id="kosong").text
    assert "Acara terakhir" not in page.text

    last = factories.promotion("Pameran Batik", published=True, starts_on=datetime.date(2024, 3, 16))
    empty = read(client, "/acara/").one(id="kosong")

    assert empty.text.startswith("Belum ada acara terjadwal. Acara terakhir: Pameran Batik, Sabtu, 16 Maret 2024.")
    assert empty.one("a", href=last.get_absolute_url())
    assert empty.one("a", href="/acara/kalender.ics")


def test_a_cancelled_event_stays_in_the_list_and_says_so(client: Client) -> None:
    event = coming(cancelled_on=today())

    row = read(client, "/acara/").one("li", data_slug=event.slug)

    assert row.one("span", data_state="expired").text.endswith("Dibatalkan")


def test_past_events_come_in_pages(client: Client) -> None:
    for number in range(PAST_SHOWN + 1):
        factories.promotion(published=True, starts_on=datetime.date(2020, 1, 1) + number * DAY)
    upcoming = coming()

    first, second = read(client, "/acara/"), read(client, "/acara/?hal=2")

    assert slugs(first)[0] == upcoming.slug
    assert len(slugs(first)) == PAST_SHOWN + 1
    assert len(slugs(second)) == 1
    assert second.one("nav", **{"class": "halaman"}).one("a", rel="prev").get("href") == "/acara/"
    assert not second.all(id="akan-datang")
    assert second.one("title").text != first.one("title").text


@pytest.mark.parametrize("page", ["0", "3", "x", "", "-1", "9" * 4400, "²"])
def test_a_page_that_leads_nowhere_leads_to_the_first(client: Client, page: str) -> None:
    answer = client.get("/acara/", {"hal": page, "warna": "biru"})
    assert (answer.status_code, answer["Location"]) == (302, "/acara/?warna=biru")


def test_what_the_list_does_not_know_is_set_aside_and_told(client: Client) -> None:
    page = read(client, "/acara/?warna=biru")
    assert "warna=biru" in page.one(data_note="ignored").text


def test_one_event_costs_as_many_queries_as_many(client: Client) -> None:
    def made(count: int) -> int:
        for _number in range(count):
            centre = factories.sentra(published=True)
            for event in (
                coming(sentra=[centre], kelurahan=factories.kelurahan()),
                factories.promotion(published=True),
            ):
                factories.appearance(promotion=event, ikm=factories.ikm(published=True))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, "/acara/")
        return len(queries)

    client.get("/acara/")
    assert made(1) == made(5)


# -- one event --------------------------------------------------------------------------------------------------------


def test_the_page_says_when_where_and_who(client: Client) -> None:
    place = factories.kelurahan("Pandansari", kecamatan=factories.kecamatan("Semarang Tengah"))
    partner = factories.partner("Bea Cukai")
    centre = factories.sentra("Batik Uji", published=True)
    event = factories.promotion(
        "Pameran Kriya",
        published=True,
        starts_on=datetime.date(2099, 3, 14),
        ends_on=datetime.date(2099, 3, 16),
        starts_at="09:00",
        ends_at="16:00",
        place="Balai Kota",
        kelurahan=place,
        partners=[partner],
        sentra=[centre],
    )
    maker = factories.ikm("Kelompok Gurih", published=True)
    shown = factories.product("Kerupuk", ikm=maker, published=True)
    factories.product("Terasi", ikm=maker, published=True)
    factories.appearance(promotion=event, ikm=maker, products=[shown])

    page = read(client, event.get_absolute_url()).one("main")

    assert "Sabtu–Senin, 14–16 Maret 2099, setiap hari pukul 09.00–16.00 WIB" in page.text
    assert "Balai Kota, Pandansari, Semarang Tengah" in page.text
    assert "Bea Cukai" in page.one("aside").text
    assert page.one("li", data_code=maker.code).one("a", href=maker.get_absolute_url()).text == "Kelompok Gurih"
    assert page.one("li", data_code=centre.code)
    assert page.one("li", data_code=shown.code)
    assert "Terasi" not in page.text
    assert page.one("a", data_action="calendar").get("href") == event.get_calendar_url()
    assert "sudah selesai" not in page.text


def test_only_public_participants_stand_there(client: Client) -> None:
    event = coming(sentra=[factories.sentra("SentraDraf")])
    maker = factories.ikm("Ada", published=True)
    factories.appearance(promotion=event, ikm=maker, products=[factories.product("ProdukDraf", ikm=maker)])
    factories.appearance(promotion=event, ikm=factories.ikm("UsahaDraf"))
    gone = factories.ikm("UsahaArsip", published=True)
    factories.appearance(
        promotion=event, ikm=gone, products=[factories.product("ProdukArsip", ikm=gone, published=True)]
    )
    type(gone).objects.filter(pk=gone.pk).update(status=PublicationStatus.ARCHIVED)

    answer = client.get(event.get_absolute_url()).content.decode()

    assert "Ada" in answer
    assert not [n for n in ("SentraDraf", "ProdukDraf", "UsahaDraf", "UsahaArsip", "ProdukArsip") if n in answer]


def test_the_poster_carries_a_qr_where_the_site_has_a_lasting_address(client: Client, settings) -> None:
    address = coming().get_absolute_url()
    assert read(client, address).all("svg", **{"class": "qr"}) == []
    settings.SITE_URL = "https://sentra.example.org"
    assert len(read(client, address).all("svg", **{"class": "qr"})) == 1


def test_a_persons_name_needs_a_receipt_for_the_screen_and_another_besides_for_the_poster(client: Client) -> None:
    event = coming()
    owner = factories.ikm("Zubaidah", published=True, name_is_personal=True)
    factories.appearance(promotion=event, ikm=owner)

    def names() -> tuple[str, str]:
        page = read(client, event.get_absolute_url())
        return page.one("li", data_code=owner.code).one("a").text, page.one("ul", **{"class": "who"}).text

    hidden = f"Usaha {owner.code}"
    assert names() == (hidden, hidden)
    for_web = factories.consent(owner, PersonalField.NAME, channels=[Channel.WEB])
    assert names() == ("Zubaidah", hidden)
    factories.consent(owner, PersonalField.NAME, channels=[Channel.PRINT])
    assert names() == ("Zubaidah", "Zubaidah")
    withdraw_consent(consent=for_web, by=for_web.recorded_by)
    assert "Zubaidah" not in client.get(event.get_absolute_url()).content.decode()


def test_over_cancelled_and_running_events_say_so_and_offer_no_calendar_in_vain(client: Client) -> None:
    over = read(client, factories.promotion(published=True).get_absolute_url())
    cancelled = read(client, coming(cancelled_on=datetime.date(2026, 3, 3)).get_absolute_url())
    running = read(client, coming(days=-1, ends_on=today() + DAY).get_absolute_url())

    assert "Acara ini sudah selesai." in over.text
    assert "Acara ini dibatalkan. Diumumkan 3 Maret 2026." in cancelled.text
    assert "Sedang berlangsung" in running.text
    assert [len(page.all("a", data_action="calendar")) for page in (over, cancelled, running)] == [0, 0, 1]


def test_results_stand_there_when_they_are_known(client: Client) -> None:
    event = factories.promotion(published=True, results="Tiga pesanan baru.")
    assert "Tiga pesanan baru." in read(client, event.get_absolute_url()).one("main").text


def test_the_office_is_asked_with_the_name_of_the_event(client: Client) -> None:
    event = coming('Pameran "A & B" <b>')
    assert read(client, event.get_absolute_url()).all("a", href="#tanya-dinas")

    OfficeProfile.objects.create(pk=1, whatsapp="081200000000")
    link = read(client, event.get_absolute_url()).one("main").one("a", data_action="whatsapp")

    assert str(link.get("href")).startswith(
        "https://wa.me/6281200000000?text=Halo%2C%20saya%20melihat%20acara%20Pameran"
    )
    assert "%22A%20%26%20B%22%20%3Cb%3E" in str(link.get("href"))


def test_wrong_years_former_slugs_and_withdrawn_events(client: Client) -> None:
    event = coming(slug="pameran")
    year = event.starts_on.year
    assert client.get(f"/acara/1999/{event.slug}/")["Location"] == f"/acara/{year}/pameran/"
    assert client.get(f"/en/events/1999/{event.slug}/")["Location"] == f"/en/events/{year}/pameran/"

    event.slug = "pameran-besar"
    event.save()
    moved = client.get(f"/acara/{year}/pameran/")
    assert (moved.status_code, moved["Location"]) == (301, f"/acara/{year}/pameran-besar/")

    Promotion.objects.filter(pk=event.pk).update(status=PublicationStatus.ARCHIVED)
    for slug in ("pameran", "pameran-besar"):
        gone = client.get(f"/acara/{year}/{slug}/")
        assert gone.status_code == 410
        assert event.name not in gone.content.decode()
    Promotion.objects.filter(pk=event.pk).update(status=PublicationStatus.DRAFT)
    assert client.get(f"/acara/{year}/pameran-besar/").status_code == 404


@pytest.mark.parametrize("path", ["/acara/2027/", "/acara/27/a/", "/acara/02027/a/", "/acara/2027/tidak-ada/"])
def test_addresses_that_never_were(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_catalogue_or_an_article_has_no_page(client: Client) -> None:
    for kind in (PromotionKind.CATALOGUE, PromotionKind.ARTICLE):
        assert client.get(coming(kind=kind).get_absolute_url()).status_code == 404


def test_an_english_page_shows_indonesian_texts_as_such(client: Client) -> None:
    event = coming("Pameran", name_en="Fair", description="Hanya Indonesia", place="Balai Kota", starts_at="09:00")
    with translation.override("en"):
        page = read(client, event.get_absolute_url())

    assert page.one("h1").text == "Fair"
    assert "09:00 WIB" in page.text
    assert "only available in Indonesian" in page.one("main").text or page.one("main").all(lang="id")
    assert (
        page.one("a", hreflang="id").get(
            "href",
        )
        == f"/acara/{event.starts_on.year}/{event.slug}/"
    )


def test_one_participant_costs_as_many_queries_as_many(client: Client) -> None:
    def made(count: int) -> int:
        event = coming(partners=[factories.partner() for _ in range(count)])
        event.sentra.set([factories.sentra(published=True) for _ in range(count)])
        for _ in range(count):
            maker = factories.ikm(published=True, kelurahan=factories.kelurahan())
            products = [factories.product(ikm=maker, published=True) for _ in range(2)]
            factories.appearance(promotion=event, ikm=maker, products=products)
        with CaptureQueriesContext(connection) as queries:
            read(client, event.get_absolute_url())
        return len(queries)

    client.get("/acara/")
    assert made(1) == made(6)


def test_many_products_are_cut_and_counted(client: Client) -> None:
    event, maker = coming(), factories.ikm(published=True)
    products = [factories.product(ikm=maker, published=True) for _ in range(PRODUCTS_SHOWN + 3)]
    factories.appearance(promotion=event, ikm=maker, products=products)

    page = read(client, event.get_absolute_url())

    assert f"{PRODUCTS_SHOWN} dari {PRODUCTS_SHOWN + 3} produk" in page.text


# -- elsewhere --------------------------------------------------------------------------------------------------------


def test_home_shows_the_next_event_and_nothing_when_there_is_none(client: Client) -> None:
    coming("Batal", days=1, cancelled_on=today())
    factories.promotion("Lewat", published=True)
    assert not read(client, "/").all(id="acara")

    coming("Sesudahnya", days=7)
    coming("Berikut", days=3)
    block = read(client, "/").one("section", aria_labelledby="acara")

    assert len(slugs(block)) == 1
    assert "Berikut" in block.text
    assert block.one("a", href=reverse("event_list"))


def test_records_tell_where_they_were_shown(client: Client) -> None:
    centre = factories.sentra(published=True)
    member, outsider = factories.ikm(published=True, sentra=centre), factories.ikm(published=True)
    product = factories.product(ikm=member, published=True)
    itself = factories.promotion("Sentra tampil", published=True, sentra=[centre], starts_on=factories.days_ago(5))
    by_member = factories.promotion("Anggota tampil", published=True, starts_on=factories.days_ago(9))
    factories.appearance(promotion=by_member, ikm=member, products=[product])
    hidden = {"Draf": {}, "Batal": {"published": True, "cancelled_on": today()}}
    for name, fields in hidden.items():
        promotion = factories.promotion(name, sentra=[centre], **fields)
        factories.appearance(promotion=promotion, ikm=member, products=[product])
    factories.appearance(promotion=factories.promotion("Orang lain", published=True), ikm=outsider)

    def history(address: str) -> str:
        found = read(client, address).all("section", aria_labelledby="riwayat-promosi")
        return found[0].text if found else ""

    of_sentra, of_member = history(centre.get_absolute_url()), history(member.get_absolute_url())
    assert of_sentra.index("Sentra tampil") < of_sentra.index("Anggota tampil")
    assert "Anggota tampil" in of_member
    assert "Sentra tampil" not in of_member
    page = read(client, product.get_absolute_url()).text
    assert f"Pernah tampil di: Anggota tampil ({by_member.starts_on.year})." in page
    for text in (of_sentra, of_member, page):
        assert not [name for name in (*hidden, "Orang lain") if name in text]
    assert itself.get_absolute_url() in client.get(centre.get_absolute_url()).content.decode()


def test_a_business_in_draft_gives_its_sentra_no_history(client: Client) -> None:
    centre = factories.sentra(published=True)
    factories.appearance(
        promotion=factories.promotion("Pameran", published=True), ikm=factories.ikm("UsahaDraf", sentra=centre)
    )
    assert not read(client, centre.get_absolute_url()).all(id="riwayat-promosi")


def test_an_article_leads_to_where_it_can_be_read(client: Client) -> None:
    ikm, source = factories.ikm(published=True), factories.source(url="https://koran.example/a")
    article = factories.promotion("Liputan koran", published=True, kind=PromotionKind.ARTICLE)
    article.sources.add(source)
    factories.appearance(promotion=article, ikm=ikm)

    section = read(client, ikm.get_absolute_url()).one("section", aria_labelledby="riwayat-promosi")

    assert section.one("a").get("href") == "https://koran.example/a"
    assert "Liputan" in section.text


def test_a_long_history_shows_five_and_the_rest_on_demand(client: Client) -> None:
    ikm = factories.ikm(published=True)
    for _ in range(7):
        factories.appearance(promotion=factories.promotion(published=True), ikm=ikm)

    section = read(client, ikm.get_absolute_url()).one("section", aria_labelledby="riwayat-promosi")

    assert len(section.all("li")) == 7
    assert len(section.one("details").all("li")) == 2
    assert section.one("summary").text.startswith("Lihat 2 lainnya")


def test_a_product_has_not_been_where_it_has_yet_to_go(client: Client) -> None:
    product = factories.product(published=True)
    factories.appearance(promotion=coming("Nanti"), ikm=product.ikm, products=[product])
    assert "Nanti" not in read(client, product.get_absolute_url()).text
