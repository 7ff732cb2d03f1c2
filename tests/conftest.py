"""What every test stands on: no file outside a temporary folder, quick passwords, no address of a real site."""

import gc
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.core.files.storage import FileSystemStorage, storages
from django.core.signals import setting_changed
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from semarang_ikm.shared.time import today

# Function-scoped fixtures (settings, database) hold nothing that a further example could spoil here.
hypothesis_settings.register_profile(
    "tests", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
hypothesis_settings.load_profile("tests")

PLAIN_STATIC_FILES = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Django empties every table after a test with transactions of its own; the trail refuses that, but for its door."""
    from sentra.models import TrailDoor  # the apps are not loaded when this file is

    door, operations = TrailDoor._meta.db_table, type(connection.ops)
    plain = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        rest = [table for table in tables if table != door]
        opened, shut = f"INSERT INTO {door} (id) VALUES (1)", f"DELETE FROM {door}"
        return [opened, *plain(self, style, rest, **options), shut] if rest else []

    operations.sql_flush = sql_flush


def pytest_configure(config: pytest.Config) -> None:
    """What a developer's `.env` may say plays no part; nothing is slow on purpose.

    Static files go by their plain names, from an empty folder: no test needs `collectstatic`, or waits for what it left.
    Set once, before anything reads it; a test that wants another value takes the `settings` fixture.
    """
    storages.backends["staticfiles"] = PLAIN_STATIC_FILES
    empty = tempfile.TemporaryDirectory(prefix="sentra-static-")
    config.add_cleanup(empty.cleanup)
    django_settings.STATIC_ROOT = empty.name
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.SITE_URL = ""
    django_settings.SECURE_SSL_REDIRECT = False
    django_settings.SECOND_FACTOR = "optional"
    django_settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = False
    # Long work is done at once, where it is asked for.
    django_settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    # The apps are loaded already, and with them whoever works off tasks.
    setting_changed.send(sender=None, setting="TASKS", value=django_settings.TASKS, enter=True)


def pytest_collection_finish() -> None:
    """Modules and collected tests stay to the end: the garbage collector need not look at them again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def media_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders for one test each, of which none is made before a test writes a file."""
    home = tmp_path_factory.mktemp("media")
    return (home / str(number) for number in count(1))


@pytest.fixture(autouse=True)
def media(settings, media_folders: Iterator[Path], standing_files: list[Path]) -> Iterator[Path]:
    """A MEDIA_ROOT per test, for both rooms: empty, but for the files of rows that stand for the whole module."""
    root = next(media_folders)
    for folder in standing_files:
        if folder.exists():
            shutil.copytree(folder, root)
    settings.MEDIA_ROOT = root
    with rooms_in(root):
        yield root


@contextmanager
def rooms_in(root: Path) -> Iterator[None]:
    """File fields keep their storage, so that is what moves."""
    rooms = {"default": root / "public", "private": root / "private"}
    before = {alias: move_storage(storages[alias], folder) for alias, folder in rooms.items()}
    yield
    for alias, folder in before.items():
        move_storage(storages[alias], folder)


def move_storage(storage: FileSystemStorage, folder: Path) -> Path:
    """Point the storage to another folder; returns the former one."""
    former = Path(storage.location)
    storage._location = folder
    for cached in ("base_location", "location"):
        storage.__dict__.pop(cached, None)
    return former


@pytest.fixture(scope="session")
def standing_files() -> list[Path]:
    """The folder of the files of the rows that stand now, if any."""
    return []


@pytest.fixture(scope="module")
def standing_db(
    request, django_db_setup, django_db_blocker, media_folders: Iterator[Path], standing_files: list[Path]
) -> Iterator[None]:
    """For a fixture of the whole module: the rows that it makes stand until the module's end, each test's own do not.

    What a test changes in rows that stand is taken back after it; what it changes in Python objects is not, so a
    fixture of each test hands out copies (`copy.deepcopy`) where tests change them. Not for transactional tests.
    """
    for item in request.session.items:
        marker = item.get_closest_marker("django_db")
        assert not (item.module is request.module and marker and marker.kwargs.get("transaction")), item.nodeid
    root = next(media_folders)
    standing_files.append(root)
    with django_db_blocker.unblock(), transaction.atomic(), rooms_in(root):
        yield
        transaction.set_rollback(True)
    standing_files.remove(root)


@pytest.fixture
def day():
    """Today in Asia/Jakarta."""
    return today()


@pytest.fixture
def officer(db) -> User:
    """A superuser."""
    return User.objects.create_superuser("petugas", "petugas@example.test", "rahasia-petugas")


@pytest.fixture
def officer_client(officer: User) -> Client:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def count_queries(django_assert_max_num_queries) -> Callable[[Callable], int]:
    """Number of queries that a call makes: `count_queries(lambda: client.get(url))`."""

    def count(call: Callable) -> int:
        with django_assert_max_num_queries(10_000) as captured:
            call()
        return len(captured)

    return count
