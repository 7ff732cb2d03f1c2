"""What follows the save of a partner or promotion: the search texts of all that mentions it."""

from django.db import transaction
from django.db.models import Model

from promotions.models import Partner, Promotion
from semarang_ikm.shared import deletion
from sentra.history import following
from sentra.indexing import refresh, refresh_together


@transaction.atomic
def saved(*, record: Model) -> None:
    """Call after a record and its rows were written."""
    refresh(record)


@transaction.atomic
def delete(*, record: Model) -> None:
    """Delete for good. Raises StillPublished for what is public, ProtectedError for what others still need."""
    mentioning = list(Promotion.objects.filter(partners=record)) if isinstance(record, Partner) else []
    deletion.delete(record=record)
    for promotion in mentioning:
        refresh(promotion)


following.register(
    "promotions",
    saved=lambda records, _changed: refresh_together(type(records[0]), [record.pk for record in records]),
    delete=lambda row: delete(record=row),
    one_by_one=[Partner],
)
