"""Products and certificates as pages."""

from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from sentra.choices import PersonalField
from tests import factories
from tests.pages import codes, read

pytestmark = pytest.mark.django_db
SECRET = "Sumiyati Rahasia"


@pytest.fixture
def product():
    sentra = factories.sentra("Bandeng Tambakrejo", published=True)
    ikm = factories.ikm("KUB Bandeng", published=True, sentra=sentra, kelurahan=factories.kelurahan("Tambakrejo"))
    return factories.product("Bandeng presto", published=True, ikm=ikm, name_en="Soft-boned milkfish")


def test_the_page_names_maker_sentra_and_place(client: Client, product):
    main = read(client, product.get_absolute_url()).one("main")
    for target in (product.ikm, product.ikm.sentra, product.ikm.kelurahan, product.ikm.kelurahan.kecamatan):
        assert main.all("a", href=target.get_absolute_url())


def test_a_product_of_a_sentra_as_a_whole_has_no_maker_page(client: Client):
    sentra = factories.sentra("Lumpia", published=True, kelurahan=[factories.kelurahan("Kranggan")])
    product = factories.product("Kulit lumpia", published=True, sentra=sentra)
    main = read(client, product.get_absolute_url()).one("main")
    assert main.all("a", href=sentra.get_absolute_url())
    assert "Kranggan" in main.text
    assert "Pembuat" not in main.text


def test_a_price_stands_with_unit_and_date(client: Client):
    product = factories.product(
        published=True, price_min=15000, price_max=20000, price_unit="ekor", price_on=factories.days_ago(10)
    )
    page = read(client, product.get_absolute_url()).one("main")
    assert "Rp15.000–Rp20.000 per ekor" in page.text
    assert page.one(data_source_date=factories.days_ago(10).isoformat())


def test_no_price_is_asked_for_and_never_zero(client: Client, product):
    page = read(client, product.get_absolute_url())
    assert "Harga tanyakan" in page.text
    assert "Rp0" not in page.text


def test_an_old_price_shows_its_year_on_the_card_and_leaves_paper(client: Client):
    old = factories.days_ago(500)
    factories.product(published=True, price_min=15000, price_on=old)
    factories.product(published=True, price_min=18000, price_on=factories.days_ago(100))
    card, fresh = read(client, "/produk/").one(id="hasil").all("li", data_code=True)
    assert f"({old.year})" in card.text
    assert "(" not in fresh.one("p", **{"class": "price no-print"}).text
    assert "Rp1" not in read(client, "/produk/?cetak=1").one(id="hasil").text


def test_whatsapp_names_the_product_and_its_code(client: Client, product):
    factories.contact(ikm=product.ikm)
    factories.consent(product.ikm, PersonalField.WHATSAPP)
    href = str(read(client, product.get_absolute_url()).one("a", data_action="whatsapp").get("href"))
    assert "Halo KUB Bandeng, saya melihat Bandeng presto (" + product.code in unquote(href)


def test_names_with_quotes_and_tags_stay_text(client: Client):
    product = factories.product('<b>D\'Bandeng</b> & "Co"', published=True)
    factories.contact(ikm=product.ikm)
    factories.consent(product.ikm, PersonalField.WHATSAPP)
    html = client.get(product.get_absolute_url()).content.decode()
    assert "<b>D" not in html
    href = str(read(client, product.get_absolute_url()).one("a", data_action="whatsapp").get("href"))
    assert "D'Bandeng" in unquote(href)
    assert "&#x27;" not in unquote(href)


def test_a_maker_with_a_personal_name_is_a_code_everywhere(client: Client):
    ikm = factories.ikm(SECRET, name_is_personal=True, published=True)
    product = factories.product("Tempe", published=True, ikm=ikm)
    for path in ("/produk/", "/produk/?cetak=1", product.get_absolute_url(), product.product_type.get_absolute_url()):
        html = client.get(path).content.decode()
        assert SECRET not in html
        assert f"Usaha {ikm.code}" in html


def test_cards_wear_valid_certificates_only_and_at_most_two(client: Client, product):
    for position, slug in enumerate(["halal", "p-irt", "sni"]):
        factories.certification(products=[product], kind=factories.certificate_kind(slug, position=position))
    factories.certification(
        products=[product], kind=factories.certificate_kind("haccp"), expires_on=factories.days_ago(1)
    )
    factories.certification(products=[product], kind=factories.certificate_kind("merek"), checked=False)
    card = read(client, "/produk/").one(id="hasil").one("li", data_code=product.code)
    assert [(b.get("data-cert"), b.get("data-state")) for b in card.all(data_cert=True)] == [
        ("halal", "valid"),
        ("p-irt", "valid"),
    ]


def test_the_page_shows_every_state_with_its_word(client: Client, product):
    for slug, fields in {
        "halal": {},
        "p-irt": {"expires_on": factories.days_ago(-20)},
        "haccp": {"expires_on": factories.days_ago(1)},
        "merek": {"checked": False},
    }.items():
        factories.certification(products=[product], kind=factories.certificate_kind(slug), **fields)
    badges = {
        b.get("data-cert"): (b.get("data-state"), b.text)
        for b in read(client, product.get_absolute_url()).all(data_cert=True)
    }
    assert {slug: state for slug, (state, _text) in badges.items()} == {
        "halal": "valid",
        "p-irt": "ending",
        "haccp": "expired",
        "merek": "unverified",
    }
    assert "segera habis" in badges["p-irt"][1]
    assert "habis" in badges["haccp"][1]
    assert "menunggu pemeriksaan" in badges["merek"][1]


def test_a_certificate_of_the_business_is_not_worn_by_its_products(client: Client, product):
    factories.certification(ikm=product.ikm, kind=factories.certificate_kind("halal"))
    assert not read(client, product.get_absolute_url()).all(data_cert=True)


def test_similar_products_are_of_the_same_type_and_public(client: Client, product):
    other = factories.product("Bandeng otak-otak", published=True, product_type=product.product_type)
    factories.product("Bandeng Draf", product_type=product.product_type)
    factories.product("Kain", published=True)
    cards = read(client, product.get_absolute_url()).all("li", data_code=True)
    assert [card.get("data-code") for card in cards] == [other.code]


def test_english_marks_what_exists_in_indonesian_only_and_says_so_once(client: Client, product):
    product.summary = "Duri lunak."
    product.save()
    with override("en"):
        page = read(client, product.get_absolute_url())
    assert page.one("html").get("lang") == "en"
    assert page.one("h1").text == "Soft-boned milkfish"
    assert page.one("h1").get("lang") is None
    (summary,) = [p for p in page.all("p", lang="id") if p.text == "Duri lunak."]
    assert summary
    with override("en"):
        said = gettext("Teks ini hanya tersedia dalam bahasa Indonesia.")
    assert page.text.count(said) == 1


def test_the_certificate_page_counts_what_its_links_show(client: Client, product):
    kind = factories.certificate_kind("halal")
    factories.certification_rule(
        kind=kind, has_fixed_end=False, condition="selama bahan tidak berubah", legal_basis="UU 6/2023"
    )
    factories.certification(products=[product], kind=kind)
    page = read(client, "/sertifikasi/halal/")
    assert "UU 6/2023" in page.text
    assert "selama bahan tidak berubah" in page.text
    for path in ("/usaha/", "/produk/"):
        assert page.all("a", href=f"{path}?sertifikat=halal")[0].text.split()[1] == "1"
        assert len(codes(read(client, f"{path}?sertifikat=halal"))) == 1
    assert client.get("/sertifikasi/tidak-ada/").status_code == 404
    assert "HALAL" in read(client, "/sertifikasi/").text


@pytest.mark.parametrize(
    "path",
    ["/produk/", "/produk/?cetak=1", "/produk/?jenis=jenis-uji&q=produk", "/sertifikasi/", "/produk/produk-tetap/"],
)
def test_product_pages_cost_the_same_for_one_row_and_for_many(client: Client, count_queries, path):
    kind = factories.product_type("Jenis Uji")
    factories.product("Produk tetap", published=True, product_type=kind)

    def add(number: int) -> None:
        for _n in range(number):
            sentra = factories.sentra(published=True, kelurahan=[factories.kelurahan()])
            ikm = factories.ikm(published=True, sentra=sentra, kelurahan=factories.kelurahan())
            factories.contact(ikm=ikm)
            for maker in ({"ikm": ikm}, {"sentra": sentra}):
                product = factories.product(published=True, product_type=kind, price_min=1000, **maker)
                factories.product_photo(product=product)
            factories.certification(products=[factories.product(published=True, product_type=kind, ikm=ikm)])

    add(1)
    one = count_queries(lambda: client.get(path))
    add(4)
    assert count_queries(lambda: client.get(path)) == one
