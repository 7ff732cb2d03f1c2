"""The city's areas: 16 kecamatan and 177 kelurahan, by Kemendagri code."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.models import exactly_one
from semarang_ikm.shared.tracing import Traced
from sentra.choices import AreaAliasKind

# The city with a margin; a point outside is a typing error (Kota Semarang, degrees WGS 84).
SOUTH, NORTH, WEST, EAST = Decimal("-7.3"), Decimal("-6.8"), Decimal("110.2"), Decimal("110.6")


def within_city(latitude: str = "latitude", longitude: str = "longitude") -> Q:
    """The condition that a point is empty as a whole or lies within the city's box."""
    # A comparison with null is neither true nor false and would let half a point pass: hence the explicit tests.
    return Q(**{f"{latitude}__isnull": True, f"{longitude}__isnull": True}) | Q(
        **{
            f"{latitude}__isnull": False,
            f"{longitude}__isnull": False,
            f"{latitude}__gte": SOUTH,
            f"{latitude}__lte": NORTH,
            f"{longitude}__gte": WEST,
            f"{longitude}__lte": EAST,
        }
    )


class Area(models.Model):
    """What kecamatan and kelurahan share. The point is where a label stands, not a border."""

    code = models.CharField(_("kode Kemendagri"), max_length=13, unique=True)
    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(_("alamat halaman"), max_length=80, unique=True)
    latitude = models.DecimalField(_("lintang"), max_digits=9, decimal_places=6)
    longitude = models.DecimalField(_("bujur"), max_digits=9, decimal_places=6)

    class Meta:
        abstract = True
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=within_city(),
                name="%(app_label)s_%(class)s_point_in_city",
                violation_error_message=_("Titik ini di luar Kota Semarang."),
            )
        ]


class Kecamatan(Area):
    """District; one of 16. Its point is the mean of its kelurahan's points."""

    history = Traced()

    class Meta(Area.Meta):
        verbose_name = _("kecamatan")
        verbose_name_plural = _("kecamatan")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kecamatan", args=[self.slug])


class Kelurahan(Area):
    """Urban ward; one of 177. Two names occur twice (Purwosari, Mangunharjo), so it is never found by name alone."""

    kecamatan = models.ForeignKey(Kecamatan, on_delete=models.PROTECT, related_name="kelurahan")
    # Blank: sources disagree; ask Pos Indonesia before printing.
    postal_code = models.CharField(_("kode pos"), max_length=5, blank=True)

    history = Traced()

    class Meta(Area.Meta):
        verbose_name = _("kelurahan")
        verbose_name_plural = _("kelurahan")
        constraints = [
            *Area.Meta.constraints,
            models.UniqueConstraint(
                fields=["kecamatan", "name"],
                name="sentra_kelurahan_name_once_per_kecamatan",
                violation_error_message=_("Kecamatan ini sudah punya kelurahan dengan nama itu."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} – {self.kecamatan.name}"

    def get_absolute_url(self) -> str:
        return reverse("kelurahan", args=[self.kecamatan.slug, self.slug])


class AreaAlias(models.Model):
    """Another name by which people mean an area, or a place inside it (Malon -> Gunungpati)."""

    kecamatan = models.ForeignKey(
        Kecamatan, on_delete=models.CASCADE, related_name="aliases", null=True, blank=True, verbose_name=_("kecamatan")
    )
    kelurahan = models.ForeignKey(
        Kelurahan, on_delete=models.CASCADE, related_name="aliases", null=True, blank=True, verbose_name=_("kelurahan")
    )
    name = models.CharField(_("nama lain"), max_length=80, help_text=_("Misalnya: Gunung Pati, Kampung Malon."))
    kind = models.CharField(_("macam"), max_length=16, choices=AreaAliasKind, default=AreaAliasKind.SPELLING)
    note = models.CharField(_("catatan"), max_length=200, blank=True)

    history = Traced(of=("kelurahan", "kecamatan"))

    class Meta:
        ordering = ["name"]
        verbose_name = _("nama lain wilayah")
        verbose_name_plural = _("nama lain wilayah")
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("kecamatan", "kelurahan"),
                name="sentra_areaalias_one_area",
                violation_error_message=_("Pilih satu kecamatan atau satu kelurahan, tidak keduanya."),
            ),
            models.UniqueConstraint(
                fields=["kecamatan", "name"],
                name="sentra_areaalias_once_per_kecamatan",
                violation_error_message=_("Nama lain ini sudah ada untuk kecamatan itu."),
            ),
            models.UniqueConstraint(
                fields=["kelurahan", "name"],
                name="sentra_areaalias_once_per_kelurahan",
                violation_error_message=_("Nama lain ini sudah ada untuk kelurahan itu."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area(self) -> Kecamatan | Kelurahan:
        """The one area that is meant."""
        area = self.kelurahan or self.kecamatan
        if area is None:
            raise ValueError("an alias names exactly one area: sentra_areaalias_one_area")
        return area
