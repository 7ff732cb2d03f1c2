"""What putting back did, or would do, row by row."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sentra.history.effects import Effect

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from sentra.models import ChangeSet


@dataclass
class Done:
    """A row that was put back: made again, deleted again, or given former values."""

    effect: Effect
    title: str
    # {name: (before, now)}; empty for a row that was made or deleted.
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass
class Left:
    """A row, or one field of it, that stays as it is, and why."""

    effect: Effect
    title: str
    reason: "StrOrPromise"
    name: str = ""


@dataclass
class UndoReport:
    """`change_set`: what putting back was itself recorded as; None when nothing was written."""

    change_set: "ChangeSet | None" = None
    done: list[Done] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
