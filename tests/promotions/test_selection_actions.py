"""Deciding, accepting and filling an edition: each once, each with its reason, each told in the journal."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from promotions.actions import selections
from promotions.choices import DecisionKind, EditionStatus
from promotions.models import Appearance, FairSelection, SelectionDecision
from promotions.personal_data import _selections
from promotions.selecting.proposing import propose
from promotions.selecting.record import mark_of, read
from tests import factories
from tests.promotions.test_selecting import anybody, chosen, ready_business
from tests.selection_factories import fair_selection, selection_decision

pytestmark = pytest.mark.django_db


def accept(selection: FairSelection, by=None) -> bool:
    return selections.accept(selection=selection, seen=mark_of(propose(selection)), by=by or factories.user())


# -- decisions --------------------------------------------------------------------------------------------------------


def test_a_decision_keeps_its_reason_and_who_took_it() -> None:
    selection, ikm, by = anybody(), factories.ikm(published=True), factories.user()

    selections.decide(selection=selection, business=ikm, kind=DecisionKind.PIN, reason="  Tuan   rumah ", by=by)

    decision = selection.decisions.get()
    assert (decision.ikm, decision.reason, decision.decided_by) == (ikm, "Tuan rumah", by)
    assert "Tuan rumah" in LogEntry.objects.get().change_message


def test_a_second_decision_about_a_business_replaces_the_first() -> None:
    old = selection_decision()
    by = factories.user()

    selections.decide(
        selection=old.selection, business=old.ikm, kind=DecisionKind.EXCLUDE, reason="Mengundurkan diri", by=by
    )

    new = SelectionDecision.objects.get()
    assert (new.kind, new.reason, new.decided_by) == (DecisionKind.EXCLUDE, "Mengundurkan diri", by)


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_decision_without_a_reason(reason: str) -> None:
    selection, ikm = anybody(), factories.ikm(published=True)

    with pytest.raises(ValidationError, match="Tulis alasannya"):
        selections.decide(selection=selection, business=ikm, kind=DecisionKind.PIN, reason=reason, by=factories.user())
    assert not selection.decisions.exists()


def test_a_decision_is_taken_back_once() -> None:
    decision, by = selection_decision(), factories.user()
    acts = [selections.take_back(selection=decision.selection, business=decision.ikm, by=by) for _number in range(2)]
    assert acts == [True, False]
    assert not SelectionDecision.objects.exists()


# -- acceptance -------------------------------------------------------------------------------------------------------


def test_accepting_enters_the_chosen_in_the_ledger_and_keeps_the_outcome() -> None:
    inside, outside = factories.ikm(published=True), factories.ikm(published=True)
    selection, by = anybody(places=1), factories.user()

    assert accept(selection, by)

    line = Appearance.objects.get()
    assert (line.ikm, line.promotion, line.appeared_on) == (inside, selection.promotion, selection.promotion.starts_on)
    kept = FairSelection.objects.get()
    assert kept.accepted_by == by
    assert chosen(read(kept.outcome)) == [inside.code]
    assert [line.code for line in read(kept.outcome).others] == [outside.code]


def test_accepting_twice_does_it_once() -> None:
    factories.ikm(published=True)
    selection, by = anybody(), factories.user()
    seen = mark_of(propose(selection))
    copy = FairSelection.objects.get()

    assert [selections.accept(selection=row, seen=seen, by=by) for row in (selection, copy)] == [True, False]
    assert Appearance.objects.count() == 1


def test_what_was_accepted_stays_whatever_happens_to_the_data() -> None:
    ikm = factories.ikm(published=True)
    selection = anybody()
    accept(selection)
    before = FairSelection.objects.get().outcome

    ikm.products.all().delete()
    factories.ikm(published=True)

    assert FairSelection.objects.get().outcome == before


def test_what_was_not_seen_is_not_accepted() -> None:
    factories.ikm(published=True)
    selection = anybody()
    seen = mark_of(propose(selection))
    factories.ikm(published=True)

    with pytest.raises(selections.Changed):
        selections.accept(selection=selection, seen=seen, by=factories.user())

    assert not Appearance.objects.exists()
    assert FairSelection.objects.get().is_open


def test_a_cancelled_promotion_takes_nobody() -> None:
    factories.ikm(published=True)
    selection = anybody(promotion=factories.promotion(cancelled_on=factories.days_ago(1)))
    with pytest.raises(ValidationError, match="dibatalkan"):
        accept(selection)


def test_nobody_chosen_is_nothing_to_accept() -> None:
    with pytest.raises(ValidationError, match="Belum ada usaha"):
        accept(anybody())


def test_an_accepted_selection_takes_no_decision_any_more() -> None:
    ikm = factories.ikm(published=True)
    selection, by = anybody(), factories.user()
    accept(selection)
    stale = FairSelection.objects.get()
    with pytest.raises(selections.AlreadyAccepted):
        selections.decide(selection=stale, business=ikm, kind=DecisionKind.EXCLUDE, reason="Terlambat", by=by)
    with pytest.raises(selections.AlreadyAccepted):
        selections.take_back(selection=stale, business=ikm, by=by)


def test_a_business_that_was_entered_by_hand_keeps_its_line() -> None:
    ikm = factories.ikm(published=True)
    selection = anybody()
    factories.appearance(promotion=selection.promotion, ikm=ikm, note="Meja 4")
    accept(selection)
    assert Appearance.objects.get().note == "Meja 4"


# -- an edition from it -----------------------------------------------------------------------------------------------


def accepted_with_products(count: int = 3) -> FairSelection:
    ikm = ready_business(name="Pembuat")
    for _number in range(count - 1):
        factories.product_photo(product=factories.product(published=True, ikm=ikm, price_min=1000))
    factories.product(published=True, ikm=ikm)
    selection = fair_selection(each_kecamatan_at_least=0)
    accept(selection)
    return selection


def test_an_edition_gets_the_ready_products_of_the_chosen_up_to_the_bound() -> None:
    selection, edition = accepted_with_products(), factories.edition()
    factories.product_photo(product=factories.product(published=True, price_min=1000))

    acts = [
        selections.fill_edition(selection=selection, edition=edition, at_most=most, by=factories.user())
        for most in (2, 2, 20)
    ]

    assert acts == [2, 0, 1]
    ready = selection.promotion.appearances.get().ikm.products.filter(price_min__isnull=False)
    assert {entry.product for entry in edition.entries.all()} == set(ready)


def test_an_edition_is_not_filled_from_what_was_not_accepted() -> None:
    with pytest.raises(ValidationError, match="Terima dulu"):
        selections.fill_edition(selection=anybody(), edition=factories.edition(), at_most=1, by=None)


def test_a_finished_edition_takes_nothing() -> None:
    edition = factories.edition(status=EditionStatus.READY)
    with pytest.raises(ValidationError, match="bukan draf"):
        selections.fill_edition(selection=accepted_with_products(), edition=edition, at_most=1, by=None)


# -- what is held of a business ---------------------------------------------------------------------------------------


def test_the_copy_of_ones_data_tells_in_which_selections_one_stood_and_why() -> None:
    inside, outside, elsewhere = (factories.ikm(published=True) for _number in range(3))
    selection = anybody(places=1)
    selections.decide(
        selection=selection, business=inside, kind=DecisionKind.PIN, reason="Tuan rumah", by=factories.user()
    )
    elsewhere.delete()
    accept(selection)

    told = {ikm: [row[2:] for row in _selections(ikm).rows] for ikm in (inside, outside)}

    assert told == {inside: [("terpilih", "Selalu ikut: Tuan rumah")], outside: [("tidak terpilih", "–")]}
    assert _selections(factories.ikm(published=True)).rows == []
