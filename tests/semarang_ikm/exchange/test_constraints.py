"""Every named constraint of imports, violated once behind the forms' back and once in front of an officer."""

import pytest

from tests.constraints import Violation, all_constraints, refused_by_database, refused_by_validation
from tests.semarang_ikm.exchange import rows

pytestmark = pytest.mark.django_db


def _second_row():
    first = rows.proposal_row(number=1)
    return rows.proposal_row(proposal=first.proposal, number=2)


VIOLATIONS: dict[str, Violation] = {
    "exchange_importproposal_work_done_within_total": Violation(
        rows.import_proposal, {"work_done": 2, "work_total": 1}
    ),
    "exchange_importproposal_decided_by_somebody": Violation(rows.import_proposal, {"stage": "applied"}),
    "exchange_proposalrow_once": Violation(_second_row, {"number": 1}),
    "exchange_proposalrow_ticked_can_be_written": Violation(lambda: rows.proposal_row(state="wrong"), {"ticked": True}),
}


def test_all_constraints_are_here() -> None:
    assert set(VIOLATIONS) == set(all_constraints("exchange"))


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    refused_by_database(name, VIOLATIONS[name])


@pytest.mark.parametrize("name", VIOLATIONS)
def test_validation_refuses_with_a_sentence(name: str) -> None:
    refused_by_validation(name, VIOLATIONS[name])
