"""The officers' pages of a selection: rules, proposal, decisions, acceptance, minutes; who may, and what paper carries."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from promotions.actions import selections
from promotions.models import Appearance, FairSelection, SelectionDecision
from promotions.selecting.proposing import propose
from promotions.selecting.record import mark_of
from semarang_ikm.shared import publishing
from semarang_ikm.shared.choices import Channel
from tests import factories
from tests.admin_forms import errors, submit
from tests.officers import signed_in
from tests.promotions.test_selecting import anybody, ready_business
from tests.selection_factories import fair_selection, selection_decision

pytestmark = pytest.mark.django_db


def url(name: str, selection: FairSelection) -> str:
    return reverse(f"admin:promotions_selection_{name}", args=[selection.pk])


def page(client: Client, name: str, selection: FairSelection, **asked: str) -> str:
    answer = client.get(url(name, selection), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def staff(*permissions: str) -> Client:
    user = factories.user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# -- rules ------------------------------------------------------------------------------------------------------------


def test_a_promotion_leads_to_new_rules_and_saved_rules_to_what_they_give(officer_client: Client) -> None:
    promotion = factories.promotion()
    door = reverse("admin:promotions_promotion_selection", args=[promotion.pk])
    assert (
        door in officer_client.get(reverse("admin:promotions_promotion_change", args=[promotion.pk])).content.decode()
    )

    rules = officer_client.get(door)
    assert rules.url == f"{reverse('admin:promotions_fairselection_add')}?promotion={promotion.pk}"
    saved = submit(officer_client, FairSelection, {"promotion": promotion.pk, "_save": "1"})

    selection = FairSelection.objects.get()
    assert saved.url == url("proposal", selection)
    assert (selection.places, selection.food_at_most_percent, selection.each_kecamatan_at_least) == (48, 50, 1)
    assert officer_client.get(door).url == url("proposal", selection)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": 0}, "places"),
        ({"places": ""}, "places"),
        ({"food_at_most_percent": 101}, "food_at_most_percent"),
        ({"each_kecamatan_at_least": 3, "each_kecamatan_at_most": 2}, "each_kecamatan_at_most"),
    ],
)
def test_impossible_rules_are_told_beside_the_field(officer_client: Client, wrong: dict, field: str) -> None:
    assert field in errors(submit(officer_client, FairSelection, wrong | {"_save": "1"}, fair_selection()))


# -- the proposal -----------------------------------------------------------------------------------------------------


def test_the_proposal_gives_everybody_a_reason(officer_client: Client) -> None:
    inside, bare = ready_business(), factories.ikm(published=True)
    shown = text(page(officer_client, "proposal", fair_selection(places=5)))

    assert f"{inside.name} {inside.code}" in shown
    assert "Belum pernah dipromosikan." in shown
    assert bare.code in shown
    assert "Belum siap: belum ada produk yang terbit; belum ada persetujuan tampil di cetakan." in shown
    assert "4 tempat tidak terisi" in shown


def test_what_cannot_be_met_is_told_once_for_all_kecamatan_alike(officer_client: Client) -> None:
    names = [factories.kecamatan().name for _number in range(2)]
    shown = text(page(officer_client, "proposal", fair_selection()))
    assert f"Kecamatan {names[0]}, Kecamatan {names[1]}: paling sedikit 1, kurang 1." in shown


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"q": "BATIK uji"}, True), ({"q": "zzz"}, False), ({"alasan": "not_ready"}, True), ({"kurang": "closed"}, False)],
)
def test_the_others_are_searched_and_grouped(officer_client: Client, asked: dict, found: bool) -> None:
    ikm = factories.ikm("Kelompok Batik Uji", published=True)
    shown = page(officer_client, "proposal", fair_selection(), **asked)
    assert (f'id="{ikm.code}"' in shown) == found


def test_a_page_of_the_others_that_leads_nowhere_is_no_error(officer_client: Client) -> None:
    assert page(officer_client, "proposal", fair_selection(), hal="99", alasan="x", kurang="y")


def test_the_page_asks_as_often_for_many_as_for_one(officer_client: Client, count_queries) -> None:
    selection = fair_selection()
    ready_business(sentra=factories.sentra(published=True), kelurahan=factories.kelurahan())
    few = count_queries(lambda: page(officer_client, "proposal", selection))
    for _number in range(6):
        ready_business(sentra=factories.sentra(published=True), kelurahan=factories.kelurahan())
    assert count_queries(lambda: page(officer_client, "proposal", selection)) == few


def test_a_decision_is_taken_from_the_row_and_taken_back(officer_client: Client) -> None:
    selection, ikm = fair_selection(), factories.ikm(published=True)
    typed = {"code": ikm.code, "kind": "pin", "reason": "Tuan rumah"}

    answer = officer_client.post(url("decide", selection), typed)
    assert answer.url == f"{url('proposal', selection)}#{ikm.code}"
    assert "Ditetapkan petugas: Tuan rumah. Belum memenuhi:" in text(page(officer_client, "proposal", selection))

    officer_client.post(url("decide", selection), {"code": ikm.code, "kind": "back"})
    assert not SelectionDecision.objects.exists()


@pytest.mark.parametrize("typed", [{"reason": ""}, {"reason": "x" * 201}, {"kind": "sideways"}, {"code": "U-9999"}])
def test_a_decision_that_cannot_be_is_refused_with_words(officer_client: Client, typed: dict) -> None:
    selection, ikm = fair_selection(), factories.ikm(published=True)
    told = officer_client.post(
        url("decide", selection), {"code": ikm.code, "kind": "pin", "reason": "Ya"} | typed, follow=True
    )
    assert [str(message.level_tag) for message in told.context["messages"]] == ["error"]
    assert not SelectionDecision.objects.exists()


def test_a_decision_about_a_business_that_is_no_longer_public_is_said_to_count_for_nothing(officer_client) -> None:
    decision = selection_decision(ikm=factories.ikm())
    assert f"Tidak dihitung, karena tidak terbit lagi: {decision.ikm.code}" in text(
        page(officer_client, "proposal", decision.selection)
    )


def test_who_was_entered_by_hand_outside_the_proposal_is_named(officer_client: Client) -> None:
    selection = fair_selection()
    inside, byhand = ready_business(), factories.ikm(published=True)
    for ikm in (inside, byhand):
        factories.appearance(promotion=selection.promotion, ikm=ikm)
    told = f"1 usaha sudah tercatat sebagai peserta di luar usulan ini dan tidak memakai tempatnya: {byhand.code}."
    assert told in text(page(officer_client, "proposal", selection))


# -- acceptance -------------------------------------------------------------------------------------------------------


def test_the_button_accepts_what_the_page_shows(officer_client: Client) -> None:
    ikm, selection = factories.ikm(published=True), anybody()
    mark = re.search(r'name="mark" value="(\w+)"', page(officer_client, "proposal", selection))[1]

    for _number in range(2):
        officer_client.post(url("accept", selection), {"mark": mark})

    assert Appearance.objects.get().ikm == ikm
    shown = page(officer_client, "proposal", selection)
    assert "Isinya tidak berubah lagi" in shown
    assert 'name="mark"' not in shown and 'name="kind"' not in shown


def test_a_proposal_that_changed_since_is_shown_again_instead(officer_client: Client) -> None:
    factories.ikm(published=True)
    selection = anybody()
    mark = mark_of(propose(selection))
    factories.ikm(published=True)
    told = officer_client.post(url("accept", selection), {"mark": mark}, follow=True)
    assert "Data berubah sejak usulan ini dibuka" in text(told.content.decode())
    assert not Appearance.objects.exists()


def test_accepted_rules_can_be_read_but_not_changed_or_deleted(officer_client: Client) -> None:
    factories.ikm(published=True)
    selection = anybody()
    officer_client.post(url("accept", selection), {"mark": mark_of(propose(selection))})
    change = reverse("admin:promotions_fairselection_change", args=[selection.pk])

    assert 'name="places"' not in officer_client.get(change).content.decode()
    assert officer_client.post(change, {"places": 3}).status_code == 403
    assert officer_client.get(reverse("admin:promotions_fairselection_delete", args=[selection.pk])).status_code == 403


def test_a_catalogue_is_filled_from_the_accepted_selection(officer_client: Client) -> None:
    ready_business()
    selection, edition = fair_selection(each_kecamatan_at_least=0), factories.edition()
    officer_client.post(url("accept", selection), {"mark": mark_of(propose(selection))})
    assert str(edition) in page(officer_client, "proposal", selection)

    answer = officer_client.post(url("edition", selection), {"target": edition.pk, "at_most": 2})

    assert answer.url == reverse("admin:promotions_catalogueedition_change", args=[edition.pk])
    assert edition.entries.count() == 1


# -- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["decide", "accept", "edition"])
def test_writing_needs_the_permission_and_a_post(officer_client: Client, name: str) -> None:
    selection, ikm = anybody(), factories.ikm(published=True)
    typed = {"mark": mark_of(propose(selection)), "code": ikm.code, "kind": "pin", "reason": "Ya"}

    assert officer_client.get(url(name, selection)).status_code == 404
    assert staff("view_fairselection").post(url(name, selection), typed).status_code == 404
    assert Client().post(url(name, selection), typed).status_code == 302
    assert not Appearance.objects.exists() and not SelectionDecision.objects.exists()


def test_an_editor_prepares_for_a_public_event_and_a_publisher_accepts() -> None:
    ikm = factories.ikm(published=True)
    public = anybody(promotion=factories.promotion(published=True, starts_on=factories.days_ago(-9)))
    editor, publisher = signed_in("Penyunting"), signed_in("Penerbit")
    mark = {"mark": mark_of(propose(public))}

    assert "pesertanya dicatat oleh penerbit" in page(editor, "proposal", public)
    assert editor.post(url("accept", public), mark).status_code == 403
    with pytest.raises(publishing.NotAllowed):
        selections.accept(selection=public, seen=mark["mark"], by=editor.user)
    assert not Appearance.objects.exists()

    publisher.post(url("accept", public), mark)
    assert Appearance.objects.get().ikm == ikm


def test_an_editor_accepts_for_an_event_that_is_still_a_draft() -> None:
    factories.ikm(published=True)
    draft = anybody()
    signed_in("Penyunting").post(url("accept", draft), {"mark": mark_of(propose(draft))})
    assert Appearance.objects.exists()


def test_filling_an_edition_needs_the_right_to_change_editions() -> None:
    factories.ikm(published=True)
    selection, edition = anybody(), factories.edition()
    client = staff("view_fairselection", "change_fairselection")
    assert client.post(url("edition", selection), {"target": edition.pk, "at_most": 1}).status_code == 403


@pytest.mark.parametrize("name", ["proposal", "minutes"])
def test_reading_needs_the_permission_and_offers_no_writing(name: str) -> None:
    factories.ikm(published=True)
    selection = anybody()
    shown = page(staff("view_fairselection"), name, selection)
    assert 'name="reason"' not in shown and 'name="mark"' not in shown
    assert staff().get(url(name, selection)).status_code in (403, 404)
    assert Client().get(url(name, selection)).status_code == 302


# -- minutes ----------------------------------------------------------------------------------------------------------


def test_the_minutes_carry_a_persons_name_only_with_consent_for_paper(officer_client: Client) -> None:
    for channel in (Channel.WEB, Channel.PRINT):
        ikm = factories.ikm(f"Batik Bu {channel}", published=True, name_is_personal=True)
        factories.consent(ikm, "name", channels=[channel])
    lacking = factories.ikm("Batik Bu Tak Siap", published=True, name_is_personal=True)

    for selection in (anybody(), fair_selection()):
        for name in ("minutes", "proposal"):
            shown = page(officer_client, name, selection)
            assert "Batik Bu print" in shown
            assert "Batik Bu web" not in shown and "Tak Siap" not in shown
            assert lacking.code in shown


def test_the_minutes_tell_rules_chosen_others_and_leave_room_to_sign(officer_client: Client) -> None:
    inside, outside = ready_business(), factories.ikm(published=True)
    selection = fair_selection(each_kecamatan_at_least=0)

    draft = text(page(officer_client, "minutes", selection))
    officer_client.post(url("accept", selection), {"mark": mark_of(propose(selection))})
    final = text(page(officer_client, "minutes", selection))

    assert "Usulan, belum diterima." in draft and "Usulan, belum diterima." not in final
    assert "Diterima" in final and "petugas" in final
    for words in ("Pangan paling banyak 50% dari tempat, yaitu 24.", inside.name, outside.code, "Mengetahui"):
        assert words in draft and words in final


def test_the_minutes_speak_english(officer_client: Client, settings) -> None:
    ready_business()
    officer_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    shown = text(page(officer_client, "minutes", fair_selection()))
    assert "Minutes of the selection" in shown
    assert "Never promoted before." in shown
