from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced


class OfficeProfile(models.Model):
    """The one office that keeps this directory. An empty field is not yet given: pages say so and show no button."""

    name = models.CharField(_("nama dinas"), max_length=120, blank=True, help_text=_("Misalnya: Dinas Perindustrian."))
    name_en = models.CharField(_("nama dinas (Inggris)"), max_length=120, blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    telephone = models.CharField(_("telepon"), max_length=20, blank=True, help_text=_("Misalnya: (024) 000-0000."))
    whatsapp = models.CharField(_("WhatsApp"), max_length=20, blank=True, help_text=_("Misalnya: 0812-0000-0000."))
    email = models.EmailField(_("surel"), blank=True)
    hours = models.CharField(_("jam pelayanan"), max_length=120, blank=True)
    hours_en = models.CharField(_("jam pelayanan (Inggris)"), max_length=120, blank=True)
    reply_promise = models.CharField(
        _("janji jawaban"), max_length=120, blank=True, help_text=_("Misalnya: paling lambat 3 hari kerja.")
    )
    reply_promise_en = models.CharField(_("janji jawaban (Inggris)"), max_length=120, blank=True)
    # The licence of the open data. Empty: the office has granted none, and the site says so.
    data_licence = models.CharField(
        _("lisensi data terbuka"),
        max_length=120,
        blank=True,
        help_text=_("Misalnya: CC BY 4.0. Kosong: belum ada lisensi yang diberikan, dan situs mengatakannya."),
    )
    data_licence_url = models.URLField(_("alamat teks lisensi"), max_length=300, blank=True)
    data_licence_since = models.DateField(_("lisensi berlaku sejak"), null=True, blank=True)
    data_attribution = models.CharField(
        _("sebutan sumber"),
        max_length=200,
        blank=True,
        help_text=_("Baris yang harus disebut oleh pemakai data. Kosong: nama dinas."),
    )

    history = Traced()

    class Meta:
        verbose_name = _("profil dinas")
        verbose_name_plural = _("profil dinas")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=1),
                name="sentra_officeprofile_single",
                violation_error_message=_("Hanya ada satu profil dinas."),
            ),
            models.CheckConstraint(
                condition=Q(data_licence="", data_licence_url="", data_licence_since__isnull=True)
                | (~Q(data_licence="") & ~Q(data_licence_url="") & Q(data_licence_since__isnull=False)),
                name="sentra_officeprofile_licence_whole",
                violation_error_message=_(
                    "Isi nama lisensi bersama alamat teks dan tanggalnya, atau kosongkan ketiganya."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Profil dinas"))

    @classmethod
    def load(cls) -> "OfficeProfile":
        """The stored profile, or an empty one when nothing was entered yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
