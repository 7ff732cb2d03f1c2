from django.db import models
from django.utils.translation import gettext_lazy as _

from promotions.choices import PartnerKind
from semarang_ikm.shared.tracing import Traced
from sentra.models import Source


class Partner(models.Model):
    """An agency or company that helps: customs, water, power, ministries, banks, universities."""

    slug = models.SlugField(_("alamat halaman"), max_length=60, unique=True)
    name = models.CharField(_("nama"), max_length=120, unique=True)
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    kind = models.CharField(_("macam"), max_length=12, choices=PartnerKind)
    role = models.CharField(_("membantu dalam"), max_length=200, help_text=_("Misalnya: ekspor dan kepabeanan."))
    role_en = models.CharField(_("membantu dalam (Inggris)"), max_length=200, blank=True)
    # Where a letter goes: an institution's own details, never a person's. For staff only. Blank: not yet asked.
    addressed_to = models.CharField(
        _("surat ditujukan kepada"), max_length=120, blank=True, help_text=_("Jabatan, misalnya: Direktur Utama.")
    )
    address = models.CharField(_("alamat kantor"), max_length=200, blank=True)
    telephone = models.CharField(_("telepon kantor"), max_length=40, blank=True)
    email = models.EmailField(_("surel kantor"), blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sumber"), blank=True, related_name="+")

    history = Traced()

    class Meta:
        ordering = ["name"]
        verbose_name = _("mitra")
        verbose_name_plural = _("mitra")

    def __str__(self) -> str:
        return self.name
