"""However many rows: every list of the desk, searched, filtered and by day, the desk itself and every export ask as often."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.exporting import FORMS
from semarang_ikm.shared.time import today
from tests.semarang_ikm.test_admin_every_page import LISTED, MAKERS, address, full_ikm, full_product, full_sentra, named

pytestmark = pytest.mark.django_db

FEW, MORE = 2, 3
# A filter with a great choice is tried with the first of its values.
MOST_CHOICES = 1
Count = Callable[[Callable], int]


def make(model: type[Model], times: int) -> None:
    for _ in range(times):
        MAKERS[model]()


def ways_into(client: Client, model: type[Model]) -> list[str]:
    """The list asked for a word, for a year, and for some values of each of its filters."""
    shown = client.get(address(model, "changelist")).context["cl"]
    found = ["?q=a", "?o=1", "?o=-1"]
    if shown.date_hierarchy:
        found.append(f"?{shown.date_hierarchy}__year={today().year}")
    for spec in shown.filter_specs:
        found += [choice["query_string"] for choice in list(spec.choices(shown))[1 : 1 + MOST_CHOICES]]
    return found


@pytest.mark.parametrize("model", LISTED, ids=named)
def test_a_list_that_is_searched_or_filtered_asks_as_often_for_many_rows(
    model: type[Model], officer_client: Client, count_queries: Count
) -> None:
    make(model, FEW)
    ways = ways_into(officer_client, model)

    def asked(way: str) -> tuple[int, int]:
        url = f"{address(model, 'changelist')}{way}"
        rows = len(officer_client.get(url).context["cl"].result_list)
        return rows, count_queries(lambda: officer_client.get(url))

    few = {way: asked(way) for way in ways}
    make(model, MORE)
    many = {way: asked(way) for way in ways}
    # What finds nothing has nothing to fetch the neighbours of.
    grown = {way: (few[way], many[way]) for way in ways if few[way][0] and few[way][1] != many[way][1]}
    assert grown == {}


def everything(times: int) -> None:
    for maker in (full_sentra, full_ikm, full_product):
        for _ in range(times):
            maker()
    for model in LISTED:
        if model._meta.label in ("products.Certification", "promotions.FacilitationCase", "sentra.DataReport"):
            make(model, times)


@pytest.mark.parametrize(
    "asked",
    [
        ("index",),
        ("desk_report", today().year),
        ("desk_report_table", today().year),
        ("sentra_duplicates",),
        ("products_certification_queue",),
        ("products_certification_letters",),
        ("products_certification_table",),
        ("promotions_coverage",),
        ("sentra_changeset_trash",),
    ],
    ids=lambda asked: asked[0],
)
def test_pages_about_many_records_ask_as_often_for_more(
    asked: tuple, officer_client: Client, count_queries: Count
) -> None:
    name, *arguments = asked
    url = reverse(f"admin:{name}", args=arguments)
    everything(FEW)
    officer_client.get(url)
    few = count_queries(lambda: officer_client.get(url).getvalue())
    everything(MORE)
    assert count_queries(lambda: officer_client.get(url).getvalue()) == few


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KindName.values)
def test_an_export_asks_as_often_for_more(kind: str, form: str, officer_client: Client, count_queries: Count) -> None:
    url = reverse("admin:exchange_export", args=[kind, form])
    everything(FEW)
    few = count_queries(lambda: officer_client.get(url).getvalue())
    everything(MORE)
    assert count_queries(lambda: officer_client.get(url).getvalue()) == few
