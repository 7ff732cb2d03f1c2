"""Lists against brute force: over random cities and random selections, results, counts and predictions are true."""

import contextlib
import os
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from products.catalog import ProductCatalog
from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.list_request import Request
from semarang_ikm.shared.listing import Catalog, Listing
from sentra.filters import IkmCatalog, SentraCatalog
from tests import factories
from tests.products import world as city

pytestmark = pytest.mark.django_db

CATALOGS: list[type[Catalog]] = [SentraCatalog, IkmCatalog, ProductCatalog]
SELECTIONS_PER_CITY = 6
# CITIES=300 searches long; ten are enough to keep what holds from breaking.
CITIES = int(os.environ.get("CITIES", "10"))
# A random city cannot be shrunk in useful time; the failing selection is in the message.
NO_SHRINKING = [Phase.explicit, Phase.reuse, Phase.generate]


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def listing(catalog: type[Catalog], selection: dict, q: str = "", **request) -> Listing:
    return Listing(catalog(), Request(q=q, selection=selection, **request), "/")


@settings(max_examples=CITIES, phases=NO_SHRINKING)
@given(random=st.randoms(use_true_random=False))
def test_results_and_every_count_equal_brute_force(random) -> None:
    with undone():
        world = city.build(random)
        for _time in range(SELECTIONS_PER_CITY):
            selection = city.choose(random, world)
            for catalog in CATALOGS:
                _compare(world, catalog, selection)


def _compare(world: city.World, catalog: type[Catalog], selection: dict) -> None:
    page = listing(catalog, selection)
    kind = catalog.kind
    expected = world.found(kind, selection)

    assert set(page.matching.values_list("pk", flat=True)) == expected, (kind, selection)
    assert page.total == len(expected)
    assert {row.pk for row in page.rows} == expected  # one page holds these few rows
    for facet in page.facets:
        for option in facet.options:
            alone = {**selection, facet.key: (option.value,)}
            assert option.count == len(world.found(kind, alone)), (kind, selection, facet.key, option.value)
    for chip, way in ((chip, way) for chip in page.chips for way in page.ways_out if way.url == chip.url):
        rest = page.request.without(chip.key, chip.value)
        assert way.predicted == len(world.found(kind, dict(rest)))


@settings(max_examples=CITIES // 2, phases=NO_SHRINKING)
@given(random=st.randoms(use_true_random=False))
def test_the_address_of_every_link_leads_to_the_number_it_promises(random) -> None:
    """Chips and ways out, read back from their own addresses as a browser would follow them."""
    with undone():
        world = city.build(random)
        selection = city.choose(random, world)
        for catalog in CATALOGS:
            page = listing(catalog, selection)
            promised = {way.url: way.predicted for way in page.ways_out}
            for chip in page.chips:
                asked = read_request(catalog(), QueryDict(chip.url.partition("?")[2]))
                followed = Listing(catalog(), asked, "/")
                assert asked.ignored == ()
                assert followed.total == len(world.found(catalog.kind, dict(asked.selection)))
                assert promised.get(chip.url, followed.total) == followed.total


@pytest.mark.parametrize("limit", [0, 5000], ids=["asked-again", "found-once"])
@settings(max_examples=CITIES // 4, phases=NO_SHRINKING)
@given(random=st.randoms(use_true_random=False))
def test_words_narrow_results_and_counts_alike(monkeypatch, limit, random) -> None:
    monkeypatch.setattr("products.facets.FOUND_LIMIT", limit)
    with undone():
        world = city.build(random)
        for product in ProductCatalog().rows():
            type(product).objects.filter(pk=product.pk).update(search_text=random.choice(["lumpia", "bandeng presto"]))
        texts = set(ProductCatalog().narrow({}, "bandeng").values_list("pk", flat=True))
        selection = city.choose(random, world)
        page = listing(ProductCatalog, selection, "bandeng")

        assert set(page.matching.values_list("pk", flat=True)) == world.found("produk", selection) & texts
        for facet in page.facets:
            for option in facet.options:
                alone = {**selection, facet.key: (option.value,)}
                assert option.count == len(world.found("produk", alone) & texts)


def test_a_page_searches_its_rows_once_for_all_its_counts() -> None:
    for number in range(3):
        factories.product(f"Tahu {number}", published=True)
    page = listing(ProductCatalog, {}, "tahu")
    with CaptureQueriesContext(connection) as asked:
        assert (page.total, len(page.facets) > 0) == (3, True)
    assert len([query for query in asked if "tahu" in query["sql"]]) == 1


@pytest.mark.parametrize("catalog", CATALOGS)
def test_every_order_shows_every_row_once_over_all_pages(catalog) -> None:
    place = factories.kelurahan()
    kind = factories.product_type()
    for number in range(30):
        maker = factories.ikm(
            f"Usaha {number % 3}", published=True, kelurahan=place if number % 2 else None, types=[kind]
        )
        factories.product(f"Produk {number % 3}", ikm=maker, product_type=kind, published=True)
        factories.sentra(f"Sentra {number}", published=True, kelurahan=[place] if number % 2 else [])
    everything = set(catalog().rows().values_list("pk", flat=True))

    for sort in catalog.sorts:
        if sort in ("relevan", "jarak"):
            continue
        first, second = (listing(catalog, {}, sort=sort, page=page) for page in (1, 2))
        seen = [row.pk for row in (*first.rows, *second.rows)]
        assert len(first.rows) == 24
        assert len(seen) == len(set(seen)) == len(everything)
    near = listing(catalog, {"kel": (place.slug,)}, sort="jarak")
    assert len(near.rows) == near.total == 15


def test_the_nearest_stands_first() -> None:
    kecamatan = factories.kecamatan(latitude="-6.950000", longitude="110.420000")
    far = factories.kelurahan(kecamatan=kecamatan, latitude="-7.050000", longitude="110.300000")
    near = factories.kelurahan(kecamatan=kecamatan, latitude="-6.951000", longitude="110.421000")
    for place in (far, near):
        maker = factories.ikm(published=True, kelurahan=place)
        factories.product(ikm=maker, published=True)
        factories.sentra(published=True, kelurahan=[place])

    selection = {"kec": (kecamatan.slug,)}
    assert [row.kelurahan for row in listing(IkmCatalog, selection, sort="jarak").rows] == [near, far]
    assert [row.ikm.kelurahan for row in listing(ProductCatalog, selection, sort="jarak").rows] == [near, far]
    places = [row.locations.all()[0].kelurahan for row in listing(SentraCatalog, selection, sort="jarak").rows]
    assert places == [near, far]


def test_a_type_means_everything_below_it() -> None:
    food = factories.product_type("Pangan")
    crackers = factories.product_type("Kerupuk", parent=food)
    prawn = factories.product_type("Kerupuk udang", parent=crackers)
    product = factories.product(product_type=prawn, published=True)
    other = factories.product(product_type=factories.product_type("Batik"), published=True)

    for chosen in (food, crackers, prawn):
        rows = listing(ProductCatalog, {"jenis": (chosen.slug,)}).rows
        assert product in rows
        assert other not in rows


def test_one_and_the_same_product_must_meet_all_product_facets() -> None:
    """A maker of one halal product and of another that is ready for export makes no halal export product."""
    centre = factories.sentra(published=True)
    maker = factories.ikm(published=True, sentra=centre)
    halal = factories.product(ikm=maker, published=True)
    factories.product(ikm=maker, published=True, is_export_ready=True)
    kind = factories.certificate_kind("halal")
    factories.certification(kind=kind, products=[halal])

    both = {"sertifikat": ("halal",), "ekspor": ("1",)}
    for catalog, row in ((SentraCatalog, centre), (IkmCatalog, maker)):
        assert row in listing(catalog, {"sertifikat": ("halal",)}).rows
        assert row in listing(catalog, {"ekspor": ("1",)}).rows
        assert row not in listing(catalog, both).rows


def test_a_certificate_of_the_business_is_not_one_of_its_products() -> None:
    maker = factories.ikm(published=True)
    product = factories.product(ikm=maker, published=True)
    factories.certification(kind=factories.certificate_kind("merek"), ikm=maker)

    assert maker in listing(IkmCatalog, {"sertifikat": ("merek",)}).rows
    assert product not in listing(ProductCatalog, {"sertifikat": ("merek",)}).rows


@pytest.mark.parametrize(
    "unfit",
    [
        {"stage": "requested"},
        {"stage": "facilitated"},
        {"stage": "expired"},
        {"stage": "revoked"},
        {"checked": False},
        {"expires_on": factories.days_ago(1)},
        {"issued_on": factories.days_ago(-1)},
    ],
)
def test_a_certificate_that_does_not_hold_today_matches_nothing(unfit: dict) -> None:
    product = factories.product(published=True)
    factories.certification(kind=factories.certificate_kind("halal"), products=[product], **unfit)

    for catalog in CATALOGS:
        assert listing(catalog, {"sertifikat": ("halal",)}).rows == []


def test_a_certificate_holds_on_its_last_day() -> None:
    product = factories.product(published=True)
    factories.certification(
        kind=factories.certificate_kind("halal"), products=[product], expires_on=factories.days_ago(0)
    )
    assert listing(ProductCatalog, {"sertifikat": ("halal",)}).rows == [product]


def test_a_price_leaves_the_facet_after_twelve_months() -> None:
    kept = factories.product(published=True, price_min=20_000, price_on=factories.days_ago(364))
    left = factories.product(published=True, price_min=20_000, price_on=factories.days_ago(367))

    rows = listing(ProductCatalog, {"harga": ("0-25000",)}).rows
    assert kept in rows
    assert left not in rows
    assert left in listing(ProductCatalog, {}).rows


def test_a_row_without_a_place_is_in_the_whole_list_and_in_no_place() -> None:
    factories.kelurahan(slug="krobokan", kecamatan=factories.kecamatan(slug="semarang-barat"))
    product = factories.product(published=True)

    assert product in listing(ProductCatalog, {}).rows
    assert product not in listing(ProductCatalog, {"kel": ("krobokan",)}).rows
    assert product.ikm not in listing(IkmCatalog, {"kec": ("semarang-barat",)}).rows


@pytest.mark.parametrize("catalog", CATALOGS)
def test_one_row_and_many_rows_cost_the_same_queries(catalog, count_queries) -> None:
    kec = factories.kecamatan()
    kind, paper = factories.product_type(), factories.certificate_kind("halal")

    def grow(rows: int) -> None:
        for _row in range(rows):
            place = factories.kelurahan(kecamatan=kec)
            centre = factories.sentra(published=True, types=[kind], kelurahan=[place])
            maker = factories.ikm(published=True, sentra=centre, kelurahan=place, types=[kind])
            product = factories.product(ikm=maker, product_type=kind, published=True, price_min=10_000)
            factories.certification(kind=paper, products=[product])

    def read() -> None:
        page = listing(catalog, {"kec": (kec.slug,), "sertifikat": ("halal",)}, "usaha")
        assert all(part is not None for part in (page.rows, page.facets, page.chips, page.total))
        for row in page.rows:
            str(row.get_absolute_url)

    grow(1)
    few = count_queries(read)
    grow(9)
    assert count_queries(read) == few


def test_links_write_their_keys_in_one_order() -> None:
    asked = read_request(ProductCatalog(), QueryDict("hal=3&ekspor=1&q=bandeng&harga=100000-&harga=0-25000"))
    assert asked.url(page=2) == "?q=bandeng&harga=0-25000&harga=100000-&ekspor=1&hal=2"
    assert list(parse_qs(asked.url()[1:])) == ["q", "harga", "ekspor"]
