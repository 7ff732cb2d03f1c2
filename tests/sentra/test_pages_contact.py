"""The contact block: one order everywhere, a message that is understood, the office where nobody may be reached."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from semarang_ikm.shared.choices import Channel
from sentra.choices import ContactKind, PersonalField
from sentra.models import OfficeProfile
from tests import factories
from tests.pages import Element, read

pytestmark = pytest.mark.django_db
EVERYTHING = {
    ContactKind.WEBSITE: "https://contoh.example/toko",
    ContactKind.ADDRESS: "Jalan Contoh 1",
    ContactKind.EMAIL: "toko@contoh.example",
    ContactKind.TELEPHONE: "+62248310000",
    ContactKind.WHATSAPP: "+6281215550123",
}


@pytest.fixture
def maker():
    return factories.ikm("KUB Bandeng", published=True)


def give(subject, *kinds: str, channels=(Channel.WEB,)) -> None:
    relation = "ikm" if hasattr(subject, "name_is_personal") else "sentra"
    for kind in kinds:
        factories.contact(kind, EVERYTHING[ContactKind(kind)], **{relation: subject})
    factories.consent(subject, *kinds, channels=channels)


def block(client: Client, address: str) -> Element:
    return read(client, address).one("section", id="kontak")


def message(link: Element) -> str:
    return parse_qs(urlsplit(str(link.get("href"))).query)["text"][0]


def office(**fields: str) -> None:
    profile = OfficeProfile.load()
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save()


def test_ways_to_reach_somebody_stand_in_one_order(client: Client, maker) -> None:
    give(maker, *EVERYTHING)
    terms = [term.text for term in block(client, maker.get_absolute_url()).all("dt")]
    shown = ["WhatsApp", "Telepon", "Surel", "Alamat", "Situs atau toko daring"]
    assert [term for term in terms if term in shown][: len(shown)] == shown


def test_the_number_stands_in_words_as_the_reader_dials_it(client: Client, maker) -> None:
    give(maker, ContactKind.WHATSAPP, ContactKind.TELEPHONE)
    here = block(client, maker.get_absolute_url()).text
    assert "0812-1555-0123" in here and "(024) 8310000" in here
    abroad = block(client, f"/en/businesses/{maker.slug}/").text
    assert "+62 812 1555 0123" in abroad


def test_a_landline_gets_no_whatsapp_button(client: Client, maker) -> None:
    give(maker, ContactKind.TELEPHONE)
    links = [link.get("data-action") for link in block(client, maker.get_absolute_url()).all("a", data_action=True)]
    assert links == ["telephone"]


def test_a_message_names_the_product_and_its_code(client: Client, maker) -> None:
    product = factories.product("Bandeng presto", ikm=maker, published=True)
    give(maker, ContactKind.WHATSAPP)
    (link,) = block(client, product.get_absolute_url()).all("a", data_action="whatsapp")
    assert (
        message(link)
        == f"Halo KUB Bandeng, saya melihat Bandeng presto ({product.code}) di Sentra Semarang. Apakah masih ada?"
    )


def test_a_message_from_an_english_page_is_understood_by_an_indonesian_maker(client: Client, maker) -> None:
    product = factories.product("Bandeng presto", name_en="Soft-boned milkfish", ikm=maker, published=True)
    give(maker, ContactKind.WHATSAPP)
    (link,) = block(client, f"/en/products/{product.slug}/").all("a", data_action="whatsapp")
    english, indonesian = message(link).split("\n\n")
    assert english.startswith("Hello KUB Bandeng") and f"Soft-boned milkfish ({product.code})" in english
    assert indonesian.startswith("Halo KUB Bandeng") and f"Bandeng presto ({product.code})" in indonesian


def test_without_consent_the_office_passes_the_message_on(client: Client, maker) -> None:
    factories.contact(ikm=maker)
    office(whatsapp="+6281215550999", telephone="+62243500000", email="dinas@contoh.example")
    contact = block(client, maker.get_absolute_url())
    (link,) = contact.all("a", data_action="whatsapp")
    assert "6281215550999" in str(link.get("href"))
    # Addressed to the office, not to the maker.
    assert message(link).startswith(f"Halo, saya melihat KUB Bandeng ({maker.code})")
    assert "Dinas akan meneruskan pesan Anda." in contact.text
    assert "0812-1555-0123" not in contact.text


def test_an_address_alone_is_no_answer_so_the_office_stands_beside_it(client: Client, maker) -> None:
    give(maker, ContactKind.ADDRESS)
    office(telephone="+62243500000")
    contact = block(client, maker.get_absolute_url()).text
    assert "Jalan Contoh 1" in contact and "Telepon Dinas" in contact


def test_an_office_with_a_landline_only_has_no_whatsapp_button(client: Client, maker) -> None:
    office(whatsapp="+62243500000")
    assert block(client, maker.get_absolute_url()).all("a", data_action="whatsapp") == []


def test_an_office_without_any_contact_is_said(client: Client, maker) -> None:
    contact = block(client, maker.get_absolute_url())
    assert "Kontak dinas juga belum tersedia di sini." in contact.text
    assert contact.all("a") == []


def test_the_consent_line_tells_the_day(client: Client, maker) -> None:
    assert "persetujuan pemilik, " not in block(client, maker.get_absolute_url()).text
    give(maker, ContactKind.WHATSAPP)
    assert "Ditampilkan dengan persetujuan pemilik, " in block(client, maker.get_absolute_url()).text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"visiting_hours": "Setiap Sabtu"}, "Setiap Sabtu"),
        ({"welcomes_visitors": False}, "tidak menerima kunjungan"),
        ({}, "belum diketahui"),
    ],
)
def test_a_sentra_says_when_one_may_come(client: Client, fields, said) -> None:
    sentra = factories.sentra("Sentra Uji", published=True, **fields)
    assert said in block(client, sentra.get_absolute_url()).text


def parts(client: Client, address: str) -> dict[str, str]:
    """The two faces of the block: on the screen and on paper."""
    faces = {str(child.get("class")): child.text for child in block(client, address).children if child.tag == "div"}
    return {"screen": faces.get("stack no-print", ""), "paper": faces.get("stack print-only", "")}


def test_on_the_print_of_a_page_stays_what_both_channels_allow(client: Client, maker) -> None:
    give(maker, ContactKind.WHATSAPP)
    give(maker, ContactKind.TELEPHONE, channels=(Channel.WEB, Channel.PRINT))
    give(maker, ContactKind.ADDRESS, channels=(Channel.PRINT,))
    faces = parts(client, maker.get_absolute_url())
    assert "0812-1555-0123" in faces["screen"] and "0812-1555-0123" not in faces["paper"]
    assert "8310000" in faces["screen"] and "8310000" in faces["paper"]
    assert "Jalan Contoh" not in faces["screen"] + faces["paper"]


def test_the_page_made_for_paper_shows_what_may_stand_there(client: Client, maker) -> None:
    give(maker, ContactKind.WHATSAPP)
    give(maker, ContactKind.ADDRESS, channels=(Channel.PRINT,))
    page = read(client, f"{maker.get_absolute_url()}?cetak=1")
    contact = page.one("section", id="kontak").text
    assert "Jalan Contoh 1" in contact and "0812-1555-0123" not in contact
    assert page.one("button", data_action="print")
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    assert read(client, maker.get_absolute_url()).one("a", data_action="print").get("href") == "?cetak=1"


def test_a_personal_name_with_consent_for_the_web_is_its_code_on_paper(client: Client) -> None:
    maker = factories.ikm("Sumiyati Rahasia", name_is_personal=True, published=True)
    factories.consent(maker, PersonalField.NAME)
    heading = read(client, maker.get_absolute_url()).one("h1")
    assert [(part.get("class"), part.text) for part in heading.all("span")] == [
        ("no-print", "Sumiyati Rahasia"),
        ("print-only", f"Usaha {maker.code}"),
    ]
    paper = client.get(f"{maker.get_absolute_url()}?cetak=1").content.decode()
    assert "Sumiyati" not in paper


@pytest.mark.parametrize("site_url", ["", "http://127.0.0.1:8000", "https://sentra.semarang.example"])
def test_the_code_for_paper_has_a_qr_only_where_the_address_lasts(client: Client, maker, settings, site_url) -> None:
    settings.SITE_URL = site_url
    box = read(client, maker.get_absolute_url()).one("div", **{"class": "print-only code-box"})
    assert maker.code in box.text
    if "semarang" in site_url:
        assert box.one("svg") and f"{site_url}/k/{maker.code}" in box.text
    else:
        assert box.all("svg") == [] and "Tanpa QR" in box.text


def test_everything_of_a_sentra_is_one_tap_away_and_nothing_else(client: Client, count_queries) -> None:
    sentra, other = factories.sentra("Sentra Uji", published=True), factories.sentra("Sentra Uji Lain", published=True)
    own = [factories.ikm(f"Usaha {n:03d}", published=True, sentra=sentra) for n in range(303)]
    products = [factories.product(f"Produk {n:02d}", ikm=own[0], published=True) for n in range(11)]
    factories.product(
        "Produk Sentra Uji", ikm=factories.ikm("Sentra Uji", published=True, sentra=other), published=True
    )

    page = read(client, sentra.get_absolute_url())
    links = {link.get("href"): link.text for link in page.one("main").all("a") if "semua" in str(link.get("href"))}
    assert links == {"?semua=1#produk": "Lihat semua 11 produk", "?semua=1#usaha": "Lihat semua 303 usaha"}
    shown = {
        row.get("data-code") for row in read(client, f"{sentra.get_absolute_url()}?semua=1").all("li", data_code=True)
    }
    assert shown == {row.code for row in (*own, *products)}


def test_buyers_who_read_english_see_the_facts_of_an_order_first(client: Client, maker) -> None:
    product = factories.product(
        "Bandeng", ikm=maker, published=True, summary="Ringkas", minimum_order="20 kg", hs_code="1604.20"
    )

    def words(address: str) -> list[str]:
        return [part.text for part in read(client, address).one("main").all() if part.tag in ("dt", "p", "h2")]

    english = words(f"/en/products/{product.slug}/")
    order = ["Minimum order", "Capacity a month", "Lead time", "Export", "HS code", "Certificates", "Ringkas"]
    assert [english.index(word) for word in order] == sorted(english.index(word) for word in order)
    indonesian = words(product.get_absolute_url())
    assert indonesian.index("Ringkas") < indonesian.index("Pesanan minimum")


def test_english_menus_and_filters_follow_what_buyers_look_for(client: Client, maker) -> None:
    factories.product(ikm=maker, published=True, is_export_ready=True)
    menu = [link.text for link in read(client, "/en/").one("nav", **{"class": "menu"}).all("a")]
    assert menu[:3] == ["Centres", "Products", "Businesses"] and "Areas" not in menu
    menu = [link.text for link in read(client, "/").one("nav", **{"class": "menu"}).all("a")]
    assert menu[:3] == ["Sentra", "Produk", "Wilayah"] and "Usaha" not in menu
    for path, first in (("/en/businesses/", "ekspor"), ("/usaha/", "jenis")):
        facets = read(client, path).one(id="saring").all("fieldset")
        keys = [facet.get("data-facet") for facet in facets]
        assert keys[0] == first or (first == "jenis" and keys[-1] == "ekspor")


def test_a_product_of_a_closed_business_says_so(client: Client) -> None:
    closed = factories.ikm("KUB Lama", published=True, activity="closed")
    product = factories.product(ikm=closed, published=True)
    assert "Sudah tutup." in read(client, product.get_absolute_url()).one("main").text
