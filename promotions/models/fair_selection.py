"""How the places of a promotion are given out: the rules, what officers decided, and the outcome as it was accepted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from promotions.choices import DecisionKind
from promotions.models.promotion import Promotion
from semarang_ikm.shared.models import Timestamped
from semarang_ikm.shared.tracing import Traced
from sentra.models import Ikm, Kecamatan, ProductType, Sentra

MOST_PLACES = 500


def _in_order(low: str, high: str) -> Q:
    return Q(**{f"{high}__isnull": True}) | Q(**{f"{high}__gte": F(low)})


class FairSelection(Timestamped):
    """The rules in plain fields. While it is accepted nothing of it changes: the outcome is what the minutes print."""

    promotion = models.OneToOneField(
        Promotion, verbose_name=_("acara atau promosi"), on_delete=models.PROTECT, related_name="selection"
    )
    places = models.PositiveSmallIntegerField(_("jumlah tempat"), default=48)
    # Of the places, rounded down to whole ones. Null: any share.
    food_at_most_percent = models.PositiveSmallIntegerField(
        _("pangan paling banyak (%)"),
        null=True,
        blank=True,
        default=50,
        help_text=_("Bagian dari jumlah tempat, dibulatkan ke bawah. Kosong: tanpa batas."),
    )
    each_kecamatan_at_least = models.PositiveSmallIntegerField(
        _("setiap kecamatan paling sedikit"),
        default=1,
        help_text=_("Juga kecamatan yang belum punya usaha siap tampil; kekurangannya lalu disebutkan."),
    )
    each_kecamatan_at_most = models.PositiveSmallIntegerField(
        _("setiap kecamatan paling banyak"), null=True, blank=True, help_text=_("Kosong: tanpa batas.")
    )
    each_sentra_at_least = models.PositiveSmallIntegerField(_("setiap sentra paling sedikit"), default=0)
    each_sentra_at_most = models.PositiveSmallIntegerField(
        _("setiap sentra paling banyak"), null=True, blank=True, default=3, help_text=_("Kosong: tanpa batas.")
    )
    needs_photo = models.BooleanField(_("punya foto produk"), default=True)
    needs_price = models.BooleanField(
        _("punya harga"), default=True, help_text=_("Paling lama dua belas bulan sebelum hari ini.")
    )
    needs_print_consent = models.BooleanField(
        _("setuju tampil di cetakan"),
        default=True,
        help_text=_("Ada persetujuan untuk media cetak; bila namanya nama orang, juga untuk namanya."),
    )
    needs_certificate = models.BooleanField(
        _("pangan: sertifikat berlaku pada hari acara"),
        default=True,
        help_text=_("Sertifikat pangan yang sudah diperiksa petugas."),
    )
    product_types = models.ManyToManyField(
        ProductType,
        verbose_name=_("hanya jenis produk ini"),
        blank=True,
        related_name="+",
        help_text=_("Kosong: semua jenis. Suatu jenis berarti juga semua jenis di bawahnya."),
    )
    # Null: not accepted yet.
    accepted_at = models.DateTimeField(_("diterima pada"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("diterima oleh"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # promotions.selecting.record.Record as plain values: codes and reasons, never a name of a business; with `entered`, the
    # codes whose lines in the ledger the acceptance wrote.
    outcome = models.JSONField(default=dict, blank=True, editable=False)

    # The outcome is its own record: written once; one that was opened again is kept in SelectionReopening.
    history = Traced(by_actions=("accepted_at", "accepted_by"), leave=("outcome",))

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("seleksi peserta")
        verbose_name_plural = _("seleksi peserta")
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES),
                name="promotions_selection_places_in_range",
                violation_error_message=_("Jumlah tempat antara 1 dan 500."),
            ),
            models.CheckConstraint(
                condition=Q(food_at_most_percent__isnull=True) | Q(food_at_most_percent__lte=100),
                name="promotions_selection_food_share_is_a_share",
                violation_error_message=_("Bagian pangan paling banyak 100 persen."),
            ),
            models.CheckConstraint(
                condition=_in_order("each_kecamatan_at_least", "each_kecamatan_at_most"),
                name="promotions_selection_kecamatan_in_order",
                violation_error_message=_("Batas atas tiap kecamatan lebih kecil daripada batas bawahnya."),
            ),
            models.CheckConstraint(
                condition=_in_order("each_sentra_at_least", "each_sentra_at_most"),
                name="promotions_selection_sentra_in_order",
                violation_error_message=_("Batas atas tiap sentra lebih kecil daripada batas bawahnya."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="promotions_selection_accepted_by_somebody",
                violation_error_message=_("Yang diterima punya waktu dan nama petugas yang menerima."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.promotion)

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None


class SelectionRule(models.Model):
    """A bound for one kecamatan, sentra or product type; it stands in place of the general one."""

    selection = models.ForeignKey(FairSelection, on_delete=models.CASCADE, related_name="rules")
    kecamatan = models.ForeignKey(
        Kecamatan, verbose_name=_("kecamatan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("atau sentra"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    product_type = models.ForeignKey(
        ProductType,
        verbose_name=_("atau jenis produk"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at_least = models.PositiveSmallIntegerField(_("paling sedikit"), default=0)
    # Null: any number.
    at_most = models.PositiveSmallIntegerField(_("paling banyak"), null=True, blank=True)

    history = Traced(of=("selection",))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("aturan khusus")
        verbose_name_plural = _("aturan khusus")
        constraints = [
            models.CheckConstraint(
                condition=Q(kecamatan__isnull=False, sentra__isnull=True, product_type__isnull=True)
                | Q(kecamatan__isnull=True, sentra__isnull=False, product_type__isnull=True)
                | Q(kecamatan__isnull=True, sentra__isnull=True, product_type__isnull=False),
                name="promotions_selectionrule_about_one_thing",
                violation_error_message=_("Pilih satu saja: kecamatan, sentra, atau jenis produk."),
            ),
            models.CheckConstraint(
                condition=_in_order("at_least", "at_most"),
                name="promotions_selectionrule_in_order",
                violation_error_message=_("Batas atas lebih kecil daripada batas bawah."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["selection", name],
                    name=f"promotions_selectionrule_{name}_once",
                    violation_error_message=_("Aturan ini sudah ada; ubah barisnya."),
                )
                for name in ("kecamatan", "sentra", "product_type")
            ),
        ]

    def __str__(self) -> str:
        return str(self.kecamatan or self.sentra or self.product_type)


class SelectionDecision(models.Model):
    """An officer puts a business in, or leaves it out, whatever the rules say. The reason is printed."""

    selection = models.ForeignKey(FairSelection, on_delete=models.CASCADE, related_name="decisions")
    ikm = models.ForeignKey(Ikm, verbose_name=_("usaha"), on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("keputusan"), max_length=7, choices=DecisionKind)
    # Blank only in forms: the constraint below refuses it with its sentence.
    reason = models.CharField(_("alasan"), max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    history = Traced(of=("selection",))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("keputusan petugas")
        verbose_name_plural = _("keputusan petugas")
        constraints = [
            models.UniqueConstraint(
                fields=["selection", "ikm"],
                name="promotions_decision_once_a_business",
                violation_error_message=_("Usaha ini sudah diputuskan; ubah keputusannya."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="promotions_decision_has_a_reason",
                violation_error_message=_("Tulis alasannya: ia dicetak dalam berita acara."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ikm.code}: {self.get_kind_display()}"
