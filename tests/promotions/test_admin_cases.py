"""The officers' pages of cases: steps as buttons, what is late, who may see anything of it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from promotions.actions.cases import join
from promotions.cases.proposals import ENOUGH
from promotions.models import CaseDocument, FacilitationCase, Partner
from semarang_ikm.shared.time import today
from sentra.models import ChangeSet, Ikm, Sentra
from tests import factories, officers
from tests.admin_forms import admin_url, errors, submit
from tests.help_given import case_document, officer_who_may

pytestmark = pytest.mark.django_db

WORDS = "Tekanan air rahasia"


def step_url(case: FacilitationCase, name: str) -> str:
    return reverse("admin:promotions_case_step", args=[case.pk, name])


def three_alike() -> Sentra:
    sentra = factories.sentra()
    for _ in range(ENOUGH):
        factories.case(ikm=factories.ikm(sentra=sentra))
    return sentra


def test_the_journey_of_a_case_is_made_by_its_buttons(officer_client: Client) -> None:
    case = factories.case(partner=factories.partner())
    for name, stage in (("verifikasi", "verified"), ("serahkan", "running")):
        page = officer_client.get(admin_url(FacilitationCase, "change", case.pk)).content.decode()
        assert step_url(case, name) in page
        officer_client.get(step_url(case, name))
        assert FacilitationCase.objects.get().stage != stage
        for _ in range(2):
            officer_client.post(step_url(case, name))
        assert FacilitationCase.objects.get().stage == stage
    assert case.steps.count() == 2


def test_handing_over_without_a_partner_says_what_to_do(officer_client: Client) -> None:
    case = factories.case()
    page = officer_client.post(step_url(case, "serahkan"), follow=True).content.decode()
    assert "Pilih mitranya dahulu, simpan, lalu serahkan." in page
    assert FacilitationCase.objects.get().stage == "proposed"


def test_closing_asks_for_the_outcome_and_keeps_what_was_typed(officer_client: Client) -> None:
    case = factories.case()
    for wrong in (
        {"closed_on": today(), "outcome": " "},
        {"closed_on": "2099-01-01", "outcome": "Pipa diganti."},
        {"closed_on": "1999-01-01", "outcome": "Pipa diganti."},
        {"closed_on": "besok", "outcome": "Pipa diganti."},
    ):
        answer = officer_client.post(step_url(case, "selesai"), wrong)
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert wrong["outcome"].strip() in answer.content.decode()
    officer_client.post(step_url(case, "selesai"), {"closed_on": today(), "outcome": "Pipa diganti."})
    case.refresh_from_db()
    assert (case.stage, case.closed_on, case.outcome) == ("solved", today(), "Pipa diganti.")


def test_closing_a_shared_case_offers_the_cases_in_it(officer_client: Client) -> None:
    sentra = three_alike()
    shared, _count = join(sentra=sentra, kind="water", by=None)
    page = officer_client.get(step_url(shared, "selesai"))
    assert page.content.decode().count('name="children"') == ENOUGH
    children = list(shared.children.values_list("pk", flat=True))
    officer_client.post(
        step_url(shared, "selesai"), {"closed_on": today(), "outcome": "Selesai.", "children": children}
    )
    assert not FacilitationCase.objects.open().exists()


def test_a_step_and_the_next_due_day_are_saved_together(officer_client: Client, officer) -> None:
    case = factories.case()
    typed = {"due_on": "2099-01-05", "steps-0-text": "Menelepon PDAM", "steps-0-done_on": today()}
    assert submit(officer_client, FacilitationCase, typed, case).status_code == 302
    case.refresh_from_db()
    assert case.due_on == date(2099, 1, 5)
    assert (case.steps.get().text, case.steps.get().done_by) == ("Menelepon PDAM", officer)


def test_saving_without_typing_adds_no_step(officer_client: Client) -> None:
    case = factories.case()
    assert submit(officer_client, FacilitationCase, {"title": "Lain"}, case).status_code == 302
    assert not case.steps.exists()


def test_what_the_stage_asks_for_cannot_be_emptied(officer_client: Client) -> None:
    running = factories.case(stage="running", partner=factories.partner())
    closed = factories.case(stage="solved", closed_on=today())
    joined = factories.case(parent=factories.case(sentra=factories.sentra()))
    elsewhere = {"ikm": None, "sentra": factories.sentra().pk}
    for case, typed, field in (
        (running, {"partner": None}, "partner"),
        (closed, {"outcome": None}, "outcome"),
        (closed, {"closed_on": None}, "closed_on"),
        (closed, {"closed_on": "1999-01-01"}, "closed_on"),
        (joined, elsewhere, "ikm"),
    ):
        assert set(errors(submit(officer_client, FacilitationCase, typed, case))) == {field}


def test_one_subject_is_told_beside_the_field(officer_client: Client) -> None:
    typed = {"title": "Air", "kind": "water", "opened_on": today()}
    assert set(errors(submit(officer_client, FacilitationCase, typed))) == {"ikm"}


def test_the_list_shows_what_is_late_and_filters_it(officer_client: Client) -> None:
    factories.case(title="Sudah lewat", due_on=factories.days_ago(1))
    factories.case(title="Masih lama", due_on="2099-01-01")
    page = officer_client.get(admin_url(FacilitationCase, "changelist")).content.decode()
    assert page.count('class="lewat"') == 1
    late = officer_client.get(admin_url(FacilitationCase, "changelist"), {"tenggat": "lewat"}).content.decode()
    assert "Sudah lewat" in late
    assert "Masih lama" not in late


# -- what several propose ---------------------------------------------------------------------------------------------


def test_a_proposal_stands_in_the_list_and_on_the_page_of_the_sentra_and_is_carried_out_by_one_press(officer_client):
    sentra = three_alike()
    button = reverse("admin:promotions_case_join", args=[sentra.pk, "water"])
    for url in (admin_url(FacilitationCase, "changelist"), admin_url(Sentra, "change", sentra.pk)):
        assert f'action="{button}"' in officer_client.get(url).content.decode()
    answers = [officer_client.post(button) for _ in range(2)]
    shared = FacilitationCase.objects.get(sentra=sentra)
    assert {answer.url for answer in answers} == {admin_url(FacilitationCase, "change", shared.pk)}
    assert shared.children.count() == ENOUGH
    assert button not in officer_client.get(admin_url(Sentra, "change", sentra.pk)).content.decode()


def test_looking_at_the_address_of_the_button_joins_nothing(officer_client: Client) -> None:
    sentra = three_alike()
    officer_client.get(reverse("admin:promotions_case_join", args=[sentra.pk, "water"]))
    assert not FacilitationCase.objects.filter(sentra=sentra).exists()


# -- who may see ------------------------------------------------------------------------------------------------------


@pytest.fixture
def editor() -> Client:
    """Edits and publishes everything there is, but has no part in cases."""
    return officers.signed_in("Penerbit")


def test_others_find_no_trace_of_a_case(editor: Client) -> None:
    sentra = three_alike()
    case = factories.case(title=WORDS, ikm=factories.ikm(sentra=sentra), partner=factories.partner())
    document = case_document(case=case)
    pages = [
        "/admin/",
        admin_url(Ikm, "change", case.ikm.pk),
        admin_url(Ikm, "delete", case.ikm.pk),
        admin_url(Ikm, "history", case.ikm.pk),
        admin_url(Sentra, "change", sentra.pk),
        admin_url(Sentra, "delete", sentra.pk),
        admin_url(Partner, "changelist"),
        admin_url(Partner, "change", case.partner.pk),
        admin_url(Partner, "delete", case.partner.pk),
    ]
    for url in pages:
        answer = editor.get(url)
        assert answer.status_code == 200, url
        for trace in (WORDS, case.number, "facilitationcase", "perkara"):
            assert trace not in answer.content.decode(), (url, trace)
    closed = [
        admin_url(FacilitationCase, "changelist"),
        admin_url(FacilitationCase, "change", case.pk),
        admin_url(FacilitationCase, "history", case.pk),
        step_url(case, "selesai"),
        reverse("admin:promotions_caseletter_write", args=[case.pk]),
        reverse("admin:promotions_casedocument_file", args=[document.pk]),
    ]
    for url in closed:
        assert editor.get(url).status_code in {403, 404}, url
        assert editor.post(url).status_code in {403, 404, 405}, url
    assert editor.post(reverse("admin:promotions_case_join", args=[sentra.pk, "water"])).status_code == 403
    assert editor.get("/admin/autocomplete/", _asking()).status_code == 403


def test_the_trail_of_changes_tells_others_nothing_of_a_case(officer_client: Client, editor: Client) -> None:
    case = factories.case()
    typed = {"title": WORDS, "steps-0-text": WORDS, "steps-0-done_on": today()}
    submit(officer_client, FacilitationCase, typed, case)
    changed = ChangeSet.objects.latest("pk")
    officer_client.post(admin_url(FacilitationCase, "delete", case.pk), {"post": "yes"})
    assert not FacilitationCase.objects.exists()
    pages = [admin_url(ChangeSet, "changelist"), reverse("admin:sentra_changeset_trash")]
    pages += [admin_url(ChangeSet, "change", row.pk) for row in ChangeSet.objects.filter(pk__gte=changed.pk)]
    for url in pages:
        for trace in (WORDS, case.number):
            assert trace not in editor.get(url).content.decode(), url
    assert WORDS in officer_client.get(admin_url(ChangeSet, "change", changed.pk)).content.decode()


def _asking() -> dict[str, str]:
    return {"app_label": "promotions", "model_name": "casestep", "field_name": "case", "term": "air"}


def test_deleting_what_a_hidden_case_holds_is_refused_without_naming_it(editor: Client) -> None:
    case = factories.case(title=WORDS)
    for url, data in (
        (admin_url(Ikm, "delete", case.ikm.pk), {"post": "yes"}),
        (
            admin_url(Ikm, "changelist"),
            {"action": "delete_selected", "_selected_action": [case.ikm.pk], "post": "yes"},
        ),
    ):
        page = editor.post(url, data, follow=True).content.decode()
        assert "Catatan lain yang tidak dapat Anda buka." in page
        assert WORDS not in page
        assert Ikm.objects.filter(pk=case.ikm.pk).exists()


def test_who_may_see_cases_is_told_which_one_holds_a_business(officer_client: Client) -> None:
    case = factories.case(title=WORDS)
    assert WORDS in officer_client.get(admin_url(Ikm, "delete", case.ikm.pk)).content.decode()


def test_who_may_only_look_changes_nothing() -> None:
    case = factories.case(title=WORDS)
    document = case_document(case=case)
    viewer = Client()
    viewer.force_login(officer_who_may("promotions.view_facilitationcase"), "django.contrib.auth.backends.ModelBackend")
    page = viewer.get(admin_url(FacilitationCase, "change", case.pk)).content.decode()
    assert WORDS in page
    assert step_url(case, "selesai") not in page
    assert viewer.get(reverse("admin:promotions_casedocument_file", args=[document.pk])).status_code == 200
    for name in ("verifikasi", "selesai"):
        assert viewer.post(step_url(case, name)).status_code == 403
    assert viewer.get(reverse("admin:promotions_caseletter_write", args=[case.pk])).status_code == 403
    assert FacilitationCase.objects.get().stage == "proposed"


def test_the_role_for_cases_works_on_them() -> None:
    case = factories.case()
    client = officers.signed_in("Petugas fasilitasi")
    typed = {"steps-0-text": "Menelepon", "steps-0-done_on": today()}
    assert submit(client, FacilitationCase, typed, case).status_code == 302
    assert case.steps.count() == 1
    assert client.post(step_url(case, "verifikasi")).status_code == 302
    assert not CaseDocument.objects.exists()


def test_a_business_shows_its_cases_only_to_those_who_may_see_them(officer_client: Client, editor: Client) -> None:
    case = factories.case(title=WORDS)
    url = admin_url(Ikm, "change", case.ikm.pk)
    assert WORDS in officer_client.get(url).content.decode()
    assert WORDS not in editor.get(url).content.decode()
