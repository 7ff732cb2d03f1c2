"""Writes many rows at once: codes and addresses, relations, and the texts by which records are found."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from semarang_ikm.shared import bulk
from sentra.codes import issue_codes
from sentra.indexing import refresh, refresh_all, refresh_rows
from sentra.models.addressable import give_slugs

# From this many changed records on, renewing every text is quicker than asking for each what mentions it.
FEW = 100


def issue(records: list[Any]) -> None:
    """Give new records their codes and their addresses."""
    if records:
        for record, code in zip(records, issue_codes(type(records[0]).CODE_PREFIX, len(records)), strict=True):
            record.code = code
        give_slugs(records)


def set_relations(rows: Iterable[tuple[Any, dict[str, Any]]], name: str, before: dict[int, dict] | None = None) -> None:
    """Give each record the related rows of its row. `before`: what records that are not new hold."""
    links: list[Model] = []
    for record, given in rows:
        if name not in given:
            continue
        if before is not None:
            if set(before[record.pk][name]) != set(given[name]):
                getattr(record, name).set(given[name])
            continue
        relation = record._meta.get_field(name)
        through = relation.remote_field.through
        links += [
            through(**{f"{relation.m2m_field_name()}_id": record.pk, f"{relation.m2m_reverse_field_name()}_id": pk})
            for pk in given[name]
        ]
    for start in range(0, len(links), bulk.CHUNK):
        chunk = links[start : start + bulk.CHUNK]
        with bulk.linking(chunk):
            type(chunk[0])._default_manager.bulk_create(chunk)


def follow(records: list[Any], worded: list[Any]) -> None:
    """Renew the texts of the records, and of what mentions those whose words changed."""
    if not records:
        return
    if len(worded) > FEW:
        refresh_all()
        return
    refresh_rows(type(records[0]), [record.pk for record in records])
    for record in worded:
        refresh(record)
