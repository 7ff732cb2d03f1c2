"""English lists stand in the order of the names that English readers see."""

import pytest
from django.test import Client

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


def test_a_new_english_name_moves_the_row(client: Client) -> None:
    first, second = factories.sentra("Anyaman", published=True), factories.sentra("Batik", published=True)
    assert codes(read(client, "/en/centres/")) == [first.code, second.code]
    second.name_en = "A batik"
    second.save()
    factories.refresh(second)
    assert codes(read(client, "/en/centres/")) == [second.code, first.code]


def test_the_order_of_an_english_list_is_read_from_an_index() -> None:
    from django.db import connection
    from django.utils import translation

    from products.catalog import ProductCatalog
    from semarang_ikm.shared.list_request import Request

    if connection.vendor != "sqlite":
        pytest.skip("SQLite tells its plan for an empty table; PostgreSQL reads one from end to end")
    with translation.override("en"):
        catalog = ProductCatalog()
        plan = catalog.order(catalog.rows(), Request())[:24].explain()
    assert "product_status_name_en" in plan
