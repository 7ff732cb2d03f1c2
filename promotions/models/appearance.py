from django.db import models
from django.utils.translation import gettext_lazy as _

from products.models import Product
from promotions.models.promotion import Promotion
from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm


class Appearance(Timestamped):
    """One line of the ledger: this business, with these products, appeared here on this day.

    Whoever has no line has never been promoted.
    """

    promotion = models.ForeignKey(
        Promotion, verbose_name=_("promosi"), on_delete=models.PROTECT, related_name="appearances"
    )
    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="appearances")
    products = models.ManyToManyField(Product, verbose_name=_("produk"), blank=True, related_name="appearances")
    appeared_on = models.DateField(_("tampil pada"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    history = Traced(of=("promotion",))

    class Meta:
        ordering = ["-appeared_on", "pk"]
        verbose_name = _("penampilan")
        verbose_name_plural = _("penampilan")
        indexes = [models.Index(fields=["ikm", "-appeared_on"], name="appearance_ikm_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["promotion", "ikm", "appeared_on"],
                name="promotions_appearance_once_a_day",
                violation_error_message=_("Usaha ini sudah tercatat pada promosi itu di tanggal itu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ikm} – {self.promotion}"
