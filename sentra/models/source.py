from django.db import models
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.tracing import Traced
from sentra.choices import Confidence


class Source(models.Model):
    """Who said something, where and when. Every figure points to one."""

    key = models.SlugField(_("kunci"), max_length=60, unique=True, help_text=_("Nama pendek, misalnya: solopos-2017."))
    publisher = models.CharField(_("penerbit"), max_length=120)
    title = models.CharField(_("judul atau isi"), max_length=250)
    # Blank: the full address was not kept; `title` then names the page well enough to find it.
    url = models.URLField(_("alamat web"), max_length=400, blank=True)
    # Null: the page carries no date.
    published_on = models.DateField(_("tanggal"), null=True, blank=True)
    date_precision = models.CharField(
        _("ketelitian tanggal"), max_length=5, choices=DatePrecision, default=DatePrecision.DAY
    )
    confidence = models.CharField(_("tingkat kepercayaan"), max_length=1, choices=Confidence)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    history = Traced()

    class Meta:
        ordering = ["publisher", "published_on"]
        verbose_name = _("sumber")
        verbose_name_plural = _("sumber")

    def __str__(self) -> str:
        year = f" {self.published_on.year}" if self.published_on else ""
        return f"{self.publisher}{year}: {self.title}"
