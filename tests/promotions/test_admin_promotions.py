"""The officer's page of an event: dates, hours, many participants at once."""

import pytest
from django.test import Client
from django.urls import reverse

from promotions.models import Appearance, Partner, Promotion
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from semarang_ikm.shared.time import today
from tests import factories
from tests.admin_forms import admin_url, errors, rows, submit

pytestmark = pytest.mark.django_db


def typed(**more) -> dict:
    return {"name": "Pameran Kriya", "kind": "exhibition", "starts_on": "2027-03-14", "status": "draft"} | more


def test_an_event_is_entered_with_its_participants_and_published(officer_client: Client) -> None:
    businesses = [factories.ikm(published=True) for _ in range(3)]

    answer = submit(
        officer_client,
        Promotion,
        typed(
            ends_on="2027-03-16",
            starts_at="09:00",
            ends_at="16:00",
            status="published",
            add_businesses=[ikm.pk for ikm in businesses],
        ),
    )

    assert answer.status_code == 302
    event = Promotion.objects.get()
    assert event.is_published
    assert "pameran kriya" in event.search_text
    assert {line.ikm for line in event.appearances.all()} == set(businesses)
    assert officer_client.get(event.get_absolute_url()).status_code == 200


def test_saving_again_with_the_same_participants_adds_none(officer_client: Client) -> None:
    event, ikm = factories.promotion(), factories.ikm()
    for _ in range(2):
        submit(officer_client, Promotion, {"add_businesses": [ikm.pk]}, event)

    assert Appearance.objects.get().ikm == ikm


def test_a_business_typed_in_a_line_and_in_the_list_gets_the_line(officer_client: Client) -> None:
    event, ikm = factories.promotion(), factories.ikm()
    line = rows("appearances", {"ikm": ikm.pk, "appeared_on": "2026-01-02", "note": "Meja 4"})

    submit(officer_client, Promotion, {"add_businesses": [ikm.pk], **line}, event)

    assert Appearance.objects.get().note == "Meja 4"


def test_the_page_asks_for_businesses_by_typing(officer_client: Client) -> None:
    factories.ikm("Kelompok Gurih")
    page = officer_client.get(admin_url(Promotion, "add")).content.decode()
    assert 'data-field-name="ikm"' in page

    found = officer_client.get(
        reverse("admin:autocomplete"),
        {"term": "gurih", "app_label": "promotions", "model_name": "appearance", "field_name": "ikm"},
    )
    assert "Kelompok Gurih" in found.json()["results"][0]["text"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2027-03-13"}, "ends_on"),
        ({"starts_at": "09:00", "ends_at": "08:00"}, "ends_at"),
        ({"ends_at": "08:00"}, "starts_at"),
        ({"date_precision": DatePrecision.MONTH, "starts_at": "09:00"}, "ends_on"),
        ({"cancelled_on": "2099-01-01"}, "cancelled_on"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(officer_client: Client, wrong: dict, field: str) -> None:
    assert field in errors(submit(officer_client, Promotion, typed(**wrong)))
    assert not Promotion.objects.exists()


def test_an_event_is_cancelled_and_its_page_says_so(officer_client: Client) -> None:
    event = factories.promotion(published=True, starts_on=today())

    submit(officer_client, Promotion, {"cancelled_on": today().isoformat()}, event)

    assert "Acara ini dibatalkan." in officer_client.get(event.get_absolute_url()).content.decode()


def test_only_what_has_a_page_links_to_it(officer_client: Client) -> None:
    event = factories.promotion(published=True)
    article = factories.promotion(published=True, kind="article")

    pages = [officer_client.get(admin_url(Promotion, "change", row.pk)).content.decode() for row in (event, article)]

    assert ["viewsitelink" in page for page in pages] == [True, False]


def test_a_renamed_partner_is_found_by_its_new_name(officer_client: Client) -> None:
    partner = factories.partner("Mitra Lama")
    event = factories.promotion(partners=[partner], status=PublicationStatus.DRAFT)

    submit(officer_client, Partner, {"name": "Mitra Baru"}, partner)

    assert "mitra baru" in Promotion.objects.get(pk=event.pk).search_text


def test_a_partner_is_told_with_how_many_promotions_and_a_promotion_without_results_is_found(officer_client) -> None:
    partner = factories.partner()
    told = factories.promotion("Sudah dinilai", partners=[partner], results="Dikunjungi 300 orang.")
    silent = factories.promotion("Belum dinilai", partners=[partner])

    row = officer_client.get(admin_url(Partner, "changelist")).context["cl"].result_list[0]
    assert row.promotion_count == 2
    listed = officer_client.get(admin_url(Promotion, "changelist"), {"results__isempty": "1"}).context["cl"].queryset
    assert silent in listed and told not in listed
