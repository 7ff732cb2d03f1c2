"""Database triggers that refuse to rewrite or delete the trail, whoever tries: the ORM, a command, SQL.

A transaction that has put a row into the door's table may (sentra.history.redaction); nobody else sees that row.
Installed after every `migrate`, like those of sentra.triggers.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from sentra.models import Change, ChangeSet, TrailDoor

NAME = "trail_is_fixed"
TABLES = (ChangeSet._meta.db_table, Change._meta.db_table)
DOOR = TrailDoor._meta.db_table

_CLOSED = f"NOT EXISTS (SELECT 1 FROM {DOOR})"  # noqa: S608 - a table of ours
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF {_CLOSED} THEN
        RAISE EXCEPTION 'the trail of changes is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $body$
"""


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for statement in _statements(connection):
            cursor.execute(statement)


def after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """`post_migrate` of the sentra app. Backwards beyond the trail there is nothing to guard."""
    if {*TABLES, DOOR} <= set(connections[using].introspection.table_names()):
        install(using)


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    quote = connection.ops.quote_name
    statements = []
    for table in TABLES:
        if connection.vendor == "postgresql":
            for event, name in (("UPDATE OR DELETE", NAME), ("TRUNCATE", f"{NAME}_truncate")):
                each = "STATEMENT" if event == "TRUNCATE" else "ROW"
                statements += [
                    f"DROP TRIGGER IF EXISTS {name} ON {quote(table)}",
                    f"CREATE TRIGGER {name} BEFORE {event} ON {quote(table)} FOR EACH {each} EXECUTE FUNCTION {NAME}()",
                ]
        else:
            for event in ("UPDATE", "DELETE"):
                name = quote(f"{NAME}_{table}_{event.lower()}")
                statements.append(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} ON {quote(table)} WHEN {_CLOSED}"
                    " BEGIN SELECT RAISE(ABORT, 'the trail of changes is only added to'); END"
                )
    return statements
