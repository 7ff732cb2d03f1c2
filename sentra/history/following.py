"""What must follow when the trail puts something back: each app registers its own actions."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models

from semarang_ikm.shared import deletion

# Takes records of one model on whose pages the rows are, and by key the names of their own fields that changed.
Saved = Callable[[Sequence[Any], Mapping[int, frozenset[str]]], None]
Delete = Callable[[Any], None]

_saved: dict[str, Saved] = {}
_delete: dict[str, Delete] = {}
_one_by_one: set[type[models.Model]] = set()


def register(
    app_label: str,
    *,
    saved: Saved,
    delete: Delete | None = None,
    one_by_one: Sequence[type[models.Model]] = (),
) -> None:
    """`one_by_one`: models of which `delete` does more than renewing the texts of the record on whose page a row is."""
    _saved[app_label] = saved
    _one_by_one.update(one_by_one)
    if delete:
        _delete[app_label] = delete


def saved(records: Sequence[models.Model], changed: Mapping[int, frozenset[str]]) -> None:
    """What follows the save of records of one model."""
    if records and (follow := _saved.get(records[0]._meta.app_label)):
        follow(records, changed)


def may_go_together(model: type[models.Model]) -> bool:
    return model not in _one_by_one


def delete(record: models.Model) -> None:
    """Raises StillPublished, ProtectedError."""
    if action := _delete.get(record._meta.app_label):
        action(record)
    else:
        deletion.delete(record=record)
