"""How a named constraint is violated: through the database, past every form, and through validation."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

Changes = dict[str, Any]


class Violation(NamedTuple):
    """A valid row and the smallest change to it that must be refused."""

    make: Callable[[], models.Model]
    changes: Changes | Callable[[models.Model], Changes]

    def prepare(self) -> tuple[models.Model, Changes]:
        row = self.make()
        return row, self.changes(row) if callable(self.changes) else self.changes


def refused_by_database(name: str, violation: Violation) -> None:
    row, changes = violation.prepare()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**changes)
    if isinstance(constraint(name), models.CheckConstraint):
        assert name in str(refusal.value)


def refused_by_validation(name: str, violation: Violation) -> None:
    """With a sentence for people: never the constraint's own name."""
    row, changes = violation.prepare()
    for field, value in changes.items():
        setattr(row, field, value)
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    messages = refusal.value.messages
    expected = constraint(name).violation_error_message
    if expected == constraint(name).default_violation_error_message:
        assert messages
    else:
        assert str(expected) in messages
    assert not any(name in message for message in messages)


def constraint(name: str) -> models.BaseConstraint:
    return all_constraints()[name]


def all_constraints(app: str | None = None) -> dict[str, models.BaseConstraint]:
    from django.apps import apps

    ours = [
        config for config in apps.get_app_configs() if config.label in {"sentra", "products", "promotions", "exchange"}
    ]
    return {
        found.name: found
        for config in ours
        if app in (None, config.label)
        for model in config.get_models()
        for found in model._meta.constraints
    }
