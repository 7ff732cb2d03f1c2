"""Writes the shipped content, and remembers what it wrote.

A field is updated only where it still holds what was last written here; a row that staff deleted stays deleted.
A run that finds nothing new asks one question and takes no lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext

from semarang_ikm.content.reading import Content
from semarang_ikm.content.rows import TABLES, Problem, Row, empty_value, fields_of, identities_of, is_to_many, is_to_one
from semarang_ikm.content.validation import problems_of
from sentra.choices import ChangeKind
from sentra.codes import issue_codes
from sentra.history import recording_if_any
from sentra.indexing import refresh_all
from sentra.lineage import rebuild_lineage
from sentra.models import Coded, SeedRecord

Key = tuple[str, str]
# Relations of which a table wants one of two: the one that is declared is needed.
PARENTS = {"sentra", "ikm", "kecamatan", "kelurahan"}


@dataclass
class Report:
    """What a run did, in rows."""

    created: int = 0
    updated: int = 0
    # Fields left as they are because staff changed them.
    kept: int = 0
    # Rows that staff already had, now known as the same.
    adopted: int = 0
    # Rows that could not be written beside what staff entered: "sentra.figure: key".
    conflicts: list[str] = field(default_factory=list)

    @property
    def has_written(self) -> bool:
        return bool(self.created or self.updated)

    def __str__(self) -> str:
        counts = {
            "rows created": self.created,
            "rows updated": self.updated,
            "rows that staff already had": self.adopted,
            "fields left as staff changed them": self.kept,
        }
        return ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing to do"


class MistakesInContent(ValueError):
    """The files cannot be loaded; `problems` says why. Nothing was written."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def load(content: Content) -> Report:
    """Bring the database up to the content, in one transaction; raises MistakesInContent before any writing."""
    if not content.problems and not _pending(content.rows, _memory()):
        return Report()
    if problems := problems_of(content):
        raise MistakesInContent(problems)
    with transaction.atomic():
        loader = _Loader(content)
        with recording_if_any(kind=ChangeKind.SYSTEM, by=None, why=gettext("Isi bawaan diperbarui")):
            loader.run()
        if loader.report.has_written:
            rebuild_lineage()
            refresh_all()
    return loader.report


def _memory() -> dict[Key, SeedRecord]:
    return {(record.model, record.key): record for record in SeedRecord.objects.all()}


def _pending(rows: Iterable[Row], memory: dict[Key, SeedRecord]) -> list[Row]:
    """Rows that are new, or that the files now write differently."""
    return [
        row for row in rows if (record := memory.get((row.label, row.key))) is None or record.written != row.as_json()
    ]


class _Loader:
    def __init__(self, content: Content) -> None:
        self.memory = _memory()
        self.rows = _pending(content.rows, self.memory)
        self.report = Report()
        # Ids of rows that exist, by table and key.
        self.ids: dict[Key, int] = {}
        self.records: dict[str, dict[int, Model]] = {}

    def run(self) -> None:
        for model in TABLES:
            self._find_existing(model)
            rows = [row for row in self.rows if row.model is model]
            for row in rows:
                if record := self.memory.get((row.label, row.key)):
                    self._update(row, record)
            self._add([row for row in rows if (row.label, row.key) not in self.memory])

    def _find_existing(self, model: type[Model]) -> None:
        label = model._meta.label_lower
        known = {key: record.object_id for (table, key), record in self.memory.items() if table == label}
        self.records[label] = model._base_manager.in_bulk(list(known.values())) if known else {}
        self.ids |= {(label, key): pk for key, pk in known.items() if pk in self.records[label]}

    def _id(self, item: Any, key: str | None) -> int | None:
        return self.ids.get((item.related_model._meta.label_lower, key)) if key else None

    # -- rows that were written before ---------------------------------------------------------------------------------

    def _update(self, row: Row, record: SeedRecord) -> None:
        target = self.records[row.label].get(record.object_id)
        declared = row.as_json()
        if target is None:
            record.written = declared
            record.save(update_fields=["written"])
            return
        written = {name: record.written.get(name, _default(row, name)) for name in declared}
        changed = [name for name in declared if declared[name] != written[name]]
        mine = [name for name in changed if self._is_untouched(row, name, written[name], target)]
        self.report.kept += len(changed) - len(mine)
        merged = {**written, **{name: declared[name] for name in mine}}
        if merged == record.written:
            return
        if mine and not self._attempt(row, lambda: self._write(row, target, mine)):
            return
        self.report.updated += bool(mine)
        record.written = merged
        record.save(update_fields=["written"])

    def _is_untouched(self, row: Row, name: str, written: Any, target: Model) -> bool:
        """Whether the field still holds what was last written."""
        item = fields_of(row.model)[name]
        if is_to_many(item):
            return set(getattr(target, name).values_list("pk", flat=True)) == self._ids(item, written)
        current = getattr(target, item.attname)
        if is_to_one(item):
            former = self.memory.get((item.related_model._meta.label_lower, written)) if written else None
            return current == (former.object_id if former else None)
        return current == item.to_python(written)

    def _ids(self, item: Any, keys: Iterable[str]) -> set[int]:
        return {pk for key in keys if (pk := self._id(item, key)) is not None}

    def _write(self, row: Row, target: Model, names: list[str]) -> None:
        fields = fields_of(row.model)
        plain = [name for name in names if not is_to_many(fields[name])]
        for name in plain:
            value = row.values[name]
            setattr(target, fields[name].attname, self._id(fields[name], value) if is_to_one(fields[name]) else value)
        for name in set(names) - set(plain):
            getattr(target, name).set(self._ids(fields[name], row.values[name]))
        stamp = [item.name for item in row.model._meta.concrete_fields if item.name == "updated_at"]
        target.save(update_fields=[*plain, *stamp])

    def _attempt(self, row: Row, write: Any) -> bool:
        """Whether the write fitted beside what staff entered."""
        try:
            with transaction.atomic():
                write()
        except IntegrityError:
            self.report.conflicts.append(f"{row.label}: {row.key}")
            return False
        return True

    # -- new rows ------------------------------------------------------------------------------------------------------

    def _add(self, rows: list[Row]) -> None:
        """Create rows, those that others of the same table need first; leave out what needs a deleted row."""
        waiting = self._adopt(rows)
        while waiting:
            later = [row for row in waiting if self._waits_for(row, {(other.label, other.key) for other in waiting})]
            ready = [row for row in waiting if row not in later and not self._needs_deleted(row)]
            self._create(ready)
            if len(later) == len(waiting):
                self.report.conflicts += [f"{row.label}: {row.key}" for row in later]
                return
            waiting = later

    def _waits_for(self, row: Row, keys: set[Key]) -> bool:
        return any(
            is_to_one(item) and (item.related_model._meta.label_lower, row.values[name]) in keys
            for name, item in fields_of(row.model).items()
        )

    def _needs_deleted(self, row: Row) -> bool:
        """Whether the row belongs to one that staff deleted. A relation that may be empty is then left empty."""
        return any(
            is_to_one(item)
            and self._id(item, row.values[name]) is None
            and (not item.null or (name in PARENTS and row.values[name]))
            for name, item in fields_of(row.model).items()
        )

    def _adopt(self, rows: list[Row]) -> list[Row]:
        """Remember rows that staff entered before the files had them, untouched; returns the others."""
        found: dict[str, int] = {}
        for names in identities_of(rows[0].model) if rows else ():
            items = [fields_of(rows[0].model)[name] for name in names]
            values = {
                row.key: tuple(
                    self._id(item, row.values[name]) if is_to_one(item) else row.values[name]
                    for name, item in zip(names, items, strict=True)
                )
                for row in rows
            }
            first = items[0].attname
            candidates = rows[0].model._base_manager.filter(**{f"{first}__in": {value[0] for value in values.values()}})
            there = {
                tuple(line[1:]): line[0] for line in candidates.values_list("pk", *(item.attname for item in items))
            }
            found |= {key: there[value] for key, value in values.items() if None not in value and value in there}
        for row in rows:
            if row.key in found:
                self._remember(row, found[row.key])
                self.report.adopted += 1
        return [row for row in rows if row.key not in found]

    def _create(self, rows: list[Row]) -> None:
        if not rows:
            return
        model = rows[0].model
        pairs = [(row, model(**self._columns(row))) for row in rows]
        if issubclass(model, Coded):
            for (_row, target), code in zip(pairs, issue_codes(model.CODE_PREFIX, len(pairs)), strict=True):
                target.code = code
        try:
            with transaction.atomic():
                model._base_manager.bulk_create([target for _row, target in pairs])
        except IntegrityError:
            pairs = [
                pair for pair in pairs if self._attempt(pair[0], lambda pair=pair: pair[1].save(force_insert=True))
            ]
        self._link(pairs)
        SeedRecord.objects.bulk_create(
            SeedRecord(model=row.label, key=row.key, object_id=target.pk, written=row.as_json())
            for row, target in pairs
        )
        self.ids |= {(row.label, row.key): target.pk for row, target in pairs}
        self.report.created += len(pairs)

    def _columns(self, row: Row) -> dict[str, Any]:
        return {
            item.attname: self._id(item, row.values[name]) if is_to_one(item) else row.values[name]
            for name, item in fields_of(row.model).items()
            if not is_to_many(item)
        }

    def _link(self, pairs: list[tuple[Row, Model]]) -> None:
        for item in [item for item in fields_of(pairs[0][0].model).values() if is_to_many(item)] if pairs else []:
            through = item.remote_field.through
            through._base_manager.bulk_create(
                through(**{f"{item.m2m_field_name()}_id": target.pk, f"{item.m2m_reverse_field_name()}_id": pk})
                for row, target in pairs
                for pk in sorted(self._ids(item, row.values[item.name]))
            )

    def _remember(self, row: Row, pk: int) -> None:
        SeedRecord.objects.create(model=row.label, key=row.key, object_id=pk, written=row.as_json())
        self.ids[row.label, row.key] = pk


def _default(row: Row, name: str) -> Any:
    """What a field held that the files of an earlier version could not name yet."""
    value = empty_value(fields_of(row.model)[name])
    return Row(row.model, row.key, row.origin, {name: value}).as_json()[name]
