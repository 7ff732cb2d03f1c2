from django.db import models
from django.utils.translation import gettext_lazy as _

from products.choices import PackagingKind
from products.models.product import Product
from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.photos import photo_path
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm


class PackagingSupport(Timestamped):
    """Help with packaging that was given: what, when, by whom, and how it looked before and after."""

    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="packaging_support")
    products = models.ManyToManyField(Product, verbose_name=_("produk"), blank=True, related_name="packaging_support")
    kind = models.CharField(_("macam bantuan"), max_length=14, choices=PackagingKind)
    given_on = models.DateField(_("diberikan pada"))
    given_by = models.CharField(_("diberikan oleh"), max_length=120, help_text=_("Misalnya: Rumah Kemasan provinsi."))
    # Null: not counted.
    quantity = models.PositiveIntegerField(_("jumlah"), null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=40, blank=True, help_text=_("lembar, dus, alat."))
    photo_before = models.ImageField(_("foto sebelum"), upload_to=photo_path, blank=True)
    photo_after = models.ImageField(_("foto sesudah"), upload_to=photo_path, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    history = Traced()

    class Meta:
        ordering = ["-given_on", "pk"]
        verbose_name = _("bantuan kemasan")
        verbose_name_plural = _("bantuan kemasan")
        constraints = [
            models.UniqueConstraint(
                fields=["ikm", "kind", "given_on"],
                name="products_packaging_once_a_day",
                violation_error_message=_("Bantuan ini untuk usaha itu pada tanggal itu sudah tercatat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.given_on:%d-%m-%Y}"
