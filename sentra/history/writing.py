"""Receivers that add to the trail, in the transaction of the write itself."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from django.dispatch import receiver

from semarang_ikm.shared import bulk
from semarang_ikm.shared.tracing import Traced, declaration_of, is_recorded, label_of, traced_models
from sentra.choices import ChangeAction
from sentra.history.recording import current_change_set
from sentra.history.values import Row, related_keys, row_of, stored_rows, through
from sentra.models import Change

TITLE_LENGTH = Change._meta.get_field("title").max_length
_EMPTY: tuple = (None, "", [])
Place = tuple[str, Any]


# -- one row ----------------------------------------------------------------------------------------------------------


@receiver(pre_save, dispatch_uid="history_before_save")
def remember(sender: type[models.Model], instance: models.Model, raw: bool, **_signal: Any) -> None:
    """What is stored now, read anew: another officer may have written since this row was read."""
    if raw or not is_recorded(sender):
        return
    declared = traced_models()[sender]
    stored = stored_rows(declared, [instance.pk]) if instance.pk is not None else {}
    instance.__dict__["_before"] = stored.get(instance.pk)


@receiver(post_save, dispatch_uid="history_after_save")
def tell_save(sender: type[models.Model], instance: models.Model, created: bool, **signal: Any) -> None:
    if "_before" not in instance.__dict__:
        return
    before = instance.__dict__.pop("_before") or {}
    declared = traced_models()[sender]
    after = row_of(declared, instance, signal.get("update_fields"))
    action = ChangeAction.CREATE if created else ChangeAction.UPDATE
    tell(declared, {instance.pk: (action, differences(before, after))}, known={instance.pk: instance})


@receiver(m2m_changed, dispatch_uid="history_many")
def tell_many(
    sender: type[models.Model],
    instance: models.Model,
    action: str,
    reverse: bool,
    pk_set: set | None,
    **_signal: Any,
) -> None:
    """A relation may be written from either side: the row that declares it is the one that changes."""
    found = _relations().get(sender)
    if found is None or not is_recorded(found[0].model) or (pk_set is not None and not pk_set):
        return
    declared, field = found
    if action.startswith("pre_"):
        owners: Iterable[Any] = [instance.pk]
        if reverse:
            owners = pk_set if pk_set is not None else _owners(field, [instance.pk])
        instance.__dict__.setdefault("_before_many", {})[sender] = related_keys(field, owners)
        return
    before = instance.__dict__.get("_before_many", {}).pop(sender, {})
    after = related_keys(field, before)
    known = {} if reverse else {instance.pk: instance}
    tell(declared, _changes_of_relation(field.name, before, after), known=known)


@receiver(pre_delete, dispatch_uid="history_delete")
def tell_delete(sender: type[models.Model], instance: models.Model, **_signal: Any) -> None:
    if is_recorded(sender) and (sender, instance.pk) not in _told.get():
        tell_deletions([instance])


def tell_deletions(rows: Sequence[models.Model]) -> None:
    """Rows of one model, before they are deleted: every field of each, and what their deletion silently takes from
    others: links to them, places in lists."""
    declared = traced_models()[type(rows[0])]
    known = {row.pk: row for row in rows}
    before = stored_rows(declared, list(known))
    for name, field in declared.many.items():
        for key, others in related_keys(field, before).items():
            before[key][name] = others
    _tell_those_who_lose(type(rows[0]), list(before))
    changes = {
        key: (ChangeAction.DELETE, {name: [value, None] for name, value in row.items()}) for key, row in before.items()
    }
    tell(declared, changes, known=known)


@contextmanager
def deletions_told(rows: Sequence[models.Model]) -> Iterator[None]:
    """Tell the deletion of these rows of one model at once; deleting them inside tells no more of them."""
    tell_deletions(rows)
    token = _told.set(_told.get() | {(type(row), row.pk) for row in rows})
    try:
        yield
    finally:
        _told.reset(token)


_told: ContextVar[frozenset[tuple[type[models.Model], Any]]] = ContextVar("deletions_told", default=frozenset())


def _tell_those_who_lose(model: type[models.Model], keys: Sequence[Any]) -> None:
    for declared, field in _links():
        if field.related_model is model and is_recorded(declared.model):
            rows = declared.model._base_manager.filter(**{f"{field.attname}__in": keys})
            pairs = rows.values_list("pk", field.attname)
            tell(declared, {row: (ChangeAction.UPDATE, {field.name: [key, None]}) for row, key in pairs})
    lost = set(keys)
    for declared, many in _relations().values():
        if many.related_model is model and is_recorded(declared.model):
            before = related_keys(many, _owners(many, keys))
            after = {owner: [other for other in others if other not in lost] for owner, others in before.items()}
            tell(declared, _changes_of_relation(many.name, before, after))


def _owners(field: models.ManyToManyField, others: Sequence[Any]) -> list[Any]:
    """The rows that hold a link to one of the rows `others`."""
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = through(field)._base_manager.filter(**{f"{target}__in": others})
    return list(links.values_list(source, flat=True).distinct())


@cache
def _links() -> list[tuple[Traced, models.ForeignKey]]:
    """The traced relations to one row that a deletion of that row empties."""
    return [
        (declared, field)
        for declared in traced_models().values()
        for field in declared.fields.values()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.SET_NULL
    ]


@cache
def _relations() -> dict[type[models.Model], tuple[Traced, models.ManyToManyField]]:
    """The traced many-to-many relations by the table that holds their links."""
    return {
        through(field): (declared, field) for declared in traced_models().values() for field in declared.many.values()
    }


# -- many rows --------------------------------------------------------------------------------------------------------


def watch(model: type[models.Model], keys: Sequence[Any]) -> bulk.Finish:
    """Before a write to many rows (semarang_ikm.shared.bulk)."""
    declared = traced_models()[model]
    before = stored_rows(declared, list(keys)) if keys else {}

    def finish(written: Sequence[Any]) -> None:
        after = stored_rows(declared, list(written))
        tell(
            declared,
            {
                key: (
                    ChangeAction.UPDATE if key in before else ChangeAction.CREATE,
                    differences(before.get(key, {}), row),
                )
                for key, row in after.items()
            },
        )

    return finish


def watch_links(links: Sequence[models.Model]) -> Callable[[], None]:
    """Before links of one relation are saved or deleted as rows: both the records they leave and those they come to."""
    found = _relations().get(type(links[0]))
    if found is None or not is_recorded(found[0].model):
        return lambda: None
    declared, field = found
    column = f"{field.m2m_field_name()}_id"
    stored = type(links[0])._base_manager.filter(pk__in=[link.pk for link in links if link.pk is not None])
    owners = {*stored.values_list(column, flat=True), *(getattr(link, column) for link in links)} - {None}
    before = related_keys(field, owners)
    return lambda: tell(declared, _changes_of_relation(field.name, before, related_keys(field, owners)))


bulk.register(watch, watch_links)


# -- writing ----------------------------------------------------------------------------------------------------------


def differences(before: Row, after: Row) -> dict[str, list[Any]]:
    if not before:
        return {name: [None, value] for name, value in after.items() if value not in _EMPTY}
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def _changes_of_relation(name: str, before: dict, after: dict) -> dict[Any, tuple[ChangeAction, dict]]:
    return {key: (ChangeAction.UPDATE, {name: [old, after[key]]}) for key, old in before.items() if old != after[key]}


def tell(
    declared: Traced, changes: dict[Any, tuple[ChangeAction, dict]], known: dict[Any, models.Model] | None = None
) -> None:
    """Add to the trail what happened to these rows, by key. `known`: the rows that are in memory already."""
    real = {key: change for key, change in changes.items() if change[1] or change[0] != ChangeAction.UPDATE}
    if not real:
        return
    change_set = current_change_set()
    places = _places(declared, real, known or {})
    label = label_of(declared.model)
    rows = []
    for key, (action, fields) in real.items():
        owner, root = places[key]
        title = (str((known or {})[key]) or "–")[:TITLE_LENGTH] if action == ChangeAction.DELETE else ""
        rows.append(
            Change(
                change_set=change_set,
                model=label,
                object_id=key,
                owner_model=owner[0],
                owner_id=owner[1],
                root_model=root[0],
                root_id=root[1],
                action=action,
                fields=fields,
                title=title,
            )
        )
    if len(rows) == 1:
        rows[0].save()
    else:
        Change.objects.bulk_create(rows, batch_size=bulk.CHUNK)


def _places(declared: Traced, keys: Iterable[Any], known: dict[Any, models.Model]) -> dict[Any, tuple[Place, Place]]:
    """The owner and the root of each row."""
    label = label_of(declared.model)
    if not declared.of:
        return {key: ((label, key), (label, key)) for key in keys}
    unknown = [key for key in keys if key not in known]
    lines = declared.model._base_manager.filter(pk__in=unknown).values("pk", *declared.owners) if unknown else ()
    columns: dict[Any, dict] = {line["pk"]: line for line in lines} | {key: row.__dict__ for key, row in known.items()}
    found: dict[Any, Place] = {}
    for key in keys:
        set_ones = (
            (label_of(model), columns[key][attname])
            for attname, model in declared.owners.items()
            if columns[key][attname] is not None
        )
        found[key] = next(set_ones, (label, key))
    return _with_roots(declared, found)


def _with_roots(declared: Traced, owners: dict[Any, Place]) -> dict[Any, tuple[Place, Place]]:
    """An owner that is itself a row on another record's page hands on to that one."""
    roots: dict[Place, Place] = {}
    for model in set(declared.owners.values()):
        upper, label = declaration_of(model), label_of(model)
        mine = {key for owner_label, key in owners.values() if owner_label == label}
        if upper is not None and upper.of and mine:
            roots |= {(label, key): root for key, (_owner, root) in _places(upper, mine, {}).items()}
    return {key: (owner, roots.get(owner, owner)) for key, owner in owners.items()}
