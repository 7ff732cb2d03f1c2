"""The map on its page, on home, and on the pages of areas and sentra: linked, numbered, and the same in words."""

import copy
import re

import pytest
from django.test import Client

from tests import factories
from tests.pages import Element, read
from tests.sentra import whole_city

pytestmark = pytest.mark.django_db
# Bytes of the drawing with its links and labels.
MOST_BYTES = 7000


@pytest.fixture
def city(standing_city, db):
    """What stands below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db):
    return whole_city.fill()


@pytest.fixture
def batik(city):
    """Two sentra of natural-dye batik in Gunungpati, one of plain batik in Mijen; a draft and a former place elsewhere."""
    kind = factories.product_type("Batik", slug="batik")
    natural = factories.product_type("Batik warna alam", slug="batik-warna-alam", parent=kind)
    for name, slug, of in (("A", "gunungpati", natural), ("B", "gunungpati", natural), ("C", "mijen", kind)):
        place = city[slug].kelurahan.get(slug=slug)
        factories.sentra(f"Sentra {name}", published=True, types=[of], kelurahan=[place])
    factories.sentra("Draf", types=[kind], kelurahan=[city["genuk"].kelurahan.first()])
    tempe = factories.product_type("Tempe", slug="tempe")
    factories.sentra("Tempe", published=True, types=[tempe], kelurahan=[city["tugu"].kelurahan.first()])
    return kind


def drawing(page: Element) -> Element:
    return page.one("svg", role="group")


def on_map(page: Element) -> dict[str, str]:
    return {str(link.get("aria-label")): str(link.get("href")) for link in drawing(page).all("a")}


def in_words(page: Element) -> list[str]:
    return [row.text for row in page.one(id="daftar-kecamatan").all("li")]


def test_every_area_is_a_link_with_name_and_number(client: Client, batik):
    areas = on_map(read(client, "/peta/"))
    assert len(areas) == 16
    assert areas["Gunungpati, 2 sentra"] == "/wilayah/gunungpati/"
    assert areas["Genuk, 0 sentra"] == "/wilayah/genuk/"


def test_the_list_beside_it_says_the_same(client: Client, batik):
    page = read(client, "/peta/")
    words = [re.sub(r" \(\d+\)", "", row) for row in in_words(page)]
    assert sorted(words) == sorted(on_map(page))


def test_numbers_and_short_names_stand_in_the_areas(client: Client, batik):
    words = [text.text for text in drawing(read(client, "/peta/")).all("text")]
    assert "Gunungpati2" in words
    assert "Barat0" in words


def test_a_type_counts_what_is_below_it_and_leads_to_the_filtered_list(client: Client, batik):
    areas = on_map(read(client, "/peta/?jenis=batik"))
    assert areas["Gunungpati, 2 sentra"] == "/sentra/?jenis=batik&kec=gunungpati"
    assert areas["Tugu, 0 sentra"] == "/wilayah/tugu/"
    total = read(client, areas["Gunungpati, 2 sentra"]).one(id="hasil").get("data-total")
    assert total == "2"
    assert "Mijen, 0 sentra" in on_map(read(client, "/peta/?jenis=batik-warna-alam"))


def test_types_are_chosen_by_plain_links(client: Client, batik):
    page = read(client, "/peta/?jenis=batik")
    nav = page.one("nav", aria_labelledby="pilih-jenis")
    assert [link.get("href") for link in nav.all("a")] == ["/peta/", "/peta/?jenis=tempe"]
    assert nav.one(aria_current="true").text == "Batik"


@pytest.mark.parametrize("query", ["jenis=tidak-ada", "warna=biru", "jenis=%00%01", "jenis=%C3%A9&hal=x"])
def test_what_is_unknown_is_told_and_ignored(client: Client, batik, query: str):
    if "%00" in query:
        assert client.get(f"/peta/?{query}").status_code == 400
        return
    page = read(client, f"/peta/?{query}")
    assert page.one(data_note="ignored")
    assert len(on_map(page)) == 16


def test_points_are_those_of_published_sentra_and_open_where_not_exact(client: Client, batik, city):
    page = read(client, "/peta/")
    dots = drawing(page).all("circle")
    assert len(dots) == 3  # two sentra share a kelurahan
    assert all(dot.get("class") == "open" for dot in dots)
    place = city["genuk"].kelurahan.last()
    sentra = factories.sentra(published=True)
    factories.location(sentra=sentra, kelurahan=place, latitude="-6.960000", longitude="110.470000")
    factories.location(sentra=sentra, kelurahan=city["tembalang"].kelurahan.first(), used_until=2015)
    dots = drawing(read(client, "/peta/")).all("circle")
    assert [dot.get("class") for dot in dots].count(None) == 1
    assert len(dots) == 4


def test_personal_points_never_reach_the_map(client: Client, batik, city):
    before = len(drawing(read(client, "/peta/")).all("circle"))
    ikm = factories.ikm(published=True, kelurahan=city["candisari"].kelurahan.first())
    factories.contact("map_point", ikm=ikm)
    assert len(drawing(read(client, "/peta/")).all("circle")) == before


def test_many_exact_points_become_one_per_kelurahan(client: Client, city, monkeypatch):
    monkeypatch.setattr("sentra.map.city.MOST_EXACT", 2)
    place = city["mijen"].kelurahan.first()
    for n in range(3):
        sentra = factories.sentra(published=True)
        factories.location(sentra=sentra, kelurahan=place, latitude=f"-7.0{n}0000", longitude="110.340000")
    (dot,) = drawing(read(client, "/peta/")).all("circle")
    assert dot.get("class") == "open"


def test_home_has_the_map_before_its_list(client: Client, batik):
    html = client.get("/").content.decode()
    assert html.index("<svg") < html.index('id="daftar-kecamatan"')
    assert on_map(read(client, "/"))["Mijen, 1 sentra"]


def test_a_kecamatan_sets_itself_off_and_shows_its_kelurahan(client: Client, batik):
    page = read(client, "/wilayah/gunungpati/")
    city_map, close = page.all("svg", role="group")[::-1][:2]
    (own,) = city_map.all("a", aria_current="true")
    assert own.get("aria-label") == "Gunungpati, 2 sentra"
    assert city_map.all("a")[-1] is own
    numbered = [link.get("aria-label") for link in close.all("a")]
    names = [link.text for link in page.one("ol", id="daftar-kelurahan").all("a")]
    assert numbered == [f"{number} {name}" for number, name in enumerate(names, 1)]
    assert len(names) == 16


def test_a_kelurahan_shows_where_it_lies_and_what_is_near(client: Client, batik):
    page = read(client, "/wilayah/mijen/mijen/")
    picture = page.one("svg", role="img")
    assert picture.get("aria-label") == "Kelurahan Mijen di Kecamatan Mijen"
    assert [text.text for text in picture.all("text")] == ["Mijen"]
    near = page.one("section", aria_labelledby="letak").all("li")
    assert len(near) == 8
    assert all("km" in row.text for row in near)


def test_a_sentra_shows_its_places_in_use(client: Client, batik, city):
    sentra = factories.sentra("Logam", slug="logam", published=True)
    for slug, until in (("semarang-timur", None), ("tugu", None), ("genuk", 2010)):
        place = city[slug].kelurahan.first()
        factories.location(sentra=sentra, kelurahan=place, used_until=until)
    picture = read(client, "/sentra/logam/").one("svg", role="img")
    assert len(picture.all("circle")) == 2
    assert picture.all("a") == []


def test_a_sentra_without_a_place_has_no_map(client: Client, city):
    factories.sentra("Tanpa tempat", slug="tanpa-tempat", published=True)
    assert read(client, "/sentra/tanpa-tempat/").all("svg", role="img") == []


def test_areas_without_a_shape_stay_in_the_list(client: Client, city):
    factories.kecamatan("Baru", slug="baru")
    page = read(client, "/peta/")
    assert len(on_map(page)) == 16
    assert len(in_words(page)) == 17
    assert read(client, "/wilayah/baru/").one("ol", id="daftar-kelurahan")


def test_english_counts_in_english(client: Client, batik):
    areas = on_map(read(client, "/en/map/?jenis=batik"))
    assert areas["Gunungpati, 2 centres"] == "/en/centres/?jenis=batik&kec=gunungpati"
    assert "Mijen, 1 centre" in areas


def test_the_map_says_what_it_is(client: Client, city):
    page = read(client, "/peta/")
    assert "skematis" in str(drawing(page).get("aria-label"))
    assert "bukan batas wilayah" in page.one("figcaption").text


@pytest.mark.parametrize("address", ["/", "/peta/", "/wilayah/", "/wilayah/mijen/", "/wilayah/mijen/mijen/"])
def test_drawings_are_small_and_bring_no_style_of_their_own(client: Client, batik, address: str):
    html = client.get(address).content.decode()
    drawings = re.findall(r"<svg class=\"map.*?</svg>", html, re.DOTALL)
    assert drawings
    for svg in drawings:
        assert len(svg.encode()) < MOST_BYTES
        assert not re.search(r"\sstyle=|<style|\son\w+=", svg)


@pytest.mark.parametrize("address", ["/peta/", "/peta/?jenis=batik"])
def test_the_map_costs_the_same_for_few_rows_and_for_many(client: Client, count_queries, batik, city, address: str):
    one = count_queries(lambda: client.get(address))
    for place in city["banyumanik"].kelurahan.all():
        factories.sentra(published=True, types=[batik], kelurahan=[place])
    assert count_queries(lambda: client.get(address)) == one
