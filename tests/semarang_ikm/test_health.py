"""Alive and ready: what a load balancer and a person on call ask."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from semarang_ikm import health
from sentra import triggers
from tests import factories


def test_alive_answers_without_the_database(client: Client) -> None:
    """No database mark: a query would fail this test."""
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.content == b"ok"
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/healthz/ready"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_ready_names_every_check(client: Client) -> None:
    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "checks": {
            "database": "ok",
            "migrations": "ok",
            "media": "ok",
            "disk": "ok",
            "kept_pages": "ok",
            "background": "ok",
        },
        "data_age_days": None,
    }


@pytest.mark.django_db
def test_data_age_counts_public_rows_only(client: Client) -> None:
    factories.ikm()
    assert client.get("/healthz/ready").json()["data_age_days"] is None

    factories.ikm(published=True)
    assert client.get("/healthz/ready").json()["data_age_days"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("broken", ["database", "migrations", "media", "disk"])
def test_a_failing_check_is_named_without_details(client: Client, monkeypatch, broken: str) -> None:
    def fail() -> str:
        raise ConnectionRefusedError("password=rahasia host=10.0.0.1")

    monkeypatch.setitem(health.CHECKS, broken, fail)
    answer = client.get("/healthz/ready")

    assert answer.status_code == 503
    assert answer.json()["status"] == "fail"
    assert answer.json()["checks"][broken] == "ConnectionRefusedError"
    assert b"rahasia" not in answer.content


@pytest.mark.django_db
@pytest.mark.parametrize("slower", sorted(health.NOT_NEEDED_TO_SERVE))
def test_what_only_makes_the_site_slower_is_told_and_keeps_it_ready(client: Client, monkeypatch, slower: str) -> None:
    monkeypatch.setitem(health.CHECKS, slower, lambda: "3 waiting")
    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json()["checks"][slower] == "3 waiting"


@pytest.mark.django_db
def test_a_full_disk_is_not_ready(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(health, "MIN_FREE_BYTES", 10**18)

    assert client.get("/healthz/ready").json()["checks"]["disk"] == "less than 200 MB free"


@pytest.mark.django_db
def test_media_that_cannot_be_written_is_not_ready(client: Client, settings, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"

    answer = client.get("/healthz/ready")

    assert answer.status_code == 503
    assert answer.json()["checks"]["media"] == "NotADirectoryError"


@pytest.mark.django_db
def test_pending_migrations_are_counted(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [1, 2])
    answer = client.get("/healthz/ready")

    assert answer.json()["checks"]["migrations"] == "2 pending"
    assert answer.json()["data_age_days"] is None


@pytest.mark.django_db
def test_a_missing_trigger_is_told_and_the_site_goes_on(client: Client) -> None:
    triggers.remove(connection)
    answer = client.get("/healthz/ready")

    assert answer.status_code == 200
    assert answer.json()["checks"]["kept_pages"].startswith("off: no trigger on ")
