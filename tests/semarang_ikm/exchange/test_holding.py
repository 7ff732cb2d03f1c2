"""While an import is written, nobody else saves the same records in between."""

import threading

import pytest
from django.db import OperationalError, connection, connections

from semarang_ikm.exchange import tasks
from sentra.models import DataVersion, Ikm
from tests import factories
from tests.semarang_ikm.exchange.files import approve, book, upload


@pytest.mark.django_db(transaction=True)
def test_a_colleague_waits_for_the_import(officer_client, monkeypatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    ikm = factories.ikm("KUB Satu", kelurahan=factories.kelurahan("Sumurrejo"), nib="0220001234567")
    proposal = upload(officer_client, book([["", "KUB Dua", "", "0220001234567"]]))
    refused: list[str] = []
    asked: list[bool] = []

    def colleague() -> None:
        try:
            with connections["default"].cursor() as cursor:
                cursor.execute("SET lock_timeout = '300ms'")
            Ikm.objects.filter(pk=ikm.pk).update(minimum_order="5 buah")
        except OperationalError as error:
            refused.append(str(error))
        finally:
            connections["default"].close()

    class Versions:
        """Between the comparison and the writing, somebody tries to save."""

        @staticmethod
        def now() -> str:
            asked.append(True)
            if len(asked) == 2:
                thread = threading.Thread(target=colleague)
                thread.start()
                thread.join(timeout=20)
            return DataVersion.now()

    monkeypatch.setattr(tasks, "DataVersion", Versions)
    approve(officer_client, proposal)
    assert len(refused) == 1
    ikm.refresh_from_db()
    assert (ikm.name, ikm.minimum_order) == ("KUB Dua", "")
