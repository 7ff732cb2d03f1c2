from django.conf import settings
from django.db import models

from semarang_ikm.shared.background import BackgroundWork
from sentra.models.change_set import WHY_LENGTH, ChangeSet


class UndoWork(BackgroundWork):
    """The undoing of a large change set by the worker: how far it is, and what it left as it was."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="undo_works")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=WHY_LENGTH, blank=True)
    done_count = models.PositiveIntegerField(default=0)
    left_count = models.PositiveIntegerField(default=0)
    # [model, key, field, reason] of the first rows that stay; what they are called is looked up when it is read.
    left = models.JSONField(default=list)

    class Meta:
        constraints = BackgroundWork.Meta.constraints

    def __str__(self) -> str:
        return f"{self.change_set} {self.work_percent} %"
