"""An officer's word that two businesses that seem one are two."""

from typing import TYPE_CHECKING

from semarang_ikm.shared.journal import note
from sentra.models import Ikm, NotDuplicate

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def tell_apart(*, one: Ikm, other: Ikm, by: "User") -> None:
    """Not asked about again; said twice, it is stored once."""
    first, second = sorted((one, other), key=lambda ikm: ikm.pk)
    _row, is_new = NotDuplicate.objects.get_or_create(first=first, second=second, defaults={"said_by": by})
    if is_new:
        note(record=one, by=by, message=f"≠ {other.code}")
