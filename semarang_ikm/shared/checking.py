"""Marking records as compared with reality."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from semarang_ikm.shared import bulk
from semarang_ikm.shared.time import today

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def mark_checked(*, records: QuerySet, by: "AbstractBaseUser") -> int:
    """An officer compared these records with reality today. Returns how many."""
    return bulk.update(records, checked_on=today(), checked_by=by)
