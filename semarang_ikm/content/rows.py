"""What a row of the shipped content is, and which of a table's fields the files may fill."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Field, ForeignKey, ManyToManyField, Model, UniqueConstraint

from products.models import CertificateKind, CertificationRule, Product
from promotions.models import Partner
from sentra.models import (
    AreaAlias,
    Figure,
    Ikm,
    Kecamatan,
    Kelurahan,
    OpenQuestion,
    ProductType,
    SearchVariant,
    Sentra,
    SentraLocation,
    Source,
)

# The tables that content fills; each needs only the ones before it. None of them holds personal data.
TABLES: tuple[type[Model], ...] = (
    Kecamatan,
    Kelurahan,
    AreaAlias,
    SearchVariant,
    Source,
    ProductType,
    CertificateKind,
    CertificationRule,
    Partner,
    Sentra,
    SentraLocation,
    Figure,
    OpenQuestion,
    Ikm,
    Product,
)
# Written by the software or by an officer only: a file that names one is wrong.
NOT_FROM_FILES = {"checked_on", "checked_by", "nib", "ancestors", "hs_code", "composition_changed_on", "settled_on"}


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where, in which row, in which field, what."""

    origin: str
    key: str
    field: str
    message: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.origin, self.key, self.field) if part)
        return f"{place}: {self.message}"


@dataclass(frozen=True)
class Row:
    """One row as a file declares it. Relations hold the keys of the rows they lead to."""

    model: type[Model]
    key: str
    origin: str
    values: dict[str, Any] = field(hash=False)

    @property
    def label(self) -> str:
        return self.model._meta.label_lower

    def as_json(self) -> dict[str, Any]:
        """Every field with a value that JSON keeps and that compares equal from run to run."""
        return {name: _plain(value) for name, value in self.values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value


@cache
def fields_of(model: type[Model]) -> dict[str, Field]:
    """The fields that content owns in a table, by name; many-to-many relations included."""
    chosen = [*model._meta.concrete_fields, *model._meta.many_to_many]
    extra = {"status", "published_at"}
    return {
        item.name: item
        for item in chosen
        if not item.primary_key and item.name not in NOT_FROM_FILES and (item.editable or item.name in extra)
    }


@cache
def identities_of(model: type[Model]) -> tuple[tuple[str, ...], ...]:
    """The sets of fields by which two rows of a table would be the same row."""
    single = [(item.name,) for item in fields_of(model).values() if item.unique]
    several = [
        tuple(rule.fields)
        for rule in model._meta.constraints
        if isinstance(rule, UniqueConstraint) and rule.condition is None and set(rule.fields) <= fields_of(model).keys()
    ]
    return (*single, *several)


def is_to_one(item: Field) -> bool:
    return isinstance(item, ForeignKey)


def is_to_many(item: Field) -> bool:
    return isinstance(item, ManyToManyField)


def empty_value(item: Field) -> Any:
    """What a field holds when no file mentions it."""
    if is_to_many(item):
        return ()
    value = item.get_default()
    return item.to_python(value) if value is not None and not is_to_one(item) else value
