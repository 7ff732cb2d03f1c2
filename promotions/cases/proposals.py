"""When several businesses of one sentra report the same obstacle, it is proposed as one case of the sentra."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from promotions.choices import ObstacleKind
from promotions.models import FacilitationCase
from promotions.querysets import FacilitationCaseQuerySet
from semarang_ikm.shared.time import today
from sentra.models import Ikm, Sentra

# A sentra is at least five businesses (PP 29/2018), so three are the majority of the smallest one.
ENOUGH = 3
# Days. What was reported more than a year apart is hardly one and the same failure.
PERIOD = 365


@dataclass(frozen=True)
class Proposal:
    """Open cases of one kind that stand alone, of businesses of one sentra."""

    sentra: Sentra
    kind: str
    cases: tuple[FacilitationCase, ...]
    # The open case of the sentra that they would join; None: it is to be made.
    joins: FacilitationCase | None = None

    @property
    def kind_name(self) -> str:
        return str(ObstacleKind(self.kind).label)

    @property
    def businesses(self) -> list[Ikm]:
        """Whose cases they are, each once."""
        return list(dict.fromkeys(case.ikm for case in self.cases if case.ikm))


def proposals(cases: FacilitationCaseQuerySet, sentra: Sentra | None = None) -> list[Proposal]:
    """What these cases propose, the largest first; of one sentra only, if given. Two queries.

    ENOUGH different businesses propose a new case; where the sentra has one of that kind already, a single one joins it.
    """
    open_cases = cases.open().order_by("opened_on", "pk")
    loose = open_cases.filter(
        parent__isnull=True, ikm__sentra__isnull=False, opened_on__gte=today() - timedelta(days=PERIOD)
    ).select_related("ikm__sentra")
    shared = open_cases.filter(sentra__isnull=False)
    if sentra is not None:
        loose, shared = loose.filter(ikm__sentra=sentra), shared.filter(sentra=sentra)
    existing = {(case.sentra_id, case.kind): case for case in reversed(shared)}
    groups: dict[tuple[Sentra, str], list[FacilitationCase]] = defaultdict(list)
    for case in loose:
        if case.ikm and case.ikm.sentra:
            groups[case.ikm.sentra, case.kind].append(case)
    found = [Proposal(at, kind, tuple(group), existing.get((at.pk, kind))) for (at, kind), group in groups.items()]
    ready = [each for each in found if each.joins or len(each.businesses) >= ENOUGH]
    return sorted(ready, key=lambda each: (-len(each.businesses), each.sentra.sort_name, each.kind))
