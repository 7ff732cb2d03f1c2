"""How far promotion reaches: of the businesses that are public today, how many were promoted by when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from promotions.cases.suppression import FEWEST as FEWEST_COUNTED
from promotions.models import Appearance, Promotion
from semarang_ikm.shared.time import today
from sentra.models import Ikm, ProductType

# Years told at most, the latest ones.
MOST_YEARS = 12
# Of fewer businesses a share says nothing.
FEWEST = 10


@dataclass(frozen=True)
class Year:
    """`day`: its last, or today. Of `Coverage.businesses`: promoted by that day ever, within two years, within one."""

    year: int
    day: date
    ever: int
    within_24: int
    within_12: int


@dataclass(frozen=True)
class Coverage:
    """`businesses` are those public on the day `at`; the same ones are looked for in every year."""

    at: date
    businesses: int
    years: tuple[Year, ...]

    def percent(self, count: int) -> int:
        """Rounded down: "100 %" is never said of fewer than all."""
        return 100 * count // self.businesses if self.businesses else 0

    @property
    def table(self) -> list[tuple[Year, list[tuple[int, int]]]]:
        """Each year with its counts and their shares in percent: ever, within two years, within one."""
        return [
            (year, [(count, self.percent(count)) for count in (year.ever, year.within_24, year.within_12)])
            for year in self.years
        ]


@dataclass(frozen=True)
class Part:
    """The businesses of one kecamatan, sentra or product type (`pk` None: of none): how many, and how many never."""

    pk: int | None
    name: str
    businesses: int
    never: int
    # When the one that waits longest among the others was last promoted; None: none ever was.
    longest: date | None


@dataclass(frozen=True)
class Reach:
    """The public figure: `promoted` of `businesses` stand in the history of public promotions, `lately` in two years.

    `lately` None: it, or the others among the promoted, are so few that the count would point at them.
    """

    at: date
    businesses: int
    promoted: int
    lately: int | None


def coverage(at: date | None = None) -> Coverage:
    """Year by year up to that day (default: today), from the first year of the ledger. Two queries."""
    at = at or today()
    shown = _shown_days(at)
    first = min((min(days) for days in shown.values()), default=at)
    years = range(max(first.year, at.year - MOST_YEARS + 1), at.year + 1)
    return Coverage(at, Ikm.objects.published().count(), tuple(_year(year, at, shown) for year in years))


def reach(at: date | None = None) -> Reach | None:
    """What can honestly be said in public; None while there is nothing to say, or too few to say it of. Two queries.

    Neither who is counted nor who is not may be few: with what stands on the pages of businesses a small number could be
    given names (docs/adr/0025-help-given.md).
    """
    at = at or today()
    businesses = Ikm.objects.published().count()
    counted = (
        _lines(at)
        .filter(promotion__in=Promotion.objects.published())
        .aggregate(
            promoted=Count("ikm", distinct=True),
            lately=Count("ikm", distinct=True, filter=Q(appeared_on__gt=_years_before(at, 2))),
        )
    )
    promoted, lately = counted["promoted"], counted["lately"]
    if not promoted or businesses < FEWEST or not _points_at_nobody(promoted, businesses):
        return None
    return Reach(at, businesses, promoted, lately if _points_at_nobody(lately, promoted) else None)


def _points_at_nobody(part: int, whole: int) -> bool:
    """Whether a part may be told beside its whole: both it and the rest are none or enough."""
    return all(count == 0 or count >= FEWEST_COUNTED for count in (part, whole - part))


def by_part(at: date | None = None) -> dict[str, list[Part]]:
    """Who was never promoted, and who waits longest, by kecamatan, sentra and main product type; most never first."""
    at = at or today()
    last = {ikm: max(days) for ikm, days in _shown_days(at).items()}
    fields = ("pk", "kelurahan__kecamatan", "kelurahan__kecamatan__name", "sentra", "sentra__name")
    rows = list(Ikm.objects.published().order_by().values_list(*fields))
    main = dict(ProductType.objects.filter(parent__isnull=True).values_list("pk", "name"))
    lineage = Ikm.objects.published().order_by().filter(product_types__ancestors__in=main)
    kinds = set(lineage.values_list("pk", "product_types__ancestors"))
    typed = {ikm for ikm, _kind in kinds}
    return {
        "kecamatan": _parts([(ikm, pk, name) for ikm, pk, name, *_sentra in rows], last),
        "sentra": _parts([(ikm, pk, name) for ikm, _kecamatan, _name, pk, name in rows], last),
        "type": _parts(
            [
                *((ikm, kind, main[kind]) for ikm, kind in kinds),
                *((ikm, None, None) for ikm, *_rest in rows if ikm not in typed),
            ],
            last,
        ),
    }


def _parts(rows: list[tuple[int, int | None, str | None]], last: dict[int, date]) -> list[Part]:
    members: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for ikm, pk, name in rows:
        members[pk, name or ""].append(ikm)
    found = [
        Part(
            pk,
            name,
            len(businesses),
            sum(ikm not in last for ikm in businesses),
            min((last[ikm] for ikm in businesses if ikm in last), default=None),
        )
        for (pk, name), businesses in members.items()
    ]
    return sorted(found, key=lambda part: (part.pk is None, -part.never, part.name))


def _lines(at: date) -> QuerySet[Appearance]:
    """Lines of the ledger that count on that day, of businesses that are public today."""
    return Appearance.objects.filter(
        ikm__in=Ikm.objects.published(), appeared_on__lte=at, promotion__cancelled_on__isnull=True
    ).order_by()


def _shown_days(at: date) -> dict[int, list[date]]:
    """The days on which each business was shown."""
    found: dict[int, list[date]] = defaultdict(list)
    for ikm, day in _lines(at).values_list("ikm", "appeared_on"):
        found[ikm].append(day)
    return found


def _year(year: int, at: date, shown: dict[int, list[date]]) -> Year:
    day = min(date(year, 12, 31), at)
    latest = [max(past) for days in shown.values() if (past := [one for one in days if one <= day])]
    return Year(
        year=year,
        day=day,
        ever=len(latest),
        within_24=sum(one > _years_before(day, 2) for one in latest),
        within_12=sum(one > _years_before(day, 1) for one in latest),
    )


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the day before."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
