"""Which certificates hold on a day, and which ask for an officer's hand."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from products.choices import CertificateConcern, CertificationStage
from semarang_ikm.shared.time import today
from sentra.choices import ActivityStatus

# A request that has waited longer deserves a question to the business or the issuer.
LONG_AGO_DAYS = 90
_WAITING = (CertificationStage.REQUESTED, CertificationStage.FACILITATED)


class CertificationQuerySet(models.QuerySet):
    def valid_on(self, day: date | None = None) -> Self:
        """Issued, in force on that day (default: today) and checked by an officer: the only ones filters know."""
        day = day or today()
        return self.filter(
            Q(issued_on__isnull=True) | Q(issued_on__lte=day),
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            stage=CertificationStage.ISSUED,
            checked_on__isnull=False,
        )

    def held_on(self, day: date) -> Self:
        """What was in force on any day, past or to come, also of those that ended since; checked or not."""
        ended = self.model.steps.rel.related_model.objects.filter(
            certification=OuterRef("pk"), stage__in=(CertificationStage.EXPIRED, CertificationStage.REVOKED)
        )
        by_its_date = Q(stage=CertificationStage.EXPIRED, expires_on__isnull=False)
        return self.filter(
            Q(issued_on__isnull=True) | Q(issued_on__lte=day),
            Q(expires_on__isnull=True) | Q(expires_on__gte=day),
            Q(stage=CertificationStage.ISSUED) | by_its_date | Exists(ended.filter(reached_on__gt=day)),
            ~Exists(ended.filter(reached_on__lte=day)),
        ).exclude(stage__in=_WAITING)

    def reasons(self, day: date) -> dict[str, Q]:
        """The condition of each reason for which a certificate asks for an officer's hand on that day."""
        return {concern: self.reason(concern, day) for concern in CertificateConcern.values}

    def reason(self, concern: str, day: date) -> Q:
        """What was renewed is done with, and a business that closed has nothing to renew."""
        current = ~Q(ikm__activity=ActivityStatus.CLOSED) & Q(successor__isnull=True)
        issued = Q(stage=CertificationStage.ISSUED)
        if concern == CertificateConcern.ENDING:
            return current & issued & self._soon(day) & Q(expires_on__gte=day)
        if concern == CertificateConcern.ENDED:
            return current & (Q(issued, expires_on__lt=day) | Q(stage=CertificationStage.EXPIRED))
        if concern == CertificateConcern.RECHECK:
            return current & issued & Q(needs_recheck=True)
        return current & Q(stage__in=_WAITING) & self._asked_before(day)

    def _soon(self, day: date) -> Q:
        """Within the lead time of its kind. Different ones are few, and the two databases add days differently."""
        kinds = self.model._meta.get_field("kind").related_model.objects
        lead_times = set(kinds.order_by().values_list("lead_time_days", flat=True))
        return any_of(Q(kind__lead_time_days=days, expires_on__lte=day + timedelta(days)) for days in lead_times)

    def _asked_before(self, day: date) -> Q:
        """Asked for so long ago; where no step says when, by the day on which it was recorded."""
        limit = day - timedelta(days=LONG_AGO_DAYS)
        steps = self.model.steps.rel.related_model.objects.filter(certification=OuterRef("pk"))
        recorded = timezone.make_aware(datetime.combine(limit + timedelta(days=1), time.min))
        return Q(Exists(steps.filter(reached_on__lte=limit))) | Q(~Exists(steps), created_at__lt=recorded)


def any_of(conditions: Iterable[Q]) -> Q:
    """Their disjunction; of none: what is never met."""
    return reduce(or_, conditions, Q(pk__in=[]))
