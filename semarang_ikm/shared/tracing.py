"""Which models leave a trail of changes. The trail itself is kept by sentra.history (docs/adr/0021-history.md).

history = Traced(of=("sentra",))        on a model: every change of a row of it is told, field by field
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

from django.db import models

# Follow from other columns and are renewed with every write.
DERIVED = frozenset({"updated_at", "search_text", "sort_name", "sort_name_en"})
# Moved by the actions of semarang_ikm.shared.publishing alone.
PUBLICATION = frozenset({"status", "published_at"})

_traced: dict[type[models.Model], "Traced"] = {}
_silent: ContextVar[bool] = ContextVar("unrecorded", default=False)


class Traced:
    """Declares that a model leaves a trail.

    of: relations to the record on whose page an officer sees these rows; the first that is set counts.
    leave: fields of which nothing is kept, not even that they changed.
    personal: fields whose values are told only to those who may see personal data.
    by_actions: fields that follow rules of their own (a stage, a number): told, never put back.
    called: what its rows are called, for a model of somebody else's that has no Indonesian name.
    """

    model: type[models.Model]

    def __init__(
        self,
        *,
        of: tuple[str, ...] = (),
        leave: tuple[str, ...] = (),
        personal: tuple[str, ...] = (),
        by_actions: tuple[str, ...] = (),
        called: Any = None,
    ) -> None:
        self.of = of
        self.leave = frozenset(leave)
        self.personal = frozenset(personal)
        self.by_actions = frozenset(by_actions)
        self.called = called

    def contribute_to_class(self, model: type[models.Model], name: str) -> None:
        self.model = model
        setattr(model, name, self)
        _traced[model] = self

    @cached_property
    def fields(self) -> dict[str, models.Field]:
        """Columns of which the trail keeps values, by name."""
        dropped = DERIVED | self.leave
        found = self.model._meta.concrete_fields
        return {field.name: field for field in found if not field.primary_key and field.name not in dropped}

    @cached_property
    def many(self) -> dict[str, models.ManyToManyField]:
        """Many-to-many relations of which the trail keeps the rows, by name."""
        dropped = self.leave
        found = self.model._meta.many_to_many
        return {field.name: field for field in found if field.editable and field.name not in dropped}

    @cached_property
    def owners(self) -> dict[str, type[models.Model]]:
        """The columns that hold the key of the record on whose page a row is seen, with that record's model."""
        found: list[Any] = [self.model._meta.get_field(name) for name in self.of]
        return {field.attname: field.related_model for field in found}

    @cached_property
    def fixed(self) -> frozenset[str]:
        """Fields that the trail tells but never puts back."""
        return self.by_actions | (PUBLICATION & self.fields.keys() if "published_at" in self.fields else frozenset())

    @cached_property
    def is_told_only(self) -> bool:
        """Whether nothing of such a row is ever put back, nor the row made or deleted by the trail."""
        return self.fields.keys() | self.many.keys() <= self.fixed


def trace(model: type[models.Model], declared: Traced) -> None:
    """Declare it for a model of somebody else's."""
    declared.contribute_to_class(model, "history")


def traced_models() -> dict[type[models.Model], Traced]:
    return _traced


def declaration_of(model: type[models.Model]) -> Traced | None:
    return _traced.get(model)


@contextmanager
def unrecorded() -> Iterator[None]:
    """For rows that nobody entered (shipped content, synthetic rows): writes inside leave no trail.

    A later change of such a row is told in full all the same: each change carries what stood there before.
    """
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_recorded(model: type[models.Model]) -> bool:
    """Whether a write to this model leaves a trail now."""
    return model in _traced and not _silent.get()


def name_of(model: type[models.Model]) -> str:
    """What a row of a model is called in the trail."""
    declared = _traced.get(model)
    return str((declared and declared.called) or model._meta.verbose_name)


def label_of(model: type[models.Model]) -> str:
    """The name of a model in the trail."""
    label: Any = model._meta.label_lower
    return str(label)
