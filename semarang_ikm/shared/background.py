"""Long work outside the web workers: a record says how far it is, a task does it (docs/adr/0016-background-work.md).

The record is what officers look at. Tasks are Django's (django-tasks-db): queued in the transaction that asks for them, run
by `manage.py worker`, and run again when a worker died: so a task computes first and writes in one transaction at its end.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

logger = logging.getLogger(__name__)

# Work that told nothing for so long has no worker any more; no step of ours takes a tenth of it.
PATIENCE = timedelta(minutes=10)
MESSAGE_LENGTH = 300


# Takes how many steps are done, and how many there are.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """For whoever does not watch."""


class WorkState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Menunggu giliran")
    RUNNING = "running", gettext_lazy("Sedang dikerjakan")
    DONE = "done", gettext_lazy("Selesai")
    FAILED = "failed", gettext_lazy("Gagal")


class WorkRefused(Exception):
    """The work cannot be done, for a reason that an officer understands: the text is shown."""


class BackgroundWork(models.Model):
    """A record whose making takes long. The four columns are written by `working` and `report` only."""

    work_state = models.CharField(
        gettext_lazy("keadaan pekerjaan"), max_length=8, choices=WorkState, default=WorkState.WAITING, editable=False
    )
    # Steps done and steps in all; 0 in all: not known yet.
    work_done = models.PositiveIntegerField(default=0, editable=False)
    work_total = models.PositiveIntegerField(default=0, editable=False)
    # Why it failed, in words for officers; "" otherwise.
    work_message = models.CharField(max_length=MESSAGE_LENGTH, blank=True, default="", editable=False)
    work_changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(work_done__lte=F("work_total")) | Q(work_total=0),
                name="%(app_label)s_%(class)s_work_done_within_total",
                violation_error_message=gettext_lazy("Langkah yang selesai tidak bisa lebih banyak daripada semuanya."),
            ),
        ]

    @property
    def work_percent(self) -> int:
        """0 to 100; 100 only when it is done."""
        if self.work_state == WorkState.DONE:
            return 100
        return min(99, self.work_done * 100 // self.work_total) if self.work_total else 0

    @property
    def is_at_work(self) -> bool:
        return self.work_state in {WorkState.WAITING, WorkState.RUNNING}

    @property
    def is_stalled(self) -> bool:
        """At work, as far as the record says, and silent for so long that it may be asked for once more."""
        return self.is_at_work and timezone.now() - self.work_changed_at > PATIENCE

    @property
    def is_under_way(self) -> bool:
        return self.is_at_work and not self.is_stalled

    def report(self, done: int, total: int) -> None:
        """Tell how far it is. Outside a transaction, or nobody sees it before the end."""
        self._write_work(work_done=done, work_total=total)

    def _write_work(self, **values: Any) -> None:
        values["work_changed_at"] = timezone.now()
        for name, value in values.items():
            setattr(self, name, value)
        type(self)._default_manager.filter(pk=self.pk).update(**values)


@contextmanager
def working(record: BackgroundWork) -> Iterator[BackgroundWork]:
    """Around a task's work: running, then done; or failed with a sentence, when the work refuses or breaks."""
    record._write_work(work_state=WorkState.RUNNING, work_done=0, work_total=0, work_message="")
    try:
        yield record
    except WorkRefused as refusal:
        record._write_work(work_state=WorkState.FAILED, work_message=str(refusal)[:MESSAGE_LENGTH])
    except Exception:
        logger.exception("Background work failed: %s %s", record._meta.label, record.pk)
        record._write_work(
            work_state=WorkState.FAILED,
            work_message=_("Terjadi kesalahan yang tidak terduga. Tidak ada yang berubah; coba sekali lagi."),
        )
    else:
        record._write_work(work_state=WorkState.DONE)
