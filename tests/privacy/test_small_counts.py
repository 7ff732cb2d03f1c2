"""What is counted of few is said nowhere: real small numbers are planted, and every public address is read in both languages."""

import datetime
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from promotions.cases.figures import last_day
from promotions.cases.suppression import FEWEST
from promotions.choices import CaseStage
from promotions.coverage import Reach, reach
from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.forms import FORMS
from tests import factories
from tests.privacy.addresses import addresses
from tests.privacy.reading import text_of

pytestmark = pytest.mark.django_db

AGENCY, AGENCY_EN = "Balai Kucing Tiga Warna", "Calico Bureau"
# Days from opening to solution: numbers that nothing else on the site has.
DAYS = (7411, 7433)
OBSTACLES, OBSTACLES_EN = "/tentang/hambatan/", "/en/about/obstacles/"
EVENTS, EVENTS_EN = "/acara/", "/en/events/"


def solved(count: int, days: int, partner=None, kind: str = "water", ikm=None) -> None:
    closed = last_day()
    for _number in range(count):
        factories.case(
            stage=CaseStage.SOLVED, opened_on=closed - datetime.timedelta(days=days), closed_on=closed,
            partner=partner, kind=kind, **({"ikm": ikm} if ikm else {}),
        )  # fmt: skip


def everything(client: Client) -> Iterator[tuple[str, str]]:
    """Every public address but the printed ones (which say nothing of cases and take a second each)."""
    without = {"catalogue_pdf", "edition_pdf", "share_card", "media"}
    for address in addresses(without=without):
        yield address, text_of(client.get(address))


def told(text: str, number: int) -> bool:
    """Whether the number stands there, with or without its thousands' sign."""
    return re.search(rf"(?<!\d){number // 1000}[.,]?{number % 1000:03d}(?!\d)", text) is not None


def words(client: Client, address: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", client.get(address).content.decode()).split())


# -- cases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(1, FEWEST))
def test_of_fewer_cases_than_five_no_page_says_a_count_a_median_or_an_agency(client: Client, count: int) -> None:
    solved(count, DAYS[0], factories.partner(AGENCY, name_en=AGENCY_EN))
    for address in (OBSTACLES, OBSTACLES_EN):
        page = words(client, address)
        assert not told(page, DAYS[0])
        assert AGENCY not in page
        assert AGENCY_EN not in page


def test_a_few_cases_are_in_no_public_answer_at_all(client: Client) -> None:
    """HTML in both languages, feeds, sitemaps, calendars, open data in every form."""
    solved(FEWEST - 1, DAYS[0], factories.partner(AGENCY, name_en=AGENCY_EN))
    read = dict(everything(client))
    assert {f"/data/{name}.{form}" for name in DATASETS for form in FORMS} & read.keys()
    assert {f"/api/v1/{name}/" for name in IN_API} <= read.keys()
    assert [
        address for address, text in read.items() if told(text, DAYS[0]) or AGENCY in text or AGENCY_EN in text
    ] == []


def test_many_cases_of_few_businesses_are_not_told_either(client: Client) -> None:
    ikm = factories.ikm()
    solved(FEWEST * 3, DAYS[0], factories.partner(AGENCY, name_en=AGENCY_EN), ikm=ikm)
    for address in (OBSTACLES, OBSTACLES_EN):
        page = words(client, address)
        assert not told(page, DAYS[0])
        assert AGENCY not in page


@pytest.mark.parametrize("address", [OBSTACLES, OBSTACLES_EN])
def test_a_small_agency_beside_a_large_one_is_not_found_by_subtraction(client: Client, address: str) -> None:
    """The large one would give the small one away: 9 in all, 5 of them told. So neither is told beside the whole."""
    solved(FEWEST - 1, DAYS[0], factories.partner(AGENCY, name_en=AGENCY_EN))
    solved(FEWEST, DAYS[1], factories.partner("Bank Besar", name_en="Large Bank"), kind="capital")
    page = words(client, address)
    assert str(2 * FEWEST - 1) in page
    for hidden in (AGENCY, AGENCY_EN, "Bank Besar", "Large Bank"):
        assert hidden not in page
    assert not told(page, DAYS[0])


@pytest.mark.parametrize("address", [OBSTACLES, OBSTACLES_EN])
def test_enough_cases_are_told_so_that_the_search_itself_finds(client: Client, address: str) -> None:
    solved(FEWEST, DAYS[0], factories.partner(AGENCY, name_en=AGENCY_EN))
    page = words(client, address)
    assert told(page, DAYS[0])
    assert AGENCY in page or AGENCY_EN in page


# -- the ledger -------------------------------------------------------------------------------------------------------


def appeared(count: int, of: int, *, lately: int) -> None:
    """So many of so many businesses were shown once, the first of them within two years."""
    shown = [factories.ikm(published=True) for _number in range(of)][:count]
    for number, ikm in enumerate(shown):
        on = factories.days_ago(90 if number < lately else 1500)
        factories.appearance(ikm=ikm, appeared_on=on, promotion=factories.promotion(starts_on=on, published=True))


@pytest.mark.parametrize(
    ("count", "of"), [(1, 40), (4, 40), (39, 40), (36, 40)], ids=["one", "four", "all but one", "all but four"]
)
def test_who_was_promoted_is_not_counted_when_few_were_or_few_were_not(client: Client, count: int, of: int) -> None:
    appeared(count, of, lately=count)
    assert reach() is None
    for address in (EVENTS, EVENTS_EN):
        assert 'id="jangkauan"' not in client.get(address).content.decode()


@pytest.mark.parametrize("lately", [1, 4, 8, 11])
def test_lately_is_left_out_when_it_or_the_rest_is_few(client: Client, lately: int) -> None:
    appeared(12, 30, lately=lately)
    assert reach() == Reach(factories.days_ago(0), 30, 12, None)
    indonesian, english = words(client, EVENTS), words(client, EVENTS_EN)
    assert "12 dari 30 usaha" in indonesian
    assert "24 bulan" not in indonesian
    assert "12 of the 30 businesses" in english
    assert "24 months" not in english


@pytest.mark.parametrize("lately", [0, 5, 7, 12])
def test_what_points_at_nobody_is_told(client: Client, lately: int) -> None:
    appeared(12, 30, lately=lately)
    assert reach() == Reach(factories.days_ago(0), 30, 12, lately)
    assert f"{lately} di antaranya dalam 24 bulan terakhir" in words(client, EVENTS)
    assert f"{lately} of them in the last 24 months" in words(client, EVENTS_EN)


def test_all_of_them_is_told(client: Client) -> None:
    appeared(12, 12, lately=12)
    assert "12 dari 12 usaha" in words(client, EVENTS)
