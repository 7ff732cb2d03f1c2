"""Several writers at the same moment, on either database."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from tests import officers

WRITERS = 4
ROUNDS = 8


@pytest.fixture
def writers(transactional_db, tmp_path: Path) -> Iterator[Callable[[Callable[[], None]], list[Exception]]]:
    """Runs a job in several threads at once, each on a connection of its own to one real database.

    A SQLite test database lives in memory, where writers cannot meet as they do in a file: they get a copy on disk.
    """
    shared_settings = connections.settings["default"]
    file_settings = None
    if connection.vendor == "sqlite":
        path = tmp_path / "writers.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        file_settings = {**shared_settings, "NAME": str(path)}

    def run(job: Callable[[], None]) -> list[Exception]:
        failures: list[Exception] = []
        start = threading.Barrier(WRITERS)

        def work() -> None:
            if file_settings:
                connections["default"].settings_dict = file_settings
            try:
                start.wait(timeout=20)
                for _round in range(ROUNDS):
                    job()
            except Exception as failure:  # told to the test, which asserts that there is none
                failures.append(failure)
            finally:
                connections["default"].close()

        threads = [threading.Thread(target=work) for _writer in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        return failures

    yield run


@pytest.fixture
def dewi() -> Client:
    return officers.signed_in("Penerbit", "Petugas privasi", first_name="Dewi", last_name="Lestari")


@pytest.fixture
def budi() -> Client:
    return officers.signed_in("Penerbit", "Petugas privasi", first_name="Budi", last_name="Santoso")
