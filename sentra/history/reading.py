"""Reading the trail."""

from django.db.models import Model, Q, QuerySet

from semarang_ikm.shared.tracing import label_of
from sentra.models import Change


def changes_of(record: Model) -> QuerySet[Change]:
    """Everything that was done to a record and to the rows on its page, newest first."""
    label, key = label_of(type(record)), record.pk
    return Change.objects.filter(
        Q(root_model=label, root_id=key) | Q(owner_model=label, owner_id=key) | Q(model=label, object_id=key)
    ).order_by("-pk")


def version_of(record: Model) -> int:
    """A number that grows with every change of a record or of a row on its page; 0: never changed since it came."""
    return changes_of(record).values_list("pk", flat=True).first() or 0
