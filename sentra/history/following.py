"""What must follow when the trail puts something back: each app registers its own actions."""

from collections.abc import Callable
from typing import Any

from django.db import models

from semarang_ikm.shared import deletion

# Takes the record whose page the rows are on, and the names of its fields that changed.
Saved = Callable[[Any, frozenset[str]], None]
Delete = Callable[[Any], None]

_saved: dict[str, Saved] = {}
_delete: dict[str, Delete] = {}


def register(app_label: str, *, saved: Saved, delete: Delete | None = None) -> None:
    _saved[app_label] = saved
    if delete:
        _delete[app_label] = delete


def saved(record: models.Model, changed: frozenset[str]) -> None:
    if follow := _saved.get(record._meta.app_label):
        follow(record, changed)


def delete(record: models.Model) -> None:
    """Raises StillPublished, ProtectedError."""
    if action := _delete.get(record._meta.app_label):
        action(record)
    else:
        deletion.delete(record=record)
