from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.models.catalogue_edition import CatalogueEdition
from semarang_ikm.shared.background import BackgroundWork


class LayoutCheck(BackgroundWork):
    """What was measured on the laid-out pages of a plan; it holds while the digest is that of the plan."""

    edition = models.OneToOneField(CatalogueEdition, on_delete=models.CASCADE, related_name="layout_check")
    # Of what was measured (promotions.preflight.measuring); "" before the first time.
    digest = models.CharField(max_length=64, blank=True)
    # Each as paper, kind, page, code and words.
    flaws = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("pengukuran tata letak")
        verbose_name_plural = _("pengukuran tata letak")
        constraints = [*BackgroundWork.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.digest[:12]}"
