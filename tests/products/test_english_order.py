"""English lists stand in the order of the names that English readers see."""

import pytest
from django.test import Client
from django.utils import translation

from tests import factories
from tests.pages import codes, read

pytestmark = pytest.mark.django_db


def test_a_list_sorts_by_the_name_of_its_language(client: Client) -> None:
    maker = factories.ikm("KUB", published=True)
    names = {"Air": "Water", "Batik": "", "Cabai": "Almonds"}
    products = {
        name: factories.product(name, name_en=english, ikm=maker, published=True) for name, english in names.items()
    }
    sentra = {name: factories.sentra(name, name_en=english, published=True) for name, english in names.items()}
    for rows, here, abroad in ((products, "/produk/", "/en/products/"), (sentra, "/sentra/", "/en/centres/")):
        assert codes(read(client, here)) == [rows[name].code for name in ("Air", "Batik", "Cabai")]
        # Batik has no English name and stands under its own.
        assert codes(read(client, abroad)) == [rows[name].code for name in ("Cabai", "Batik", "Air")]


def test_short_lists_on_other_pages_stand_in_that_order_too(client: Client) -> None:
    kind, place = factories.product_type("Kain", slug="kain"), factories.kelurahan("Malon", slug="malon")
    host = factories.sentra("Tuan rumah", name_en="Zzz", published=True, types=[kind], kelurahan=[place])
    maker = factories.ikm("KUB", published=True, sentra=host)
    other = factories.sentra("Akar", name_en="Zzzz", published=True, types=[kind], kelurahan=[place])
    water = factories.product("Air", name_en="Water", ikm=maker, product_type=kind, published=True)
    almonds = factories.product("Cabai", name_en="Almonds", ikm=maker, product_type=kind, published=True)
    seen = factories.product("Madu", ikm=maker, product_type=kind, published=True)
    event = factories.promotion("Pameran", published=True)
    event.sentra.add(host, other)
    factories.appearance(ikm=maker, promotion=event, products=[water, almonds])
    expected = (
        ({water.code: 0, almonds.code: 1, other.code: 0, host.code: 1}, "id"),
        (
            {almonds.code: 0, water.code: 1, host.code: 0, other.code: 1},
            "en",
        ),
    )
    for places, language in expected:
        for record in (host, maker, kind, place, event, seen):
            with translation.override(language):
                address = record.get_absolute_url()
            shown = [card.get("data-code") for card in read(client, address).all("li", data_code=True)]
            for letter in "SP":
                found = [places[code] for code in shown if code in places and code.startswith(letter)]
                assert found == sorted(found), (address, shown)
            assert len({code for code in shown if code in places}) >= 2, address


def test_a_new_english_name_moves_the_row(client: Client) -> None:
    first, second = factories.sentra("Anyaman", published=True), factories.sentra("Batik", published=True)
    assert codes(read(client, "/en/centres/")) == [first.code, second.code]
    second.name_en = "A batik"
    second.save()
    factories.refresh(second)
    assert codes(read(client, "/en/centres/")) == [second.code, first.code]


def test_the_order_of_an_english_list_is_read_from_an_index() -> None:
    from django.db import connection

    from products.catalog import ProductCatalog
    from semarang_ikm.shared.list_request import Request

    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells its plan for an empty table; PostgreSQL reads one from end to end")
    with translation.override("en"):
        catalog = ProductCatalog()
        plan = catalog.order(catalog.rows(), Request())[:24].explain()
    assert "product_status_name_en" in plan
