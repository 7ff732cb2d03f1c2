"""Files of rows that are gone, or that name another file now: out of sight at once, gone for good after the term.

A public picture is moved to the private room after the commit, its copies are deleted; a private file stays where it
is. What a crash prevented is done at the next occasion, at the latest by the daily retention.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models import QuerySet

from semarang_ikm.shared import files as shared
from semarang_ikm.shared.files import StoredFile
from semarang_ikm.shared.images import is_copy, names_of, write_copies
from sentra.models import KeptFile

PUBLIC, PRIVATE = "default", "private"
FOLDER = "terhapus"


def keep(files: Iterable[StoredFile]) -> list[StoredFile]:
    """Note the files in the transaction that takes their rows; returns those that can go for good at once."""
    given = list(files)
    for storage, name in given:
        if not is_copy(name):
            KeptFile.objects.update_or_create(room=room_of(storage), name=name, defaults={"returning": False})
    transaction.on_commit(finish_moving)
    return [(storage, name) for storage, name in given if is_copy(name)]


def bring_back(storage: Storage, name: str) -> None:
    """Note that a row names the file again; it is there right after the commit."""
    KeptFile.objects.filter(room=room_of(storage), name=name).update(returning=True)
    transaction.on_commit(finish_moving)


def is_within_reach(storage: Storage, name: str) -> bool:
    """Whether the file is there, or can be brought back."""
    return storage.exists(name) or KeptFile.objects.filter(room=room_of(storage), name=name).exists()


def finish_moving() -> None:
    """Bring every noted file to where it belongs. Safe to run at any time outside a transaction, also after a crash."""
    for lines, move in (
        (KeptFile.objects.filter(returning=False, kept_as=""), _hide),
        (KeptFile.objects.filter(returning=True), _return),
    ):
        for key in list(lines.values_list("pk", flat=True)):
            _move_one(lines.filter(pk=key), move)


def _move_one(lines: QuerySet[KeptFile], move: Callable[[KeptFile], list[StoredFile]]) -> None:
    """Held meanwhile, so that two processes do not move the same file; what it was copied from goes afterwards."""
    with transaction.atomic():
        line = lines.select_for_update().first()
        left_behind = move(line) if line is not None else []
    for storage, name in left_behind:
        storage.delete(name)


def _hide(line: KeptFile) -> list[StoredFile]:
    line.kept_as = line.name
    if line.room != PRIVATE:
        line.kept_as = _copy(storages[line.room], line.name, storages[PRIVATE], _hidden_name(line.name))
    if line.kept_as:
        line.save(update_fields=["kept_as"])
    else:
        line.delete()
    return [] if line.room == PRIVATE else [(storages[line.room], name) for name in names_of(line.name)]


def _return(line: KeptFile) -> list[StoredFile]:
    line.delete()
    if line.room == PRIVATE or not line.kept_as:
        return []
    public = storages[line.room]
    if not public.exists(line.name):
        _copy(storages[PRIVATE], line.kept_as, public, line.name)
    write_copies(line.name, public)
    return [(storages[PRIVATE], line.kept_as)]


def erase(lines: Iterable[KeptFile]) -> int:
    """Delete kept files for good, after the commit."""
    doomed = list(lines)
    for line in doomed:
        room, name = (PRIVATE, line.kept_as) if line.kept_as else (line.room, line.name)
        for each in names_of(name):
            transaction.on_commit(partial(storages[room].delete, each))
    KeptFile.objects.filter(pk__in=[line.pk for line in doomed]).delete()
    return len(doomed)


def kept_before(at: datetime) -> QuerySet[KeptFile]:
    return KeptFile.objects.filter(since__lt=at, returning=False)


def room_of(storage: Storage) -> str:
    return next(alias for alias in (PUBLIC, PRIVATE) if storages[alias] == storage)


def _hidden_name(name: str) -> str:
    return f"{FOLDER}/{secrets.token_hex(16)}{PurePosixPath(name).suffix}"


def _copy(source: Storage, name: str, target: Storage, as_name: str) -> str:
    """Copy a file from one room to another; "" when there is none."""
    if not source.exists(name):
        return ""
    with source.open(name) as content:
        return target.save(as_name, content)


shared.keep_with(keep)
