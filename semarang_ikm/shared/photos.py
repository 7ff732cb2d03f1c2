"""What every photo carries: who took it, that we may use it, and words for those who cannot see it."""

import secrets
from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Widths of the kept copies (px). The master itself is at most MASTER_EDGE on its longer side.
WEB_WIDTHS = (160, 320, 480, 960)
MASTER_EDGE = 2400


def photo_path(instance: models.Model, filename: str) -> str:
    """An own random name: the uploaded name may hold a person's name, and must not be guessable for drafts."""
    token = secrets.token_hex(12)
    return f"foto/{token[:2]}/{token}.jpg"


class Photo(models.Model):
    """An image that passed semarang_ikm.shared.images: upright, sRGB, re-encoded, without metadata."""

    image = models.ImageField(
        _("foto"),
        upload_to=photo_path,
        width_field="width",
        height_field="height",
        help_text=_("JPEG, PNG, atau WebP, paling besar 15 MB. Sebaiknya selebar 1.000 piksel atau lebih."),
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("teks pengganti"), max_length=160, help_text=_("Apa yang terlihat, misalnya: kain batik cokelat dijemur.")
    )
    alt_en = models.CharField(_("teks pengganti (Inggris)"), max_length=160, blank=True)
    credit = models.CharField(_("pemotret"), max_length=120, help_text=_("Nama yang dicantumkan di samping foto."))
    usage_right = models.CharField(
        _("hak pakai"), max_length=200, help_text=_("Dari siapa izin diperoleh dan kapan. Tidak tampil di situs.")
    )
    # True needs the date of a consent; the constraint below refuses the photo otherwise.
    shows_people = models.BooleanField(_("ada orang yang dikenali"), default=False)
    portrait_consent_on = models.DateField(_("persetujuan orang di foto, tanggal"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_people=False) | Q(portrait_consent_on__isnull=False),
                name="%(app_label)s_%(class)s_people_consented",
                violation_error_message=_("Foto dengan orang yang dikenali perlu tanggal persetujuan orang itu."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def copy_name(self, width: int) -> str:
        """The storage name of the WebP copy of this width (semarang_ikm.shared.images.write_copies)."""
        return copy_name(self.image.name, width)


def copy_name(master: str, width: int) -> str:
    path = PurePosixPath(master)
    return str(path.with_name(f"{path.stem}-{width}.webp"))
