"""The door for writes to many rows at once, which send no signals: here they leave a trail like any other.

update(rows, status=..., ...)           instead of rows.update(...)
create(rows)                            instead of Model.objects.bulk_create(rows)
change(rows, ["position"])              instead of Model.objects.bulk_update(rows, [...])
put(rows, ["search_text"])              the same, of columns without a trail
relink(gone, added)                     links of one relation taken away and stored, as rows
with linking(links): ...                around the save of rows that are links between two records
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connections, models, router, transaction

from semarang_ikm.shared.tracing import is_recorded

M = TypeVar("M", bound=models.Model)
# Called after the write with the keys of the written rows.
Finish = Callable[[Sequence[Any]], None]
# Called before the write with the keys of rows that exist; it remembers what stands there.
Watch = Callable[[type[models.Model], Sequence[Any]], Finish]
# Called before the write with links as they will be; it remembers what stands there.
WatchLinks = Callable[[Sequence[models.Model]], Callable[[], None]]
# Rows read and written by one statement.
CHUNK = 500

_watch: list[Watch] = []
_watch_links: list[WatchLinks] = []


def register(watch: Watch, watch_links: WatchLinks) -> None:
    _watch[:], _watch_links[:] = [watch], [watch_links]


@transaction.atomic
def update(rows: models.QuerySet, **values: Any) -> int:
    """Set the same values in all these rows; returns how many there are."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    manager = rows.model._base_manager
    return sum(_in_one_statement(manager, keys[start : start + CHUNK], values) for start in range(0, len(keys), CHUNK))


def _in_one_statement(manager: models.Manager, keys: list[Any], values: dict[str, Any]) -> int:
    finish = _begin(manager.model, keys)
    count = manager.filter(pk__in=keys).update(**values)
    finish(keys)
    return count


@transaction.atomic
def create(rows: Iterable[M]) -> list[M]:
    """Store new rows of one model; they have their keys afterwards."""
    new = list(rows)
    for start in range(0, len(new), CHUNK):
        chunk = new[start : start + CHUNK]
        finish = _begin(type(chunk[0]), [])
        type(chunk[0])._base_manager.bulk_create(chunk)
        finish([row.pk for row in chunk])
    return new


@transaction.atomic
def change(rows: Iterable[M], fields: Sequence[str]) -> int:
    """Store these fields of rows of one model that were read before; returns how many rows there are."""
    changed = list(rows)
    for start in range(0, len(changed), CHUNK):
        chunk = changed[start : start + CHUNK]
        keys = [row.pk for row in chunk]
        finish = _begin(type(chunk[0]), keys)
        put(chunk, fields)
        finish(keys)
    return len(changed)


def put(rows: Iterable[models.Model], fields: Sequence[str]) -> int:
    """Store these columns, of which no trail is kept, row by row in one go: an UPDATE with a CASE for each row takes Django
    ten times as long to word. Returns how many rows there are."""
    changed = list(rows)
    if not changed:
        return 0
    meta, connection = type(changed[0])._meta, connections[router.db_for_write(type(changed[0]))]
    columns = [field for field in meta.concrete_fields if field.name in fields]
    quote = connection.ops.quote_name
    told = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    statement = f"UPDATE {quote(meta.db_table)} SET {told} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608 - names of ours
    values = [
        [*(column.get_db_prep_save(getattr(row, column.attname), connection) for column in columns), row.pk]
        for row in changed
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)
    return len(changed)


@contextmanager
def linking(links: Sequence[models.Model]) -> Iterator[None]:
    """Saving or deleting a row of a relation's own table sends no signal either."""
    finish = _watch_links[0](links) if _watch_links and links else None
    yield
    if finish:
        finish()


@transaction.atomic
def relink(gone: Sequence[models.Model], added: Sequence[models.Model]) -> None:
    """Delete links of one relation and store others, as rows of its own table."""
    for links in (gone, added):
        for start in range(0, len(links), CHUNK):
            chunk = links[start : start + CHUNK]
            table = type(chunk[0])._base_manager
            with linking(chunk):
                if links is gone:
                    table.filter(pk__in=[link.pk for link in chunk]).delete()
                else:
                    table.bulk_create(chunk)


def _begin(model: type[models.Model], keys: Sequence[Any]) -> Finish:
    return _watch[0](model, keys) if _watch and is_recorded(model) else _nothing


def _nothing(keys: Sequence[Any]) -> None:
    pass
