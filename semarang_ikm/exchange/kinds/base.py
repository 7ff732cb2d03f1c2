"""What every kind of row has in common."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.choices import KindName
from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.readers import Text
from semarang_ikm.exchange.world import World
from semarang_ikm.exchange.writing import issue
from semarang_ikm.shared import bulk
from semarang_ikm.shared.likeness import names_alike

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Rows in memory with all they own.
CHUNK = 500
Given = dict[str, Any]


@dataclass
class Match:
    """Which record a row means: one, or one of several of which an officer must choose, or none (a new one)."""

    pk: int | None = None
    # Records with the reason why each may be meant.
    candidates: list[tuple[int, "StrOrPromise"]] = field(default_factory=list)
    # Column -> why the row cannot be placed.
    errors: dict[str, str] = field(default_factory=dict)


class Kind(ABC):
    name: ClassVar[KindName]
    model: ClassVar[type[Model]]
    columns: ClassVar[Sequence[Column]]
    # Columns that are a field of the model: key -> attribute.
    fields: ClassVar[Mapping[str, str]]
    # The column by which people know the row.
    name_key: ClassVar[str] = "name"

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def personal(self) -> set[str]:
        return {column.key for column in self.columns if column.personal}

    # -- what is there ------------------------------------------------------------------------------------------------

    @abstractmethod
    def full(self) -> QuerySet:
        """Every record with what `values_of` reads of it."""

    @abstractmethod
    def values_of(self, record: Any) -> Given:
        """The value of every column."""

    @abstractmethod
    def identity(self, record: Any) -> str:
        """What an officer knows the record by: its code, or a number."""

    @abstractmethod
    def identity_of(self, pk: int, world: World) -> str:
        """The same, of a candidate."""

    @abstractmethod
    def title_of(self, pk: int, world: World) -> str:
        """How a candidate is shown."""

    @abstractmethod
    def within(self, areas: frozenset[int]) -> Q:
        """The condition that a record lies in one of these kecamatan."""

    def load(self, pks: Iterable[int]) -> dict[int, Any]:
        return {record.pk: record for record in self.full().filter(pk__in=list(pks))}

    # -- judging ------------------------------------------------------------------------------------------------------

    @abstractmethod
    def match(self, given: Given, row: Mapping[str, str], world: World) -> Match: ...

    def is_public(self, record: Any) -> bool:
        return bool(getattr(record, "is_published", False))

    def may_change_public(self, by: Any) -> bool:
        """What is published is changed by who may publish."""
        meta = self.model._meta
        return bool(
            "publish" not in meta.default_permissions or by.has_perm(f"{meta.app_label}.publish_{meta.model_name}")
        )

    def new_mark(self, given: Given) -> Any:
        """What two new rows may not share; None: nothing."""
        return None

    def complete(self, given: Given, row: Mapping[str, str], world: World) -> dict[str, str]:
        """Fill in what a new row leaves open; returns notes for the officer by column."""
        return {}

    def check(self, after: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        """What is wrong with the values together: column, sentence."""
        return iter(())

    def refuse(self, record: Any, before: Given, given: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
        """Changes that an import may not make to that record."""
        return iter(())

    def rule(self, name: str) -> "StrOrPromise":
        """The sentence of a named rule of the table."""
        return next(c for c in self.model._meta.constraints if c.name == name).violation_error_message or ""

    # -- writing: inside a transaction --------------------------------------------------------------------------------

    @abstractmethod
    def create(self, rows: list[Given], world: World) -> list[Any]:
        """New drafts, in the order of the rows, with everything that follows a save."""

    @abstractmethod
    def update(self, rows: list[tuple[Any, Given]], world: World) -> None:
        """Write what each row gives, with everything that follows a save."""

    def set_fields(self, record: Any, given: Given) -> list[str]:
        """Set the fields that are given; returns their names."""
        names = [key for key in self.fields if key in given]
        for key in names:
            setattr(record, self.fields[key], given[key])
        return names

    def set_many(self, rows: list[tuple[Any, Given]]) -> set[str]:
        """Set what each row gives in its record; returns the fields of all of them."""
        return {self.fields.get(key, key) for record, given in rows for key in self.set_fields(record, given)}

    def store(self, changed: list[Any], fields: Iterable[str]) -> None:
        names = sorted({self.model._meta.get_field(name).name for name in fields})
        if changed and names:
            for record in changed:
                record.updated_at = timezone.now()
            bulk.change(changed, [*names, "updated_at"])


class CodedKind(Kind):
    """Records with a permanent code, which the site gives to new ones."""

    @abstractmethod
    def known(self, world: World) -> Mapping[int, Any]:
        """Every record of the kind by its key."""

    def identity(self, record: Any) -> str:
        return record.code

    def identity_of(self, pk: int, world: World) -> str:
        return self.known(world)[pk].code

    def title_of(self, pk: int, world: World) -> str:
        record = self.known(world)[pk]
        return f"{record.code} {record.name}"

    def make(self, given: Given, world: World) -> Any:
        """A record that is not stored yet."""
        record = self.model()
        self.set_fields(record, given)
        return record

    def store_new(self, rows: list[Given], world: World) -> list[Any]:
        """New records with their codes, without what belongs to them."""
        records = [self.make(given, world) for given in rows]
        issue(records)
        return bulk.create(records)


def alike(name: str, known: Sequence[Any], why: "StrOrPromise") -> Match:
    """Those of the known records whose names are like this one; the officer chooses."""
    return Match(candidates=[(record.pk, why) for record in names_alike(name, known)[:3]] if name else [])


def status_column() -> Column:
    """Tells in an export what is published; an import does not read it."""
    told = _("Hanya keterangan; tidak dibaca.")
    return Column("status", _("Status"), Text(40), told=told, is_aside=True, width=14)


def check_range(after: Given, low: str, high: str, sentence: "StrOrPromise") -> Iterator[tuple[str, "StrOrPromise"]]:
    """An upper bound comes with a lower one that does not exceed it."""
    if after[high] is not None and (after[low] is None or after[low] > after[high]):
        yield high, sentence
