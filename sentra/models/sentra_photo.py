from django.db import models
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.tracing import Traced
from sentra.models.sentra import Sentra


class SentraPhoto(Photo):
    """A picture of the place or the work of a sentra."""

    sentra = models.ForeignKey(Sentra, on_delete=models.CASCADE, related_name="photos")

    history = Traced(of=("sentra",))

    class Meta(Photo.Meta):
        verbose_name = _("foto sentra")
        verbose_name_plural = _("foto sentra")
