"""The public page of obstacles: what it says, when it says nothing, and where one finds it."""

import datetime
import re

import pytest
from django.test import Client

from promotions.cases.figures import last_day
from promotions.cases.suppression import FEWEST
from promotions.choices import CaseStage
from tests import factories

pytestmark = pytest.mark.django_db

PAGE, ENGLISH = "/tentang/hambatan/", "/en/about/obstacles/"


def solved(count: int, **fields) -> None:
    closed = last_day()
    for _ in range(count):
        opened = closed - datetime.timedelta(days=12)
        factories.case(stage=CaseStage.SOLVED, opened_on=opened, closed_on=closed, **fields)


def text(client: Client, address: str = PAGE) -> str:
    return " ".join(re.sub("<[^>]+>", " ", client.get(address).content.decode()).split())


def test_counts_and_median_stand_by_agency_and_kind_in_both_languages(client: Client) -> None:
    solved(FEWEST, partner=factories.partner("Perumda Air", name_en="Water Company"), kind="water")
    indonesian, english = text(client), text(client, ENGLISH)
    assert "Perumda Air" in indonesian
    assert f"Air {FEWEST} – 12" in indonesian
    assert "Water Company" in english
    assert f"Water {FEWEST} – 12" in english


def test_a_small_agency_is_not_named(client: Client) -> None:
    solved(FEWEST, partner=factories.partner("Perumda Air"))
    solved(FEWEST, partner=factories.partner("Bank Besar"), kind="capital")
    solved(FEWEST - 1, partner=factories.partner("Bank Kecil"), kind="capital")
    page = text(client)
    assert "Bank Kecil" not in page
    assert f"Semua hambatan {3 * FEWEST - 1}" in page
    # Told beside the whole, both others would give the small one away.
    assert ("Perumda Air" in page) != ("Bank Besar" in page)


def test_without_anything_to_tell_the_page_says_so_and_nothing_leads_to_it(client: Client, settings) -> None:
    settings.SITE_URL = "https://sentra.example"
    solved(FEWEST - 1, partner=factories.partner("Perumda Air"))
    page = client.get(PAGE).content.decode()
    assert "<table" not in page
    assert "Perumda Air" not in page
    assert "noindex" in page
    assert PAGE not in client.get("/tentang/").content.decode()
    assert PAGE not in client.get("/sitemap.xml").content.decode()


def test_once_there_are_figures_the_page_is_found(client: Client, settings) -> None:
    settings.SITE_URL = "https://sentra.example"
    solved(FEWEST)
    assert "noindex" not in client.get(PAGE).content.decode()
    assert PAGE in client.get("/tentang/").content.decode()
    assert PAGE in client.get("/sitemap.xml").content.decode()


def test_nothing_of_a_single_case_is_on_the_page(client: Client) -> None:
    solved(FEWEST, title="Judul rahasia", description="Uraian rahasia")
    page = client.get(PAGE).content.decode()
    for hidden in ("rahasia", "F-20", "U-0"):
        assert hidden not in page
