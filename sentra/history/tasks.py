"""Undoing a large change set outside the web workers (docs/adr/0016-background-work.md)."""

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django_tasks import task

from semarang_ikm.shared.background import WorkState, working
from sentra.history.undoing import undo
from sentra.models import ChangeSet, UndoWork

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What is left is told up to this number.
MOST_TOLD = 200


@transaction.atomic
def undo_later(*, change_set: ChangeSet, by: "User", why: str) -> UndoWork:
    """Hand the undoing to the worker; asked for twice, it is done once."""
    ChangeSet.objects.select_for_update().get(pk=change_set.pk)
    at_work = change_set.undo_works.filter(work_state__in=[WorkState.WAITING, WorkState.RUNNING]).first()
    if at_work is not None:
        return at_work
    work = UndoWork.objects.create(change_set=change_set, asked_by=by, why=why.strip()[:200])
    transaction.on_commit(partial(undo_change_set.enqueue, work.pk))
    return work


@task()
def undo_change_set(pk: int) -> None:
    work = UndoWork.objects.select_related("change_set", "asked_by").filter(pk=pk).first()
    if work is None or work.work_state == WorkState.DONE:
        return
    with working(work):
        report = undo(work.change_set, by=work.asked_by, why=work.why, progress=work.report)
        work.done_count, work.left_count = len(report.done), len(report.left)
        work.left = [[*each.effect.key, each.name, str(each.reason)] for each in report.left[:MOST_TOLD]]
        work.save(update_fields=["done_count", "left_count", "left"])
