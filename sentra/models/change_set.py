"""The trail: who changed what, when and why. Rows are added and never rewritten (sentra.history)."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sentra.choices import ChangeAction, ChangeKind

FIXED = "The trail is only added to."
WHY_LENGTH = 200


class TrailIsFixed(TypeError):
    """Somebody tried to rewrite or delete a row of the trail."""


class TrailQuerySet(models.QuerySet[Any]):
    """Reads and adds; the one door for erasing is sentra.history.redaction."""

    def update(self, **values: Any) -> NoReturn:
        raise TrailIsFixed(FIXED)

    def delete(self) -> NoReturn:
        raise TrailIsFixed(FIXED)

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise TrailIsFixed(FIXED)


class Fixed(models.Model):
    """A row that is stored once."""

    objects = TrailQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TrailIsFixed(FIXED)
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise TrailIsFixed(FIXED)


class ChangeSet(Fixed):
    """What one officer did at one time for one reason: the save of a form, an import, a merger, an undoing."""

    # Null: nobody (a command, a visitor). No constraint in the database: an account may go, the trail stays as it is.
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    # As it was on that day; stays when the account goes. Blank: nobody.
    who_name = models.CharField(_("nama"), max_length=150, blank=True)
    at = models.DateTimeField(_("waktu"), default=timezone.now, db_index=True)
    kind = models.CharField(_("macam"), max_length=8, choices=ChangeKind, default=ChangeKind.EDIT)
    why = models.CharField(_("alasan"), max_length=WHY_LENGTH, blank=True)
    # Null: undoes nothing.
    undoes = models.ForeignKey(
        "self", verbose_name=_("membatalkan"), null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta(Fixed.Meta):
        ordering = ["-pk"]
        verbose_name = _("perubahan")
        verbose_name_plural = _("riwayat perubahan")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.at):%d-%m-%Y %H:%M}"


class Change(Fixed):
    """One write to one row: what stood in each changed field, and what stands there now.

    `fields` is {name: [before, after]}, values as text or numbers that the field itself reads back, lists of keys for
    many-to-many relations. A new row has no before, a deleted one no after; of a deleted row every field is kept.
    """

    # Its index is the first below.
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="changes", db_index=False)
    # The model as "app.model", and the row's key: the row may be gone.
    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    # The record whose page shows the row, and the one at the top of it (a scope: its consent, its business). A record
    # with a page of its own is both itself.
    owner_model = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    root_model = models.CharField(max_length=60)
    root_id = models.BigIntegerField()
    action = models.CharField(max_length=6, choices=ChangeAction)
    fields = models.JSONField(default=dict)
    # What a deleted row was called; blank for what still is there.
    title = models.CharField(max_length=250, blank=True)

    class Meta(Fixed.Meta):
        ordering = ["-pk"]
        verbose_name = _("perubahan satu data")
        verbose_name_plural = _("perubahan satu data")
        default_permissions = ()
        indexes = [
            models.Index(fields=["change_set", "model", "object_id"], name="change_of_set"),
            models.Index(fields=["model", "object_id", "-id"], name="change_of_row"),
            models.Index(fields=["owner_model", "owner_id", "-id"], name="change_of_owner"),
            models.Index(fields=["root_model", "root_id", "-id"], name="change_of_root"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.model} {self.object_id}"


class TrailDoor(models.Model):
    """While a transaction has a row here, it may erase from the trail; it takes the row away again before it ends.

    Read by the triggers of sentra.history.guard, written by sentra.history.redaction alone.
    """

    def __str__(self) -> str:
        return str(self.pk)
