import calendar
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from promotions.choices import EVENT_KINDS, PromotionKind
from promotions.models.partner import Partner
from promotions.querysets import PromotionQuerySet
from semarang_ikm.shared.choices import DatePrecision
from semarang_ikm.shared.models import PUBLISHABLE_PERMISSIONS, Publishable
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import Traced
from sentra.choices import PageKind
from sentra.models import Addressable, Kelurahan, SearchEntry, Sentra, Source


class Promotion(Addressable, SearchEntry, Publishable):
    """An occasion on which businesses were, or will be, shown to others.

    One of the kinds that can be attended is an event (acara) and has a public page of its own.
    """

    PAGE_KIND = PageKind.PROMOTION

    name = models.CharField(_("nama"), max_length=160)
    name_en = models.CharField(_("nama (Inggris)"), max_length=160, blank=True)
    kind = models.CharField(_("macam"), max_length=14, choices=PromotionKind)
    starts_on = models.DateField(_("mulai"))
    # Null: one day only.
    ends_on = models.DateField(_("selesai"), null=True, blank=True)
    date_precision = models.CharField(
        _("ketelitian tanggal"),
        max_length=5,
        choices=DatePrecision,
        default=DatePrecision.DAY,
        help_text=_("Bila hanya bulan atau tahunnya yang diketahui, tulis hari pertamanya."),
    )
    # Wall clock in the city (WIB), the same on each day. Null: no time is given; all day.
    starts_at = models.TimeField(_("pukul"), null=True, blank=True, help_text=_("WIB, berlaku setiap hari acara."))
    # Null: no end is given.
    ends_at = models.TimeField(_("sampai pukul"), null=True, blank=True)
    # Null: it takes place, or took place.
    cancelled_on = models.DateField(
        _("dibatalkan pada"),
        null=True,
        blank=True,
        help_text=_("Halamannya tetap ada dan mengatakannya; kalender yang berlangganan ikut berubah."),
    )
    place = models.CharField(_("tempat"), max_length=160, blank=True, help_text=_("Misalnya: Balai Kota Semarang."))
    # Null: outside the city, or not at a place.
    kelurahan = models.ForeignKey(
        Kelurahan, verbose_name=_("kelurahan"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    description = models.TextField(_("uraian"), blank=True)
    description_en = models.TextField(_("uraian (Inggris)"), blank=True)
    # What came of it, in words; blank until it is over.
    results = models.TextField(_("hasil"), blank=True)
    results_en = models.TextField(_("hasil (Inggris)"), blank=True)
    sentra = models.ManyToManyField(
        Sentra,
        verbose_name=_("sentra yang tampil"),
        blank=True,
        related_name="promotions",
        help_text=_("Bila sentra tampil sebagai satu kelompok. Usaha yang tampil sendiri dicatat di bawah."),
    )
    partners = models.ManyToManyField(Partner, verbose_name=_("mitra"), blank=True, related_name="promotions")
    sources: models.ManyToManyField = models.ManyToManyField(
        Source, verbose_name=_("sumber"), blank=True, related_name="+"
    )

    history = Traced()
    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("promosi")
        verbose_name_plural = _("promosi")
        default_permissions = PUBLISHABLE_PERMISSIONS
        indexes = [models.Index(fields=["status", "kind", "starts_on"], name="promotion_status_start")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="promotions_promotion_dates_in_order",
                violation_error_message=_("Tanggal selesai lebih awal daripada tanggal mulai."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="promotions_promotion_times_in_order",
                violation_error_message=_("Jam selesai perlu jam mulai yang lebih awal."),
            ),
            models.CheckConstraint(
                condition=Q(date_precision=DatePrecision.DAY) | Q(ends_on__isnull=True, starts_at__isnull=True),
                name="promotions_promotion_times_need_days",
                violation_error_message=_("Tanggal selesai dan jam hanya diisi bila harinya diketahui."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts_on.year})"

    def get_absolute_url(self) -> str:
        """The page of an event; only an event has one."""
        return reverse("event", args=[self.starts_on.year, self.slug])

    def get_calendar_url(self) -> str:
        """The calendar file of an event whose days are known."""
        return reverse("event_ics", args=[self.starts_on.year, self.slug])

    def slug_parts(self) -> Iterable[str]:
        return [self.name, str(self.starts_on.year)]

    @property
    def is_event(self) -> bool:
        return self.kind in EVENT_KINDS

    @property
    def has_known_days(self) -> bool:
        return self.date_precision == DatePrecision.DAY

    @property
    def last_day(self) -> date:
        """The last day on which it can still be going on: of a mere month or year, its last."""
        if self.date_precision == DatePrecision.YEAR:
            return self.starts_on.replace(month=12, day=31)
        if self.date_precision == DatePrecision.MONTH:
            days = calendar.monthrange(self.starts_on.year, self.starts_on.month)[1]
            return self.starts_on.replace(day=days)
        return self.ends_on or self.starts_on

    def is_over(self, at: date | None = None) -> bool:
        return self.last_day < (at or today())

    def is_running(self, at: date | None = None) -> bool:
        """Whether it is going on that day (default: today); never said where the days are not known."""
        at = at or today()
        return self.has_known_days and self.cancelled_on is None and self.starts_on <= at <= self.last_day
