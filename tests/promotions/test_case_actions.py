"""The life of a case, and when several of them become one of the sentra."""

import pytest
from django.core.exceptions import ValidationError

from promotions.actions import cases as actions
from promotions.cases.proposals import ENOUGH, PERIOD, proposals
from promotions.choices import CaseStage, StepKind
from promotions.models import FacilitationCase
from promotions.tallies import cases_in
from semarang_ikm.shared.time import today
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    return factories.user()


def reported(sentra, count: int = ENOUGH, **fields) -> list[FacilitationCase]:
    return [factories.case(ikm=factories.ikm(sentra=sentra), **fields) for _ in range(count)]


def proposed(**which) -> list[tuple]:
    return [(each.sentra, each.kind, len(each.cases)) for each in proposals(FacilitationCase.objects.all(), **which)]


# -- numbers and stages -----------------------------------------------------------------------------------------------


def test_a_case_has_a_number_of_its_year_that_is_never_given_again() -> None:
    first, second = factories.case(), factories.case()
    second.delete()
    third = factories.case()
    year = today().year
    assert [first.number, third.number] == [f"F-{year}-1", f"F-{year}-3"]
    first.save()
    assert FacilitationCase.objects.get(pk=first.pk).number == first.number


def test_a_case_goes_to_an_agency_once_it_has_one(officer) -> None:
    case = factories.case()
    with pytest.raises(ValidationError):
        actions.advance(case=case, to=CaseStage.RUNNING, by=officer)
    FacilitationCase.objects.update(partner=factories.partner())
    assert actions.advance(case=case, to=CaseStage.RUNNING, by=officer)
    assert not actions.advance(case=case, to=CaseStage.RUNNING, by=officer)
    step = case.steps.get()
    assert (step.kind, step.done_by, step.done_on) == (StepKind.STAGE, officer, today())


def test_a_case_is_closed_once_with_its_outcome_and_can_be_opened_again(officer) -> None:
    case = factories.case(due_on=factories.days_ago(2))
    assert case.is_overdue
    close = {"case": case, "to": CaseStage.SOLVED, "on": today(), "outcome": "Pipa diganti.", "by": officer}
    assert [actions.close(**close), actions.close(**close)] == [1, 0]
    case.refresh_from_db()
    assert (case.stage, case.outcome, case.closed_on, case.due_on) == ("solved", "Pipa diganti.", today(), None)
    with pytest.raises(ValidationError):
        actions.advance(case=case, to=CaseStage.VERIFIED, by=officer)
    assert actions.reopen(case=case, by=officer)
    assert not actions.reopen(case=case, by=officer)
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == ("verified", None)


def test_overdue_is_only_what_is_open_and_whose_day_is_over() -> None:
    late = factories.case(due_on=factories.days_ago(1))
    factories.case(due_on=today())
    factories.case()
    factories.case(due_on=factories.days_ago(1), stage=CaseStage.SOLVED, closed_on=today())
    assert list(FacilitationCase.objects.overdue()) == [late]


# -- several alike ----------------------------------------------------------------------------------------------------


def test_as_many_businesses_as_the_rule_says_propose_a_case_of_their_sentra() -> None:
    sentra = factories.sentra()
    reported(sentra, ENOUGH - 1)
    assert proposed() == []
    reported(sentra, 1)
    assert proposed() == proposed(sentra=sentra) == [(sentra, "water", ENOUGH)]
    assert proposed(sentra=factories.sentra()) == []


def test_what_is_not_alike_proposes_nothing() -> None:
    sentra, one = factories.sentra(), factories.ikm(sentra=factories.sentra())
    reported(sentra, ENOUGH - 1)
    reported(sentra, 1, kind="electricity")
    reported(sentra, 1, opened_on=factories.days_ago(PERIOD + 1))
    reported(sentra, 1, stage=CaseStage.SOLVED, closed_on=today())
    reported(None)
    for _ in range(ENOUGH):
        factories.case(ikm=one)
    assert proposed() == []


def test_joining_twice_makes_one_case_with_all_of_them(officer) -> None:
    sentra = factories.sentra()
    cases = reported(sentra, opened_on=factories.days_ago(9))
    factories.case(ikm=cases[0].ikm, opened_on=factories.days_ago(40))
    shared, count = actions.join(sentra=sentra, kind="water", by=officer)
    again, none = actions.join(sentra=sentra, kind="water", by=officer)
    assert (again, count, none) == (shared, ENOUGH + 1, 0)
    assert shared.opened_on == factories.days_ago(40)
    assert shared.children.count() == ENOUGH + 1
    assert FacilitationCase.objects.filter(sentra=sentra).count() == 1
    assert proposed() == []


def test_a_later_report_joins_the_case_that_is_there(officer) -> None:
    sentra = factories.sentra()
    reported(sentra)
    shared, _count = actions.join(sentra=sentra, kind="water", by=officer)
    (late,) = reported(sentra, 1)
    assert proposed() == [(sentra, "water", 1)]
    assert actions.join(sentra=sentra, kind="water", by=officer) == (shared, 1)
    assert late in shared.children.all()


def test_without_anything_proposed_nothing_is_made(officer) -> None:
    sentra = factories.sentra()
    reported(sentra, ENOUGH - 1)
    assert actions.join(sentra=sentra, kind="water", by=officer) == (None, 0)
    assert not FacilitationCase.objects.filter(sentra=sentra).exists()


def test_closing_a_shared_case_closes_the_chosen_ones_and_leaves_the_others(officer) -> None:
    sentra = factories.sentra()
    first, second, _third = reported(sentra)
    shared, _count = actions.join(sentra=sentra, kind="water", by=officer)
    stranger = factories.case()
    closed = actions.close(
        case=shared, to=CaseStage.SOLVED, on=today(), outcome="Selesai.", by=officer, children=[first, stranger]
    )
    assert closed == 2
    assert set(FacilitationCase.objects.open()) == {second, _third, stranger}


def test_a_case_can_leave_the_shared_one(officer) -> None:
    sentra = factories.sentra()
    case = reported(sentra)[0]
    shared, _count = actions.join(sentra=sentra, kind="water", by=officer)
    case.refresh_from_db()
    assert actions.leave(case=case, by=officer)
    assert not actions.leave(case=case, by=officer)
    assert case not in shared.children.all()


def test_many_cases_cost_no_more_queries_than_few(count_queries) -> None:
    def ask() -> list:
        return [each.businesses for each in proposals(FacilitationCase.objects.all())]

    reported(factories.sentra())
    few = count_queries(ask)
    for _ in range(3):
        reported(factories.sentra(), 5)
    assert count_queries(ask) == few == 2


def test_the_year_counts_each_obstacle_once() -> None:
    this = today()
    shared = factories.case(sentra=factories.sentra(), opened_on=this)
    factories.case(parent=shared, opened_on=this)
    factories.case(stage=CaseStage.SOLVED, opened_on=this.replace(year=this.year - 1), closed_on=this)
    factories.case(opened_on=this.replace(year=this.year - 1))
    assert cases_in(this.year) == (1, 1, 2)
    assert cases_in(this.year - 1) == (2, 0, 2)
