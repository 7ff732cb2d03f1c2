"""What the public may know of facilitation: how many cases, with which agency, and how long it took."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any, NamedTuple

from promotions.cases.suppression import may_be_told, tellable
from promotions.choices import CaseStage, ObstacleKind
from promotions.models import FacilitationCase, Partner
from semarang_ikm.shared.time import today
from sentra.data_version import kept


class Entry(NamedTuple):
    """One obstacle as it stood on the day of the figures. `days` from opening to solution; None while open."""

    partner: int | None
    kind: str
    subject: tuple[str, int]
    days: int | None


@dataclass(frozen=True)
class Line:
    """Counts and the median of days to the solution. None: not told, because it is too small or would give one away."""

    solved: int | None = None
    open: int | None = None
    median_days: float | None = None

    @property
    def says_something(self) -> bool:
        return self.solved is not None or self.open is not None


@dataclass(frozen=True)
class KindLine(Line):
    kind: str = ""

    @property
    def name(self) -> str:
        return str(ObstacleKind(self.kind).label)


@dataclass(frozen=True)
class AgencyLine(Line):
    """`partner` None: dealt with by the office itself, or not yet handed over."""

    partner: Partner | None = None
    kinds: tuple[KindLine, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Everything that may be told, as it stood at the end of `as_of`."""

    as_of: date
    total: Line
    agencies: tuple[AgencyLine, ...]


# By agency (None: without one): its line, and by kind of obstacle the lines within it.
Told = dict[int | None, tuple[Line, dict[str, Line]]]


def last_day() -> date:
    """The end of the last month that is over: figures of every day would show each single case come and go."""
    return today().replace(day=1) - timedelta(days=1)


@kept
def figures() -> Figures | None:
    """The figures as of last_day(); None when nothing may be told. Two queries at most."""
    as_of = last_day()
    total, agencies = tell(entries(as_of))
    if not total.says_something:
        return None
    names = Partner.objects.in_bulk([partner for partner in agencies if partner])
    lines = [
        AgencyLine(
            line.solved,
            line.open,
            line.median_days,
            names[partner] if partner else None,
            tuple(KindLine(of.solved, of.open, of.median_days, kind) for kind, of in sorted(kinds.items())),
        )
        for partner, (line, kinds) in agencies.items()
    ]
    return Figures(as_of, total, tuple(sorted(lines, key=_by_name)))


def tell(found: list[Entry]) -> tuple[Line, Told]:
    """What may be told of these entries: the whole, of it the agencies, of each its kinds of obstacles."""
    total = _line(found, solved=True, open_=True)
    by_agency = _grouped(found, "partner")
    agencies = _told_parts(by_agency, total)
    return total, {
        partner: (line, _told_parts(_grouped(by_agency[partner], "kind"), line)) for partner, line in agencies.items()
    }


def entries(as_of: date) -> list[Entry]:
    """Every obstacle once, if it was open or solved on that day. What was refused or cancelled by then is absent."""
    rows = FacilitationCase.objects.standing_alone().filter(opened_on__lte=as_of)
    found = []
    for row in rows.only("partner_id", "kind", "ikm_id", "sentra_id", "opened_on", "closed_on", "stage"):
        subject = ("ikm", row.ikm_id) if row.ikm_id else ("sentra", row.sentra_id)
        if row.closed_on is None or row.closed_on > as_of:
            found.append(Entry(row.partner_id, row.kind, subject, None))
        elif row.stage == CaseStage.SOLVED:
            found.append(Entry(row.partner_id, row.kind, subject, (row.closed_on - row.opened_on).days))
    return found


def _told_parts(parts: dict[Any, list[Entry]], whole: Line) -> dict[Any, Line]:
    """The lines that say something, by part. Nothing of a count that the whole itself does not tell."""
    solved = tellable({part: _subjects(own, solved=True) for part, own in parts.items()})
    open_ = tellable({part: _subjects(own, solved=False) for part, own in parts.items()})
    lines = {
        part: _line(
            own,
            solved=whole.solved is not None and part in solved,
            open_=whole.open is not None and part in open_,
        )
        for part, own in parts.items()
    }
    return {part: line for part, line in lines.items() if line.says_something}


def _line(found: Iterable[Entry], *, solved: bool, open_: bool) -> Line:
    """The counts that are allowed and large enough."""
    days = [entry.days for entry in found if entry.days is not None]
    still = _subjects(found, solved=False)
    shows_solved = solved and may_be_told(_subjects(found, solved=True))
    return Line(
        solved=len(days) if shows_solved else None,
        open=len(still) if open_ and may_be_told(still) else None,
        median_days=median(days) if shows_solved else None,
    )


def _subjects(found: Iterable[Entry], *, solved: bool) -> list[tuple[str, int]]:
    return [entry.subject for entry in found if (entry.days is not None) == solved]


def _grouped(found: Iterable[Entry], by: str) -> dict[Any, list[Entry]]:
    groups: dict[Any, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[getattr(entry, by)].append(entry)
    return groups


def _by_name(line: AgencyLine) -> tuple[bool, str]:
    """What is with no agency stands last."""
    return (line.partner is None, line.partner.name if line.partner else "")
