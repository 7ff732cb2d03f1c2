from django.db import models
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced
from sentra.choices import VariantKind


class SearchVariant(models.Model):
    """Another word for the same thing in search: "krupuk" means "kerupuk". Areas have AreaAlias instead."""

    canonical = models.CharField(_("kata baku"), max_length=80, help_text=_("Kata yang dipakai di data: kerupuk."))
    variant = models.CharField(_("kata lain"), max_length=80, help_text=_("Kata yang diketik orang: krupuk."))
    kind = models.CharField(_("macam"), max_length=12, choices=VariantKind, default=VariantKind.SYNONYM)
    language = models.CharField(_("bahasa"), max_length=2, default="id")
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    history = Traced()

    class Meta:
        ordering = ["canonical", "variant"]
        verbose_name = _("padanan kata pencarian")
        verbose_name_plural = _("padanan kata pencarian")
        constraints = [
            models.UniqueConstraint(
                fields=["canonical", "variant"],
                name="sentra_searchvariant_once",
                violation_error_message=_("Padanan ini sudah ada."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} → {self.canonical}"
