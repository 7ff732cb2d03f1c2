from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import OPEN_STAGES, CaseStage, ObstacleKind, StepKind
from promotions.models.partner import Partner
from promotions.querysets import FacilitationCaseQuerySet
from semarang_ikm.shared.models import Timestamped, exactly_one
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import Traced
from sentra.codes import issue_codes
from sentra.models import Ikm, Sentra


class FacilitationCase(Timestamped):
    """An obstacle of one business or of a whole sentra, and the agency that can clear it. For staff only.

    The public sees counts alone, and those only where they point at nobody (promotions.cases.figures).
    """

    # Stands on letters: F-2026-3. Never changed, never given again.
    number = models.CharField(_("nomor"), max_length=20, unique=True, editable=False)
    ikm = models.ForeignKey(
        Ikm, verbose_name=_("usaha"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("sentra"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    # Null: stands alone. Else it is dealt with in this case of the sentra.
    parent = models.ForeignKey(
        "self",
        verbose_name=_("perkara sentra"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="children",
    )
    kind = models.CharField(_("hambatan"), max_length=14, choices=ObstacleKind)
    title = models.CharField(_("pokok perkara"), max_length=160, help_text=_("Misalnya: tekanan air PDAM rendah."))
    description = models.TextField(
        _("uraian"),
        blank=True,
        help_text=_("Apa yang terjadi, sejak kapan, apa akibatnya. Menjadi isi surat ke mitra."),
    )
    # Null: not yet handed to an agency.
    partner = models.ForeignKey(
        Partner, verbose_name=_("mitra"), null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    stage = models.CharField(_("tahap"), max_length=10, choices=CaseStage, default=CaseStage.PROPOSED)
    opened_on = models.DateField(_("dibuka pada"))
    # Null: no date agreed.
    due_on = models.DateField(
        _("tenggat langkah berikutnya"),
        null=True,
        blank=True,
        help_text=_("Hari terakhir untuk langkah berikutnya; sesudahnya perkara tampil sebagai lewat tenggat."),
    )
    # Null: still open.
    closed_on = models.DateField(_("ditutup pada"), null=True, blank=True)
    outcome = models.TextField(_("hasil"), blank=True)

    objects = FacilitationCaseQuerySet.as_manager()

    history = Traced(by_actions=("number", "stage", "parent"))

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
            models.CheckConstraint(
                condition=Q(stage__in=OPEN_STAGES) | ~Q(outcome=""),
                name="promotions_case_closed_has_outcome",
                violation_error_message=_("Tulis hasilnya sebelum perkara ditutup."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=CaseStage.RUNNING) | Q(partner__isnull=False),
                name="promotions_case_running_has_partner",
                violation_error_message=_("Pilih mitra yang menangani perkara ini."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(ikm__isnull=False),
                name="promotions_case_only_businesses_join",
                violation_error_message=_("Hanya perkara satu usaha yang dapat digabung ke perkara sentra."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def save(self, *args, **kwargs) -> None:
        if not self.number:
            (self.number,) = issue_codes(f"F-{today().year}")
        super().save(*args, **kwargs)

    @property
    def subject(self) -> Ikm | Sentra:
        """Whose obstacle it is."""
        subject = self.ikm or self.sentra
        if subject is None:
            raise ValueError("a case has exactly one subject: promotions_case_one_subject")
        return subject

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def is_overdue(self) -> bool:
        """Whether the next step should have been taken before today."""
        return self.is_open and self.due_on is not None and self.due_on < today()


class CaseStep(models.Model):
    """What was done on a case, on which day, by whom."""

    case = models.ForeignKey(FacilitationCase, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("macam"), max_length=8, choices=StepKind, default=StepKind.WORK, editable=False)
    done_on = models.DateField(_("tanggal"))
    text = models.CharField(_("langkah"), max_length=500)
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
