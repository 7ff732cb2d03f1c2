"""Putting back what changes did: one batch, one record, one field. Every row is judged on its own.

undo(change_set, by=)                    what was changed again since stays, and is told
put_back(changes, by=, fields=)          the state before these changes, whatever came after them
restore(deletion, by=)                   a deleted record with all that went with it
preview(...)                             the same report, and nothing written
"""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from semarang_ikm.shared import publishing
from semarang_ikm.shared.models import Publishable
from sentra.choices import ChangeAction, ChangeKind
from sentra.history import following
from sentra.history.effects import Effect, Key, effects_of
from sentra.history.recording import recording
from sentra.history.report import Done, Left, UndoReport
from sentra.history.rows import CannotReturn, give_back, make_again
from sentra.models import Change, ChangeSet

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def undo(change_set: ChangeSet, *, by: "User | None", why: str = "") -> UndoReport:
    """Undo a change set. A field that was changed again since, and a new record that was worked on, stay."""
    effects = effects_of(change_set.changes.all())
    return _carry_out(effects, by=by, why=why, undoes=change_set)


def put_back(
    changes: Iterable[Change], *, by: "User | None", why: str = "", fields: Collection[str] | None = None
) -> UndoReport:
    """Give rows the values from before these changes; of a single row, of these fields alone. A status stays.

    For the state before one change, hand over that change and all later ones.
    """
    effects = effects_of(changes)
    for effect in effects:
        wanted = set(effect.fields) if fields is None else _with_companions(effect, fields)
        if not effect.created and not effect.deleted:
            wanted -= effect.declared.fixed
        effect.fields = {name: pair for name, pair in effect.fields.items() if name in wanted}
    return _carry_out(effects, by=by, why=why)


def restore(deletion: Change, *, by: "User | None", why: str = "") -> UndoReport:
    """Bring back a deleted record, what was deleted with it, and its places in others' lists."""
    return _carry_out(effects_of(gone_with(deletion)), by=by, why=why)


def preview(act: Callable[[], UndoReport]) -> UndoReport:
    """What `act` would report; everything that it writes is taken back."""
    with transaction.atomic():
        report = act()
        transaction.set_rollback(True)
    report.change_set = None
    return report


def gone_with(deletion: Change) -> list[Change]:
    """The changes by which a record and its rows went, and those by which others lost it."""
    record = (deletion.model, deletion.object_id)
    found = [deletion]
    gone = {record}
    for change in Change.objects.filter(change_set=deletion.change_set).exclude(pk=deletion.pk).order_by("pk"):
        mine = (change.root_model, change.root_id) == record or (change.owner_model, change.owner_id) == record
        if mine and change.action == ChangeAction.DELETE:
            gone.add((change.model, change.object_id))
            found.append(change)
        elif change.action == ChangeAction.UPDATE and _lost(change, gone | {record}):
            found.append(change)
    return found


def _lost(change: Change, gone: set[Key]) -> bool:
    """Whether this change took a link to one of the rows from a row that stays."""
    if (change.model, change.object_id) in gone:
        return False
    model = apps.get_model(change.model)
    for name, pair in change.fields.items():
        target = model._meta.get_field(name).related_model
        if pair is None or target is None:
            continue
        before, after = (value if isinstance(value, list) else [value] for value in pair)
        label = target._meta.label_lower
        if any((label, key) in gone for key in set(before) - set(after)):
            return True
    return False


def _with_companions(effect: Effect, names: Collection[str]) -> set[str]:
    """What is never typed changes with what is: the picture's size with the picture."""
    follow = {
        name for name in effect.fields if name in effect.declared.fields and not effect.declared.fields[name].editable
    }
    return set(names) | (follow - effect.declared.fixed)


def _carry_out(effects: list[Effect], *, by: "User | None", why: str, undoes: ChangeSet | None = None) -> UndoReport:
    report = UndoReport()
    with recording(kind=ChangeKind.UNDO, by=by, why=why, undoes=undoes) as change_set:
        report.change_set = change_set
        changed: dict[Key, set[str]] = {}
        deleted = _parents_first([effect for effect in effects if effect.deleted])
        waiting = [effect for effect in deleted if not _make_again(report, effect, by, changed)]
        edited = [effect for effect in effects if not effect.created and not effect.deleted]
        # A merger gave the survivor what only one may have: it gives that back first, then its former owner returns, and
        # only then is there anything for the other rows to point at.
        blocking = [effect for effect in edited if _stands_in_the_way(effect, waiting)]
        for effect in blocking:
            _give_back(report, effect, by, changed)
        report.left = [left for left in report.left if left.effect not in waiting]
        for effect in waiting:
            _make_again(report, effect, by, changed)
        for effect in edited:
            if effect not in blocking:
                _give_back(report, effect, by, changed)
        for effect in reversed(_parents_first([effect for effect in effects if effect.created])):
            own = [change_set, undoes] if undoes else []
            _attempt(report, effect, by, changed, partial(_take_away, effect, own))
        for (label, key), names in changed.items():
            record = apps.get_model(label)._base_manager.filter(pk=key).first()
            if record is not None:
                following.saved(record, frozenset(names))
    return report


def _make_again(report: UndoReport, effect: Effect, by: "User | None", changed: dict[Key, set[str]]) -> bool:
    return _attempt(report, effect, by, changed, partial(make_again, effect))


def _give_back(report: UndoReport, effect: Effect, by: "User | None", changed: dict[Key, set[str]]) -> bool:
    return _attempt(report, effect, by, changed, partial(give_back, effect, report, by))


def _stands_in_the_way(effect: Effect, waiting: list[Effect]) -> bool:
    """Whether this row may hold now what only one may have, and a deleted one of its kind could not return."""
    rules = [rule for rule in effect.model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    alone = {name for rule in rules for name in rule.fields}
    return effect.model in {other.model for other in waiting} and not alone.isdisjoint(effect.fields)


def _attempt(
    report: UndoReport, effect: Effect, by: "User | None", changed: dict[Key, set[str]], act: Callable[[], Done | None]
) -> bool:
    """One row, wholly or not at all; whether it succeeded."""
    try:
        with transaction.atomic():
            _refuse_strangers(effect, by)
            done = act()
            if done is not None and not effect.created:
                _still_presentable(effect)
    except ValidationError as error:
        report.left.append(Left(effect, title_of(effect), " ".join(error.messages)))
    except CannotReturn as error:
        report.left.append(Left(effect, title_of(effect), str(error)))
    except ProtectedError as error:
        names = ", ".join(str(row) for row in list(error.protected_objects)[:3])
        reason = _("Masih dipakai oleh: %(names)s.") % {"names": names}
        report.left.append(Left(effect, title_of(effect), reason))
    else:
        if done is not None:
            report.done.append(done)
            changed.setdefault(effect.root, set()).update(done.fields if effect.root == effect.key else ())
        return True
    return False


def _take_away(effect: Effect, own: list[ChangeSet]) -> Done | None:
    """A row that the changes made goes again; with `own`, unless somebody else's set touched it since."""
    row = effect.model._base_manager.filter(pk=effect.object_id).first()
    if row is None:
        return None
    title = str(row)
    if own:
        label = effect.model._meta.label_lower
        mine = models.Q(model=label, object_id=row.pk) | models.Q(root_model=label, root_id=row.pk)
        if Change.objects.filter(mine, pk__gt=effect.last.pk).exclude(change_set__in=own).exists():
            raise CannotReturn(_("Sudah disunting sesudah itu, jadi tidak dihapus."))
    following.delete(row)
    return Done(effect, title)


def _root(effect: Effect) -> models.Model | None:
    label, key = effect.root
    return apps.get_model(label)._base_manager.filter(pk=key).first()


def _refuse_strangers(effect: Effect, by: "User | None") -> None:
    """What is shown, or was, is changed by whoever may publish."""
    root = _root(effect)
    if isinstance(root, Publishable) and not publishing.may_work_on(by, root):
        raise CannotReturn(_("Data ini sedang terbit atau diarsipkan; hanya penerbit yang dapat mengembalikannya."))


def _still_presentable(effect: Effect) -> None:
    """A published record must keep what its page cannot do without."""
    root = _root(effect)
    if isinstance(root, Publishable) and root.is_published and (reasons := publishing.obstacles(root)):
        raise ValidationError(reasons)


def _parents_first(effects: list[Effect]) -> list[Effect]:
    """Rows after those that they point to."""
    waiting, ordered = list(effects), []
    while waiting:
        keys = {effect.key for effect in waiting}
        ready = [effect for effect in waiting if not (_targets(effect) & (keys - {effect.key}))] or waiting
        ordered += ready
        waiting = [effect for effect in waiting if effect not in ready]
    return ordered


def _targets(effect: Effect) -> set[Key]:
    found: set[Key] = set()
    for name, field in effect.declared.fields.items():
        pair = effect.fields.get(name)
        if isinstance(field, models.ForeignKey) and pair is not None:
            label = field.related_model._meta.label_lower  # type: ignore[union-attr]  # never a name once apps are loaded
            found |= {(label, value) for value in pair if value is not None}
    return found


def title_of(effect: Effect) -> str:
    if effect.title:
        return effect.title
    row = effect.model._base_manager.filter(pk=effect.object_id).first()
    return str(row) if row is not None else f"{effect.model._meta.verbose_name} {effect.object_id}"
