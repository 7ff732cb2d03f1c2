"""A long filter beside an admin list offers first what would show rows."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

LEDGER = reverse("admin:promotions_ledgerbusiness_changelist")
FOLDED = re.compile(r'<details class="tanpa-baris">.*?</details>', re.S)


def offered(client: Client, **chosen: object) -> tuple[str, str]:
    """The filters' open part and their folded one."""
    page = client.get(LEDGER, chosen).content.decode()
    filters = page.split('id="changelist-filter"', 1)[1].split("</nav>", 1)[0]
    return FOLDED.sub("", filters), " ".join(FOLDED.findall(filters))


def ten_types() -> list:
    kinds = [factories.product_type(name=f"Jenis {letter}") for letter in "ABCDEFGHIJ"]
    place = factories.kelurahan()
    factories.ikm(published=True, sentra=factories.sentra(), kelurahan=place, types=kinds[:1])
    return kinds


def test_a_choice_without_rows_is_folded_and_one_with_rows_is_not(officer_client: Client) -> None:
    ten_types()
    shown, folded = offered(officer_client)
    assert "Jenis A (1)" in shown and "Jenis A" not in folded
    assert "Jenis J (0)" in folded and "Jenis J" not in shown
    assert "10 pilihan tanpa hasil" in folded


def test_the_chosen_one_stays_in_sight_without_rows(officer_client: Client) -> None:
    kinds = ten_types()
    shown, folded = offered(officer_client, product_types__ancestors__id__exact=kinds[-1].pk)
    assert "Jenis J (0)" in shown and "Jenis J" not in folded


def test_a_short_filter_keeps_its_zeros(officer_client: Client) -> None:
    ten_types()
    shown, folded = offered(officer_client)
    assert re.search(r"siap \((0|1)\)", shown)
    assert "siap" not in folded.replace("tanpa hasil", "")


def test_the_search_field_is_called_by_its_name_in_the_language_of_the_page(officer_client: Client) -> None:
    ten_types()
    page = officer_client.get(LEDGER, {"q": "tidak ada"}).content.decode()
    assert 'alt="Cari"' in page and 'alt="Search"' not in page
    assert "0 hasil dari 1" in page
    assert 'name="q" value="tidak ada" id="searchbar"' in page
