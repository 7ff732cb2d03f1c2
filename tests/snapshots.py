"""The whole database and both rooms of files, as plain values: two states are the same or the difference is shown.

Every table of every app is compared, links between records and generic ones included, and every column. What may differ
stands here with its reason; a table that is new is compared without being named anywhere.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.files.storage import storages
from django.db import models

from sentra.history.files import FOLDER

Snapshot = dict[str, Any]

# Tables that grow or move with every act, also with one that takes another back.
MAY_CHANGE = {
    "sentra.Change": "the trail, which is only added to",
    "sentra.ChangeSet": "the trail, which is only added to",
    "sentra.TrailDoor": "the door of the trail, empty outside of a transaction",
    "sentra.DataVersion": "counts writes",
    "sentra.CodeSequence": "a code that was issued is never issued again",
    "sentra.KeptFile": "where files wait that no row names; the files themselves are compared",
    "sentra.UndoWork": "the order to undo, and how far it is",
    "sentra.SentForm": "keys of forms that were sent",
    "admin.LogEntry": "what officers did, which is only added to",
    "exchange.ImportProposal": "the file and what became of it: approved stays approved when it is undone",
    "exchange.ProposalRow": "the rows of that file",
    "sessions.Session": "who is signed in",
    "django_tasks_database.DBTaskResult": "work of the worker",
    "axes.AccessAttempt": "failed logins",
    "axes.AccessAttemptExpiration": "failed logins",
    "axes.AccessFailureLog": "failed logins",
    "axes.AccessLog": "logins",
}
# Columns that say when somebody signed in; those that say when a row was last written (`auto_now`) are left out too.
MAY_MOVE = {"auth.User.last_login"}


def snapshot() -> Snapshot:
    """Every row of every table by key, and the names of all files of the public and the private room."""
    found: Snapshot = {
        model._meta.label: _rows(model)
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.label not in MAY_CHANGE
    }
    # What no row names any more waits thirty days where nobody sees it, also when that was the newer of two pictures.
    found["files"] = {
        alias: sorted(name for name in files(alias) if not name.startswith(f"{FOLDER}/"))
        for alias in ("default", "private")
    }
    return found


def _rows(model: type[models.Model]) -> dict[Any, dict[str, Any]]:
    """A link between two records is known by its two ends: set again, it has another number."""
    names = [field.attname for field in model._meta.concrete_fields if not _moves(model, field)]
    if model._meta.auto_created:
        names.remove("id")
        return {tuple(row.values()): row for row in model._base_manager.values(*names)}
    return {row[model._meta.pk.attname]: row for row in model._base_manager.values(*names)}


def _moves(model: type[models.Model], field: models.Field) -> bool:
    return getattr(field, "auto_now", False) or f"{model._meta.label}.{field.name}" in MAY_MOVE


def files(alias: str, folder: str = "") -> list[str]:
    storage = storages[alias]
    if not storage.exists(folder or "."):
        return []
    folders, names = storage.listdir(folder)
    inside = [name for each in folders for name in files(alias, f"{folder}/{each}".lstrip("/"))]
    return [f"{folder}/{name}".lstrip("/") for name in names] + inside


def differences(before: Snapshot, after: Snapshot, *, without: Iterable[str] = ()) -> dict[str, Any]:
    """What differs, row by row: {"sentra.Ikm 7": (before, after)}; None: the row is not there. `without`: tables."""
    found: dict[str, Any] = {}
    for table in before.keys() - set(without):
        for key in before[table].keys() | after[table].keys():
            one, other = before[table].get(key), after[table].get(key)
            if one != other:
                found[f"{table} {key}"] = (one, other)
    return found
