"""What the public may know of obstacles: right numbers, and none that points at somebody, also not by subtraction."""

import datetime
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.cases.figures import Entry, entries, figures, last_day, tell
from promotions.cases.suppression import FEWEST, may_be_told, tellable
from promotions.choices import CaseStage, ObstacleKind
from tests import factories

SUBJECTS = st.tuples(st.sampled_from(["ikm", "sentra"]), st.integers(1, 14))
PARTS = st.dictionaries(st.integers(1, 6), st.lists(SUBJECTS, max_size=12), max_size=6)
ENTRIES = st.lists(
    st.builds(
        Entry,
        partner=st.sampled_from([None, 1, 2, 3]),
        kind=st.sampled_from(["water", "electricity", "capital"]),
        subject=SUBJECTS,
        days=st.one_of(st.none(), st.integers(0, 400)),
    ),
    max_size=90,
)


def enough_or_nothing(subjects: list) -> bool:
    return not subjects or len(set(subjects)) >= FEWEST


@given(PARTS)
def test_no_told_part_and_no_remainder_points_at_somebody(parts: dict) -> None:
    whole = [subject for subjects in parts.values() for subject in subjects]
    told = tellable(parts)
    assert all(may_be_told(parts[part]) for part in told)
    if may_be_told(whole):
        assert enough_or_nothing([s for part, subjects in parts.items() if part not in told for s in subjects])


@given(PARTS)
def test_nothing_is_held_back_without_need(parts: dict) -> None:
    """Where every part is large enough, or absent, all are told."""
    if all(enough_or_nothing(subjects) for subjects in parts.values()):
        assert tellable(parts) == {part for part, subjects in parts.items() if subjects}


@given(ENTRIES)
def test_every_number_on_the_page_is_true_and_every_difference_is_large_enough(found: list[Entry]) -> None:
    """What an attentive reader can work out: each told line, and each whole less its told parts, per column."""
    total, agencies = tell(found)
    for solved in (True, False):
        column = [entry for entry in found if (entry.days is not None) == solved]
        name = "solved" if solved else "open"
        if getattr(total, name) is None:
            assert not may_be_told([entry.subject for entry in column])
            assert all(getattr(line, name) is None for line, _kinds in agencies.values())
            continue
        assert getattr(total, name) == len(column)
        left = list(column)
        for partner, (line, kinds) in agencies.items():
            own = [entry for entry in column if entry.partner == partner]
            if getattr(line, name) is None:
                assert all(getattr(each, name) is None for each in kinds.values())
                continue
            _is_true(line, name, own)
            left = [entry for entry in left if entry.partner != partner]
            rest = list(own)
            for kind, each in kinds.items():
                if getattr(each, name) is not None:
                    _is_true(each, name, [entry for entry in own if entry.kind == kind])
                    rest = [entry for entry in rest if entry.kind != kind]
            assert enough_or_nothing([entry.subject for entry in rest])
        assert enough_or_nothing([entry.subject for entry in left])


def _is_true(line, name: str, own: list[Entry]) -> None:
    assert getattr(line, name) == len(own)
    assert may_be_told([entry.subject for entry in own])
    if name == "solved":
        days = sorted(entry.days for entry in own)
        middle = len(days) // 2
        assert line.median_days == (days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2)


def test_many_cases_of_one_business_still_point_at_it() -> None:
    same = [Entry(1, "water", ("ikm", 7), 10)] * 20
    assert tell(same)[1] == {}
    assert not tell(same)[0].says_something


# -- from the rows ----------------------------------------------------------------------------------------------------


def _cases(count: int, **fields) -> list:
    return [factories.case(**fields) for _ in range(count)]


def _solved(count: int, days: int, **fields) -> list:
    closed = last_day() - datetime.timedelta(days=3)
    return _cases(
        count, stage=CaseStage.SOLVED, opened_on=closed - datetime.timedelta(days=days), closed_on=closed, **fields
    )


@pytest.mark.django_db
def test_the_medians_of_the_rows_are_those_of_brute_force() -> None:
    water, power = factories.partner("PDAM"), factories.partner("PLN")
    for partner, kind in ((water, "water"), (water, "capital"), (power, "electricity")):
        for days in (3, 5, 9, 40, 41, 200):
            _solved(1, days, partner=partner, kind=kind)
    expected = defaultdict(list)
    for entry in entries(last_day()):
        expected[entry.partner, entry.kind].append(entry.days)
    told = figures()
    lines = {(agency.partner.pk, line.kind): line.median_days for agency in told.agencies for line in agency.kinds}
    assert lines == {key: (sorted(days)[2] + sorted(days)[3]) / 2 for key, days in expected.items()}
    assert told.total.solved == 18


@pytest.mark.django_db
def test_what_was_joined_to_a_case_of_the_sentra_is_counted_there() -> None:
    shared = factories.case(sentra=factories.sentra(), opened_on=last_day() - datetime.timedelta(days=9))
    _cases(5, parent=shared, opened_on=shared.opened_on)
    assert [entry.subject for entry in entries(last_day())] == [("sentra", shared.sentra_id)]
    assert figures() is None


@pytest.mark.django_db
def test_refused_and_cancelled_cases_are_not_counted_and_later_ones_count_as_they_stood() -> None:
    end = last_day()
    old = end - datetime.timedelta(days=30)
    for stage in (CaseStage.REFUSED, CaseStage.CANCELLED):
        factories.case(stage=stage, opened_on=old, closed_on=end)
    later = factories.case(stage=CaseStage.SOLVED, opened_on=old, closed_on=end + datetime.timedelta(days=1))
    factories.case(opened_on=end + datetime.timedelta(days=1))
    assert [(entry.subject[1], entry.days) for entry in entries(end)] == [(later.ikm_id, None)]


@pytest.mark.django_db
def test_nothing_at_all_is_told_while_nothing_is_large_enough() -> None:
    _solved(FEWEST - 1, 10, kind=ObstacleKind.WATER)
    assert figures() is None


@pytest.mark.django_db
def test_more_cases_cost_no_more_queries(count_queries) -> None:
    """Nothing is kept inside the transaction of a test, so each time is the first."""
    _solved(FEWEST, 5, partner=factories.partner())
    few = count_queries(figures)
    _solved(FEWEST, 5, partner=factories.partner())
    assert len(figures().agencies) == 2
    assert count_queries(figures) == few <= 2
