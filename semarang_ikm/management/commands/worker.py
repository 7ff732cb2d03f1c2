"""`manage.py worker`: does the long work that officers ask for. The web server starts one (gunicorn.conf.py)."""

import logging
import os
import socket
import threading
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from sentra.personal_data.retention import end_what_is_over

# A task that was tried so often ended its workers each time: it is not tried again.
MAX_ATTEMPTS = 3
# No work of ours takes longer; a worker of another machine that has not finished by then is gone.
LONGEST = timedelta(hours=2)
PARENT_SECONDS = 2.0
DAY_SECONDS = 86_400

logger = logging.getLogger(__name__)


def host() -> str:
    return socket.gethostname()[:40]


class Command(db_worker.Command):
    help = "Kerjakan pekerjaan panjang (impor, PDF) di luar server web."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--with-parent", action="store_true", help="Berhenti bersama proses yang memulainya.")

    def execute(self, *args: Any, **options: Any) -> Any:
        if options.pop("with_parent", False):
            threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
        take_up_interrupted()
        if not options.get("batch"):
            threading.Thread(target=end_terms_daily, daemon=True).start()
        return super().execute(*args, **{**options, "worker_id": f"{host()}:{os.getpid()}"})


def end_with_parent(parent: int) -> None:
    """A worker whose server was killed must not go on beside the next server's worker."""
    while os.getppid() == parent:
        time.sleep(PARENT_SECONDS)
    os._exit(0)


def end_terms_daily() -> None:
    """What is kept no longer goes without anybody having to remember a command; again after each start."""
    while True:
        try:
            end_what_is_over()
        except Exception:
            logger.exception("The terms of retention could not be carried out")
        close_old_connections()
        time.sleep(DAY_SECONDS)


def take_up_interrupted() -> int:
    """Queue again what a worker left unfinished when it died; returns how many. Tasks write only at their end."""
    queued = 0
    for row in DBTaskResult.objects.running():
        last = str(row.worker_ids[-1]) if row.worker_ids else ""
        if not is_gone(last, row.started_at):
            continue
        if len(row.worker_ids) < MAX_ATTEMPTS:
            row.status = TaskResultStatus.READY
            queued += 1
        else:
            row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
        row.save(update_fields=["status", "finished_at"])
    return queued


def is_gone(worker: str, started_at: datetime | None) -> bool:
    """Whether the worker of this name ("machine:process") can no longer be at it."""
    if started_at is None or timezone.now() - started_at > LONGEST:
        return True
    machine, _, process = worker.rpartition(":")
    if machine != host() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return int(process) == os.getpid()
