from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.models import PUBLISHABLE_PERMISSIONS, Checked, Publishable, ordered_range
from semarang_ikm.shared.tracing import Traced
from sentra.choices import ActivityStatus, IkmKind, PageKind
from sentra.models.addressable import Coded
from sentra.models.area import Kelurahan
from sentra.models.product_type import ProductType
from sentra.models.search_entry import SearchEntry
from sentra.models.sentra import Sentra
from sentra.models.source import Source
from sentra.querysets import IkmQuerySet


class Ikm(Coded, SearchEntry, Publishable, Checked):
    """A small or medium industry: a business or a group. "Usaha" to the public, since that is the word people use."""

    CODE_PREFIX = "U"
    PAGE_KIND = PageKind.IKM

    name = models.CharField(
        _("nama usaha atau kelompok"), max_length=120, help_text=_("Misalnya: KUB Global Milk Fish.")
    )
    name_is_personal = models.BooleanField(
        _("nama usaha adalah nama orang"),
        default=False,
        help_text=_("Bila ya, nama hanya tampil dengan persetujuan; tanpa itu situs menulis kodenya."),
    )
    kind = models.CharField(_("bentuk"), max_length=12, choices=IkmKind, default=IkmKind.UNKNOWN)
    # Null: belongs to no sentra.
    sentra = models.ForeignKey(
        Sentra, verbose_name=_("sentra"), null=True, blank=True, on_delete=models.PROTECT, related_name="ikm"
    )
    # Null: not asked yet. Never inferred from a street: the tofu belt of Tandang straddles a border.
    kelurahan = models.ForeignKey(
        Kelurahan,
        verbose_name=_("kelurahan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ikm",
        help_text=_("Tanyakan; jangan disimpulkan dari nama jalan."),
    )
    product_types = models.ManyToManyField(ProductType, verbose_name=_("jenis produk"), blank=True, related_name="ikm")
    summary = models.CharField(_("ringkasan"), max_length=300, blank=True)
    summary_en = models.CharField(_("ringkasan (Inggris)"), max_length=300, blank=True)
    story = models.TextField(_("cerita"), blank=True, help_text=_("Paling banyak 80 kata."))
    story_en = models.TextField(_("cerita (Inggris)"), blank=True)
    activity = models.CharField(_("keadaan"), max_length=12, choices=ActivityStatus, default=ActivityStatus.UNKNOWN)
    founded = models.PositiveSmallIntegerField(_("berdiri tahun"), null=True, blank=True)
    # Blank: not recorded here, which does not mean that there is none.
    nib = models.CharField(_("NIB"), max_length=13, blank=True, help_text=_("13 angka, misalnya 0220001234567."))
    # Null in the next five: not stated.
    workers = models.PositiveIntegerField(_("jumlah pekerja"), null=True, blank=True)
    workers_as_of = models.DateField(_("jumlah pekerja, keadaan pada"), null=True, blank=True)
    monthly_capacity_min = models.DecimalField(
        _("kapasitas per bulan"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    monthly_capacity_max = models.DecimalField(_("sampai"), max_digits=12, decimal_places=2, null=True, blank=True)
    capacity_unit = models.CharField(_("satuan kapasitas"), max_length=40, blank=True, help_text=_("kg, lembar, buah."))
    capacity_unit_en = models.CharField(_("satuan kapasitas (Inggris)"), max_length=40, blank=True)
    minimum_order = models.CharField(
        _("pesanan minimum"), max_length=80, blank=True, help_text=_("Misalnya: 20 lembar.")
    )
    minimum_order_en = models.CharField(_("pesanan minimum (Inggris)"), max_length=80, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("lama pembuatan (hari)"), null=True, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sumber"), blank=True, related_name="+")
    successor = models.ForeignKey(
        "self", verbose_name=_("dilanjutkan oleh"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    history = Traced(personal=("nib",), by_actions=("code",))
    objects = IkmQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("usaha (IKM)")
        verbose_name_plural = _("usaha (IKM)")
        default_permissions = PUBLISHABLE_PERMISSIONS
        indexes = [
            models.Index(fields=["status", "sort_name"], name="ikm_status_name"),
            models.Index(fields=["status", "-published_at", "-id"], name="ikm_status_newest"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            *Checked.Meta.constraints,
            models.UniqueConstraint(
                fields=["nib"],
                condition=~Q(nib=""),
                name="sentra_ikm_nib_once",
                violation_error_message=_("NIB ini sudah dipakai usaha lain."),
            ),
            models.CheckConstraint(
                condition=ordered_range("monthly_capacity_min", "monthly_capacity_max"),
                name="sentra_ikm_capacity_in_order",
                violation_error_message=_("Kapasitas akhir lebih kecil daripada kapasitas awal."),
            ),
            models.CheckConstraint(
                condition=Q(workers__isnull=True, workers_as_of__isnull=True)
                | Q(workers__isnull=False, workers_as_of__isnull=False),
                name="sentra_ikm_workers_with_date",
                violation_error_message=_("Isi jumlah pekerja bersama tanggal keadaannya, atau kosongkan keduanya."),
            ),
        ]

    def __str__(self) -> str:
        """For staff only; the public sees `public_name` from the consent gate."""
        return f"{self.name} ({self.code})" if self.code else self.name

    def get_absolute_url(self) -> str:
        return reverse("ikm", args=[self.slug])

    def slug_parts(self) -> Iterable[str]:
        """A personal name never becomes part of an address: the address could not be taken back."""
        if self.name_is_personal:
            return [self.code]
        return [self.name, self.sentra.name if self.sentra else ""]

    def person_named(self) -> str:
        return self.name if self.name_is_personal else ""
