"""A second process that sees the rows of a test."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from django.db import connection


def database_url(folder: Path) -> str:
    """Where another process finds the rows that are committed now. SQLite's test database lives in memory, so the other
    gets a copy of it in the folder."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        path = folder / "site.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{path}"
    found = connection.settings_dict
    password = f":{quote(found['PASSWORD'])}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
