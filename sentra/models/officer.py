from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced
from sentra.models.area import Kecamatan


class Officer(models.Model):
    """What this site knows of an account beyond Django's own: where it works, and whether its password is lent."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("akun"), on_delete=models.CASCADE, related_name="officer"
    )
    # Empty: the whole city.
    kecamatan = models.ManyToManyField(
        Kecamatan,
        verbose_name=_("hanya kecamatan"),
        blank=True,
        related_name="+",
        help_text=_("Kosongkan untuk seluruh kota. Bila diisi, data di luar kecamatan ini tidak terbuka baginya."),
    )
    # Set: the password was made by an administrator, opens until then, and must be changed first of all.
    one_time_until = models.DateTimeField(_("kata sandi sekali pakai berlaku sampai"), null=True, blank=True)

    # Told, never put back: who may do what follows rules of its own (semarang_ikm.accounts).
    history = Traced(of=("user",), by_actions=("user", "kecamatan", "one_time_until"))

    class Meta:
        verbose_name = _("petugas")
        verbose_name_plural = _("petugas")

    def __str__(self) -> str:
        return str(self.user)
