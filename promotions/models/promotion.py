from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import PromotionKind
from promotions.models.partner import Partner
from promotions.querysets import PromotionQuerySet
from semarang_ikm.shared.models import Publishable
from sentra.choices import PageKind
from sentra.models import Addressable, Kelurahan, Source


class Promotion(Addressable, Publishable):
    """An occasion on which businesses were, or will be, shown to others."""

    PAGE_KIND = PageKind.PROMOTION

    name = models.CharField(_("nama"), max_length=160)
    name_en = models.CharField(_("nama (Inggris)"), max_length=160, blank=True)
    kind = models.CharField(_("macam"), max_length=14, choices=PromotionKind)
    starts_on = models.DateField(_("mulai"))
    # Null: one day only.
    ends_on = models.DateField(_("selesai"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=160, blank=True)
    # Null: outside the city, or not at a place.
    kelurahan = models.ForeignKey(
        Kelurahan, verbose_name=_("kelurahan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    description = models.TextField(_("uraian"), blank=True)
    description_en = models.TextField(_("uraian (Inggris)"), blank=True)
    # What came of it, in words; blank until it is over.
    results = models.TextField(_("hasil"), blank=True)
    results_en = models.TextField(_("hasil (Inggris)"), blank=True)
    partners = models.ManyToManyField(Partner, verbose_name=_("mitra"), blank=True, related_name="promotions")
    sources: models.ManyToManyField = models.ManyToManyField(
        Source, verbose_name=_("sumber"), blank=True, related_name="+"
    )

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("promosi")
        verbose_name_plural = _("promosi")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="promotions_promotion_dates_in_order",
                violation_error_message=_("Tanggal selesai lebih awal daripada tanggal mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts_on.year})"

    def slug_parts(self) -> Iterable[str]:
        return [self.name, str(self.starts_on.year)]
