"""Putting back what changes did: one batch, one record, one field. Every row is judged on its own.

undo(change_set, by=)                    what was changed again since stays, and is told
put_back(changes, by=, fields=)          the state before these changes, whatever came after them
restore(deletion, by=)                   a deleted record with all that went with it
preview(...)                             the same report, and nothing written
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from semarang_ikm.shared import publishing
from semarang_ikm.shared.models import Publishable
from semarang_ikm.shared.tracing import name_of
from sentra.choices import ChangeAction, ChangeKind
from sentra.history import following
from sentra.history.effects import Effect, Key, effects_of
from sentra.history.giving import give_back_together
from sentra.history.recording import recording
from sentra.history.report import Done, Left, UndoReport
from sentra.history.roots import records_at
from sentra.history.rows import CannotReturn, give_back, make_again
from sentra.history.together import levels, take_away_together, touched_since
from sentra.models import Change, ChangeSet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User

# Rows of one transaction where there are many.
CHUNK = 200
# Records whose save is to be followed, with the names of the fields that changed.
Changed = dict[Key, set[str]]
Act = Callable[[UndoReport, Changed, list[Effect]], list[Effect]]


def undo(
    change_set: ChangeSet, *, by: "User | None", why: str = "", progress: Callable[[int, int], None] | None = None
) -> UndoReport:
    """Undo a change set. A field that was changed again since, and a new record that was worked on, stay.

    In one transaction; with `progress(done, total)` in many short ones, so that nobody waits for a long one. Broken off
    half-way, it goes on when it is asked for again.
    """
    effects = effects_of(change_set.changes.all())
    if change_set.kind == ChangeKind.MERGE:
        # A merger moves what points at a record, whatever rules that follows otherwise.
        for effect in effects:
            effect.fixed -= {name for name, field in effect.declared.fields.items() if field.is_relation}
    return _carry_out(effects, by=by, why=why, undoes=change_set, progress=progress)


def put_back(
    changes: Iterable[Change],
    *,
    by: "User | None",
    why: str = "",
    fields: Collection[str] | None = None,
    keep: Callable[[Effect], Set[str]] = lambda _effect: frozenset(),
) -> UndoReport:
    """Give rows the values from before these changes; of a single row, of these fields alone. A status stays.

    For the state before one change, hand over that change and all later ones. `keep` names what stays of each row.
    """
    effects = effects_of(changes)
    for effect in effects:
        wanted = set(effect.fields) if fields is None else _with_companions(effect, fields)
        if not effect.created and not effect.deleted:
            wanted -= effect.fixed | keep(effect)
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
        if change.action == ChangeAction.DELETE and (mine or _went_along(change, record)):
            gone.add((change.model, change.object_id))
            found.append(change)
        elif change.action == ChangeAction.UPDATE and _lost(change, gone | {record}):
            found.append(change)
    return found


def _went_along(change: Change, record: Key) -> bool:
    """Whether this row went because the record did, though it is seen on the page of another one."""
    for name, pair in change.fields.items():
        field = apps.get_model(change.model)._meta.get_field(name)
        if isinstance(field, models.ForeignKey) and pair is not None and pair[0] == record[1]:
            target: Any = field.related_model
            if target._meta.label_lower == record[0] and field.remote_field.on_delete is models.CASCADE:
                return True
    return False


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
    return set(names) | (follow - effect.fixed)


def _carry_out(
    effects: list[Effect],
    *,
    by: "User | None",
    why: str,
    undoes: ChangeSet | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> UndoReport:
    """First what was deleted, what others need ahead; then what was changed; then what was made, the other way."""
    report = UndoReport()
    changed: Changed = {}
    one_by_one = partial(recording, kind=ChangeKind.UNDO, by=by, why=why, undoes=undoes)

    def carry(groups: Iterable[list[Effect]], act: Act) -> list[Effect]:
        """Each chunk in a transaction of its own where there is progress to tell. Returns the rows that stay."""
        stayed: list[Effect] = []
        for chunk in _chunks(groups):
            with one_by_one(within=report.change_set) as change_set:
                report.change_set = change_set
                stayed += act(report, changed, chunk)
                if progress is not None:
                    _follow(changed)
            if progress is not None:
                progress(len(report.done) + len({left.effect.key for left in report.left}), len(effects))
        return stayed

    give = partial(_give, by)
    again = partial(_each, by, make_again)
    with one_by_one() if progress is None else nullcontext() as change_set:
        report.change_set = change_set
        waiting = carry(levels([effect for effect in effects if effect.deleted]), again)
        edited = [effect for effect in effects if not effect.created and not effect.deleted]
        # A merger gave the survivor what only one may have: it gives that back first, then its former owner returns, and
        # only then is there anything for the other rows to point at.
        blocking = [effect for effect in edited if _stands_in_the_way(effect, waiting)]
        carry([blocking], give)
        report.left = [left for left in report.left if left.effect not in waiting]
        carry(levels(waiting), again)
        first = set(blocking)
        stuck = carry([[effect for effect in edited if effect not in first]], give)
        made = [effect for effect in effects if effect.created]
        carry(reversed(levels(made)), partial(_take_away, by, undoes))
        if stuck and made:
            # A row that the changes made may have stood in the way.
            report.left = [left for left in report.left if left.effect not in stuck]
            carry([stuck], give)
        _follow(changed)
    return report


def _follow(changed: Changed) -> None:
    """What follows the save of each record that is there."""
    by_model: dict[str, list[models.Model]] = {}
    for (label, _key), record in records_at(changed).items():
        by_model.setdefault(label, []).append(record)
    for label, records in by_model.items():
        following.saved(records, {record.pk: frozenset(changed[label, record.pk]) for record in records})
    changed.clear()


def _chunks(groups: Iterable[list[Effect]]) -> Iterator[list[Effect]]:
    """So many rows of one model at a time."""
    for group in groups:
        by_model: dict[type[models.Model], list[Effect]] = {}
        for effect in group:
            by_model.setdefault(effect.model, []).append(effect)
        for mine in by_model.values():
            for start in range(0, len(mine), CHUNK):
                yield mine[start : start + CHUNK]


def _each(
    by: "User | None", act: Callable[[Effect], Done | None], report: UndoReport, changed: Changed, chunk: list[Effect]
) -> list[Effect]:
    """Judge row by row. Returns those that stay as they are."""
    return [effect for effect in chunk if not _attempt(report, effect, by, changed, partial(act, effect))]


def _give(by: "User | None", report: UndoReport, changed: Changed, chunk: list[Effect]) -> list[Effect]:
    already = len(report.done)
    rest = give_back_together(report, chunk, by)
    for done in report.done[already:]:
        _note(changed, done)
    return _each(by, lambda effect: give_back(effect, report, by), report, changed, rest)


def _take_away(
    by: "User | None", undoes: ChangeSet | None, report: UndoReport, changed: Changed, chunk: list[Effect]
) -> list[Effect]:
    own = [each for each in (report.change_set, undoes) if each is not None] if undoes else []
    already = len(report.done)
    rest = take_away_together(report, chunk, by, own)
    for done in report.done[already:]:
        _note(changed, done)
    return _each(by, partial(_take_one_away, own), report, changed, rest)


def _stands_in_the_way(effect: Effect, waiting: list[Effect]) -> bool:
    """Whether this row may hold now what only one may have, and a deleted one of its kind could not return."""
    rules = [rule for rule in effect.model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    alone = {name for rule in rules for name in rule.fields}
    return effect.model in {other.model for other in waiting} and not alone.isdisjoint(effect.fields)


def _attempt(
    report: UndoReport, effect: Effect, by: "User | None", changed: Changed, act: Callable[[], Done | None]
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
    except IntegrityError:
        report.left.append(Left(effect, title_of(effect), _("Bertentangan dengan data lain yang ada sekarang.")))
    except ProtectedError as error:
        # By kind alone: what a row is called may be closed to this officer.
        kinds = Counter(str(row._meta.verbose_name) for row in error.protected_objects)
        names = ", ".join(f"{kind} ({count})" for kind, count in kinds.items())
        reason = _("Masih dipakai oleh: %(names)s.") % {"names": names}
        report.left.append(Left(effect, title_of(effect), reason))
    else:
        if done is not None:
            report.done.append(done)
            _note(changed, done)
        return True
    return False


def _note(changed: Changed, done: Done) -> None:
    """Of a row on another record's page that record is to follow, though no field of it changed."""
    root, key = done.effect.root, done.effect.key
    changed.setdefault(root, set()).update(done.fields if root == key else ())


def _take_one_away(own: list[ChangeSet], effect: Effect) -> Done | None:
    """A row that the changes made goes again; with `own`, unless somebody else's set touched it since."""
    row = effect.model._base_manager.filter(pk=effect.object_id).first()
    if row is None:
        return None
    if effect.declared.is_told_only:
        raise CannotReturn(_("Data semacam ini tidak dihapus lewat riwayat."))
    if own and touched_since([effect], own):
        raise CannotReturn(_("Sudah disunting sesudah itu, jadi tidak dihapus."))
    title = str(row)
    following.delete(row)
    return Done(effect, title)


def _root(effect: Effect) -> models.Model | None:
    label, key = effect.root
    return apps.get_model(label)._base_manager.filter(pk=key).first()


def _refuse_strangers(effect: Effect, by: "User | AnonymousUser | None") -> None:
    """What is shown, or was, is changed by whoever may publish."""
    root = _root(effect)
    if isinstance(root, Publishable):
        is_closed = not publishing.may_work_on(by, root)
    else:
        is_closed = was_public(effect) and not publishing.may_publish(by, effect.model)
    if is_closed:
        raise CannotReturn(_("Data ini sedang terbit atau diarsipkan; hanya penerbit yang dapat mengembalikannya."))


def was_public(effect: Effect) -> bool:
    """Whether a row that was deleted had been shown: who may delete it then may bring it back."""
    return bool(effect.deleted and (effect.fields.get("published_at") or (None,))[0])


def closed_to(effects: Iterable[Effect], by: "User | AnonymousUser | None") -> bool:
    """Whether any of these rows is, or was, shown, and so not this officer's to put back."""
    try:
        for effect in effects:
            _refuse_strangers(effect, by)
    except CannotReturn:
        return True
    return False


def _still_presentable(effect: Effect) -> None:
    """A published record must keep what its page cannot do without."""
    root = _root(effect)
    if isinstance(root, Publishable) and root.is_published and (reasons := publishing.obstacles(root)):
        raise ValidationError(reasons)


def title_of(effect: Effect) -> str:
    if effect.title:
        return effect.title
    row = effect.model._base_manager.filter(pk=effect.object_id).first()
    return str(row) if row is not None else f"{name_of(effect.model)} {effect.object_id}"
