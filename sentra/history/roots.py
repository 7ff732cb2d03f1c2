"""The records on whose pages rows are seen."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models

from sentra.history.effects import Effect, Key

# Keys asked for by one statement.
CHUNK = 500


def records_at(places: Iterable[Key]) -> dict[Key, models.Model]:
    """The records at these places, with what they point to; a place where none is any more is left out."""
    keys: dict[str, list[int]] = {}
    for label, key in dict.fromkeys(places):
        keys.setdefault(label, []).append(key)
    found: dict[Key, models.Model] = {}
    for label, mine in keys.items():
        model = apps.get_model(label)
        links = [field.name for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
        for start in range(0, len(mine), CHUNK):
            rows = model._base_manager.select_related(*links).in_bulk(mine[start : start + CHUNK])
            found |= {(label, key): row for key, row in rows.items()}
    return found


def roots_of(effects: Iterable[Effect]) -> dict[Key, models.Model]:
    return records_at(effect.root for effect in effects)
