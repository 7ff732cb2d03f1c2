"""How far promotion reaches, year by year, and the one figure that the public is told."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from promotions.coverage import Coverage, Part, Year, by_part, coverage, reach
from promotions.coverage_chart import BAR_SHARE, BOTTOM, HEIGHT, KINDS, TOP, WIDTH, drawn
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 24)


def shown(ikm, *days: str, **promotion) -> None:
    for day in days:
        on = datetime.date.fromisoformat(day)
        factories.appearance(
            ikm=ikm, appeared_on=on, promotion=factories.promotion(starts_on=on, **{"published": True} | promotion)
        )


def businesses(count: int) -> list:
    return [factories.ikm(published=True) for _number in range(count)]


def test_each_year_tells_ever_and_lately_of_the_same_businesses() -> None:
    old, steady, _never = businesses(3)
    shown(old, "2023-05-01")
    shown(steady, "2024-02-01", "2026-03-01")

    found = coverage(DAY)

    assert found.businesses == 3
    assert [(y.year, y.day, y.ever, y.within_24, y.within_12) for y in found.years] == [
        (2023, datetime.date(2023, 12, 31), 1, 1, 1),
        (2024, datetime.date(2024, 12, 31), 2, 2, 1),
        (2025, datetime.date(2025, 12, 31), 2, 1, 0),
        (2026, DAY, 2, 1, 1),
    ]


def test_drafts_cancelled_and_coming_ones_do_not_count() -> None:
    ikm, draft = factories.ikm(published=True), factories.ikm()
    shown(draft, "2025-01-01")
    shown(ikm, "2025-01-01", cancelled_on=datetime.date(2024, 12, 1))
    shown(ikm, "2027-01-01")
    assert [year.ever for year in coverage(DAY).years] == [0]


def test_an_empty_ledger_is_told_without_a_division(officer_client: Client) -> None:
    assert coverage(DAY).percent(0) == 0
    assert officer_client.get(reverse("admin:promotions_coverage")).status_code == 200


def test_a_share_is_rounded_down_so_that_all_means_all() -> None:
    assert Coverage(DAY, 1000, ()).percent(999) == 99


def test_the_chart_draws_what_the_table_says() -> None:
    found = Coverage(DAY, 200, (Year(2025, DAY, 100, 50, 0), Year(2026, DAY, 200, 51, 1)))
    chart = drawn(found)
    room = HEIGHT - TOP - BOTTOM
    assert [(bar.kind, bar.label) for bar in chart.bars] == list(
        zip(KINDS * 2, ["50", "25", "0", "100", "25", "0"], strict=True)
    )
    for bar in chart.bars:
        assert bar.y + bar.height == TOP + room
        assert abs(bar.height - room * int(bar.label) / 100) < 1
        assert bar.x > 0 and bar.x + bar.width < WIDTH
    assert BAR_SHARE * len(KINDS) < 1


def test_the_page_shows_chart_and_table_to_those_who_may(officer_client: Client) -> None:
    shown(factories.ikm(published=True), "2025-05-01")
    page = officer_client.get(reverse("admin:promotions_coverage")).content.decode()
    assert '<svg class="grafik"' in page and 'aria-describedby="grafik-tabel"' in page
    assert "31 Desember 2025" in page
    assert f'href="{reverse("admin:desk_breakdown", args=["kecamatan"])}"' in page
    assert Client().get(reverse("admin:promotions_coverage")).status_code == 302
    nobody = Client()
    nobody.force_login(factories.user(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert nobody.get(reverse("admin:promotions_coverage")).status_code == 403


def test_many_appearances_ask_the_database_as_often_as_one(count_queries) -> None:
    shown(businesses(1)[0], "2025-05-01")
    one = count_queries(lambda: coverage(DAY))
    for ikm in businesses(4):
        shown(ikm, "2024-05-01", "2025-05-01")
    assert count_queries(lambda: coverage(DAY)) == one


def test_parts_tell_who_was_never_promoted_and_who_waits_longest() -> None:
    food = factories.product_type("Pangan Uji")
    tempe = factories.product_type("Tempe Uji", parent=food)
    home, sentra = factories.kelurahan(), factories.sentra("Sentra Uji")
    factories.ikm(published=True, types=[tempe], kelurahan=home, sentra=sentra)
    old = factories.ikm(published=True, types=[food, tempe], kelurahan=home)
    recent = factories.ikm(published=True, kelurahan=home)
    factories.ikm(kelurahan=home, types=[food])
    shown(old, "2020-05-01", "2023-05-01")
    shown(recent, "2026-05-01")

    parts = by_part(DAY)

    since = datetime.date(2023, 5, 1)
    assert parts["kecamatan"] == [Part(home.kecamatan.pk, home.kecamatan.name, 3, 1, since)]
    assert parts["sentra"] == [Part(sentra.pk, "Sentra Uji", 1, 1, None), Part(None, "", 2, 0, since)]
    assert parts["type"] == [
        Part(food.pk, "Pangan Uji", 2, 1, since),
        Part(None, "", 1, 0, datetime.date(2026, 5, 1)),
    ]


def test_a_part_leads_to_its_lines_of_the_ledger(officer_client: Client) -> None:
    home = factories.kelurahan()
    factories.ikm(published=True, kelurahan=home)
    page = officer_client.get(reverse("admin:promotions_coverage")).content.decode()
    address = f"?terakhir=belum&amp;kelurahan__kecamatan__id__exact={home.kecamatan.pk}"
    assert f'{reverse("admin:promotions_ledgerbusiness_changelist")}{address}"' in page


# -- in public --------------------------------------------------------------------------------------------------------


def test_the_public_figure_counts_public_promotions_only() -> None:
    *many, drafted, _never = businesses(17)
    for number, ikm in enumerate(many[:10]):
        shown(ikm, "2020-05-01" if number < 5 else "2026-05-01")
    shown(drafted, "2026-05-01", published=False)

    told = reach(DAY)

    assert told is not None
    assert (told.businesses, told.promoted, told.lately) == (17, 10, 5)


@pytest.mark.parametrize("count", [0, 9])
def test_of_few_businesses_nothing_is_said(count: int) -> None:
    for ikm in businesses(count):
        shown(ikm, "2026-05-01")
    assert reach(DAY) is None


def test_nothing_is_said_when_nobody_was_promoted(client: Client) -> None:
    businesses(10)
    assert reach(DAY) is None
    assert 'id="jangkauan"' not in client.get(reverse("event_list")).content.decode()


def test_the_list_of_events_tells_the_figure_with_its_day_on_the_first_page(client: Client) -> None:
    for ikm in businesses(12)[:6]:
        shown(ikm, "2026-05-01")
    page = client.get(reverse("event_list")).content.decode()
    assert "6 dari 12 usaha di direktori ini pernah tampil" in page
    assert "Keadaan pada" in page
