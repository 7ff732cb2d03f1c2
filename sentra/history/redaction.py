"""The one door through which something leaves the trail: values, never the fact that something changed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet

from semarang_ikm.shared.tracing import declaration_of
from sentra.choices import ChangeAction
from sentra.history.files import erase, finish_moving, kept_before
from sentra.history.reading import changes_of
from sentra.models import Change, ChangeSet, KeptFile, TrailDoor

# So long a deleted record, and the file of a row that names another one now, can come back.
RETURNS_WITHIN = timedelta(days=30)
CHUNK = 500
_Choice = Callable[[Change], set[str]]


@transaction.atomic
def redact(*, record: models.Model, fields: Collection[str] = ()) -> int:
    """Take the personal values out of everything that was ever told of a record and the rows on its page.

    What goes is what each model declares as personal, and of the record itself `fields` as well. Files that could
    have come back go too. Returns how many entries lost a value.
    """
    return _blank(
        changes_of(record), lambda change: _personal(change) | (set(fields) if _is(change, record) else set())
    )


@transaction.atomic
def forget_texts(changes: Iterable[Change]) -> int:
    """Take out what was written in words, and all that is kept of a deleted row. Returns how many entries lost a value."""
    return _blank(
        changes, lambda change: set(change.fields) if change.action == ChangeAction.DELETE else _written(change)
    )


@transaction.atomic
def forget_reasons(keys: Collection[int]) -> int:
    """Take out why these change sets were made. That they were, when and by whom stays."""
    plain: QuerySet = models.QuerySet(ChangeSet)
    with _door():
        return plain.filter(pk__in=keys).update(why="")


def forget_deleted(at: datetime) -> int:
    """Empty what is kept of records deleted so long ago that they cannot come back, and delete the files of all that
    changed so long ago. That they were deleted or changed stays. Returns how many records that were.
    """
    finish_moving()
    with transaction.atomic():
        erase(kept_before(at - RETURNS_WITHIN))
        return sum(_forget(gone) for gone in list(over(at)))


def _forget(gone: Change) -> bool:
    rows = Change.objects.filter(model=gone.model, object_id=gone.object_id)
    return bool(_blank(rows, lambda change: set(change.fields)))


def over(at: datetime) -> QuerySet[Change]:
    """Deletions whose term has passed and of which something is still kept."""
    old = Change.objects.filter(action=ChangeAction.DELETE, change_set__at__lt=at - RETURNS_WITHIN)
    return old.exclude(title="").order_by("pk")


def _blank(rows: Iterable[Change], fields_of: _Choice) -> int:
    changed: list[Change] = []
    files: set[str] = set()
    for change in rows:
        doomed = {name for name in fields_of(change) if change.fields.get(name) is not None}
        if not doomed and not (change.title and change.action == ChangeAction.DELETE and fields_of(change)):
            continue
        files |= _files(change, doomed)
        # Null says: this field changed, and its values are no longer kept.
        change.fields = {name: None if name in doomed else pair for name, pair in change.fields.items()}
        change.title = ""
        changed.append(change)
    with _door():
        for start in range(0, len(changed), CHUNK):
            plain: QuerySet = models.QuerySet(Change)
            plain.bulk_update(changed[start : start + CHUNK], ["fields", "title"])
    erase(KeptFile.objects.filter(name__in=files))
    return len(changed)


def _files(change: Change, names: Iterable[str]) -> set[str]:
    model = apps.get_model(change.model)
    found = {name for name in names if isinstance(model._meta.get_field(name), models.FileField)}
    return {value for name in found for value in change.fields[name] if value}


def _personal(change: Change) -> set[str]:
    declared = declaration_of(apps.get_model(change.model))
    return set(declared.personal) if declared else set()


def _written(change: Change) -> set[str]:
    """Fields that somebody typed, besides codes and numbers of ours, and what is personal anyway."""
    declared = declaration_of(apps.get_model(change.model))
    if declared is None:
        return set()
    typed = {
        name
        for name, field in declared.fields.items()
        if isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices
    }
    return (typed - declared.by_actions) | declared.personal


def _is(change: Change, record: models.Model) -> bool:
    return (change.model, change.object_id) == (record._meta.label_lower, record.pk)


@contextmanager
def _door() -> Iterator[None]:
    door = TrailDoor.objects.create()
    yield
    door.delete()
