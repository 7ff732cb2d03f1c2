"""The report of a year: what happened by quarter and by kecamatan, and how things stand. What is not known is said.

Everything is counted over the rows that the officer may see; a measure whose list he may not open is left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    DateTimeField,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractQuarter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.choices import CertificationStage
from products.models import Certification, PackagingSupport
from promotions.choices import CaseStage
from promotions.models import Appearance, FacilitationCase, Promotion
from semarang_ikm.desk.tiles import page_of
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.time import today
from sentra.models import Ikm, Kecamatan, Sentra, SentraLocation

QUARTERS = (1, 2, 3, 4)
# The quarter of what happened in the year, nobody knows when.
UNKNOWN = 0


def _main_place(sentra: str) -> Subquery:
    """The kecamatan of a sentra's main location; NULL without one."""
    places = SentraLocation.objects.filter(sentra=OuterRef(sentra), is_main=True)
    return Subquery(places.values("kelurahan__kecamatan")[:1], output_field=BigIntegerField())


@dataclass(frozen=True)
class Measure:
    """Something that happens on a day. `place`: the kecamatan where. `by_year_only`: of some only the year is known."""

    key: str
    label: Any
    model: type[Model]
    day: str
    place: Any
    condition: Q | None = None
    by_year_only: bool = False
    public_only: bool = False

    def rows(self, rows: Any, year: int) -> QuerySet[Any]:
        """Those of the year, up to today."""
        until = min(date(year, 12, 31), today())
        is_moment = isinstance(self.model._meta.get_field(self.day), DateTimeField)
        field = f"{self.day}__date" if is_moment else self.day
        if self.public_only:
            rows = rows.published()
        return rows.filter(self.condition or Q(), **{f"{field}__gte": date(year, 1, 1), f"{field}__lte": until})

    @property
    def quarter(self) -> Any:
        quarter = ExtractQuarter(self.day)
        if not self.by_year_only:
            return quarter
        unknown = When(date_precision=DatePrecision.YEAR, then=Value(UNKNOWN))
        return Case(unknown, default=quarter, output_field=IntegerField())


HELD = (CertificationStage.ISSUED, CertificationStage.EXPIRED, CertificationStage.REVOKED)
MEASURES = (
    Measure("sentra", _("Sentra mulai tampil di situs"), Sentra, "published_at", _main_place("pk"), public_only=True),
    Measure(
        "usaha", _("Usaha mulai tampil di situs"), Ikm, "published_at", F("kelurahan__kecamatan"), public_only=True
    ),
    Measure(
        "sertifikat",
        _("Sertifikat terbit"),
        Certification,
        "issued_on",
        F("ikm__kelurahan__kecamatan"),
        Q(stage__in=HELD),
    ),
    Measure("kemasan", _("Bantuan kemasan"), PackagingSupport, "given_on", F("ikm__kelurahan__kecamatan")),
    Measure(
        "promosi",
        _("Promosi"),
        Promotion,
        "starts_on",
        F("kelurahan__kecamatan"),
        Q(cancelled_on__isnull=True),
        by_year_only=True,
    ),
    Measure(
        "tampil",
        _("Usaha tampil dalam promosi"),
        Appearance,
        "appeared_on",
        F("ikm__kelurahan__kecamatan"),
        Q(promotion__cancelled_on__isnull=True),
    ),
    # Cases that stand below one of their sentra are told by that one.
    Measure(
        "perkara",
        _("Perkara fasilitasi selesai"),
        FacilitationCase,
        "closed_on",
        Coalesce(F("ikm__kelurahan__kecamatan"), _main_place("sentra"), output_field=BigIntegerField()),
        Q(stage=CaseStage.SOLVED, parent__isnull=True),
    ),
)


@dataclass(frozen=True)
class Line:
    """One measure: how often in each quarter and in each kecamatan (by key; None: not known where)."""

    measure: Measure
    by_quarter: Mapping[int, int]
    by_place: Mapping[int | None, int]

    @property
    def total(self) -> int:
        return sum(self.by_quarter.values())

    @property
    def quarters(self) -> list[int]:
        return [self.by_quarter.get(quarter, 0) for quarter in QUARTERS]

    @property
    def undated(self) -> int:
        return self.by_quarter.get(UNKNOWN, 0)


@dataclass(frozen=True)
class Standing:
    """Of one kecamatan, or of all: what is public. `workers` None: no business stated them."""

    sentra: int
    businesses: int
    workers: int | None
    stated_by: int


@dataclass(frozen=True)
class Report:
    """`until`: the last day told of. `begun`: quarters that began by then. `places`: kecamatan in order, None last."""

    year: int
    until: date
    lines: list[Line]
    standing: Mapping[int | None, Standing]
    whole: Standing
    places: list[tuple[int | None, str]]

    @property
    def begun(self) -> int:
        return (self.until.month - 1) // 3 + 1

    @property
    def has_undated(self) -> bool:
        return any(line.undated for line in self.lines)

    def table(self) -> Iterator[tuple[str, Standing, list[int]]]:
        """By kecamatan: its name, how it stands, and each measure."""
        nothing = Standing(0, 0, None, 0)
        for key, name in self.places:
            yield name, self.standing.get(key, nothing), [line.by_place.get(key, 0) for line in self.lines]


def report(site: AdminSite, request: HttpRequest, year: int) -> Report:
    """A fixed number of queries."""
    until = min(date(year, 12, 31), today())
    lines = [line for measure in MEASURES if (line := _line(site, request, measure, year)) is not None]
    standing, whole = _standing(site, request, until)
    found = {key for line in lines for key in line.by_place} | standing.keys()
    places: list[tuple[int | None, str]] = [
        (kecamatan.pk, kecamatan.name) for kecamatan in Kecamatan.objects.order_by("name") if kecamatan.pk in found
    ]
    if None in found:
        places.append((None, str(_("Kelurahan belum diketahui"))))
    return Report(year, until, lines, standing, whole, places)


def _line(site: AdminSite, request: HttpRequest, measure: Measure, year: int) -> Line | None:
    page = page_of(site, measure.model, request)
    if page is None:
        return None
    rows = measure.rows(page.get_queryset(request), year).order_by()
    grouped = rows.values(in_quarter=measure.quarter, in_place=measure.place).annotate(n=Count("pk", distinct=True))
    by_quarter: dict[int, int] = defaultdict(int)
    by_place: dict[int | None, int] = defaultdict(int)
    for group in grouped:
        by_quarter[group["in_quarter"]] += group["n"]
        by_place[group["in_place"]] += group["n"]
    return Line(measure, by_quarter, by_place)


def _public(page: ModelAdmin, request: HttpRequest) -> Any:
    rows: Any = page.get_queryset(request)
    return rows.published()


def _standing(site: AdminSite, request: HttpRequest, until: date) -> tuple[dict[int | None, Standing], Standing]:
    """What was public by that day and still is, since nobody kept how things stood on former days."""
    sentra, businesses, workers, stated = defaultdict(int), defaultdict(int), defaultdict(int), defaultdict(int)
    if page := page_of(site, Sentra, request):
        rows = _public(page, request).filter(published_at__date__lte=until).order_by()
        for key, count in rows.values_list(_main_place("pk")).annotate(n=Count("pk", distinct=True)):
            sentra[key] = count
    known = Q(workers__isnull=False, workers_as_of__lte=until)
    if page := page_of(site, Ikm, request):
        rows = _public(page, request).filter(published_at__date__lte=until).order_by()
        grouped = rows.values(in_place=F("kelurahan__kecamatan")).annotate(
            n=Count("pk"), sum=Sum("workers", filter=known), stated=Count("pk", filter=known)
        )
        for group in grouped:
            key = group["in_place"]
            businesses[key], workers[key], stated[key] = group["n"], group["sum"] or 0, group["stated"]

    def told(key: int | None) -> Standing:
        return Standing(sentra[key], businesses[key], workers[key] if stated[key] else None, stated[key])

    keys = set(sentra) | set(businesses)
    whole_stated = sum(stated.values())
    whole = Standing(
        sum(sentra.values()), sum(businesses.values()), sum(workers.values()) if whole_stated else None, whole_stated
    )
    return {key: told(key) for key in keys}, whole
