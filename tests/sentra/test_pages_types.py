"""Product types: what is counted, what stands below, former addresses."""

import pytest
from django.test import Client

from tests import factories
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def types():
    batik = factories.product_type("Batik", name_en="Batik cloth", pattern="batik", description="Kain bermotif.")
    return batik, factories.product_type("Batik warna alam", parent=batik)


def test_a_type_holds_what_is_made_of_it_and_of_everything_below(client: Client, types):
    batik, natural = types
    sentra = factories.sentra("Malon", published=True, types=[natural])
    product = factories.product("Selendang", published=True, sentra=sentra, product_type=natural)
    factories.sentra("Lain", published=True, types=[factories.product_type("Tahu")])
    page = read(client, batik.get_absolute_url()).one("main")
    assert [card.get("data-code") for card in page.all("li", data_code=True)] == [sentra.code, product.code]
    assert page.all("a", href="/produk/?jenis=batik")
    assert page.all("a", href=natural.get_absolute_url())


def test_a_type_without_rows_says_so_and_is_no_door(client: Client, types):
    batik, _natural = types
    assert "Belum ada sentra yang tercatat" in read(client, batik.get_absolute_url()).text
    page = read(client, "/jenis/")
    assert not page.all("li", **{"class": "door"})
    assert page.one("main").all("a", href=batik.get_absolute_url())


def test_food_certificates_are_named_for_food_only(client: Client, types):
    factories.certificate_kind("p-irt", name="P-IRT", for_food_only=True)
    factories.certificate_kind("merek", name="Merek")
    food = factories.product_type("Tempe", is_food=True)
    assert "P-IRT" in read(client, food.get_absolute_url()).one("main").text
    page = read(client, types[0].get_absolute_url()).one("main").text
    assert "Merek" in page
    assert "P-IRT" not in page


def test_a_renamed_address_leads_on(client: Client, types):
    batik, _natural = types
    batik.slug = "kain-batik"
    batik.save()
    answer = client.get("/jenis/batik/")
    assert (answer.status_code, answer["Location"]) == (301, "/jenis/kain-batik/")


@pytest.mark.parametrize("path", ["/", "/jenis/", "/jenis/batik/"])
def test_type_pages_and_home_cost_the_same_for_few_rows_and_for_many(client: Client, count_queries, types, path):
    def add(number: int) -> None:
        for _n in range(number):
            kind = factories.product_type(parent=types[0])
            factories.product_type()
            sentra = factories.sentra(published=True, types=[kind], kelurahan=[factories.kelurahan()])
            product = factories.product(published=True, product_type=kind, sentra=sentra)
            factories.product_photo(product=product)
            factories.certificate_kind()

    add(1)
    one = count_queries(lambda: client.get(path))
    add(6)
    assert count_queries(lambda: client.get(path)) == one
