"""The lists of sentra and businesses as pages: hooks, odd parameters, print, absence, constant queries."""

import pytest
from django.test import Client

from semarang_ikm.shared.choices import Channel
from sentra.choices import PersonalField
from tests import factories
from tests.pages import codes, read

pytestmark = pytest.mark.django_db
SECRET = "Sumiyati Rahasia"


@pytest.fixture
def place():
    return factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan("Barat", slug="barat"))


@pytest.fixture
def batik():
    return factories.product_type("Batik", slug="batik")


def many_sentra(number, place, kind):
    return [
        factories.sentra(f"Sentra Uji {n:02d}", published=True, kelurahan=[place], types=[kind]) for n in range(number)
    ]


def test_a_card_leads_to_its_sentra_and_names_type_and_place(client: Client, place, batik):
    (sentra,) = many_sentra(1, place, batik)
    card = read(client, "/sentra/").one(id="hasil").one("li", data_code=sentra.code)
    links = [link.get("href") for link in card.all("a")]
    assert links == [sentra.get_absolute_url(), batik.get_absolute_url(), place.get_absolute_url()]


def test_the_filter_form_is_one_get_form_with_counts_beside_the_values(client: Client, place, batik):
    many_sentra(2, place, batik)
    form = read(client, "/sentra/").one("form", id="saring")
    assert form.get("method") == "get"
    box = form.one("fieldset", data_facet="jenis").one("input", name="jenis", value="batik")
    assert box.get("type") == "checkbox"
    assert form.one("fieldset", data_facet="jenis").one(data_count="2")
    assert form.one("input", name="q")


def test_a_used_filter_is_ticked_and_a_chip_removes_it(client: Client, place, batik):
    (sentra,) = many_sentra(1, place, batik)
    factories.sentra("Sentra Lain", published=True)
    page = read(client, "/sentra/?jenis=batik&kec=barat")
    assert codes(page) == [sentra.code]
    assert "checked" in page.one("input", name="jenis", value="batik").attributes
    chips = page.one("div", id="filter-dipakai")
    assert chips.one("a", data_remove="jenis=batik").get("href") == "/sentra/?kec=barat"
    assert chips.one("a", data_remove="kec=barat").get("href") == "/sentra/?jenis=batik"
    assert chips.one("a", data_clear=True).get("href") == "/sentra/"


def test_pages_keep_the_filters(client: Client, place, batik):
    many_sentra(30, place, batik)
    first = read(client, "/sentra/?jenis=batik")
    assert first.one(id="hasil").get("data-total") == "30"
    assert len(codes(first)) == 24
    pages = first.one("nav", **{"class": "halaman"})
    assert pages.one(aria_current="page").text == "Halaman 1"
    assert pages.one("a", rel="next").get("href") == "/sentra/?jenis=batik&hal=2"
    second = read(client, "/sentra/?jenis=batik&hal=2")
    assert second.one("a", rel="prev").get("href") == "/sentra/?jenis=batik"
    assert len(codes(second)) == 6
    assert not set(codes(first)) & set(codes(second))
    assert "halaman 2 dari 2" in second.one("title").text


def test_one_page_has_no_page_links(client: Client, place, batik):
    many_sentra(3, place, batik)
    assert not read(client, "/sentra/").all("nav", **{"class": "halaman"})


@pytest.mark.parametrize("number", ["9", "0", "-1", "x", "99999999999999999999"])
def test_a_page_that_does_not_exist_leads_to_the_first_with_the_filters_kept(client: Client, number, place, batik):
    many_sentra(1, place, batik)
    answer = client.get(f"/sentra/?jenis=batik&hal={number}")
    assert answer.status_code == 302
    assert answer["Location"] == "/sentra/?jenis=batik"


def test_an_unknown_filter_is_said_and_ignored(client: Client, place, batik):
    many_sentra(1, place, batik)
    page = read(client, "/sentra/?jenis=xyz&warna=merah")
    note = page.one(data_note="ignored").text
    assert "jenis=xyz" in note
    assert "warna=merah" in note
    assert len(codes(page)) == 1


@pytest.mark.parametrize("path", ["/sentra/", "/usaha/", "/produk/"])
@pytest.mark.parametrize(
    "query",
    [
        "?q=%27%3B--",
        "?q=<script>alert(1)</script>",
        "?jenis=&kec=",
        "?jenis=a&jenis=a&jenis=b",
        "?urut=harga",
        "?cetak=ya",
        "?hal[]=1",
        "?q=" + "a" * 3000,
        "?kel=%F0%9F%90%9F",
        "?ekspor=2",
        "?harga=0-99",
        "?sertifikat=halal",
        "?urut=jarak&kel=krobokan",
        "?urut=relevan&q=x",
        "?q=%22%22",
        "?__all__=1",
    ],
)
def test_odd_parameters_never_break_a_list(client: Client, path, query, place):
    answer = client.get(path + query)
    assert answer.status_code == 200
    assert b"<script>alert" not in answer.content


@pytest.mark.parametrize("query", ["?q=%ff", "?q=%00", "?" + "a=1&" * 101, "?q=" + "a" * 9000])
@pytest.mark.parametrize("path", ["/", "/sentra/", "/wilayah/", "/en/", "/k/S-01"])
def test_unreadable_addresses_are_refused_before_any_view(client: Client, path, query):
    assert client.get(path + query).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/sentra/", "/usaha/", "/produk/", "/wilayah/", "/jenis/", "/sertifikasi/", "/tentang/"]
)
def test_pages_are_read_only(client: Client, path):
    assert client.post(path).status_code == 405


def test_an_empty_result_says_what_to_drop_and_what_that_gives(client: Client, place, batik):
    many_sentra(3, place, batik)
    factories.kecamatan("Tugu", slug="tugu")
    page = read(client, "/sentra/?jenis=batik&kec=tugu")
    assert page.one(id="hasil").get("data-total") == "0"
    way = page.one(id="kosong").one("a", data_predicted=True)
    assert (way.get("data-predicted"), way.get("href")) == ("3", "/sentra/?jenis=batik")
    assert not read(client, str(way.get("href"))).all(id="kosong")


def test_drafts_are_in_no_list(client: Client, place, batik):
    factories.sentra("Sentra Draf", kelurahan=[place], types=[batik])
    factories.ikm("Usaha Draf", kelurahan=place, types=[batik])
    for path in ("/sentra/", "/usaha/", "/sentra/?cetak=1", "/usaha/?cetak=1", "/sentra/?q=draf"):
        assert "Draf" not in client.get(path).content.decode()


def test_a_personal_name_without_consent_is_a_code(client: Client, place):
    ikm = factories.ikm(SECRET, name_is_personal=True, published=True, kelurahan=place)
    for path in ("/usaha/", "/usaha/?cetak=1", f"/usaha/{ikm.slug}/"):
        html = client.get(path).content.decode()
        assert SECRET not in html
        assert f"Usaha {ikm.code}" in html


def test_consent_for_the_web_does_not_reach_paper(client: Client, place):
    ikm = factories.ikm(SECRET, name_is_personal=True, published=True, kelurahan=place)
    factories.contact(ikm=ikm)
    factories.consent(ikm, PersonalField.NAME, PersonalField.WHATSAPP)
    assert SECRET in client.get("/usaha/").content.decode()
    printed = client.get("/usaha/?cetak=1").content.decode()
    assert SECRET not in printed
    assert "0812-1555-0123" not in printed
    factories.consent(ikm, PersonalField.NAME, PersonalField.WHATSAPP, channels=[Channel.PRINT])
    printed = client.get("/usaha/?cetak=1").content.decode()
    assert SECRET in printed
    assert "0812-1555-0123" in printed


def test_print_holds_the_whole_list_and_says_its_filters(client: Client, place, batik):
    many_sentra(30, place, batik)
    page = read(client, "/sentra/?jenis=batik&cetak=1")
    assert len(page.one(id="hasil").all("tr", data_code=True)) == 30
    assert "Jenis produk: Batik" in page.one("main").text


def test_print_says_when_it_is_cut(client: Client, place, batik, monkeypatch):
    monkeypatch.setattr("semarang_ikm.shared.listing.PRINT_LIMIT", 5)
    many_sentra(6, place, batik)
    page = read(client, "/sentra/?cetak=1")
    assert len(page.one(id="hasil").all("tr", data_code=True)) == 5
    assert "Hanya 5 baris pertama dari 6" in page.one("main").text


def test_lists_link_to_print_and_catalogue_with_the_same_filters(client: Client, place, batik):
    many_sentra(1, place, batik)
    links = [
        link.get("href") for link in read(client, "/sentra/?jenis=batik").one("main").all("a", data_action="print")
    ]
    assert links == ["/katalog/cetak/?jenis=batik", "/katalog/pdf/?jenis=batik", "/sentra/?jenis=batik&cetak=1"]


@pytest.mark.parametrize(
    "path", ["/sentra/", "/usaha/", "/sentra/?cetak=1", "/usaha/?cetak=1", "/usaha/?jenis=batik&kec=barat"]
)
def test_a_list_costs_the_same_for_one_row_and_for_many(client: Client, count_queries, path, place, batik):
    def add(number: int) -> None:
        for n in range(number):
            sentra = factories.sentra(f"Sentra {n} {number}", published=True, kelurahan=[place], types=[batik])
            factories.sentra_photo(sentra=sentra)
            ikm = factories.ikm(f"Usaha {n} {number}", published=True, sentra=sentra, kelurahan=place, types=[batik])
            factories.contact(ikm=ikm)
            factories.consent(ikm, PersonalField.WHATSAPP, channels=[Channel.PRINT])

    add(1)
    one = count_queries(lambda: client.get(path))
    add(9)
    assert count_queries(lambda: client.get(path)) == one
