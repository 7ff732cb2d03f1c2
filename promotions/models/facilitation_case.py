from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import OPEN_STAGES, CaseStage, ObstacleKind
from promotions.models.partner import Partner
from semarang_ikm.shared.models import Timestamped, exactly_one
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm, Sentra


class FacilitationCase(Timestamped):
    """An obstacle of one business or of a whole sentra, and the agency that can clear it. For staff only."""

    ikm = models.ForeignKey(
        Ikm, verbose_name=_("usaha"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("sentra"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    kind = models.CharField(_("hambatan"), max_length=14, choices=ObstacleKind)
    title = models.CharField(_("pokok perkara"), max_length=160, help_text=_("Misalnya: tekanan air PDAM rendah."))
    description = models.TextField(_("uraian"), blank=True)
    # Null: not yet handed to an agency.
    partner = models.ForeignKey(
        Partner, verbose_name=_("mitra"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    stage = models.CharField(_("tahap"), max_length=10, choices=CaseStage, default=CaseStage.PROPOSED)
    opened_on = models.DateField(_("dibuka pada"))
    # Null: no date agreed.
    due_on = models.DateField(_("tenggat"), null=True, blank=True)
    # Null: still open.
    closed_on = models.DateField(_("ditutup pada"), null=True, blank=True)
    outcome = models.TextField(_("hasil"), blank=True)

    history = Traced()

    class Meta:
        ordering = ["-opened_on", "pk"]
        verbose_name = _("fasilitasi")
        verbose_name_plural = _("fasilitasi")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("ikm", "sentra"),
                name="promotions_case_one_subject",
                violation_error_message=_("Pilih satu usaha atau satu sentra, tidak keduanya."),
            ),
            models.CheckConstraint(
                condition=Q(stage__in=OPEN_STAGES, closed_on__isnull=True)
                | (~Q(stage__in=OPEN_STAGES) & Q(closed_on__isnull=False)),
                name="promotions_case_closed_has_date",
                violation_error_message=_("Perkara yang selesai, ditolak, atau dibatalkan perlu tanggal penutupan."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="promotions_case_dates_in_order",
                violation_error_message=_("Tanggal penutupan lebih awal daripada tanggal pembukaan."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaseStep(models.Model):
    """What was done on a case, on which day."""

    case = models.ForeignKey(FacilitationCase, on_delete=models.CASCADE, related_name="steps")
    done_on = models.DateField(_("tanggal"))
    text = models.CharField(_("langkah"), max_length=300)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    history = Traced(of=("case",))

    class Meta:
        ordering = ["done_on", "pk"]
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")

    def __str__(self) -> str:
        return f"{self.done_on:%d-%m-%Y} {self.text}"
