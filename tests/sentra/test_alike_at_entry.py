"""Entry and import ask one object whether a sentra or a product may be recorded already."""

import pytest

from products.models import Product
from semarang_ikm.exchange.choices import RowState
from semarang_ikm.shared.likeness import names_alike
from sentra.models import Sentra
from tests import factories
from tests.admin_forms import submit
from tests.semarang_ikm.exchange.files import book, upload

pytestmark = pytest.mark.django_db

ALIKE = [
    ("Tempe Krobokan", "Tempe Krobokann", True),
    ("Tempe Krobokan", "Krobokan Tempe", True),
    ("Keripik Bu Sri", "Keripik Sri", True),
    ("UD Tempe Krobokan", "Tempe Krobokan", True),
    ("Tahu 1", "Tahu 2", False),
    ("Batik Malon", "Batik Mawar", False),
]


@pytest.mark.parametrize(("known", "typed", "same"), ALIKE)
def test_names_are_compared_in_one_way(known, typed, same) -> None:
    record = factories.sentra(known)
    assert names_alike(typed, [record]) == ([record] if same else [])


@pytest.mark.parametrize(("known", "typed", "same"), ALIKE)
def test_an_import_asks_about_the_same_sentra_as_the_form(known, typed, same, officer_client) -> None:
    kind = factories.product_type("Tempe")
    record = factories.sentra(known, types=[kind])
    factories.kelurahan("Sumurrejo")
    row = upload(
        officer_client,
        book([[typed, "Tempe", "Sumurrejo"]], ["Nama sentra", "Jenis produk", "Kelurahan"]),
        kind="sentra",
    ).rows.get()
    assert (row.state == RowState.ASK) == same, row.cells
    answer = submit(officer_client, Sentra, {"name": typed, "product_types": [kind.pk]})
    likely = answer.context["adminform"].form.likely_duplicates if answer.status_code == 200 else []
    assert [found for found, _why in likely] == ([record] if same else [])


def product_typed(name: str, maker, **more) -> dict:
    return {"name": name, "ikm": maker.pk, "product_type": factories.product_type().pk} | more


def test_a_product_is_compared_with_those_of_its_maker_only(officer_client) -> None:
    maker, other = factories.ikm("KUB Satu"), factories.ikm("KUB Dua")
    known = factories.product("Keripik Tempe Pedas", ikm=maker)
    factories.product("Keripik Tempe Pedass", ikm=other)

    asked = submit(officer_client, Product, product_typed("Keripik Tempe Pedas Manis", other))
    assert asked.status_code == 302
    warned = submit(officer_client, Product, product_typed("Tempe Keripik Pedas", maker))
    assert [found for found, _why in warned.context["adminform"].form.likely_duplicates] == [known]
    page = warned.content.decode()
    assert f"/admin/products/product/{known.pk}/change/" in page
    assert "Tempe Keripik Pedas" in page
    saved = submit(officer_client, Product, product_typed("Tempe Keripik Pedas", maker, is_another="1"))
    assert saved.status_code == 302


def test_what_keeps_its_name_is_not_asked_about_again(officer_client) -> None:
    maker = factories.ikm("KUB Satu")
    factories.product("Keripik Tempe Pedas", ikm=maker)
    twin = factories.product("Keripik Tempe Pedass", ikm=maker)
    assert submit(officer_client, Product, {"summary": "Renyah."}, record=twin).status_code == 302


def test_an_import_asks_about_products_in_the_same_way(officer_client) -> None:
    maker = factories.ikm("KUB Satu")
    factories.product("Keripik Tempe Pedas", ikm=maker)
    factories.product_type("Keripik")
    rows = [[name, maker.code, "Keripik"] for name in ("Tempe Keripik Pedas", "Keripik Tempe Pedas 2")]
    found = upload(officer_client, book(rows, ["Nama produk", "Usaha", "Jenis produk"]), kind="produk").rows.all()
    assert [row.state for row in found] == [RowState.ASK, RowState.NEW]
