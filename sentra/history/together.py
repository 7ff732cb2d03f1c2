"""Taking away many rows of one model that a batch made: the same rules as for one, with few questions for all."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from semarang_ikm.shared import deletion, publishing
from semarang_ikm.shared.files import files_of, remove_after_commit
from semarang_ikm.shared.models import Publishable
from semarang_ikm.shared.tracing import is_recorded
from sentra.history import following
from sentra.history.effects import Effect, Key
from sentra.history.report import Done, Left, UndoReport
from sentra.history.roots import roots_of
from sentra.history.writing import deletions_told
from sentra.models import Change, ChangeSet

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def take_away_together(
    report: UndoReport, effects: list[Effect], by: "User | None", own: list[ChangeSet]
) -> list[Effect]:
    """Delete those that may go, in one statement, and report them. Returns those that must be judged one by one: all of
    them when something stands in the way of one."""
    model = effects[0].model
    if len(effects) < 2 or effects[0].declared.is_told_only or not following.may_go_together(model):
        return effects
    # Held, so that nobody publishes one between the judgement and the deletion.
    rows = model._base_manager.select_for_update().in_bulk([effect.object_id for effect in effects])
    roots = roots_of(effects)
    touched = touched_since(effects, own) if own else set()
    going = []
    for effect in effects:
        row = rows.get(effect.object_id)
        if row is None:
            continue
        if effect.object_id in touched:
            report.left.append(Left(effect, str(row), _("Sudah disunting sesudah itu, jadi tidak dihapus.")))
        elif reason := _refusal(row, roots.get(effect.root), by):
            report.left.append(Left(effect, str(row), reason))
        else:
            going.append(effect)
    if not going:
        return []
    titles = {effect.object_id: str(rows[effect.object_id]) for effect in going}
    try:
        with transaction.atomic():
            _delete([rows[effect.object_id] for effect in going])
    except ProtectedError:
        return going
    report.done += [Done(effect, titles[effect.object_id]) for effect in going]
    return []


def _refusal(row: models.Model, root: models.Model | None, by: "User | None") -> str:
    """Why the row may not be deleted by this officer; "" when it may."""
    if reason := deletion.refusal(row):
        return reason
    if any(isinstance(each, Publishable) and not publishing.may_work_on(by, each) for each in (row, root)):
        return _("Hanya penerbit yang menghapusnya.")
    return ""


def _delete(rows: list[models.Model]) -> None:
    model = type(rows[0])
    doomed = model._base_manager.filter(pk__in=[row.pk for row in rows])
    files = files_of(rows) if _has_files(model) else []
    if is_recorded(model):
        with deletions_told(rows):
            doomed.delete()
    else:
        doomed.delete()
    remove_after_commit(files)


def _has_files(model: type[models.Model]) -> bool:
    """Whether rows of the model, or rows that go with them, may own files."""
    owned: list[Any] = [
        relation.related_model
        for relation in model._meta.related_objects
        if getattr(relation, "on_delete", None) is models.CASCADE
    ]
    return any(isinstance(field, models.FileField) for each in (model, *owned) for field in each._meta.concrete_fields)


def touched_since(effects: list[Effect], own: list[ChangeSet]) -> set[int]:
    """The keys of those rows of one model that a set other than `own` changed after the changes, or a row on their page."""
    label = effects[0].first.model
    last = {effect.object_id: effect.last.pk for effect in effects}
    mine = Q(model=label, object_id__in=list(last)) | Q(root_model=label, root_id__in=list(last))
    later = Change.objects.filter(mine, pk__gt=min(last.values())).exclude(change_set__in=own)
    found: set[int] = set()
    for number, model, key, root in later.values_list("pk", "model", "object_id", "root_id"):
        about = key if model == label and key in last else root
        if number > last.get(about, number):
            found.add(about)
    return found


def levels(effects: list[Effect]) -> list[list[Effect]]:
    """Rows in groups, each after those that it points to."""
    waiting, found = list(effects), []
    while waiting:
        keys = {effect.key for effect in waiting}
        ready = [effect for effect in waiting if not (_targets(effect) - {effect.key}) & keys] or waiting
        found.append(ready)
        done = {effect.key for effect in ready}
        waiting = [effect for effect in waiting if effect.key not in done]
    return found


def _targets(effect: Effect) -> set[Key]:
    found: set[Key] = set()
    for name, field in effect.declared.fields.items():
        pair = effect.fields.get(name)
        if isinstance(field, models.ForeignKey) and pair is not None:
            target: Any = field.related_model
            found |= {(target._meta.label_lower, value) for value in pair if value is not None}
    return found
