"""After acceptance: who withdraws leaves the ledger, the next in line is always the same, and what rests on nothing opens again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from promotions.actions import selection_changes, selections
from promotions.actions.selection_changes import next_in_line, reopen, replace, stay, withdraw
from promotions.choices import DecisionKind
from promotions.models import Appearance, FairSelection, SelectionReopening, SelectionWithdrawal
from promotions.selecting.proposing import propose
from promotions.selecting.record import mark_of
from semarang_ikm.shared import publishing
from sentra.models import Ikm
from tests import factories
from tests.officers import signed_in
from tests.promotions.test_admin_selections import page, staff, text, url
from tests.promotions.test_selecting import anybody
from tests.promotions.test_selection_actions import accept
from tests.selection_factories import selection_rule

pytestmark = pytest.mark.django_db
REASON = "Sakit, kabar lewat telepon"


def businesses(count: int, **fields) -> list[Ikm]:
    return [factories.ikm(published=True, **fields) for _number in range(count)]


def accepted(places: int = 2, **fields) -> FairSelection:
    selection = anybody(places=places, **fields)
    accept(selection)
    return selection


def codes(selection: FairSelection) -> list[str]:
    return sorted(selection.promotion.appearances.values_list("ikm__code", flat=True))


def offered(selection: FairSelection) -> list[str]:
    return [line.code for line in next_in_line(selection)[0]]


def replaced(selection: FairSelection) -> int:
    return replace(selection=selection, seen=mark_of(next_in_line(selection)[1]), by=factories.user())


def gone(selection: FairSelection, ikm: Ikm, reason: str = REASON) -> bool:
    return withdraw(selection=selection, business=ikm, reason=reason, by=factories.user())


# -- who withdraws ----------------------------------------------------------------------------------------------------


def test_who_withdraws_leaves_the_ledger_and_the_outcome_stays() -> None:
    first, second, _third = businesses(3)
    selection = accepted()
    before = FairSelection.objects.get().outcome
    assert gone(selection, first)
    assert codes(selection) == [second.code]
    assert FairSelection.objects.get().outcome == before
    row = SelectionWithdrawal.objects.get()
    assert (row.ikm, row.reason, row.replaced_by) == (first, REASON, None)
    assert f"{first.code} mundur: {REASON}" in LogEntry.objects.latest("pk").change_message


def test_withdrawing_twice_does_it_once() -> None:
    first, *_others = businesses(3)
    selection = accepted()
    assert [gone(selection, first), gone(selection, first, "Lain")] == [True, False]
    assert SelectionWithdrawal.objects.get().reason == REASON


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_withdraws_without_a_reason(reason: str) -> None:
    first, *_others = businesses(3)
    selection = accepted()
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        gone(selection, first, reason)
    assert first.code in codes(selection) and not SelectionWithdrawal.objects.exists()


def test_only_participants_of_an_accepted_selection_withdraw() -> None:
    first, _second, third = businesses(3)
    selection = accepted()
    with pytest.raises(ValidationError, match="bukan peserta"):
        gone(selection, third)
    with pytest.raises(selection_changes.NotAccepted):
        gone(anybody(), first)


def test_when_the_event_has_begun_nobody_withdraws_here() -> None:
    first, *_others = businesses(3)
    selection = accepted(promotion=factories.promotion(starts_on=factories.days_ago(1)))
    with pytest.raises(ValidationError, match="sudah dimulai"):
        gone(selection, first)


def test_who_comes_after_all_has_the_line_again_unless_the_place_is_taken() -> None:
    first, second, _third = businesses(3)
    selection = accepted()
    gone(selection, first)
    assert stay(selection=selection, business=first, by=factories.user())
    assert codes(selection) == sorted([first.code, second.code]) and not SelectionWithdrawal.objects.exists()
    gone(selection, first)
    replaced(selection)
    with pytest.raises(ValidationError, match="penggantinya"):
        stay(selection=selection, business=first, by=factories.user())


# -- who is next ------------------------------------------------------------------------------------------------------


def test_the_next_in_line_is_who_waited_longest_of_the_rest() -> None:
    first, _second, recent, never = businesses(4)
    old = factories.promotion(starts_on=factories.days_ago(100))
    factories.appearance(promotion=old, ikm=recent, appeared_on=old.starts_on)
    selection = accepted()
    gone(selection, first)
    assert [offered(selection) for _look in range(2)] == [[never.code]] * 2
    assert replaced(selection) == 1
    assert SelectionWithdrawal.objects.get().replaced_by == never
    assert never.code in codes(selection) and recent.code not in codes(selection) and first.code not in codes(selection)
    # No place is free any more.
    assert replaced(selection) == 0


def test_as_many_are_offered_as_withdrew_and_no_former_one() -> None:
    first, second, third, fourth, fifth = businesses(5)
    selection = accepted()
    gone(selection, first)
    gone(selection, second)
    assert offered(selection) == [third.code, fourth.code]
    replaced(selection)
    gone(selection, third)
    assert offered(selection) == [fifth.code]
    replaced(selection)
    assert codes(selection) == sorted([fourth.code, fifth.code])
    assert selections.coming(selection) == [fourth.code, fifth.code]


def test_the_rules_hold_for_the_next_too() -> None:
    tugu, mijen = factories.kelurahan(), factories.kelurahan()
    (first,) = businesses(1, kelurahan=tugu)
    (second,) = businesses(1, kelurahan=mijen)
    (_same_place,) = businesses(1, kelurahan=mijen)
    (fits,) = businesses(1, kelurahan=tugu)
    selection = accepted(each_kecamatan_at_most=1)
    assert codes(selection) == sorted([first.code, second.code])
    gone(selection, first)
    assert offered(selection) == [fits.code]


def test_whom_an_officer_left_out_is_not_next_and_an_empty_place_stays_empty() -> None:
    first, _second, excluded = businesses(3)
    selection = anybody(places=2)
    selections.decide(
        selection=selection, business=excluded, kind=DecisionKind.EXCLUDE, reason="Tutup", by=factories.user()
    )
    accept(selection)
    gone(selection, first)
    assert offered(selection) == []
    assert replaced(selection) == 0 and SelectionWithdrawal.objects.get().replaced_by is None


def test_who_is_not_public_any_more_gives_no_place_away() -> None:
    _first, second, _third, _fourth = businesses(4)
    selection = accepted()
    Ikm.objects.filter(pk=second.pk).update(status="draft")
    assert offered(selection) == []


def test_what_was_not_seen_replaces_nobody() -> None:
    first, *_others = businesses(4)
    selection = accepted()
    gone(selection, first)
    seen = mark_of(next_in_line(selection)[1])
    businesses(1)
    with pytest.raises(selections.Changed):
        replace(selection=selection, seen=seen, by=factories.user())
    assert SelectionWithdrawal.objects.get().replaced_by is None


def test_a_catalogue_is_filled_with_who_comes() -> None:
    makers = businesses(3)
    products = {ikm.code: factories.product(published=True, ikm=ikm) for ikm in makers}
    selection, edition = accepted(), factories.edition()
    gone(selection, makers[0])
    replaced(selection)
    selections.fill_edition(selection=selection, edition=edition, at_most=1, by=factories.user())
    inside = set(edition.entries.values_list("code", flat=True))
    assert inside == {products[makers[1].code].code, products[makers[2].code].code}


# -- opening again ----------------------------------------------------------------------------------------------------


def test_opened_again_it_keeps_what_was_accepted_and_enters_nobody() -> None:
    first, _second, third = businesses(3)
    by_hand = businesses(1)[0]
    selection = anybody(places=2)
    factories.appearance(promotion=selection.promotion, ikm=by_hand, appeared_on=selection.promotion.starts_on)
    accept(selection)
    outcome, who = FairSelection.objects.get().outcome, selection.accepted_by
    gone(selection, first)
    replaced(selection)
    officer = factories.user()
    assert reopen(selection=selection, reason="  Aturannya   keliru ", by=officer)
    assert codes(selection) == [by_hand.code]
    kept = SelectionReopening.objects.get()
    assert {**outcome, "withdrawn": [[first.code, third.code]]} == kept.outcome
    assert (kept.reason, kept.accepted_by, kept.reopened_by) == ("Aturannya keliru", who, officer)
    fresh = FairSelection.objects.get()
    assert fresh.is_open and fresh.outcome == {}
    # Who withdrew stays out, with the reason.
    assert (fresh.decisions.get().ikm, fresh.decisions.get().reason) == (first, REASON)
    assert first.code not in {line.code for line in propose(fresh).chosen}


def test_opening_twice_does_it_once_and_it_can_be_accepted_again() -> None:
    businesses(2)
    selection = accepted()
    by = factories.user()
    assert [reopen(selection=selection, reason="Keliru", by=by) for _press in range(2)] == [True, False]
    assert accept(selection)
    assert SelectionReopening.objects.count() == 1 and len(codes(selection)) == 2


def test_lines_that_somebody_wrote_on_stay() -> None:
    first, _second = businesses(2)
    selection = accepted()
    Appearance.objects.filter(ikm=first).update(note="Meja 4")
    reopen(selection=selection, reason="Keliru", by=factories.user())
    assert codes(selection) == [first.code]


def test_without_a_reason_it_stays_closed() -> None:
    businesses(2)
    selection = accepted()
    with pytest.raises(ValidationError, match="Tulis alasannya"):
        reopen(selection=selection, reason=" ", by=factories.user())
    assert not FairSelection.objects.get().is_open and len(codes(selection)) == 2


def printed(selection: FairSelection) -> None:
    factories.edition(published=True, promotion=selection.promotion)


def archived_print(selection: FairSelection) -> None:
    factories.edition(published=True, promotion=selection.promotion, status="archived")


def shown(selection: FairSelection) -> None:
    type(selection.promotion).objects.filter(pk=selection.promotion_id).update(
        status="published", published_at=timezone.now()
    )


def begun(selection: FairSelection) -> None:
    type(selection.promotion).objects.filter(pk=selection.promotion_id).update(starts_on=factories.days_ago(0))


@pytest.mark.parametrize(
    ("rests", "says"),
    [
        (printed, "sudah terbit dengan peserta ini"),
        (archived_print, "sudah terbit dengan peserta ini"),
        (shown, "kembalikan dulu menjadi draf"),
        (begun, "sudah dimulai"),
    ],
)
def test_what_something_rests_on_stays_closed_and_says_why(rests, says: str) -> None:
    businesses(2)
    selection = accepted()
    rests(selection)
    selection = FairSelection.objects.get()
    with pytest.raises(ValidationError, match=says):
        reopen(selection=selection, reason="Keliru", by=factories.user(is_superuser=True))
    assert not FairSelection.objects.get().is_open and not SelectionReopening.objects.exists()


def test_a_draft_edition_is_no_obstacle() -> None:
    businesses(2)
    selection = accepted()
    factories.edition(promotion=selection.promotion)
    assert reopen(selection=selection, reason="Keliru", by=factories.user())


# -- the pages and who may --------------------------------------------------------------------------------------------

WRITERS = ("view_fairselection", "change_fairselection", "add_appearance", "delete_appearance")


def test_an_officer_records_who_withdraws_and_takes_the_next(officer_client: Client) -> None:
    first, _second, third = businesses(3)
    selection = accepted()
    assert "Catat mundur" in page(officer_client, "proposal", selection)
    answer = officer_client.post(url("withdraw", selection), {"code": first.code, "reason": REASON}, follow=True)
    shown_page = answer.content.decode()
    assert "Yang berikutnya" in shown_page and third.name in text(shown_page)
    seen = mark_of(next_in_line(selection)[1])
    done = officer_client.post(url("replace", selection), {"mark": seen}, follow=True).content.decode()
    assert "1 pengganti dicatat." in done and f"digantikan {third.code}" in text(done)
    minutes = text(page(officer_client, "minutes", selection))
    assert f"{first.code} mundur" in minutes and f"digantikan {third.code}" in minutes


def test_an_officer_opens_it_again_with_a_reason(officer_client: Client) -> None:
    businesses(2)
    selection = accepted()
    assert url("reopen", selection) in page(officer_client, "proposal", selection)
    assert 'name="reason"' in page(officer_client, "reopen", selection)
    done = officer_client.post(url("reopen", selection), {"reason": "Aturannya keliru"}, follow=True).content.decode()
    assert "Seleksi dibuka lagi" in done and "Aturannya keliru" in done and 'name="mark"' in done
    assert FairSelection.objects.get().is_open


def test_the_page_says_what_rests_on_it_and_asks_for_nothing(officer_client: Client) -> None:
    businesses(2)
    selection = accepted()
    printed(selection)
    asked = page(officer_client, "reopen", selection)
    assert "sudah terbit dengan peserta ini" in asked and 'name="reason"' not in asked


@pytest.mark.parametrize("lacking", WRITERS[1:])
def test_without_one_of_the_rights_nothing_is_offered_or_done(lacking: str) -> None:
    first, *_others = businesses(3)
    selection = accepted()
    client = staff(*(name for name in WRITERS if name != lacking))
    shown_page = page(client, "proposal", selection)
    assert "Catat mundur" not in shown_page and url("reopen", selection) not in shown_page
    for name in ("withdraw", "replace", "reopen"):
        answer = client.post(url(name, selection), {"code": first.code, "reason": REASON, "mark": "x"})
        assert answer.status_code in {403, 404}
    assert not SelectionWithdrawal.objects.exists() and not FairSelection.objects.get().is_open


def test_what_a_public_event_shows_is_the_publishers() -> None:
    first, *_others = businesses(3)
    selection = accepted()
    shown(selection)
    editor, publisher = signed_in("Penyunting"), signed_in("Penerbit")
    typed = {"code": first.code, "reason": REASON}
    assert editor.post(url("withdraw", selection), typed).status_code == 403
    with pytest.raises(publishing.NotAllowed):
        withdraw(selection=FairSelection.objects.get(), business=first, reason=REASON, by=editor.user)
    assert not SelectionWithdrawal.objects.exists()
    publisher.post(url("withdraw", selection), typed)
    assert SelectionWithdrawal.objects.get().ikm == first


def test_pages_that_write_want_a_post(officer_client: Client) -> None:
    businesses(2)
    selection = accepted()
    for name in ("withdraw", "replace"):
        assert officer_client.get(url(name, selection)).status_code == 404


def test_special_rules_stand_for_the_next_too() -> None:
    place = factories.kelurahan()
    (first,) = businesses(1, kelurahan=place)
    _second, third = businesses(2)
    (other,) = businesses(1, kelurahan=place)
    selection = anybody(places=2)
    selection_rule(selection=selection, kecamatan=place.kecamatan, at_least=1)
    accept(selection)
    gone(selection, first)
    assert offered(selection) == [other.code] != [third.code]
