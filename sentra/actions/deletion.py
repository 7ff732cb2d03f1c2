"""Deleting a sentra, a business and what they own; the search texts of what mentioned them follow."""

from django.db import transaction

from semarang_ikm.shared import deletion
from semarang_ikm.shared.deletion import StillPublished, refusal
from sentra.indexing import refresh
from sentra.models import Consent, Contact, Figure, OpenQuestion, SentraLocation, SentraPhoto

__all__ = ["StillPublished", "delete", "refusal"]

_OWNED_BY_SENTRA = (Figure, OpenQuestion, SentraLocation, SentraPhoto)


@transaction.atomic
def delete(*, record) -> None:
    """Delete for good. Raises StillPublished for what is public, ProtectedError for what others still need."""
    owner = None
    if isinstance(record, Consent | Contact):
        owner = record.ikm or record.sentra
    elif isinstance(record, _OWNED_BY_SENTRA):
        owner = record.sentra
    deletion.delete(record=record)
    if owner is not None:
        refresh(owner)
