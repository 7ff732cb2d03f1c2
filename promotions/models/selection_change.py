"""What happens to a selection after it was accepted: somebody does not come, or all of it is opened again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.models.fair_selection import FairSelection
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm


class SelectionWithdrawal(models.Model):
    """A participant who does not come after all, and who comes instead. Printed in the minutes."""

    selection = models.ForeignKey(FairSelection, on_delete=models.PROTECT, related_name="withdrawals")
    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="+")
    # Blank only in forms: the constraint below refuses it with its sentence.
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    # Null: the place is empty so far.
    replaced_by = models.ForeignKey(
        Ikm, verbose_name=_("pengganti"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # Ledger and places follow them, so that the trail tells them and puts none back.
    history = Traced(
        of=("selection",),
        by_actions=("selection", "ikm", "reason", "recorded_by", "recorded_at", "replaced_by"),
    )

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name = _("peserta yang mundur")
        verbose_name_plural = _("peserta yang mundur")
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "ikm"],
                name="promotions_withdrawal_once_a_business",
                violation_error_message=_("Usaha ini sudah dicatat mundur."),
            ),
            models.UniqueConstraint(
                fields=["selection", "replaced_by"],
                name="promotions_withdrawal_one_place_each",
                violation_error_message=_("Usaha ini sudah menggantikan yang lain."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="promotions_withdrawal_has_a_reason",
                violation_error_message=_("Tulis alasannya: ia dicetak dalam berita acara."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=F("ikm")),
                name="promotions_withdrawal_by_another",
                violation_error_message=_("Penggantinya harus usaha lain."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ikm.code}: {self.reason}"


class SelectionReopening(models.Model):
    """An acceptance that was taken back, with the outcome that had been accepted: its minutes may have been signed."""

    selection = models.ForeignKey(FairSelection, on_delete=models.PROTECT, related_name="reopenings")
    # As FairSelection.outcome, with `withdrawn`: pairs of codes, who did not come and who came instead ("": nobody).
    outcome = models.JSONField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    reopened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["reopened_at", "pk"]
        verbose_name = _("penerimaan yang dibuka lagi")
        verbose_name_plural = _("penerimaan yang dibuka lagi")
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="promotions_reopening_has_a_reason",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.selection}: {self.reason}"
