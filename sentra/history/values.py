"""Values as the trail keeps them, and back: what JSON can hold and the field itself can read."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.files import FieldFile

from semarang_ikm.shared.tracing import Traced

Row = dict[str, Any]


def kept(field: models.Field, value: Any) -> Any:
    """A value of this field as JSON; two values that mean the same become the same."""
    if isinstance(field, models.FileField):
        return (value.name if isinstance(value, FieldFile) else value) or ""
    if value is None or isinstance(field, models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    try:
        value = target.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(value, Decimal) and isinstance(target, models.DecimalField):
        return f"{value:.{target.decimal_places}f}"
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, bool | int | float) else str(value)


def read_back(field: models.Field, value: Any) -> Any:
    """The value that `kept` made into JSON, as the attribute of a row takes it."""
    if value is None or isinstance(field, models.FileField | models.JSONField):
        return value
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(value)


def row_of(declared: Traced, instance: models.Model, names: Iterable[str] | None) -> Row:
    """The columns of a row in memory, or of these fields alone; read anew where the database computed one."""
    wanted = {
        name: field
        for name, field in declared.fields.items()
        if names is None or name in names or field.attname in names
    }
    values = {name: getattr(instance, field.attname) for name, field in wanted.items()}
    if any(hasattr(value, "resolve_expression") for value in values.values()):
        stored = stored_rows(declared, [instance.pk])[instance.pk]
        return {name: stored[name] for name in wanted}
    return {name: kept(wanted[name], value) for name, value in values.items()}


def stored_rows(declared: Traced, keys: list[Any] | tuple[Any, ...]) -> dict[Any, Row]:
    """The columns of these rows as they are stored, by key."""
    names = {name: field.attname for name, field in declared.fields.items()}
    lines = declared.model._base_manager.filter(pk__in=keys).values("pk", *names.values())
    return {
        line["pk"]: {name: kept(declared.fields[name], line[attname]) for name, attname in names.items()}
        for line in lines
    }


def through(field: models.ManyToManyField) -> type[models.Model]:
    """The table that holds the links of a relation."""
    return cast("type[models.Model]", field.remote_field.through)


def related_keys(field: models.ManyToManyField, keys: Any) -> dict[Any, list[Any]]:
    """The keys on the other side of a many-to-many relation, in order, for each of these rows."""
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    found: dict[Any, list[Any]] = {key: [] for key in keys}
    links = through(field)._base_manager.filter(**{f"{source}__in": list(found)})
    for key, other in links.order_by(target).values_list(source, target):
        found[key].append(other)
    return found
