"""Every named constraint of the promotions app, violated behind the forms' back and in front of an officer."""

import pytest

from promotions.choices import CaseStage
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from tests import factories
from tests.constraints import Violation, all_constraints, refused_by_database, refused_by_validation

pytestmark = pytest.mark.django_db


def _second_appearance():
    first = factories.appearance(appeared_on="2026-05-01")
    return factories.appearance(promotion=first.promotion, ikm=first.ikm, appeared_on="2026-05-02")


def _closed_case():
    return factories.case(stage=CaseStage.SOLVED, closed_on=factories.days_ago(1))


VIOLATIONS = {
    "promotions_appearance_once_a_day": Violation(_second_appearance, {"appeared_on": "2026-05-01"}),
    "promotions_case_one_subject": Violation(factories.case, lambda row: {"sentra": factories.sentra()}),
    "promotions_case_closed_has_date": Violation(factories.case, {"stage": CaseStage.SOLVED}),
    "promotions_case_dates_in_order": Violation(_closed_case, {"closed_on": factories.days_ago(100)}),
    "promotions_promotion_published_has_date": Violation(factories.promotion, {"status": PublicationStatus.PUBLISHED}),
    "promotions_promotion_times_in_order": Violation(
        lambda: factories.promotion(starts_at="09:00", ends_at="16:00"), {"ends_at": "09:00"}
    ),
    "promotions_promotion_times_need_days": Violation(
        lambda: factories.promotion(starts_at="09:00"), {"date_precision": DatePrecision.MONTH}
    ),
    "promotions_promotion_dates_in_order": Violation(factories.promotion, {"ends_on": factories.days_ago(100)}),
}

FURTHER = [
    ("promotions_case_one_subject", Violation(factories.case, {"ikm": None})),
    ("promotions_promotion_times_in_order", Violation(factories.promotion, {"ends_at": "16:00"})),
    (
        "promotions_promotion_times_need_days",
        Violation(lambda: factories.promotion(ends_on=factories.days_ago(9)), {"date_precision": DatePrecision.YEAR}),
    ),
    ("promotions_case_closed_has_date", Violation(factories.case, {"closed_on": factories.days_ago(1)})),
]


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses_the_violation(name: str) -> None:
    refused_by_database(name, VIOLATIONS[name])


@pytest.mark.parametrize("name", VIOLATIONS)
def test_validation_says_what_is_wrong(name: str) -> None:
    refused_by_validation(name, VIOLATIONS[name])


@pytest.mark.parametrize(("name", "violation"), FURTHER)
def test_no_side_door_is_open(name: str, violation: Violation) -> None:
    refused_by_database(name, violation)
    refused_by_validation(name, violation)


def test_every_constraint_of_the_app_is_violated_here() -> None:
    assert set(VIOLATIONS) >= set(all_constraints("promotions"))
