"""Files that rows own: found before the rows go, removed only after the transaction has committed.

Where rows can come back, their files are kept for a while (sentra.history.files registers for that).
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.core.files.storage import Storage
from django.db import models, router, transaction
from django.db.models.deletion import Collector

from semarang_ikm.shared.images import names_of

StoredFile = tuple[Storage, str]
# Takes files that rows let go of, in the transaction; returns those that need not be kept.
Keep = Callable[[Iterable[StoredFile]], list[StoredFile]]

_keep: list[Keep] = []


def files_of(records: Iterable[models.Model]) -> list[StoredFile]:
    """Every file of these rows and of all rows that a deletion would take along."""
    found: list[StoredFile] = []
    by_model: dict[type[models.Model], list[models.Model]] = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record)
    for model, mine in by_model.items():
        collector = Collector(using=router.db_for_write(model))
        collector.collect(mine)
        doomed = [row for rows in collector.data.values() for row in rows]
        doomed += [row for rows in collector.fast_deletes for row in rows if _file_fields(rows.model)]
        found += [file for row in doomed for file in own_files(row)]
    return found


def own_files(record: models.Model) -> list[StoredFile]:
    """The files of one row, copies of pictures included."""
    found: list[StoredFile] = []
    for field in _file_fields(type(record)):
        if stored := getattr(record, field.name):
            found += stored_files(field, stored.name)
    return found


def stored_files(field: models.FileField, name: str) -> list[StoredFile]:
    names = names_of(name) if isinstance(field, models.ImageField) else [name]
    return [(field.storage, each) for each in names]


def keep_with(keep: Keep) -> None:
    _keep[:] = [keep]


def remove_after_commit(files: Iterable[StoredFile], *, for_good: bool = False) -> None:
    """Take the files away once the rows are gone; a rolled back deletion leaves them where they are.

    `for_good`: nothing may come back, as when a person's data are taken out.
    """
    doomed = list(files)
    if _keep and not for_good:
        doomed = _keep[0](doomed)
    transaction.on_commit(partial(_remove, doomed))


def _remove(files: list[StoredFile]) -> None:
    for storage, name in files:
        storage.delete(name)


def _file_fields(model: type[models.Model]) -> list[models.FileField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.FileField)]
