"""Distances from a kelurahan (`dekat`): shown, ordering, filtering nothing, and silent about points without consent."""

import pytest
from django.http import QueryDict
from django.test import Client

from products.catalog import ProductCatalog
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.listing import Catalog, Listing
from sentra.choices import ContactKind, PersonalField
from sentra.filters import IkmCatalog, SentraCatalog
from tests import factories
from tests.pages import codes, read

pytestmark = pytest.mark.django_db
CATALOGS: list[type[Catalog]] = [SentraCatalog, IkmCatalog, ProductCatalog]
LISTS = ["/sentra/", "/usaha/", "/produk/", "/en/centres/", "/en/businesses/", "/en/products/"]


@pytest.fixture
def city() -> dict:
    """Three kelurahan on one line, 1, 3 and 12 km or so apart, and one maker, sentra and product in each."""
    west = factories.kecamatan("Semarang Barat", slug="semarang-barat")
    points = {
        "krobokan": ("-6.980000", "110.390000"),
        "cabean": ("-6.980000", "110.420000"),
        "plalangan": ("-7.080000", "110.390000"),
    }
    places = {
        slug: factories.kelurahan(slug.title(), slug=slug, kecamatan=west, latitude=north, longitude=east)
        for slug, (north, east) in points.items()
    }
    rows: dict = {"places": places, "sentra": {}, "usaha": {}, "produk": {}}
    for slug, place in places.items():
        rows["sentra"][slug] = factories.sentra(f"Sentra {slug}", published=True, kelurahan=[place])
        rows["usaha"][slug] = factories.ikm(f"Usaha {slug}", published=True, kelurahan=place)
        rows["produk"][slug] = factories.product(f"Produk {slug}", ikm=rows["usaha"][slug], published=True)
    return rows


def listing(catalog: type[Catalog], address: str) -> Listing:
    return Listing(catalog(), read_request(catalog(), QueryDict(address)), "/")


@pytest.mark.parametrize("catalog", CATALOGS)
def test_the_nearest_stands_first_and_nothing_is_filtered(catalog, city) -> None:
    nowhere = factories.ikm("Aneka", published=True)
    factories.product("Aneka", ikm=nowhere, published=True)
    factories.sentra("Aneka", published=True)
    page = listing(catalog, "dekat=plalangan")
    rows = city[catalog.kind]
    assert page.rows[:3] == [rows["plalangan"], rows["krobokan"], rows["cabean"]]
    # A row without a place stays, at the end.
    assert len(page.rows) == page.total == 4
    assert [row.distance is None for row in page.rows] == [False, False, False, True]
    assert page.chips == [] and page.active_filters == 0


@pytest.mark.parametrize("catalog", CATALOGS)
def test_counts_stay_the_same(catalog, city) -> None:
    far, plain = listing(catalog, "dekat=plalangan"), listing(catalog, "")
    assert [(facet.key, facet.options) for facet in far.facets] == [
        (facet.key, facet.options) for facet in plain.facets
    ]


@pytest.mark.parametrize("path", LISTS)
def test_distances_are_shown_with_their_origin_and_cleared_alone(client: Client, city, path) -> None:
    page = read(client, f"{path}?kec=semarang-barat&dekat=krobokan")
    hasil = page.one(id="hasil")
    english = path.startswith("/en/")
    words = [row.one("p", **{"class": "meta distance"}).text for row in hasil.all("li", data_code=True)]
    assert words == (
        ["less than 1 km", "± 3.3 km", "± 11 km"] if english else ["kurang dari 1 km", "± 3,3 km", "± 11 km"]
    )
    notice = hasil.one("div", data_near="krobokan")
    assert "Krobokan – Semarang Barat" in notice.text
    assert notice.one("a").get("href") == f"{path}?kec=semarang-barat"
    chips = page.one(id="filter-dipakai")
    assert chips.one("a", data_remove="kec=semarang-barat").get("href") == f"{path}?dekat=krobokan"
    assert chips.one("a", data_clear=True).get("href") == f"{path}?dekat=krobokan"
    assert page.one("input", name="dekat").get("value") == "Krobokan – Semarang Barat"


@pytest.mark.parametrize("typed", ["krobokan", "Krobokan", "KROBOKAN", "Kel. Krobokan", "Krobokan – Semarang Barat"])
def test_any_usual_spelling_is_read_and_links_carry_the_slug(city, typed) -> None:
    request = read_request(SentraCatalog(), QueryDict(f"dekat={typed}&ekspor=1&urut=nama"))
    assert request.url(page=2) == "?ekspor=1&dekat=krobokan&urut=nama&hal=2"
    assert request.ignored == ()


def test_a_name_that_two_kelurahan_bear_is_a_choice(client: Client, city) -> None:
    one = factories.kelurahan("Purwosari", slug="purwosari-mijen", kecamatan=factories.kecamatan("Mijen"))
    two = factories.kelurahan("Purwosari", slug="purwosari-utara", kecamatan=factories.kecamatan("Semarang Utara"))
    page = read(client, "/sentra/?q=sentra&dekat=purwosari")
    links = [link.get("href") for link in page.one(id="pilihan").all("a")]
    assert sorted(links) == [f"/sentra/?q=sentra&dekat={place.slug}" for place in (one, two)]
    assert page.all(data_note="ignored") == []
    assert page.all(data_near=True) == []


def test_a_kecamatan_is_narrowed_down_to_its_kelurahan(city) -> None:
    request = read_request(SentraCatalog(), QueryDict("dekat=semarang barat"))
    assert [place.slug for place in request.near_found.choices] == ["cabean", "krobokan", "plalangan"]


def test_what_nobody_knows_is_told_and_ignored(client: Client, city) -> None:
    page = read(client, "/sentra/?dekat=atlantis")
    assert "atlantis" in page.one(data_note="ignored").text
    assert len(codes(page)) == 3
    close = read(client, "/sentra/?dekat=krobokn")
    assert "krobokn" in close.one(data_note="ignored").text
    assert close.one(id="pilihan").all("a")[0].get("href") == "/sentra/?dekat=krobokan"


def test_another_order_wins_and_keeps_the_distances(city) -> None:
    page = listing(SentraCatalog, "dekat=plalangan&urut=nama")
    assert [row.slug for row in page.rows] == ["sentra-cabean", "sentra-krobokan", "sentra-plalangan"]
    assert all(row.distance is not None for row in page.rows)
    assert [(sort.value, sort.address) for sort in page.sorts if sort.value in ("nama", "jarak")] == [
        ("nama", "nama"),
        ("jarak", ""),
    ]


def test_an_order_that_loses_its_ground_leaves_the_address() -> None:
    factories.kelurahan("Krobokan", slug="krobokan", kecamatan=factories.kecamatan(slug="barat"))
    page = listing(SentraCatalog, "kec=barat&dekat=krobokan&urut=jarak")
    assert page.clear_near_url == "/?kec=barat&urut=jarak"
    assert page.chips[0].url == "/?dekat=krobokan&urut=jarak"
    assert listing(SentraCatalog, "kec=barat&urut=jarak").chips[0].url == "/"
    assert listing(SentraCatalog, "q=x&urut=relevan").clear_query_url == "/"


def test_words_and_a_place_order_by_distance(city) -> None:
    page = listing(SentraCatalog, "q=sentra&dekat=plalangan")
    assert next(sort.value for sort in page.sorts if sort.selected) == "jarak"
    assert listing(SentraCatalog, "q=sentra&dekat=plalangan&urut=relevan").request.url().endswith("urut=relevan")


def test_the_catalogue_of_the_same_selection_has_its_own_order(city) -> None:
    assert listing(ProductCatalog, "ekspor=1&dekat=krobokan").query_string == "?ekspor=1"


def test_an_exact_location_of_a_sentra_comes_before_the_label_point(city) -> None:
    place = factories.kelurahan("Jauh", slug="jauh", latitude="-7.080000", longitude="110.300000")
    centre = factories.sentra("Tepat", published=True, kelurahan=[place])
    centre.locations.update(latitude="-6.980100", longitude="110.390100")
    assert centre in listing(SentraCatalog, "dekat=krobokan").rows[:2]


@pytest.mark.parametrize("catalog", [IkmCatalog, ProductCatalog])
def test_the_exact_point_of_a_business_counts_only_under_a_receipt(catalog, city) -> None:
    """The distance would give the point away to whoever asks from three places."""
    maker = city["usaha"]["plalangan"]
    factories.contact(ContactKind.MAP_POINT, ikm=maker, latitude="-6.980100", longitude="110.390100")
    order = [row.slug for row in listing(catalog, "dekat=krobokan").rows]
    assert order[-1].endswith("plalangan")

    consent = factories.consent(maker, PersonalField.MAP_POINT, channels=[Channel.WEB])
    assert [row.slug for row in listing(catalog, "dekat=krobokan").rows][1].endswith("plalangan")
    # On paper the receipt for the web says nothing.
    assert [row.slug for row in listing(catalog, "dekat=krobokan&cetak=1").rows] == order
    consent.scopes.update(withdrawn_on=factories.days_ago(0))
    assert [row.slug for row in listing(catalog, "dekat=krobokan").rows] == order


@pytest.mark.parametrize("path", LISTS)
def test_the_printed_list_says_from_where_and_has_a_column(client: Client, city, path) -> None:
    page = read(client, f"{path}?dekat=krobokan&cetak=1")
    assert "Krobokan – Semarang Barat" in page.one("main").one("p", **{"class": "lead"}).text
    heads = [cell.text for cell in page.one("thead").all("th")]
    assert {"Jarak", "Distance"} & set(heads)
    assert "± 11 km" in page.one("tbody").text
    back = [link.get("href") for link in page.one("main").all("a") if "dekat" in str(link.get("href"))]
    assert back == [f"{path}?dekat=krobokan"]


@pytest.mark.parametrize("catalog", CATALOGS)
def test_one_row_and_many_rows_cost_the_same_queries(catalog, city, count_queries) -> None:
    def read_list() -> None:
        page = listing(catalog, "dekat=krobokan")
        assert all(part is not None for part in (page.rows, page.facets, page.total))

    few = count_queries(read_list)
    for _row in range(8):
        place = factories.kelurahan()
        maker = factories.ikm(published=True, kelurahan=place)
        factories.product(ikm=maker, published=True)
        factories.sentra(published=True, kelurahan=[place])
    assert count_queries(read_list) == few


def test_a_kelurahan_leads_to_the_three_lists_in_its_order(client: Client, city) -> None:
    links = [
        link.get("href") for link in read(client, city["places"]["krobokan"].get_absolute_url()).one("main").all("a")
    ]
    assert {"/sentra/?dekat=krobokan", "/produk/?dekat=krobokan", "/usaha/?dekat=krobokan"} <= set(links)


def test_label_points_for_the_browser_are_few_bytes_and_one_query(client: Client, city, count_queries) -> None:
    assert count_queries(lambda: client.get("/wilayah/titik.json")) == 1
    answer = client.get("/wilayah/titik.json")
    assert answer.json()[0] == ["cabean", "Cabean – Semarang Barat", -6.98, 110.42]
    assert "max-age" in answer.headers["Cache-Control"]
