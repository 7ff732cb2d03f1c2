from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from promotions.models.catalogue_edition import CatalogueEdition
from semarang_ikm.shared.background import BackgroundWork

WHY_LENGTH = 200


class EditionFreezing(BackgroundWork):
    """The publishing of a large edition by the worker: who asked and why, how far it is, or why it was not done."""

    edition = models.OneToOneField(CatalogueEdition, on_delete=models.CASCADE, related_name="freezing")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=WHY_LENGTH, blank=True)
    # The language in which its messages are written.
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="id")

    class Meta:
        verbose_name = _("pembekuan edisi")
        verbose_name_plural = _("pembekuan edisi")
        constraints = [*BackgroundWork.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.work_percent} %"
