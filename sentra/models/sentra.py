"""A sentra, where it is, what was said of it, and what is not known."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.models import PUBLISHABLE_PERMISSIONS, Checked, Publishable, ordered_range
from semarang_ikm.shared.tracing import Traced
from sentra.choices import (
    ActivityStatus,
    FigureKind,
    FigureQualifier,
    LocationRole,
    PageKind,
    QuestionKind,
    Recognition,
)
from sentra.models.addressable import Coded
from sentra.models.area import Kelurahan, within_city
from sentra.models.product_type import ProductType
from sentra.models.search_entry import NamedTwice
from sentra.models.source import Source
from sentra.querysets import SentraQuerySet


class Sentra(Coded, NamedTwice, Publishable, Checked):
    """An industry centre: at least five units in one place making like things, or using like materials or
    processes (PP 29/2018). The city's own list is not public, so each row says by whom it is recognised."""

    CODE_PREFIX = "S"
    PAGE_KIND = PageKind.SENTRA

    name = models.CharField(_("nama"), max_length=120, unique=True, help_text=_("Misalnya: Batik Warna Alam Malon."))
    name_en = models.CharField(_("nama (Inggris)"), max_length=120, blank=True)
    product_types = models.ManyToManyField(ProductType, verbose_name=_("jenis produk"), related_name="sentra")
    summary = models.CharField(
        _("ringkasan"),
        max_length=300,
        blank=True,
        help_text=_("Satu atau dua kalimat yang tampil di kartu, paling banyak 300 huruf."),
    )
    summary_en = models.CharField(_("ringkasan (Inggris)"), max_length=300, blank=True)
    description = models.TextField(_("uraian"), blank=True, help_text=_("Sekitar 80 kata. Hanya yang diketahui."))
    description_en = models.TextField(_("uraian (Inggris)"), blank=True)
    recognised_by = models.CharField(
        _("disebut sentra oleh"), max_length=16, choices=Recognition, default=Recognition.PRESS
    )
    activity = models.CharField(_("keadaan"), max_length=12, choices=ActivityStatus, default=ActivityStatus.UNKNOWN)
    activity_note = models.CharField(_("keterangan keadaan"), max_length=300, blank=True)
    activity_note_en = models.CharField(_("keterangan keadaan (Inggris)"), max_length=300, blank=True)
    # Null: nobody asked yet. False is a stated "no".
    welcomes_visitors = models.BooleanField(_("menerima kunjungan"), null=True, blank=True)
    bus_parking = models.BooleanField(_("parkir bus"), null=True, blank=True)
    visiting_hours = models.CharField(
        _("hari dan jam kunjungan"), max_length=120, blank=True, help_text=_("Misalnya: setiap hari 08.00–16.00 WIB.")
    )
    visiting_hours_en = models.CharField(_("hari dan jam kunjungan (Inggris)"), max_length=120, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sumber"), blank=True, related_name="+")
    successor = models.ForeignKey(
        "self",
        verbose_name=_("pindah ke sentra"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Diisi bila sentra ini pindah dan kini tercatat sebagai sentra lain."),
    )

    history = Traced(by_actions=("code",))
    objects = SentraQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        verbose_name = _("sentra")
        verbose_name_plural = _("sentra")
        default_permissions = PUBLISHABLE_PERMISSIONS
        indexes = [
            models.Index(fields=["status", "sort_name"], name="sentra_status_name"),
            models.Index(fields=["status", "sort_name_en"], name="sentra_status_name_en"),
        ]
        constraints = [*Publishable.Meta.constraints, *Checked.Meta.constraints]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name

    def get_absolute_url(self) -> str:
        return reverse("sentra", args=[self.slug])

    def slug_parts(self) -> Iterable[str]:
        return [self.name]


class SentraLocation(models.Model):
    """One place of a sentra, with its role: the metal sentra produces in Tugu and shows in Bugangan."""

    sentra = models.ForeignKey(Sentra, on_delete=models.CASCADE, related_name="locations")
    kelurahan = models.ForeignKey(
        Kelurahan, verbose_name=_("kelurahan"), on_delete=models.PROTECT, related_name="sentra_locations"
    )
    role = models.CharField(_("peran"), max_length=10, choices=LocationRole, default=LocationRole.PRODUCTION)
    is_main = models.BooleanField(_("tempat utama"), default=False)
    # The sentra's public place (a street, a kampung), never a person's house number.
    address = models.CharField(
        _("jalan atau kampung"), max_length=200, blank=True, help_text=_("Misalnya: Kampung Malon, RT 03/RW 06.")
    )
    # Null: the exact point is not known; the kelurahan's label point then stands in, and the page says so.
    latitude = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    # Null start: not known since when. Null end: still in use as far as is known.
    used_from = models.PositiveSmallIntegerField(_("sejak tahun"), null=True, blank=True)
    used_until = models.PositiveSmallIntegerField(_("sampai tahun"), null=True, blank=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    note_en = models.CharField(_("catatan (Inggris)"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("sumber"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    history = Traced(of=("sentra",))

    class Meta:
        ordering = ["-is_main", "pk"]
        verbose_name = _("lokasi")
        verbose_name_plural = _("lokasi")
        constraints = [
            models.CheckConstraint(
                condition=within_city(),
                name="sentra_location_point_in_city",
                violation_error_message=_("Titik ini di luar Kota Semarang, atau hanya terisi separuh."),
            ),
            models.CheckConstraint(
                condition=Q(used_until__isnull=True) | Q(used_from__isnull=True) | Q(used_from__lte=F("used_until")),
                name="sentra_location_years_in_order",
                violation_error_message=_("Tahun berakhir lebih awal daripada tahun mulai."),
            ),
            models.UniqueConstraint(
                fields=["sentra"],
                condition=Q(is_main=True),
                name="sentra_location_one_main",
                violation_error_message=_("Sentra ini sudah punya tempat utama."),
            ),
            models.UniqueConstraint(
                fields=["sentra", "kelurahan", "role"],
                name="sentra_location_once_per_role",
                violation_error_message=_("Sentra ini sudah punya tempat dengan peran itu di kelurahan itu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.kelurahan}"


class Figure(models.Model):
    """A statement with a number: value or range, unit, as-of date and source. Never shown without its date."""

    sentra = models.ForeignKey(Sentra, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(_("macam"), max_length=14, choices=FigureKind)
    label = models.CharField(
        _("tentang"), max_length=120, blank=True, help_text=_("Bila perlu lebih jelas: perajin tempe, kulit kecil.")
    )
    label_en = models.CharField(_("tentang (Inggris)"), max_length=120, blank=True)
    qualifier = models.CharField(_("ketepatan"), max_length=9, choices=FigureQualifier, default=FigureQualifier.EXACT)
    value_min = models.DecimalField(_("nilai"), max_digits=14, decimal_places=2)
    # Null: a single value, not a range.
    value_max = models.DecimalField(_("sampai"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(
        _("satuan"), max_length=40, blank=True, help_text=_("perajin, lembar per hari, Rp per lembar. Kosong: tahun.")
    )
    unit_en = models.CharField(_("satuan (Inggris)"), max_length=40, blank=True)
    as_of = models.DateField(
        _("keadaan pada"), help_text=_("Tanggal pernyataan itu berlaku, bukan tanggal pencatatan.")
    )
    as_of_precision = models.CharField(_("ketelitian"), max_length=5, choices=DatePrecision, default=DatePrecision.YEAR)
    source = models.ForeignKey(Source, verbose_name=_("sumber"), on_delete=models.PROTECT, related_name="figures")
    note = models.CharField(_("catatan"), max_length=300, blank=True)
    note_en = models.CharField(_("catatan (Inggris)"), max_length=300, blank=True)

    history = Traced(of=("sentra",))

    class Meta:
        ordering = ["kind", "-as_of", "pk"]
        verbose_name = _("angka")
        verbose_name_plural = _("angka")
        constraints = [
            models.CheckConstraint(
                condition=ordered_range("value_min", "value_max"),
                name="sentra_figure_range_in_order",
                violation_error_message=_("Nilai akhir lebih kecil daripada nilai awal."),
            ),
            models.CheckConstraint(
                condition=Q(value_min__gte=0),
                name="sentra_figure_not_negative",
                violation_error_message=_("Angka tidak boleh negatif."),
            ),
        ]

    def __str__(self) -> str:
        upper = f"–{self.value_max:f}" if self.value_max is not None else ""
        return f"{self.get_kind_display()}: {self.value_min:f}{upper} {self.unit} ({self.as_of.year})"


class OpenQuestion(models.Model):
    """What sources contradict each other on, or what nobody has written down. Shown, not hidden."""

    sentra = models.ForeignKey(Sentra, on_delete=models.CASCADE, related_name="open_questions")
    kind = models.CharField(_("macam"), max_length=13, choices=QuestionKind)
    text = models.CharField(_("pertanyaan"), max_length=500)
    text_en = models.CharField(_("pertanyaan (Inggris)"), max_length=500, blank=True)
    sources = models.ManyToManyField(Source, verbose_name=_("sumber"), blank=True, related_name="+")
    # Null: still open. A date: an officer settled it then, and it is no longer shown.
    settled_on = models.DateField(_("terjawab pada"), null=True, blank=True)

    history = Traced(of=("sentra",))

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("hal yang belum jelas")
        verbose_name_plural = _("hal yang belum jelas")

    def __str__(self) -> str:
        return self.text
