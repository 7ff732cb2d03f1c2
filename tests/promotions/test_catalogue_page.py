"""The catalogue as a page: what stands in it, in which order, and what must never."""

import re

import pytest
from django.test import Client

from semarang_ikm.shared.choices import Channel
from sentra.choices import ContactKind, FigureKind, PersonalField
from tests import factories as make
from tests.promotions.catalogue_rows import food, sentra_with_products

pytestmark = pytest.mark.django_db
PAGE = "/katalog/cetak/"
PUBLIC = "https://sentra.example.org"


def read(client: Client, query: str = "", path: str = PAGE) -> str:
    answer = client.get(path + query)
    assert answer.status_code == 200
    return answer.content.decode()


def sections(html: str) -> list[str]:
    return re.findall(r'data-print="(\w+)"', html)


def ids(html: str) -> list[str]:
    return re.findall(r' id="([SUP]-\d+)"', html)


def test_sections_stand_in_the_order_of_the_contract(client: Client) -> None:
    sentra_with_products(food(), "Bandeng presto")
    parts = ["cover", "contents", "usage", "map", "sentra", "products", "certificates", "index", "types", "back"]
    assert sections(read(client)) == parts


def test_entries_are_found_by_their_codes_once_each(client: Client) -> None:
    kind = food()
    sentra, products = sentra_with_products(kind, "Tahu pong", "Tempe")
    maker = make.ikm("KUB Uji", published=True, sentra=sentra)
    products.append(make.product("Tahu bakso", ikm=maker, product_type=kind, published=True))
    found = ids(read(client))
    assert sorted(found) == sorted([sentra.code, maker.code, *(product.code for product in products)])


def test_a_catalogue_holds_exactly_what_the_list_holds(client: Client) -> None:
    kind = food()
    _sentra, inside = sentra_with_products(kind, "Wingko", "Enting-enting")
    _other, outside = sentra_with_products(make.product_type("Logam"), "Dandang")
    found = ids(read(client, f"?jenis={kind.slug}"))
    assert {code for code in found if code[0] == "P"} == {product.code for product in inside}
    assert outside[0].code not in found


def test_every_sentra_has_its_own_page_and_loose_products_theirs(client: Client) -> None:
    kind = food()
    sentra_with_products(kind, "Tahu")
    sentra_with_products(kind, "Tempe")
    make.product("Keripik lepas", product_type=kind, published=True)
    html = read(client)
    assert sections(html).count("sentra") == 2
    assert "Produk di luar sentra" in html


def test_a_product_of_a_hidden_sentra_stands_alone_without_naming_it(client: Client) -> None:
    hidden = make.sentra("Sentra Rahasia")
    maker = make.ikm("KUB Terbuka", published=True, sentra=hidden)
    make.product("Keripik", ikm=maker, published=True)
    html = read(client)
    assert "Keripik" in html
    assert "Sentra Rahasia" not in html
    assert hidden.code not in html


def test_drafts_are_absent(client: Client) -> None:
    kind = food()
    sentra, _products = sentra_with_products(kind, "Yang terbit")
    make.product("Yang draf", sentra=sentra, product_type=kind)
    make.ikm("Usaha Draf", sentra=sentra)
    html = read(client)
    assert "Yang terbit" in html
    assert "Yang draf" not in html
    assert "Usaha Draf" not in html


def test_consent_for_the_web_does_not_reach_paper(client: Client) -> None:
    sentra, _products = sentra_with_products(food(), "Tahu")
    maker = make.ikm("Bu Sentinel", published=True, sentra=sentra, name_is_personal=True)
    make.contact(ikm=maker, value="+6281299990001")
    make.contact(sentra=sentra, value="+6281299990002")
    make.consent(maker, PersonalField.NAME, PersonalField.WHATSAPP, channels=[Channel.WEB])
    make.consent(sentra, PersonalField.WHATSAPP, channels=[Channel.WEB])
    html = read(client)
    assert f"Usaha {maker.code}" in html
    for secret in ("Bu Sentinel", "9999-0001", "99990001", "9999-0002", "99990002"):
        assert secret not in html


def test_consent_for_print_lets_name_and_number_through_until_withdrawn(client: Client) -> None:
    sentra, _products = sentra_with_products(food(), "Tahu")
    maker = make.ikm("Bu Setuju", published=True, sentra=sentra, name_is_personal=True)
    make.contact(ikm=maker, kind=ContactKind.WHATSAPP, value="+6281299990001")
    receipt = make.consent(maker, PersonalField.NAME, PersonalField.WHATSAPP, channels=[Channel.PRINT])
    html = read(client)
    assert "Bu Setuju" in html
    assert "0812-9999-0001" in html
    receipt.scopes.update(withdrawn_on=make.days_ago(0))
    assert "Bu Setuju" not in read(client)


def test_a_face_needs_consent_for_print(client: Client) -> None:
    sentra, (product,) = sentra_with_products(food(), "Tahu")
    make.product_photo(product=product, alt="Wajah", shows_people=True, portrait_consent_on=make.days_ago(9))
    assert "Wajah" not in read(client)
    make.consent(sentra, PersonalField.PORTRAIT, channels=[Channel.PRINT])
    assert "Wajah" in read(client)


def test_only_certificates_checked_and_valid_today_are_named(client: Client) -> None:
    _sentra, _rest = sentra_with_products(food(), "Tahu")
    maker = make.ikm(published=True)
    product = make.product("Abon", ikm=maker, published=True)
    kind = make.certificate_kind("halal", name="Halal")
    covered = {"ikm": maker, "kind": kind, "products": [product]}
    make.certification(number="SAH-1", **covered)
    make.certification(number="HABIS-1", issued_on=make.days_ago(900), expires_on=make.days_ago(1), **covered)
    make.certification(number="BELUM-1", checked=False, **covered)
    html = read(client)
    assert "SAH-1" in html
    assert html.count('data-cert="halal"') == 2  # its badge and its line
    assert "HABIS-1" not in html
    assert "BELUM-1" not in html


@pytest.mark.parametrize(("age", "shown"), [(0, True), (90, True), (91, False)])
def test_prices_leave_print_after_ninety_days(client: Client, age: int, shown: bool) -> None:
    make.product("Abon", published=True, price_min=12345, price_on=make.days_ago(age))
    assert ("Rp12.345 per bungkus" in read(client)) is shown


def test_an_old_price_quoted_for_a_sentra_leaves_print_too(client: Client) -> None:
    sentra, _products = sentra_with_products(food(), "Kulit lumpia")
    make.figure(sentra=sentra, kind=FigureKind.PRICE, value_min=98765, unit="Rp per lembar")
    make.figure(sentra=sentra, kind=FigureKind.MAKERS, value_min=36, unit="perajin")
    html = read(client)
    assert "98.765" not in html
    assert "36 perajin" in html
    assert "2017 · Harian Uji" in html


def test_a_sentence_that_names_an_amount_leaves_print(client: Client) -> None:
    summary = "Diasap setiap pagi. Pada 2018 harganya Rp35.000 sampai Rp70.000 sekilo. Dijual di tepi jalan."
    sentra_with_products(food(), "Ikan asap", summary=summary)
    html = read(client)
    assert "Diasap setiap pagi. Dijual di tepi jalan." in html
    assert "35.000" not in html


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]/"])
def test_no_qr_is_printed_for_an_address_that_will_die(client: Client, settings, address: str) -> None:
    settings.SITE_URL = address
    sentra, _products = sentra_with_products(food(), "Tahu")
    html = read(client)
    assert 'class="qr ' not in html
    assert 'data-note="no-qr"' in html
    assert sentra.code in html


def test_qr_codes_lead_to_permanent_codes(client: Client, settings) -> None:
    settings.SITE_URL = PUBLIC
    sentra, _products = sentra_with_products(food(), "Tahu")
    html = read(client)
    assert html.count('class="qr ') == 2  # the sentra's and the back cover's
    assert f'href="{PUBLIC}/k/{sentra.code}"' in html
    assert 'data-note="no-qr"' not in html


def test_an_empty_selection_gets_help_and_no_document(client: Client) -> None:
    kind = food()
    page, document = client.get(f"{PAGE}?jenis={kind.slug}"), client.get(f"/katalog/pdf/?jenis={kind.slug}")
    assert (page.status_code, document.status_code) == (200, 404)
    for answer in (page, document):
        assert 'href="/produk/?jenis=' in answer.content.decode()
        assert answer["Content-Type"].startswith("text/html")


def test_one_row_and_many_rows_ask_equally_often(client: Client, count_queries) -> None:
    kind = food()
    kelurahan = make.kelurahan()

    def add() -> None:
        sentra = make.sentra(published=True, types=[kind], kelurahan=[kelurahan])
        make.figure(sentra=sentra)
        maker = make.ikm(published=True, sentra=sentra, kelurahan=kelurahan)
        product = make.product(published=True, ikm=maker, product_type=kind)
        make.product(published=True, sentra=sentra, product_type=kind)
        make.certification(products=[product], ikm=maker)
        make.product_photo(product=product)
        make.contact(ikm=maker)
        make.consent(maker, PersonalField.WHATSAPP, channels=[Channel.PRINT])

    add()
    client.get(PAGE)
    one = count_queries(lambda: client.get(PAGE))
    for _ in range(4):
        add()
    assert count_queries(lambda: client.get(PAGE)) == one


def test_a_long_selection_is_cut_and_says_so(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("promotions.catalogue.selection.gather.__defaults__", (3, None))
    sentra_with_products(food(), "A", "B", "C", "D", "E")
    html = read(client)
    assert len([code for code in ids(html) if code[0] == "P"]) == 3
    assert "3 dari 5 produk" in html


def test_markup_in_names_stays_text(client: Client) -> None:
    sentra_with_products(food(), "<script>alert(1)</script>", name='"><img src=x onerror=alert(2)>')
    html = read(client)
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.parametrize(
    "query",
    [
        "?jenis=tidak-ada&kec=%27%3B--&harga=9-1&ekspor=maybe&urut=usaha&hal=0&cetak=zzz&foo=bar",
        "?jenis=a&jenis=b&jenis=a",
        "?q=" + "x" * 3000,
        "?q=%F0%9F%90%9F%20%E2%80%AE",
        "?hal=99999999999999999999",
    ],
)
def test_odd_parameters_are_never_an_error(client: Client, query: str) -> None:
    sentra_with_products(food(), "Tahu")
    for path in (PAGE, "/en/catalogue/print/"):
        assert client.get(path + query).status_code == 200


def test_an_unknown_parameter_is_noted_on_the_screen(client: Client) -> None:
    sentra_with_products(food(), "Tahu")
    assert 'data-note="ignored"' in read(client, "?warna=biru")
    assert 'data-note="ignored"' not in read(client)


@pytest.mark.parametrize("path", [PAGE, "/katalog/pdf/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405


def test_undecodable_bytes_are_refused_at_the_door(client: Client) -> None:
    assert client.get(f"{PAGE}?q=%FF%FE").status_code == 400
    assert client.get(f"{PAGE}?q=a%00b").status_code == 400


def test_english_marks_what_is_only_indonesian(client: Client) -> None:
    sentra_with_products(food(), "Tahu", summary="Perajin tahu.", name="Tahu Uji", name_en="Uji tofu")
    html = read(client, path="/en/catalogue/print/")
    assert '<html lang="en" ' in html
    assert "Uji tofu" in html
    assert re.search(r'lang="id"[^>]*>Perajin tahu\.', html)


def test_the_page_offers_the_list_and_the_pdf_of_the_same_selection(client: Client) -> None:
    kind = food()
    sentra_with_products(kind, "Tahu")
    html = read(client, f"?jenis={kind.slug}")
    assert f'href="/produk/?jenis={kind.slug}"' in html
    assert f'href="/katalog/pdf/?jenis={kind.slug}"' in html


# -- what the reader chooses -------------------------------------------------------------------------------------------


def root_of(html: str) -> str:
    return re.findall(r'<html lang="id" class="([^"]*)"', html)[0]


@pytest.mark.parametrize(
    ("asked", "set_on"),
    [
        ("", "a4 compact office"),
        ("?kertas=a5", "a5 compact office"),
        ("?kerapatan=lapang", "a4 large office"),
        ("?kertas=a5&kerapatan=lapang", "a5 large office"),
        ("?kertas=a4&kerapatan=rapat", "a4 compact office"),
    ],
)
def test_paper_and_density_are_the_readers(client: Client, asked: str, set_on: str) -> None:
    sentra_with_products(food(), "Tahu")
    html = read(client, asked)
    assert root_of(html) == set_on
    assert "tidak dikenal" not in html
    assert f"{set_on[:2].upper()} tegak." in html


def test_a_word_that_is_no_choice_is_told_and_the_usual_one_taken(client: Client) -> None:
    sentra_with_products(food(), "Tahu")
    html = read(client, "?kertas=a3&kerapatan=%3Cb%3E")
    assert root_of(html) == "a4 compact office"
    assert "“kertas=a3” tidak dikenal" in html and "kerapatan=<b>" not in html


def test_the_choice_keeps_the_selection_and_goes_into_the_file(client: Client) -> None:
    kind = food()
    sentra_with_products(kind, "Tahu")
    html = read(client, f"?jenis={kind.slug}&kertas=a5&kerapatan=lapang")
    form = html[html.index('<form method="get"') : html.index("</form>")]
    assert f'type="hidden" name="jenis" value="{kind.slug}"' in form
    assert re.findall(r'value="(\w+)" selected', form) == ["a5", "lapang"]
    assert f'href="/katalog/pdf/?jenis={kind.slug}&amp;kertas=a5&amp;kerapatan=lapang"' in html
    assert f'href="/produk/?jenis={kind.slug}"' in html


def test_whatever_the_paper_it_is_one_page_that_no_index_holds(client: Client, settings) -> None:
    settings.SITE_URL = PUBLIC
    kind = food()
    sentra_with_products(kind, "Tahu")
    for asked in ("", "&kertas=a5", "&kerapatan=lapang"):
        html = read(client, f"?jenis={kind.slug}{asked}")
        assert f'<link rel="canonical" href="{PUBLIC}/katalog/cetak/?jenis={kind.slug}">' in html
        assert '<meta name="robots" content="noindex">' in html
