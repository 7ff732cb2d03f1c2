"""How much help was given in a year, for the office's report."""

from typing import NamedTuple

from django.db.models import Q

from promotions.choices import CaseStage
from promotions.models import FacilitationCase


class CasesOfYear(NamedTuple):
    """Obstacles, each once: opened in the year, solved in it, and still open at its end (or today)."""

    opened: int
    solved: int
    still_open: int


def cases_in(year: int) -> CasesOfYear:
    """For staff who may see cases: nothing is held back here."""
    cases = FacilitationCase.objects.standing_alone()
    return CasesOfYear(
        opened=cases.filter(opened_on__year=year).count(),
        solved=cases.filter(stage=CaseStage.SOLVED, closed_on__year=year).count(),
        still_open=cases.filter(
            Q(closed_on__isnull=True) | Q(closed_on__year__gt=year), opened_on__year__lte=year
        ).count(),
    )
