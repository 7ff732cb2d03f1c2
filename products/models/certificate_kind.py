from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.tracing import Traced
from sentra.models import Source


class CertificateKind(models.Model):
    """A kind of certificate in plain words: what it promises, what it does not, who issues it, how to check it."""

    slug = models.SlugField(_("alamat halaman"), max_length=20, unique=True)
    name = models.CharField(_("nama pendek"), max_length=40, help_text=_("Misalnya: Halal, P-IRT."))
    full_name = models.CharField(_("nama lengkap"), max_length=160)
    full_name_en = models.CharField(_("nama lengkap (Inggris)"), max_length=160, blank=True)
    issuer = models.CharField(_("penerbit"), max_length=160)
    issuer_en = models.CharField(_("penerbit (Inggris)"), max_length=160, blank=True)
    promise = models.TextField(_("yang dijamin"))
    promise_en = models.TextField(_("yang dijamin (Inggris)"), blank=True)
    limits = models.TextField(_("yang tidak dijamin"))
    limits_en = models.TextField(_("yang tidak dijamin (Inggris)"), blank=True)
    # Blank: the form of the number could not be established.
    number_format = models.CharField(_("bentuk nomor"), max_length=200, blank=True)
    number_format_en = models.CharField(_("bentuk nomor (Inggris)"), max_length=200, blank=True)
    how_to_check = models.TextField(_("cara memeriksa"), blank=True)
    how_to_check_en = models.TextField(_("cara memeriksa (Inggris)"), blank=True)
    # Blank: no source tells it.
    how_to_get = models.TextField(
        _("cara memperolehnya"), blank=True, help_text=_("Untuk usaha. Aturan berubah: sebut tahun sumbernya.")
    )
    how_to_get_en = models.TextField(_("cara memperolehnya (Inggris)"), blank=True)
    how_to_get_source = models.ForeignKey(
        Source,
        verbose_name=_("sumber cara memperolehnya"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    for_food_only = models.BooleanField(_("hanya untuk pangan"), default=False)
    # Days before its end at which a certificate counts as ending (P-IRT asks for renewal six months ahead).
    lead_time_days = models.PositiveSmallIntegerField(_("mulai diingatkan (hari sebelum habis)"), default=60)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    history = Traced()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("jenis sertifikat")
        verbose_name_plural = _("jenis sertifikat")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("certificate_kind", args=[self.slug])

    def rule_on(self, day: date) -> "CertificationRule | None":
        """The rule for certificates issued on that day, or None when no rule is recorded for it."""
        return next(
            (
                rule
                for rule in self.rules.all()
                if (rule.in_force_from is None or rule.in_force_from <= day)
                and (rule.in_force_until is None or rule.in_force_until >= day)
            ),
            None,
        )


class CertificationRule(models.Model):
    """How long a certificate issued in a period is valid. A dated row, because the law changes."""

    kind = models.ForeignKey(CertificateKind, on_delete=models.CASCADE, related_name="rules")
    # Null start: the beginning of the rule was not established. Null end: in force as far as is known.
    in_force_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    in_force_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    # Null: no fixed end, or not known; `has_fixed_end` tells which.
    validity_months = models.PositiveSmallIntegerField(_("masa berlaku (bulan)"), null=True, blank=True)
    # Null: not established whether certificates under this rule end.
    has_fixed_end = models.BooleanField(_("punya tanggal akhir"), null=True, blank=True)
    condition = models.CharField(
        _("syarat"), max_length=250, blank=True, help_text=_("Misalnya: selama bahan dan proses tidak berubah.")
    )
    condition_en = models.CharField(_("syarat (Inggris)"), max_length=250, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("sumber"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rule_checked_on = models.DateField(_("aturan diperiksa pada"))

    history = Traced(of=("kind",))

    class Meta:
        # The present rule first; one whose beginning is not known is the oldest, on both databases.
        ordering = ["kind", F("in_force_from").desc(nulls_last=True)]
        verbose_name = _("aturan masa berlaku")
        verbose_name_plural = _("aturan masa berlaku")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_until__isnull=True)
                | Q(in_force_from__isnull=True)
                | Q(in_force_until__gte=F("in_force_from")),
                name="products_rule_period_in_order",
                violation_error_message=_("Aturan berakhir sebelum dimulai."),
            ),
            models.CheckConstraint(
                condition=Q(validity_months__isnull=True) | Q(has_fixed_end__isnull=False, has_fixed_end=True),
                name="products_rule_months_need_fixed_end",
                violation_error_message=_("Masa berlaku dalam bulan hanya untuk aturan yang punya tanggal akhir."),
            ),
        ]

    @property
    def validity_years(self) -> int | None:
        """The validity in years where it is a whole number of them, as people say it."""
        return self.validity_months // 12 if self.validity_months and self.validity_months % 12 == 0 else None

    def __str__(self) -> str:
        return f"{self.kind} {self.in_force_from or ''}–{self.in_force_until or ''}"
