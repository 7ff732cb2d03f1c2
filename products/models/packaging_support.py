from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from products.choices import PackagingKind, PackagingMoment
from products.models.product import Product
from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm


class PackagingSupport(Timestamped):
    """Help with packaging that was given: what, when, by whom, for which products; its photos show what it changed."""

    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="packaging_support")
    products = models.ManyToManyField(Product, verbose_name=_("produk"), blank=True, related_name="packaging_support")
    kind = models.CharField(_("macam bantuan"), max_length=14, choices=PackagingKind)
    given_on = models.DateField(_("diberikan pada"))
    given_by = models.CharField(_("diberikan oleh"), max_length=120, help_text=_("Misalnya: Rumah Kemasan provinsi."))
    # Null: not counted.
    quantity = models.PositiveIntegerField(_("jumlah"), null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=40, blank=True, help_text=_("lembar, dus, alat."))
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    history = Traced(personal=("note",))

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


class PackagingPhoto(Photo):
    """How the packaging looked, before or after. For the file alone until an officer cleared its use."""

    support = models.ForeignKey(PackagingSupport, on_delete=models.CASCADE, related_name="photos")
    moment = models.CharField(_("saat"), max_length=6, choices=PackagingMoment)
    # Blank, unlike those of other photos: many are taken for the file and never asked about.
    credit = models.CharField(_("pemotret"), max_length=120, blank=True)
    usage_right = models.CharField(
        _("hak pakai"), max_length=200, blank=True, help_text=_("Dari siapa izin diperoleh dan kapan.")
    )
    is_cleared = models.BooleanField(
        _("boleh tampil di halaman produk"),
        default=False,
        help_text=_("Tampil bila foto sebelum dan sesudah keduanya boleh, dan produknya terbit."),
    )

    history = Traced(of=("support",))

    class Meta(Photo.Meta):
        verbose_name = _("foto kemasan")
        verbose_name_plural = _("foto kemasan")
        constraints = [
            *Photo.Meta.constraints,
            models.UniqueConstraint(
                fields=["support", "moment"],
                name="products_packagingphoto_once_a_moment",
                violation_error_message=_("Satu foto sebelum dan satu foto sesudah."),
            ),
            models.CheckConstraint(
                condition=Q(is_cleared=False) | (~Q(credit="") & ~Q(usage_right="")),
                name="products_packagingphoto_cleared_has_right",
                violation_error_message=_("Foto yang boleh tampil perlu nama pemotret dan hak pakainya."),
            ),
        ]
