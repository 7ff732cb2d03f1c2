"""While an import holds the database readers read, and what others save waits its turn or is told to come again."""

import http.client
import re
import sqlite3
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from sentra.admin.ikm import IkmAdmin
from sentra.models import Ikm
from tests import factories, processes
from tests.admin_forms import submit
from tests.benchmarks.servers import serving

# Seconds; far below what a writer waits (settings.SQLITE_OPTIONS).
HELD = 3.0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "status"),
    [("database is locked", 503), ("deadlock detected", 503), ("no such table: sentra_ikm", 500)],
)
def test_who_waited_too_long_is_told_that_nothing_was_stored(officer_client, monkeypatch, said, status) -> None:
    def waited(*_args, **_kwargs) -> None:
        raise OperationalError(said)

    monkeypatch.setattr(IkmAdmin, "save_model", waited)
    ikm = factories.ikm("KUB Satu")
    officer_client.raise_request_exception = False
    answer = submit(officer_client, Ikm, {"name": "KUB Dua"}, record=ikm)
    ikm.refresh_from_db()
    assert (answer.status_code, ikm.name) == (status, "KUB Satu")
    page = answer.content.decode()
    assert ("belum tersimpan" in page) == ("has not been stored" in page) == (status == 503)
    assert answer.headers.get("Retry-After") == ("30" if status == 503 else None)


@pytest.mark.django_db(transaction=True)
def test_readers_read_and_an_officers_write_waits_while_another_holds_the_database(media: Path, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the database")
    factories.product("Kerupuk", published=True, slug="kerupuk")
    # As the server hashes it; tests hash quicker.
    hashed = PBKDF2PasswordHasher().encode("rahasia-sekali", "garam")
    User.objects.create(username="petugas", password=hashed, is_staff=True, is_superuser=True)
    url = processes.database_url(tmp_path)
    environment = {
        "DATABASE_URL": url,
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "",
        "MEDIA_ROOT": str(media),
        # Static files by their plain names: none were collected for this test.
        "DEBUG": "1",
    }
    file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
    with serving("semarang_ikm.wsgi:application", environment) as (port, _master):
        form, token, cookie = _form(port)
        file.execute("BEGIN IMMEDIATE")
        file.execute("UPDATE products_product SET name = name")
        release = threading.Timer(HELD, file.execute, ["COMMIT"])
        release.start()
        read_in = [_seconds(port, "GET", "/produk/kerupuk/")[0] for _ in range(10)]
        fields = urlencode({**form, "csrfmiddlewaretoken": token, "next": "/admin/"})
        waited, answer = _seconds(port, "POST", "/admin/login/", fields, cookie)
        release.join()

    assert max(read_in) < HELD / 2
    assert (answer.status, answer.headers["Location"]) == (302, "/admin/")
    assert waited > 0.2


def _form(port: int) -> tuple[dict[str, str], str, str]:
    _seconds_taken, answer = _seconds(port, "GET", "/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', answer.body)
    assert token is not None
    cookie = answer.headers["Set-Cookie"].partition(";")[0]
    return {"username": "petugas", "password": "rahasia-sekali"}, token[1].decode(), cookie


def _seconds(port: int, method: str, path: str, body: str = "", cookie: str = ""):
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": cookie, "Referer": f"http://127.0.0.1:{port}{path}"} if cookie else {}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.monotonic()
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    answer.body = answer.read()
    assert answer.status < 500, path
    return time.monotonic() - started, answer
