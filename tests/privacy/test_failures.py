"""When something breaks, the page, the log and the work's own record tell what broke, and nothing that somebody typed."""

import logging
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from semarang_ikm.exchange import tasks
from semarang_ikm.exchange.models import ImportProposal
from semarang_ikm.reports import views
from semarang_ikm.shared.logs import Discreet
from sentra.models import Ikm
from tests import factories
from tests.admin_forms import admin_url, rows, shown
from tests.privacy.reading import text_of
from tests.privacy.values import CONTACTS, NAME, OF_OWNER, seen_in
from tests.semarang_ikm.exchange.files import book, send

pytestmark = pytest.mark.django_db

NIB = "0220009876543"


def written(caplog: pytest.LogCaptureFixture) -> str:
    """The log as the server writes it, tracebacks included."""
    formatter = Discreet()
    return "\n".join(formatter.format(record) for record in caplog.records if record.name != "django.db.backends")


def broken(*_args, **_options):
    raise RuntimeError("KerusakanUji")


def told_by(client: Client, address: str, typed: dict, caplog: pytest.LogCaptureFixture) -> str:
    """What a page that breaks says to its reader, to the log and to whoever gets mail."""
    client.raise_request_exception = False
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    answer = client.post(address, typed)
    assert answer.status_code == 500
    assert "KerusakanUji" in written(caplog)
    return "\n".join([text_of(answer), written(caplog), *(message.body for message in mail.outbox)])


def test_a_form_of_the_desk_that_breaks(
    officer_client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, settings
) -> None:
    settings.ADMINS = [("Pengelola", "pengelola@example.test")]
    address = admin_url(Ikm, "add")
    typed = shown(officer_client.get(address)) | {"name": NAME, "nib": NIB}
    typed |= rows("contacts", *({"kind": kind, "value": value} for kind, value in CONTACTS.items()))
    monkeypatch.setattr(Ikm, "save", broken)
    assert seen_in(told_by(officer_client, address, typed, caplog), OF_OWNER) == []


def test_a_report_of_a_visitor_that_breaks(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    typed = {"wrong": f"Nomor {CONTACTS['whatsapp']}", "right": "Gang Kelinci 77", "contact": CONTACTS["email"]}
    monkeypatch.setattr(views, "receive", broken)
    assert seen_in(told_by(client, reverse("report"), typed, caplog), OF_OWNER) == []


def test_a_spreadsheet_on_which_the_worker_breaks(
    officer_client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Callable,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(tasks, "compare", broken)
    with django_capture_on_commit_callbacks(execute=True):
        send(officer_client, book([["", NAME, "", NIB, CONTACTS["whatsapp"]]]))
    kept = str(list(ImportProposal.objects.values()))
    assert "KerusakanUji" in written(caplog)
    assert "failed" in kept
    assert seen_in(f"{written(caplog)} {kept}", OF_OWNER) == []


@pytest.mark.parametrize("values", [{"nib": NIB}, {"nib": "", "workers": 5, "name": NAME}], ids=["unique", "check"])
def test_a_row_that_the_database_refuses_is_not_repeated_in_the_log(
    values: dict, caplog: pytest.LogCaptureFixture
) -> None:
    """PostgreSQL names the whole row in its message."""
    factories.ikm(nib=NIB)
    other = factories.ikm()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Ikm.objects.filter(pk=other.pk).update(**values)
    logging.getLogger("django.request").error("Refused", exc_info=refused.value)
    log = written(caplog)
    assert "IntegrityError" in log
    assert seen_in(log, OF_OWNER) == []
    if connection.vendor == "postgresql":
        assert "DETAIL: …" in log


def test_only_the_values_are_left_out() -> None:
    told = (
        "duplicate key\nDETAIL:  Key (nib)=(0220)\nsecond line\n\nThe above exception was the direct cause\nTraceback"
    )
    record = logging.LogRecord("x", logging.ERROR, "x", 1, told, None, None)
    assert Discreet().format(record) == (
        "duplicate key\nDETAIL: …\n\nThe above exception was the direct cause\nTraceback"
    )
