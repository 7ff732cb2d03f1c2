from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced
from sentra.choices import PageKind, Pattern
from sentra.models.addressable import Addressable
from sentra.querysets import ProductTypeQuerySet


class ProductType(Addressable):
    """What is made (jenis produk), in a small tree: choosing a type means it and everything below it."""

    PAGE_KIND = PageKind.PRODUCT_TYPE

    name = models.CharField(_("nama"), max_length=80, unique=True)
    name_en = models.CharField(_("nama (Inggris)"), max_length=80, blank=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("bagian dari"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        help_text=_("Kosong: jenis utama."),
    )
    # Itself and every type above it; kept by sentra.lineage, so that one join answers "this type or below".
    ancestors = models.ManyToManyField("self", symmetrical=False, related_name="descendants", editable=False)
    description = models.TextField(
        _("penjelasan"), blank=True, help_text=_("Sekitar 60 kata: apa ini, bagaimana dibuat, bagaimana mengenalinya.")
    )
    description_en = models.TextField(_("penjelasan (Inggris)"), blank=True)
    pattern = models.CharField(_("pola"), max_length=12, choices=Pattern, default=Pattern.ASEM)
    is_food = models.BooleanField(_("pangan"), default=False)
    # Blank: no code was found that names it; licences issued earlier carry codes of the earlier edition.
    kbli_code = models.CharField(_("kode KBLI"), max_length=5, blank=True)
    kbli_edition = models.PositiveSmallIntegerField(_("edisi KBLI"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    history = Traced()
    objects = ProductTypeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("jenis produk")
        verbose_name_plural = _("jenis produk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kbli_code="", kbli_edition__isnull=True)
                | (~Q(kbli_code="") & Q(kbli_edition__isnull=False)),
                name="sentra_producttype_kbli_with_edition",
                violation_error_message=_("Isi kode KBLI bersama edisinya, atau kosongkan keduanya."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product_type", args=[self.slug])

    def slug_parts(self) -> Iterable[str]:
        return [self.name]

    def clean(self) -> None:
        super().clean()
        step = self.parent
        while step is not None:
            if step.pk is not None and step.pk == self.pk:
                raise ValidationError({"parent": _("Suatu jenis tidak bisa menjadi bagian dari dirinya sendiri.")})
            step = step.parent
