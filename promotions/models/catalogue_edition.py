"""A numbered edition of the catalogue: planned as rows, frozen as a document, kept as files."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from products.models import Product
from promotions.choices import Density, EditionLanguage, EditionStatus
from promotions.models.promotion import Promotion
from promotions.querysets import CatalogueEditionQuerySet
from semarang_ikm.shared.models import PUBLISHABLE_PERMISSIONS, Timestamped
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import Traced
from sentra.choices import Pattern
from sentra.codes import issue_codes

FOREWORD_WORDS = 220


def _at_most_a_page(text: str) -> None:
    if len(text.split()) > FOREWORD_WORDS:
        raise ValidationError(_("Paling banyak %(words)d kata, supaya muat satu halaman.") % {"words": FOREWORD_WORDS})


class CatalogueEdition(Timestamped):
    """Draft, ready, published, archived. What was published is read from its documents, never from today's rows."""

    code = models.CharField(_("kode"), max_length=20, unique=True, editable=False)
    title = models.CharField(_("judul"), max_length=120, help_text=_("Misalnya: Oleh-oleh Semarang 2027."))
    title_en = models.CharField(_("judul (Inggris)"), max_length=120, blank=True)
    language = models.CharField(_("bahasa"), max_length=4, choices=EditionLanguage, default=EditionLanguage.INDONESIAN)
    # Null: not made for an occasion.
    promotion = models.ForeignKey(
        Promotion, verbose_name=_("acara"), null=True, blank=True, on_delete=models.PROTECT, related_name="editions"
    )
    day = models.DateField(_("hari acara"), help_text=_("Hanya sertifikat yang berlaku pada hari ini yang dimuat."))
    # Blank: the most frequent pattern of what is inside.
    theme = models.CharField(_("motif sampul"), max_length=12, choices=Pattern, blank=True)
    foreword = models.TextField(_("kata pengantar"), blank=True, validators=[_at_most_a_page])
    foreword_en = models.TextField(_("kata pengantar (Inggris)"), blank=True, validators=[_at_most_a_page])
    signed_by = models.CharField(
        _("ditandatangani oleh"), max_length=160, blank=True, help_text=_("Nama dan jabatan di bawah kata pengantar.")
    )
    density = models.CharField(_("kerapatan"), max_length=8, choices=Density, default=Density.COMPACT)
    shows_prices = models.BooleanField(_("memuat harga"), default=True)
    status = models.CharField(
        _("status"), max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT, editable=False
    )
    # A first printing has none; a correction leads to the printing it corrects.
    reprint_of = models.ForeignKey(
        "self",
        verbose_name=_("cetakan sebelumnya"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="reprints",
    )
    printing = models.PositiveSmallIntegerField(_("cetakan ke"), default=1, editable=False)
    # The day of the data; null: not frozen yet.
    frozen_on = models.DateField(_("data per"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diterbitkan oleh"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # How many copies each print shop made, in words; it tells what a withdrawn consent can no longer reach.
    copies_printed = models.CharField(
        _("jumlah cetak"), max_length=120, blank=True, help_text=_("Misalnya: 500 eksemplar, Maret 2027.")
    )

    history = Traced(
        by_actions=("code", "status", "frozen_on", "published_at", "published_by", "printing", "reprint_of")
    )
    objects = CatalogueEditionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("edisi katalog")
        verbose_name_plural = _("edisi katalog")
        default_permissions = PUBLISHABLE_PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[EditionStatus.DRAFT, EditionStatus.READY])
                | Q(published_at__isnull=False, frozen_on__isnull=False),
                name="promotions_edition_published_is_frozen",
                violation_error_message=_("Edisi yang terbit punya tanggal terbit dan tanggal data."),
            ),
            models.CheckConstraint(
                condition=Q(reprint_of__isnull=True, printing=1) | Q(reprint_of__isnull=False, printing__gte=2),
                name="promotions_edition_reprint_is_numbered",
                violation_error_message=_("Cetakan ulang bernomor dua atau lebih, cetakan pertama bernomor satu."),
            ),
            models.UniqueConstraint(
                fields=["reprint_of"],
                name="promotions_edition_one_successor",
                violation_error_message=_("Cetakan ini sudah punya cetakan berikutnya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs) -> None:
        if not self.code:
            (self.code,) = issue_codes(f"E-{today().year}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("edition", args=[self.code])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its documents, Indonesian first."""
        return ("id", "en") if self.language == EditionLanguage.BOTH else (self.language,)

    @property
    def is_open(self) -> bool:
        """Whether its entries and texts may still change."""
        return self.status == EditionStatus.DRAFT


class EditionEntry(models.Model):
    """A product that the edition is to carry, in its place. The code stays when the product is deleted."""

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="entries")
    product = models.ForeignKey(
        Product, verbose_name=_("produk"), null=True, on_delete=models.SET_NULL, related_name="edition_entries"
    )
    code = models.CharField(_("kode"), max_length=20, editable=False)
    position = models.PositiveIntegerField(_("urutan"), default=0)

    history = Traced(of=("edition",))

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("produk dalam edisi")
        verbose_name_plural = _("produk dalam edisi")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"],
                name="promotions_entry_once_an_edition",
                violation_error_message=_("Produk ini sudah ada dalam edisi."),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, **kwargs) -> None:
        if self.product is not None:
            self.code = self.product.code
        super().save(*args, **kwargs)


class EditionWaiver(models.Model):
    """An amber finding of the pre-flight that an officer let pass, and why."""

    edition = models.ForeignKey(CatalogueEdition, on_delete=models.CASCADE, related_name="waivers")
    # Names the finding so that the same one is recognised again: "stale:U-12".
    finding = models.CharField(max_length=80)
    # Blank only in forms: the constraint below refuses it with its sentence.
    reason = models.CharField(_("alasan"), max_length=300, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["finding"]
        verbose_name = _("alasan pengecualian")
        verbose_name_plural = _("alasan pengecualian")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "finding"],
                name="promotions_waiver_once_a_finding",
                violation_error_message=_("Temuan ini sudah diberi alasan."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="promotions_waiver_has_a_reason",
                violation_error_message=_("Tulis alasannya."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding}: {self.reason}"
