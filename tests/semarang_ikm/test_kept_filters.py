"""From every page of the admin the way back to its list keeps the filter with which the officer left it."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from products.models import Certification, Product
from promotions.models import CaseDocument, CatalogueEdition, EditionFile
from semarang_ikm.shared.admin.kept_filters import KEY, carry
from sentra.history import recording
from sentra.models import Change, ChangeSet, Ikm, OfficeProfile, Sentra
from tests import factories
from tests.officers import signed_in
from tests.semarang_ikm.test_role_matrix import GIVEN, MAKERS, OF_FROZEN_EDITIONS, OWN_PAGES, named, own_urls, page

pytestmark = pytest.mark.django_db

FILTER = "q=kain+%26+tali&o=1"
KEPT = {KEY: [FILTER]}
# Answers that lead nowhere: files, sheets for paper, and what only takes a step.
NO_LINKS = {
    "sentra_person_json",
    "sentra_consent_evidence",
    "products_certification_letters",
    "products_certification_table",
    "products_certification_calendar",
    "products_certification_scan",
    "promotions_casedocument_file",
    "promotions_caseletter_print",
    "promotions_caseletter_pdf",
    "promotions_editionfile_file",
    "promotions_selection_minutes",
    "exchange_template",
    "exchange_export",
    "exchange_wrong_rows",
}
# Pages that answer what is sent, or lead on at once.
ONLY_STEPS = {
    "promotions_promotion_selection",
    "promotions_selection_decide",
    "promotions_selection_accept",
    "promotions_selection_edition",
    "promotions_selection_withdraw",
    "promotions_selection_replace",
    "promotions_case_join",
    "exchange_decide",
}
# The way leads back to the list of another model; the test of each stands below.
ELSEWHERE = {"sentra_review_ask", "exchange_export_ask"}
# Of several steps one that asks something.
ASKING = {"promotions_case_step": {"name": "selesai"}}


def aims(response: HttpResponse) -> list[str]:
    """Where the links and forms of a page lead, but for the menu of all lists."""
    text = re.sub(r'<nav [^>]*id="nav-sidebar".*?</nav>', "", response.content.decode(), flags=re.DOTALL)
    return [unescape(found) for found in re.findall(r'(?:href|action)="([^"]+)"', text)]


def lost(response: HttpResponse, home: str) -> list[str]:
    """Those of them that would lose the filter."""
    wrong = []
    for aim in aims(response):
        parts = urlsplit(aim)
        if parts.path == home and not parts.query:
            wrong.append(aim)
        elif (parts.path.startswith(home) and parts.path != home) or (not parts.path and parts.query):
            wrong += [aim] if KEY not in parse_qs(parts.query) else []
    return wrong


def with_filter(address: str) -> str:
    return f"{address}?{urlencode({KEY: FILTER})}"


@pytest.mark.parametrize("model", [model for model in MAKERS if model is not OfficeProfile], ids=named)
def test_djangos_pages_of_a_record_lead_back_to_the_filtered_list(model: type[Model], officer_client: Any) -> None:
    record = MAKERS[model]()
    home = page(model, "changelist")
    led_back = 0
    for kind, args in (("add", []), ("change", [record.pk]), ("history", [record.pk]), ("delete", [record.pk])):
        response = officer_client.get(with_filter(page(model, kind, *args)))
        if response.status_code != 200:
            continue
        assert lost(response, home) == [], kind
        led_back += f"{home}?{FILTER}" in aims(response)
    assert led_back >= 2


@pytest.mark.parametrize("name", sorted(OWN_PAGES.keys() - NO_LINKS - ONLY_STEPS - ELSEWHERE - OF_FROZEN_EDITIONS))
def test_our_own_pages_lead_back_to_the_filtered_list(name: str, officer_client: Any) -> None:
    model, asked = own_urls()[name]
    home = page(model, "changelist")
    response = officer_client.get(with_filter(own_address(name, model, asked)))
    assert response.status_code == 200
    assert lost(response, home) == []
    # Straight back, or by the page of the record.
    assert [aim for aim in aims(response) if aim == f"{home}?{FILTER}" or aim.startswith(home)]


def own_address(name: str, model: type[Model], asked: list[str]) -> str:
    record = deletion() if name == "sentra_changeset_restore" else MAKERS[model]()
    standing = {
        "pk": record.pk,
        "object_id": record.pk,
        "kept": record.pk,
        "gone": record.pk,
        "kind": "air",
        "code": getattr(getattr(record, "ikm", None), "code", ""),
        "letter": 1,
    }
    if "gone" in asked:
        standing["gone"] = MAKERS[model]().pk
    standing |= GIVEN.get(name, {}) | ASKING.get(name, {})
    return reverse(f"admin:{name}", kwargs={key: standing[key] for key in asked})


def deletion() -> Change:
    with recording(kind="edit", by=factories.user(), why="uji"):
        factories.source().delete()
    return Change.objects.get(action="delete")


def test_asking_for_a_change_leads_back_to_the_filtered_list_of_its_record() -> None:
    client = signed_in("Penyunting")
    ikm = factories.ikm(published=True)
    home = page(Ikm, "changelist")
    record = client.get(with_filter(page(Ikm, "change", ikm.pk)))
    kind = ContentType.objects.get_for_model(Ikm).pk
    ask = with_filter(reverse("admin:sentra_review_ask", args=[kind, ikm.pk]))
    assert ask in aims(record)
    response = client.get(ask)
    assert f"{home}?{FILTER}" in aims(response)
    assert lost(response, home) == []
    sent = client.post(ask, {"wish": "Alamat pindah"})
    assert sent.url == with_filter(page(Ikm, "change", ikm.pk))


def test_the_export_of_a_list_leads_back_to_what_it_was_asked_for(officer_client: Any) -> None:
    factories.ikm()
    filters = urlencode({"status__exact": "draft"})
    response = officer_client.get(f"{reverse('admin:exchange_export_ask', args=['usaha'])}?{filters}")
    assert f"{page(Ikm, 'changelist')}?{filters}" in aims(response)


@pytest.mark.parametrize("model", [Sentra, Ikm, Product], ids=named)
@pytest.mark.parametrize("action", ["publish_selected", "delete_selected", "change_many"])
def test_a_page_between_the_list_and_its_action_leads_back(
    action: str, model: type[Model], officer_client: Any
) -> None:
    record = MAKERS[model]()
    if action == "delete_selected":
        model._default_manager.update(status="draft", published_at=None)
    home = f"{page(model, 'changelist')}?status__exact={model._default_manager.get(pk=record.pk).status}"
    response = officer_client.post(home, {"action": action, "_selected_action": [record.pk]})
    assert response.status_code == 200
    assert home in aims(response)


def test_from_the_list_the_filter_goes_to_every_page_below_it(officer_client: Any) -> None:
    ikm = factories.ikm()
    home = page(Ikm, "changelist")
    response = officer_client.get(f"{home}?o=1")
    below = [aim for aim in aims(response) if aim.startswith(home) and urlsplit(aim).path != home]
    assert f"{page(Ikm, 'change', ikm.pk)}?{urlencode({KEY: 'o=1'})}" in below
    assert [aim for aim in below if parse_qs(urlsplit(aim).query).get(KEY) != ["o=1"]] == []
    assert reverse("admin:sentra_duplicates") in {urlsplit(aim).path for aim in below}


def test_a_step_leads_on_with_the_filter(officer_client: Any) -> None:
    certificate = factories.certification(products=[factories.product()], stage="issued")
    address = reverse("admin:products_certification_step", args=[certificate.pk, "dicabut"])
    sent = officer_client.post(with_filter(address), {"reached_on": "2026-01-02", "note": "Dicabut oleh penerbit"})
    assert sent.status_code == 302
    assert sent.url == with_filter(page(Certification, "change", certificate.pk))


def test_saving_deleting_and_merging_keep_the_filter(officer_client: Any) -> None:
    kept, gone = factories.ikm(), factories.ikm()
    merged = officer_client.post(with_filter(reverse("admin:sentra_ikm_merge", args=[kept.pk, gone.pk])), {})
    assert merged.url == with_filter(page(Ikm, "change", kept.pk))
    deleted = officer_client.post(with_filter(page(Ikm, "delete", kept.pk)), {"post": "yes"})
    assert deleted.url == f"{page(Ikm, 'changelist')}?{FILTER}"
    refused = officer_client.get(with_filter(page(Ikm, "change", 99_999)))
    assert refused.status_code == 302


def test_a_page_opened_without_a_filter_is_left_as_it_is(officer_client: Any) -> None:
    ikm = factories.ikm()
    response = officer_client.get(page(Ikm, "change", ikm.pk))
    assert KEY not in response.content.decode()


def test_a_link_with_a_filter_of_its_own_is_left_as_it_is() -> None:
    response = carried(f'<a href="{page(Ikm, "changelist")}?meja=kosong">')
    assert response.content.decode() == f'<a href="{page(Ikm, "changelist")}?meja=kosong">'


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="/admin/sentra/ikmx/1/change/">',
        '<a href="/admin/sentra/sentra/1/change/">',
        '<a href="https://example.org/admin/sentra/ikm/">',
        '<a href="//example.org/admin/sentra/ikm/">',
        '<a href="#isi">',
        '<nav class="sticky" id="nav-sidebar"><a href="/admin/sentra/ikm/">Usaha</a></nav>',
    ],
)
def test_what_leads_elsewhere_is_left_as_it_is(markup: str) -> None:
    assert carried(markup).content.decode() == markup


def test_what_somebody_typed_into_the_address_stays_inside_the_attribute() -> None:
    response = carried(
        f'<a href="{page(Ikm, "changelist")}">x</a><form method="get">', '"><script>alert(1)</script>=\r\n&x="'
    )
    text = response.content.decode()
    assert "<script>" not in text and text.count('"') == 10
    assert "\n" not in text


def test_a_form_that_asks_takes_the_filter_along() -> None:
    text = carried('<form method="get" class="saring">').content.decode()
    assert f'<input type="hidden" name="{KEY}" value="q=kain+%26+tali&amp;o=1">' in text


def test_files_are_not_touched() -> None:
    content = f'href="{page(Ikm, "changelist")}"'
    assert carried(content, content_type="text/csv").content.decode() == content


def carried(markup: str, filters: str = FILTER, content_type: str = "text/html") -> HttpResponse:
    request: HttpRequest = RequestFactory().get(page(Ikm, "change", 1), {KEY: filters})
    return carry(request, HttpResponse(markup, content_type=content_type))


def test_every_exception_is_a_page_of_ours() -> None:
    assert OWN_PAGES.keys() >= NO_LINKS | ONLY_STEPS | ELSEWHERE
    assert {ChangeSet, CaseDocument, CatalogueEdition, EditionFile} <= admin.site._registry.keys()
