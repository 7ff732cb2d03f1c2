"""Database triggers that give the data a new version with every write to what public pages show.

They work inside the writer's own transaction, whoever writes: the admin, a command, a bulk update, raw SQL, TRUNCATE.
Installed after every `migrate`, because Django rebuilds SQLite's tables and drops their triggers with them.
This is the one place with SQL of a vendor's own (docs/adr/0014-data-version.md).
"""

from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from sentra.models import DataVersion

NAME = "data_version"
TABLE = DataVersion._meta.db_table
EVENTS = ("INSERT", "UPDATE", "DELETE")

_SQLITE_RENEW = (
    f"UPDATE {TABLE} SET token = lower(hex(randomblob(16))),"  # noqa: S608 - a table of ours
    " changed_at = CAST(strftime('%s', 'now') AS INTEGER) WHERE id = 1"
)
_POSTGRES_RENEW = (
    f"UPDATE {TABLE} SET token = gen_random_uuid()::text,"  # noqa: S608
    " changed_at = floor(extract(epoch FROM clock_timestamp())) WHERE id = 1"
)
# Once in a transaction is enough, and a second version of the same row would be left behind for every row of a bulk
# write. The setting is local: a savepoint that is rolled back takes it along with the version.
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF current_setting('sentra.changed_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        {_POSTGRES_RENEW};
        PERFORM set_config('sentra.changed_in', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $body$
"""


def watched_models() -> list[type[Model]]:
    """Every model of an app that says what is behind its counter, without that; many-to-many tables included."""
    return [
        model
        for config in apps.get_app_configs()
        if (hidden := getattr(config, "behind_the_counter", None)) is not None
        for model in config.get_models(include_auto_created=True)
        if model.__name__ not in hidden and not model._meta.proxy
    ]


def watched_tables() -> list[str]:
    return [model._meta.db_table for model in watched_models()]


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Watched tables on which a trigger is absent or switched off."""
    connection = connections[using]
    present = _present(connection)
    return [table for table in watched_tables() if not _names(connection, table) <= present]


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put every trigger in place and give the data a new version: nobody knows what was written without them."""
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        DataVersion.objects.using(using).get_or_create(pk=1, defaults={"token": "", "changed_at": 0})
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        tables = set(connection.introspection.table_names(cursor))
        for table in set(missing(using)) & tables:
            for statement in _statements(connection, table):
                cursor.execute(statement)
        cursor.execute(_POSTGRES_RENEW if connection.vendor == "postgresql" else _SQLITE_RENEW)


def after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """`post_migrate` of the sentra app, sent when every app has its tables."""
    if TABLE in connections[using].introspection.table_names():
        install(using)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every trigger away: without the version's table no write would succeed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {NAME}() CASCADE")
        else:
            for _table, name in sorted(_present(connection)):
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def _names(connection: BaseDatabaseWrapper, table: str) -> set[tuple[str, str]]:
    """The triggers that a table needs: table, name."""
    if connection.vendor == "postgresql":
        return {(table, NAME), (table, f"{NAME}_truncate")}
    return {(table, f"{NAME}_{table}_{event.lower()}") for event in EVENTS}


def _present(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE t.tgname IN (%s, %s) AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)",
                [NAME, f"{NAME}_truncate"],
            )
        else:
            cursor.execute(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{NAME}_%"]
            )
        return set(cursor.fetchall())


def _statements(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    quote = connection.ops.quote_name
    if connection.vendor == "postgresql":
        # At commit, so that two writers never wait for each other's version row with other rows in their hands.
        return [
            f"DROP TRIGGER IF EXISTS {NAME} ON {quote(table)}",
            f"DROP TRIGGER IF EXISTS {NAME}_truncate ON {quote(table)}",
            f"CREATE CONSTRAINT TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE ON {quote(table)}"
            f" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {NAME}()",
            f"CREATE TRIGGER {NAME}_truncate AFTER TRUNCATE ON {quote(table)}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
        ]
    statements = []
    for event in EVENTS:
        name = quote(f"{NAME}_{table}_{event.lower()}")
        statements.append(f"DROP TRIGGER IF EXISTS {name}")
        statements.append(f"CREATE TRIGGER {name} AFTER {event} ON {quote(table)} BEGIN {_SQLITE_RENEW}; END")
    return statements
