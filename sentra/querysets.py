"""What the pages of the sentra app read: visibility first, then one method per page with every join it needs."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat
from django.utils import timezone

from semarang_ikm.shared.choices import Channel, PublicationStatus
from semarang_ikm.shared.querysets import PublishableQuerySet
from semarang_ikm.shared.time import today
from sentra.choices import OPEN_REPORTS, PersonalField, ReportKind, ReportStatus


class ProductTypeQuerySet(models.QuerySet):
    def with_lineage(self) -> Self:
        """Each type with its parent, for breadcrumbs and trees."""
        return self.select_related("parent")


class EntryQuerySet(PublishableQuerySet):
    """Rows of the registry's lists (sentra.models.SearchEntry)."""

    def by_name(self) -> Self:
        """In the order of the names that readers of the active language see."""
        return self.order_by(self.model.name_column(), "pk")


class SentraQuerySet(EntryQuerySet):
    def of_type(self, kind: models.Model) -> Self:
        """Recorded to make this product type, or one below it."""
        made = self.model.product_types.through.objects.filter(producttype__ancestors=kind)
        return self.filter(pk__in=made.values("sentra"))

    def with_places(self) -> Self:
        return self.prefetch_related("locations__kelurahan__kecamatan")

    def with_business_count(self) -> Self:
        """Adds `business_count`: published businesses of the sentra."""
        return self.annotate(
            business_count=Count("ikm", filter=Q(ikm__status=PublicationStatus.PUBLISHED), distinct=True)
        )

    def for_list(self) -> Self:
        """Everything a card shows."""
        return self.with_places().with_business_count().prefetch_related("product_types", "photos")

    def for_detail(self) -> Self:
        """Everything the page of one sentra shows of its own."""
        return self.with_places().prefetch_related(
            "product_types",
            "photos",
            "sources",
            "locations__source",
            "figures__source",
            "open_questions__sources",
        )


class IkmQuerySet(EntryQuerySet):
    def with_public_name(self, channel: str = Channel.WEB) -> Self:
        """Adds `public_name`: the name as the consent gate lets it out on this channel."""
        return self.annotate(public_name=public_name(channel))

    def with_consent(self, channel: str) -> Self:
        """Adds `has_consent`: something of it may leave on this channel today, and its name where that is personal."""
        return self.annotate(
            has_consent=Q(receipts_exist(channel))
            & (Q(name_is_personal=False) | Q(receipts_exist(channel, PersonalField.NAME)))
        )

    def for_list(self, channel: str = Channel.WEB) -> Self:
        """Everything a card shows."""
        return (
            self.with_public_name(channel)
            .select_related("sentra", "kelurahan__kecamatan")
            .prefetch_related("product_types")
        )

    def for_detail(self, channel: str = Channel.WEB) -> Self:
        return self.for_list(channel).prefetch_related("sources")


# What the sender of a report wrote is kept this long after it was closed, and never longer than this in all
# (told on the privacy page).
KEPT_AFTER_CLOSING, KEPT_AT_MOST = timedelta(days=90), timedelta(days=365)
# The marks by which floods and double sending are seen serve for a day.
MARKS_KEPT = timedelta(days=1)


class DataReportQuerySet(models.QuerySet):
    def open(self) -> Self:
        """New, or in hand."""
        return self.filter(status__in=OPEN_REPORTS)

    def for_queue(self) -> Self:
        """Adds `urgency`: withdrawals with their legal deadline first, then what is new, in hand, closed."""
        rank = Case(
            When(status__in=OPEN_REPORTS, kind=ReportKind.WITHDRAWAL, then=Value(0)),
            When(status=ReportStatus.NEW, then=Value(1)),
            When(status=ReportStatus.IN_HAND, then=Value(2)),
            default=Value(3),
            output_field=models.IntegerField(),
        )
        return self.select_related("handled_by", "kelurahan__kecamatan").annotate(urgency=rank)

    def due_for_erasure(self, at: datetime | None = None) -> Self:
        """Those whose words and contact must not be kept any longer."""
        at = at or timezone.now()
        over = Q(closed_at__lte=at - KEPT_AFTER_CLOSING) | Q(created_at__lte=at - KEPT_AT_MOST)
        return self.filter(over, erased_at__isnull=True)

    def with_old_marks(self, at: datetime | None = None) -> Self:
        """Those whose marks of the sender have served."""
        return self.filter(created_at__lte=(at or timezone.now()) - MARKS_KEPT).exclude(sender_mark="", text_mark="")

    def recent(self, since: datetime, sender_marks: list[str]) -> Self:
        """What one of these senders sent since then."""
        return self.filter(created_at__gt=since, sender_mark__in=sender_marks)


def public_name(channel: str, ikm: str = "") -> Case:
    """The SQL form of the gate for business names: a personal name needs a receipt, else "Usaha U-230" stands there.

    `ikm` is the relation that leads to the business ("" on Ikm itself, "ikm__" on a product).
    """
    consented: Any = receipts_exist(channel, PersonalField.NAME, ikm)
    return Case(
        When(Q(**{f"{ikm}name_is_personal": False}), then=F(f"{ikm}name")),
        When(consented, then=F(f"{ikm}name")),
        default=Concat(Value("Usaha "), F(f"{ikm}code")),
        output_field=models.CharField(),
    )


def receipts_exist(channel: str, personal_field: str = "", ikm: str = "") -> Exists:
    """A receipt in force today for this field (default: for any) of a business on this channel; `ikm` as above."""
    from sentra.models import ConsentScope  # models import this module

    scopes = ConsentScope.objects.filter(
        consent__ikm=OuterRef(f"{ikm}pk"),
        channel=channel,
        withdrawn_on__isnull=True,
        consent__given_on__lte=today(),
    )
    return Exists(scopes.filter(field=personal_field) if personal_field else scopes)
