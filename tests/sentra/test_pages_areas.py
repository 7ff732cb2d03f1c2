"""Areas in three levels, and the one box that leads to them."""

import copy

import pytest
from django.test import Client

from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(standing_city, db):
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db):
    """Krobokan with a sentra and a business, an empty neighbour, and a name that two kelurahan share."""
    barat = factories.kecamatan("Semarang Barat", slug="semarang-barat")
    mijen, selatan = factories.kecamatan("Mijen", slug="mijen"), factories.kecamatan("Semarang Selatan", slug="selatan")
    krobokan = factories.kelurahan("Krobokan", slug="krobokan", kecamatan=barat)
    kerupuk = factories.product_type("Kerupuk")
    sentra = factories.sentra("Kerupuk Krobokan", published=True, types=[kerupuk], kelurahan=[krobokan])
    ikm = factories.ikm("Kelompok Gurih", published=True, kelurahan=krobokan, types=[kerupuk])
    return {
        "krobokan": krobokan,
        "empty": factories.kelurahan("Cabean", slug="cabean", kecamatan=barat, longitude="110.400000"),
        "mijen": factories.kelurahan("Purwosari", slug="purwosari-mijen", kecamatan=mijen),
        "other": factories.kelurahan("Purwosari", slug="purwosari-selatan", kecamatan=selatan),
        "gunungpati": factories.kelurahan(
            "Gunungpati", slug="gunungpati", kecamatan=factories.kecamatan("Gunungpati", slug="gunungpati")
        ),
        "sentra": sentra,
        "ikm": ikm,
        "product": factories.product("Kerupuk udang", published=True, ikm=ikm, product_type=kerupuk),
        "of_sentra": factories.product("Kerupuk terung", published=True, sentra=sentra, product_type=kerupuk),
    }


def lead(client: Client, name: str, path: str = "/wilayah/") -> str:
    answer = client.get(path, {"nama": name})
    assert answer.status_code == 302, name
    return answer["Location"]


@pytest.mark.parametrize(
    "typed",
    [
        "Krobokan",
        "krobokan",
        " KROBOKAN ",
        "Kelurahan Krobokan",
        "kel. krobokan",
        "Krobokan – Semarang Barat",
        "krobokan semarang barat",
    ],
)
def test_one_field_and_one_tap_lead_to_what_is_made_in_krobokan(client: Client, city, typed):
    target = lead(client, typed)
    assert target == "/wilayah/semarang-barat/krobokan/"
    shown = [card.get("data-code") for card in read(client, target).all("li", data_code=True)]
    assert set(shown) == {city["sentra"].code, city["ikm"].code, city["product"].code, city["of_sentra"].code}


def test_a_name_with_or_without_spaces_and_a_kecamatan_is_found(client: Client, city):
    assert lead(client, "gunung pati") == "/wilayah/gunungpati/gunungpati/"
    assert lead(client, "Semarang Barat") == "/wilayah/semarang-barat/"


def test_an_alias_leads_to_its_area(client: Client, city):
    factories.area_alias("Kampung Malon", kelurahan=city["gunungpati"])
    assert lead(client, "kampung malon") == "/wilayah/gunungpati/gunungpati/"


def test_a_name_that_two_areas_bear_gives_a_choice(client: Client, city):
    choice = read(client, "/wilayah/?nama=purwosari").one(id="pilihan")
    links = {link.get("href") for link in choice.all("a")}
    assert links == {"/wilayah/mijen/purwosari-mijen/", "/wilayah/selatan/purwosari-selatan/"}
    assert lead(client, "Purwosari – Mijen") == "/wilayah/mijen/purwosari-mijen/"


def test_a_typing_error_gives_suggestions(client: Client, city):
    links = [link.get("href") for link in read(client, "/wilayah/?nama=krobkan").one(id="pilihan").all("a")]
    assert links[0] == "/wilayah/semarang-barat/krobokan/"


@pytest.mark.parametrize("typed", ["zzzzqq", "<b>", "—", "x" * 5000, "🐟"])
def test_a_name_that_means_nothing_is_answered_with_the_whole_list(client: Client, city, typed):
    answer = client.get("/wilayah/", {"nama": typed})
    assert answer.status_code == 200
    assert b"<b>" not in answer.content
    assert answer.content.decode().count("semarang-barat/krobokan/")


def test_the_box_offers_every_kelurahan_and_takes_any_text(client: Client, city):
    page = read(client, "/")
    box = page.one("input", name="nama")
    offered = page.one("datalist", id=str(box.get("list"))).all("option")
    assert [option.get("value") for option in offered].count("Purwosari – Mijen") == 1
    assert len(offered) == 5


def test_a_wrong_kecamatan_in_the_address_leads_to_the_right_one(client: Client, city):
    answer = client.get("/wilayah/mijen/krobokan/")
    assert (answer.status_code, answer["Location"]) == (301, "/wilayah/semarang-barat/krobokan/")


@pytest.mark.parametrize("path", ["/wilayah/tidak-ada/", "/wilayah/mijen/tidak-ada/", "/wilayah/tidak-ada/tidak-ada/"])
def test_areas_that_do_not_exist_are_not_found(client: Client, city, path):
    assert client.get(path).status_code == 404


def test_an_empty_kelurahan_points_to_the_nearest_filled_one_and_stays_out_of_search_engines(client: Client, city):
    page = read(client, "/wilayah/semarang-barat/cabean/")
    links = [link.get("href") for link in page.one(id="kosong").all("a")]
    assert links[0] == "/wilayah/semarang-barat/krobokan/"
    assert "/wilayah/mijen/purwosari-mijen/" not in links
    assert page.one("meta", name="robots").get("content") == "noindex, follow"
    assert not read(client, "/wilayah/semarang-barat/krobokan/").all("meta", name="robots")


def test_totals_of_a_kelurahan_are_those_of_the_lists_it_links_to(client: Client, city):
    page = read(client, "/wilayah/semarang-barat/krobokan/").one("main")
    for path, total in (("/produk/", "2"), ("/usaha/", "1")):
        (link,) = [a for a in page.all("a") if str(a.get("href")).startswith(f"{path}?kec=")]
        assert read(client, str(link.get("href"))).one(id="hasil").get("data-total") == total


def test_drafts_fill_no_area(client: Client, city):
    factories.sentra("Sentra Draf", kelurahan=[city["empty"]])
    factories.ikm("Usaha Draf", kelurahan=city["empty"])
    page = read(client, "/wilayah/semarang-barat/cabean/")
    assert page.one(id="kosong")
    assert "Draf" not in page.text + read(client, "/wilayah/semarang-barat/").text


@pytest.mark.parametrize(
    "path", ["/wilayah/", "/wilayah/semarang-barat/", "/wilayah/semarang-barat/krobokan/", "/wilayah/?nama=krobkan"]
)
def test_area_pages_cost_the_same_for_few_rows_and_for_many(client: Client, count_queries, city, path):
    def add(number: int) -> None:
        for n in range(number):
            kind = factories.product_type()
            sentra = factories.sentra(f"S {number} {n}", published=True, types=[kind], kelurahan=[city["krobokan"]])
            ikm = factories.ikm(published=True, sentra=sentra, kelurahan=city["krobokan"], types=[kind])
            product = factories.product(published=True, ikm=ikm)
            factories.certification(products=[product])
            factories.kelurahan(kecamatan=city["krobokan"].kecamatan)

    add(1)
    one = count_queries(lambda: client.get(path))
    add(6)
    assert count_queries(lambda: client.get(path)) == one
