"""Long work: asked for in a transaction, done outside the web workers, taken up again after a crash."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from semarang_ikm.management.commands import worker
from sentra.models import Source

pytestmark = pytest.mark.django_db
# No process has this number (above every kernel's default maximum).
NOBODY = 2**22 + 1


@task()
def write_down(key: str) -> None:
    Source.objects.create(key=key, publisher="Uji", title="Uji", confidence="C")


@pytest.fixture(autouse=True)
def in_the_database(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def run_worker() -> None:
    call_command("worker", "--batch", "--no-startup-delay", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_is_done_by_the_worker() -> None:
    write_down.enqueue("tercatat")
    assert not Source.objects.exists()
    run_worker()
    assert Source.objects.get().key == "tercatat"


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_rolled_back_asked_for_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write_down.enqueue("batal")
        raise RuntimeError
    run_worker()
    assert not Source.objects.exists()


def left_running(by: str, attempts: int = 1, minutes: int = 1) -> DBTaskResult:
    row = write_down.enqueue(f"{by}-{attempts}-{minutes}".replace(":", "-")).db_result
    row.status, row.worker_ids = TaskResultStatus.RUNNING, [by] * attempts
    row.started_at = timezone.now() - timedelta(minutes=minutes)
    row.save()
    return row


@pytest.mark.parametrize(
    ("by", "minutes", "is_taken"),
    [
        (f"{worker.host()}:{NOBODY}", 1, True),
        (f"{worker.host()}:{os.getppid()}", 1, False),
        ("mesin-lain:17", 1, False),
        ("mesin-lain:17", 180, True),
        ("nama-tanpa-nomor", 1, False),
    ],
)
def test_only_work_whose_worker_is_gone_is_taken_up_again(by: str, minutes: int, is_taken: bool) -> None:
    row = left_running(by, minutes=minutes)
    assert worker.take_up_interrupted() == int(is_taken)
    row.refresh_from_db()
    assert row.status == (TaskResultStatus.READY if is_taken else TaskResultStatus.RUNNING)


def test_work_that_ended_three_workers_is_not_tried_again() -> None:
    row = left_running(f"{worker.host()}:{NOBODY}", attempts=worker.MAX_ATTEMPTS)
    assert worker.take_up_interrupted() == 0
    row.refresh_from_db()
    assert row.status == TaskResultStatus.FAILED
    assert row.finished_at is not None
