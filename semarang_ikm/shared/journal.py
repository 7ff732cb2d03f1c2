"""Who did what: one line per act in the log that every record's "history" button shows."""

from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def note(*, record: models.Model, by: "AbstractBaseUser | None", message: str) -> None:
    """Write the act of an officer. Without an officer (shipped content, imports by command) nothing is written."""
    if by is not None:
        LogEntry.objects.log_actions(by.pk, [record], CHANGE, change_message=message, single_object=True)
