from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from products.choices import CertificationStage
from products.models.certification import Certification
from semarang_ikm.shared.tracing import Traced


class CertificationStep(models.Model):
    """A line of a certificate's journey: which stage it reached, on which day, and who recorded it.

    A line that keeps the stage before it tells of something else that happened: the composition changed, somebody asked.
    Written by products.actions.certificate_steps only; for staff only.
    """

    certification = models.ForeignKey(Certification, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(_("tahap"), max_length=12, choices=CertificationStage)
    reached_on = models.DateField(_("tanggal"))
    # Null: followed from something else, such as a product's new composition or the last day of validity.
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("oleh"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("keterangan"), max_length=300, blank=True)

    history = Traced(of=("certification",), personal=("note",))

    class Meta:
        ordering = ["certification", "reached_on", "pk"]
        verbose_name = _("langkah sertifikat")
        verbose_name_plural = _("perjalanan sertifikat")

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.reached_on:%d-%m-%Y}"
