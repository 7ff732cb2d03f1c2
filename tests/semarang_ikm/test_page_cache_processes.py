"""The real server with several workers, readers that never pause, and a writer in another process:
whatever was acknowledged before a request began stands in its answer."""

import http.client
import re
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from products.models import Product
from tests import factories, processes
from tests.benchmarks.servers import serving

READERS = 6
REQUESTS = 2400
# A commit for so many answers: most pages are kept ones, and every state is asked for by several readers.
ANSWERS_PER_EDIT = 24


@pytest.fixture
def database_url(transactional_db, tmp_path: Path) -> str:
    """Where the server finds this test's rows."""
    return processes.database_url(tmp_path)


class Writer:
    """Commits a new name, and only then says so."""

    def __init__(self, url: str, product: Product) -> None:
        self.acknowledged = 0
        self._product, self._sql = product.pk, "UPDATE products_product SET name = {} WHERE id = {}"
        if url.startswith("sqlite"):
            self._file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
            self._file.execute("PRAGMA busy_timeout = 20000")
        else:
            self._file = None

    def write(self) -> None:
        number = self.acknowledged + 1
        statement = self._sql.format(f"'Kerupuk nomor {number}'", self._product)
        if self._file:
            self._file.execute(statement)
        else:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        self.acknowledged = number


@pytest.mark.django_db(transaction=True)
def test_no_answer_is_older_than_what_was_acknowledged_before_it_was_asked_for(database_url: str, media: Path) -> None:
    product = factories.product("Kerupuk nomor 0", published=True, slug="kerupuk")
    if connection.vendor == "sqlite":
        with sqlite3.connect(database_url.removeprefix("sqlite:///")) as copy:
            connection.connection.backup(copy)
    environment = {
        "DATABASE_URL": database_url,
        "SECRET_KEY": "only-for-this-test",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "",
        "MEDIA_ROOT": str(media),
        # Static files by their plain names: none were collected for this test.
        "DEBUG": "1",
    }
    writer = Writer(database_url, product)
    wrong: list[str] = []
    answered = [0] * READERS
    known = [0] * READERS

    def read(reader: int, port: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        etag, shown = "", -1
        while sum(answered) < REQUESTS:
            least = writer.acknowledged
            # Every second reader asks as a browser that keeps the page.
            line.request("GET", "/produk/kerupuk/", headers={"If-None-Match": etag} if reader % 2 and etag else {})
            answer = line.getresponse()
            text = answer.read().decode()
            answered[reader] += 1
            if answer.status == 304:
                # The page of the answer before still holds.
                known[reader] += 1
            else:
                etag = answer.headers.get("ETag", "")
                found = re.search(r"<h1[^>]*>Kerupuk nomor (\d+)</h1>", text)
                shown = int(found.group(1)) if found else -1
            if shown < least:
                wrong.append(f"{answer.status}: shows {shown}, acknowledged {least}")

    with serving("semarang_ikm.wsgi:application", environment) as (port, _master):
        readers = [threading.Thread(target=read, args=(number, port)) for number in range(READERS)]
        for thread in readers:
            thread.start()
        while any(thread.is_alive() for thread in readers):
            if sum(answered) >= writer.acknowledged * ANSWERS_PER_EDIT:
                writer.write()
            else:
                time.sleep(0.001)

    assert wrong == []
    assert sum(answered) >= REQUESTS
    # The writer keeps up with the readers more or less.
    assert writer.acknowledged >= REQUESTS // ANSWERS_PER_EDIT // 2
    assert sum(known) > 0
