"""Database triggers that refuse a rule which would be in force on a day of another one of its kind, whoever writes it.

SQLite knows no exclusion constraint, so both databases ask the same question before a row is stored; PostgreSQL holds the
kind's row meanwhile, for there two may write at once. Installed after every `migrate`, like those of sentra.triggers.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from products.models import CertificateKind, CertificationRule

NAME = "rules_never_overlap"
TABLE, KINDS = CertificationRule._meta.db_table, CertificateKind._meta.db_table
SAID = "two rules of a kind are never in force on one day"

# An open beginning or end reaches as far as a date can.
_OVERLAPS = f"""EXISTS (
    SELECT 1 FROM {TABLE} AS other WHERE other.kind_id = NEW.kind_id AND other.id <> COALESCE(NEW.id, -1)
    AND COALESCE(other.in_force_from, '0001-01-01') <= COALESCE(NEW.in_force_until, '9999-12-31')
    AND COALESCE(NEW.in_force_from, '0001-01-01') <= COALESCE(other.in_force_until, '9999-12-31')
)"""  # noqa: S608 - tables of ours
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    PERFORM 1 FROM {KINDS} WHERE id = NEW.kind_id FOR UPDATE;
    IF {_OVERLAPS} THEN
        RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $body$
"""
# Another field of a rule may be written whatever stands beside it.
_PERIOD = "kind_id, in_force_from, in_force_until"


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """`post_migrate` of the products app. Backwards beyond the rules there is nothing to guard."""
    if TABLE in connections[using].introspection.table_names():
        install(using)


def _statements(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "postgresql":
        return [
            _POSTGRES_FUNCTION,
            f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
            f"CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE OF {_PERIOD} ON {TABLE}"
            f" FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {NAME}_{event.split()[0].lower()} BEFORE {event} ON {TABLE} WHEN {_OVERLAPS}"
        f" BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        for event in ("INSERT", f"UPDATE OF {_PERIOD}")
    ]
