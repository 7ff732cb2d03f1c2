"""A little city for the tests of open data, and how to read its files."""

import copy
import csv
import datetime
import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from sentra.choices import LocationRole
from tests import factories


@pytest.fixture
def city(standing_city: SimpleNamespace, db) -> SimpleNamespace:
    """See below; what a test changes in it, it changes for itself."""
    return copy.deepcopy(standing_city)


@pytest.fixture(scope="module")
def standing_city(standing_db) -> SimpleNamespace:
    """A sentra with two places and a figure, a business, two products, a certificate; and what nobody may see."""
    barat = factories.kecamatan("Semarang Barat", slug="barat", code="33.74.13")
    krobokan = factories.kelurahan(
        "Krobokan", slug="krobokan", code="33.74.13.1013", kecamatan=barat, postal_code="50141"
    )
    food = factories.product_type("Pangan", slug="pangan", is_food=True)
    crackers = factories.product_type("Kerupuk", slug="kerupuk", name_en="Crackers", parent=food)
    source = factories.source(publisher="Harian Uji", title="Kerupuk Krobokan", url="https://harian.example/1")
    sentra = factories.sentra(
        "Kerupuk Krobokan", name_en="Krobokan Crackers", published=True, types=[crackers], summary="Kampung kerupuk."
    )
    factories.location(sentra=sentra, kelurahan=krobokan, is_main=True, latitude="-6.981111", longitude="110.401111")
    factories.location(sentra=sentra, kelurahan=krobokan, role=LocationRole.SHOWROOM)
    sentra.sources.add(source)
    figure = factories.figure(sentra=sentra, source=source, as_of_precision="year", value_min=36)
    ikm = factories.ikm("Sari Rasa", published=True, types=[crackers], kelurahan=krobokan, sentra=sentra)
    product = factories.product(
        "Kerupuk Udang",
        published=True,
        ikm=ikm,
        product_type=crackers,
        price_min=15_000,
        price_max=20_000,
        hs_code="0307.99",
    )
    shared = factories.product("Kerupuk Curah", published=True, sentra=sentra, product_type=crackers)
    paper = factories.certification(kind=factories.certificate_kind("halal"), products=[product], number="ID331100001")
    event = factories.promotion(
        "Pameran Kerupuk",
        published=True,
        kelurahan=krobokan,
        starts_on=datetime.date(2027, 3, 1),
        date_precision="month",
    )
    event.sentra.add(sentra)
    factories.appearance(promotion=event, ikm=ikm)
    factories.appearance(promotion=event, ikm=factories.ikm("UsahaDraf"))
    factories.promotion("AcaraDraf")
    factories.promotion("KatalogCetak", published=True, kind="catalogue")
    factories.sentra("SentraDraf", types=[crackers], kelurahan=[krobokan])
    factories.product("ProdukDraf", ikm=ikm, product_type=crackers)
    return SimpleNamespace(
        barat=barat,
        krobokan=krobokan,
        crackers=crackers,
        sentra=sentra,
        ikm=ikm,
        product=product,
        shared=shared,
        figure=figure,
        paper=paper,
        event=event,
    )


@pytest.fixture
def fetch(client: Client) -> Callable[[str], bytes]:
    """The whole body of a file, which must answer 200."""

    def whole(address: str) -> bytes:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.getvalue()

    return whole


@pytest.fixture
def rows(fetch: Callable[[str], bytes]) -> Callable[[str], list[dict[str, str]]]:
    """The rows of a CSV file, as a program reads them."""
    return lambda address: list(csv.DictReader(io.StringIO(fetch(address).decode("utf-8-sig"), newline="")))


@pytest.fixture
def document(fetch: Callable[[str], bytes]) -> Callable[[str], Any]:
    return lambda address: json.loads(fetch(address))
