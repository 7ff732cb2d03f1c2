"""The whole database of what officers edit, as plain values: two states are the same or the difference is shown."""

from typing import Any

from django.core.files.storage import storages

from semarang_ikm.shared.tracing import DERIVED, traced_models
from sentra.history.values import related_keys, stored_rows
from sentra.models import PastSlug

Snapshot = dict[str, Any]


def snapshot() -> Snapshot:
    """Every row of every traced model by key, its relations, the former addresses and the files."""
    found: Snapshot = {}
    for model, declared in traced_models().items():
        keys = list(model._base_manager.values_list("pk", flat=True))
        rows = stored_rows(declared, keys)
        for name, field in declared.many.items():
            for key, others in related_keys(field, keys).items():
                rows[key][name] = others
        found[model._meta.label] = rows
    found["addresses"] = sorted(PastSlug.objects.values_list("kind", "slug", "target_id"), key=str)
    found["search"] = {
        f"{model._meta.label} {row['pk']}": row
        for model in traced_models()
        if (names := sorted((DERIVED - {"updated_at"}) & {field.name for field in model._meta.fields}))
        for row in model._base_manager.values("pk", *names)
    }
    found["files"] = {alias: sorted(files(alias)) for alias in ("default", "private")}
    return found


def files(alias: str, folder: str = "") -> list[str]:
    storage = storages[alias]
    if not storage.exists(folder or "."):
        return []
    folders, names = storage.listdir(folder)
    inside = [name for each in folders for name in files(alias, f"{folder}/{each}".lstrip("/"))]
    return [f"{folder}/{name}".lstrip("/") for name in names] + inside


def differences(before: Snapshot, after: Snapshot) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for table in before:
        if before[table] == after[table]:
            continue
        if not isinstance(before[table], dict):
            found[table] = (before[table], after[table])
            continue
        for key in before[table].keys() | after[table].keys():
            one, other = before[table].get(key), after[table].get(key)
            if one != other:
                found[f"{table} {key}"] = (one, other)
    return found
