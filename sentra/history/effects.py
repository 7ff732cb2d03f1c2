"""What a number of changes did to each row, all in all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from semarang_ikm.shared.tracing import Traced, declaration_of
from sentra.choices import ChangeAction
from sentra.models import Change

Key = tuple[str, int]


@dataclass(eq=False)
class Effect:
    """A row before the first and after the last of the changes; of a new or deleted row only one of the two."""

    model: type[models.Model]
    declared: Traced
    object_id: int
    owner: Key
    root: Key
    # The first and the last of the changes.
    first: Change
    last: Change
    # {name: (before, after)}; None: the values were taken out of the trail.
    fields: dict[str, tuple[Any, Any] | None] = field(default_factory=dict)
    # What is told and not given back.
    fixed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.fixed = self.declared.fixed

    @property
    def key(self) -> Key:
        return self.first.model, self.object_id

    @property
    def created(self) -> bool:
        return self.first.action == ChangeAction.CREATE

    @property
    def deleted(self) -> bool:
        return self.last.action == ChangeAction.DELETE

    @property
    def title(self) -> str:
        """What the row was called when it was deleted; "" for one that was not."""
        return self.last.title if self.deleted else ""

    def add(self, change: Change) -> None:
        self.last = change
        for name, pair in change.fields.items():
            if pair is None:
                self.fields[name] = None
            elif name not in self.fields:
                self.fields[name] = (pair[0], pair[1])
            elif (known := self.fields[name]) is not None:
                self.fields[name] = (known[0], pair[1])


def effects_of(changes: Iterable[Change]) -> list[Effect]:
    """One effect for each row that is not as it was, in the order in which they were first touched.

    `changes` of models that no longer exist, or leave no trail any more, are left out.
    """
    found: dict[Key, Effect] = {}
    for change in sorted(changes, key=lambda each: each.pk):
        key = change.model, change.object_id
        if key not in found:
            model = _model(change.model)
            declared = declaration_of(model) if model else None
            if model is None or declared is None:
                continue
            owner, root = (change.owner_model, change.owner_id), (change.root_model, change.root_id)
            found[key] = Effect(model, declared, change.object_id, owner, root, change, change)
        found[key].add(change)
    return [effect for effect in found.values() if _remains(effect)]


def _model(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _remains(effect: Effect) -> bool:
    if effect.created or effect.deleted:
        return effect.created != effect.deleted
    effect.fields = {
        name: pair
        for name, pair in effect.fields.items()
        if (pair is None or pair[0] != pair[1]) and (name in effect.declared.fields or name in effect.declared.many)
    }
    return bool(effect.fields)
