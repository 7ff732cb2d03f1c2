"""What the pages of the promotions app read: visibility first, then one method per page with every join it needs."""

from datetime import date
from typing import Any, Self

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from promotions.choices import EVENT_KINDS, OPEN_STAGES, EditionStatus
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from semarang_ikm.shared.querysets import PublishableQuerySet
from semarang_ikm.shared.time import today


class PromotionQuerySet(PublishableQuerySet):
    """Occasions; drafts and archived ones are for officers only."""

    def events(self) -> Self:
        """Those that can be attended, the only ones with a page of their own."""
        return self.filter(kind__in=EVENT_KINDS)

    def upcoming(self, at: date | None = None) -> Self:
        """Not over on that day (default: today), the nearest first; what goes on all day before what begins at an hour."""
        return self.filter(_not_over(at or today())).order_by("starts_on", F("starts_at").asc(nulls_first=True), "pk")

    def past(self, at: date | None = None) -> Self:
        """Over on that day (default: today), the latest first."""
        return self.exclude(_not_over(at or today())).order_by("-starts_on", "-pk")

    def planned(self) -> Self:
        """Those that were not cancelled."""
        return self.filter(cancelled_on__isnull=True)

    def for_list(self) -> Self:
        """Everything a line shows, with how many take part: `business_count`, `sentra_count` (public ones)."""
        from promotions.models import Appearance, Promotion  # models import this module

        return self.select_related("kelurahan__kecamatan").annotate(
            business_count=_count(Appearance.objects.all(), "ikm"),
            sentra_count=_count(Promotion.sentra.through._default_manager.all(), "sentra"),
        )

    def for_detail(self) -> Self:
        return self.select_related("kelurahan__kecamatan").prefetch_related("partners", "sources")

    def for_history(self) -> Self:
        """What a business or sentra took part in, as a line: the latest first, without what was cancelled."""
        return self.planned().prefetch_related("sources").order_by("-starts_on", "-pk")


def _not_over(at: date) -> Q:
    """The SQL form of `not Promotion.is_over(at)`."""
    exact = Q(date_precision=DatePrecision.DAY)
    return (
        Q(exact, ends_on__isnull=False, ends_on__gte=at)
        | Q(exact, ends_on__isnull=True, starts_on__gte=at)
        | Q(date_precision=DatePrecision.MONTH, starts_on__gte=at.replace(day=1))
        | Q(date_precision=DatePrecision.YEAR, starts_on__gte=at.replace(month=1, day=1))
    )


def _count(lines: QuerySet, participant: str) -> Coalesce:
    """How many different public participants the lines of a promotion name; a sub-select, so that none multiplies."""
    of_one = lines.filter(promotion=OuterRef("pk"), **{f"{participant}__status": PublicationStatus.PUBLISHED})
    counted = of_one.order_by().values("promotion").annotate(n=Count(participant, distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


class CatalogueEditionQuerySet(QuerySet[Any]):
    def published(self) -> Self:
        """On the public shelf."""
        return self.filter(status=EditionStatus.PUBLISHED)

    def archived(self) -> Self:
        """Taken from the shelf: their addresses answer 410."""
        return self.filter(status=EditionStatus.ARCHIVED)

    def for_shelf(self) -> Self:
        """With its occasion, documents and files; the latest first."""
        rows = self.select_related("promotion", "reprint_of").prefetch_related("documents", "files", "reprints")
        return rows.order_by("-published_at", "-pk")


def overdue(at: date | None = None) -> Q:
    """The condition behind FacilitationCaseQuerySet.overdue()."""
    return Q(stage__in=OPEN_STAGES, due_on__lt=at or today())


class FacilitationCaseQuerySet(QuerySet[Any]):
    """Cases of obstacles; for staff who may see them."""

    def open(self) -> Self:
        return self.filter(stage__in=OPEN_STAGES)

    def overdue(self, at: date | None = None) -> Self:
        """Open, and the next step should have been taken before that day (default: today)."""
        return self.filter(overdue(at))

    def standing_alone(self) -> Self:
        """Each obstacle once: a case that was joined to one of its sentra is counted there."""
        return self.filter(parent__isnull=True)
