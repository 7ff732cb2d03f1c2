"""Marking records as compared with reality."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from semarang_ikm.shared.time import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def mark_checked(*, records: QuerySet, by: "AbstractBaseUser") -> int:
    """An officer compared these records with reality today. Returns how many."""
    model = records.model
    keys = list(records.order_by().values_list("pk", flat=True))
    return sum(
        model._default_manager.filter(pk__in=keys[start : start + 500]).update(checked_on=today(), checked_by=by)
        for start in range(0, len(keys), 500)
    )
