"""Imported borders, ready to be drawn. Without any, the map is the shipped schematic one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sentra.choices import AreaLevel
from sentra.models.area import Kecamatan


class BoundarySet(models.Model):
    """Where the borders on the map come from; at most one set is in use."""

    # Shown beside the map as it is.
    source = models.CharField(_("sumber"), max_length=300)
    is_official = models.BooleanField(_("resmi"), default=False)
    level = models.CharField(_("dibuat dari"), max_length=9, choices=AreaLevel)
    # Null: the source does not say of which day its borders are.
    dated_on = models.DateField(_("keadaan pada"), null=True, blank=True)
    imported_at = models.DateTimeField(_("diimpor"), auto_now_add=True)
    # The box that the shapes fill, in units of the drawing.
    left = models.SmallIntegerField()
    top = models.SmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = _("batas wilayah")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="sentra_boundaryset_single",
                violation_error_message=_("Hanya satu kumpulan batas yang dipakai."),
            ),
        ]

    def __str__(self) -> str:
        return self.source


class BoundaryShape(models.Model):
    """One kecamatan on the drawing: its path, which shares every border with its neighbours' paths, and its label."""

    boundary_set = models.ForeignKey(BoundarySet, on_delete=models.CASCADE, related_name="shapes")
    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    label_x = models.SmallIntegerField()
    label_y = models.SmallIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bentuk wilayah")
        verbose_name_plural = _("bentuk wilayah")
        constraints = [
            models.UniqueConstraint(
                fields=["kecamatan"],
                name="sentra_boundaryshape_once",
                violation_error_message=_("Kecamatan ini sudah punya bentuk."),
            ),
        ]

    def __str__(self) -> str:
        return self.kecamatan.name
