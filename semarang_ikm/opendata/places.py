"""Where a record stands, and how exactly that may be said."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from semarang_ikm.opendata.fields import NOT_KNOWN, Field
from semarang_ikm.opendata.kinds import CHOICE, CODE, NUMBER, TEXT
from sentra.models import Kelurahan, SentraLocation


class Precision(TextChoices):
    """What a point means."""

    EXACT = "exact", _("titiknya sendiri")
    KELURAHAN = "kelurahan", _("titik tengah kelurahannya, bukan tempatnya")


Point = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Place:
    """A kelurahan, and a point of one's own (latitude, longitude in degrees) where that is public."""

    kelurahan: Kelurahan | None = None
    own_point: Point | None = None

    @property
    def point(self) -> Point | None:
        """The own point, else the label point of the kelurahan."""
        if self.own_point is None and self.kelurahan is not None:
            return self.kelurahan.latitude, self.kelurahan.longitude
        return self.own_point

    @property
    def latitude(self) -> Decimal | None:
        return self.point[0] if self.point else None

    @property
    def longitude(self) -> Decimal | None:
        return self.point[1] if self.point else None

    @property
    def precision(self) -> str | None:
        if self.point is None:
            return None
        return Precision.EXACT if self.own_point else Precision.KELURAHAN


NOWHERE = Place()


def place_of(location: SentraLocation | None) -> Place:
    """The public place of a sentra."""
    if location is None:
        return NOWHERE
    point = None
    if location.latitude is not None and location.longitude is not None:
        point = (location.latitude, location.longitude)
    return Place(location.kelurahan, point)


def _kelurahan(attribute: str):
    return lambda row: getattr(row.place.kelurahan, attribute, None)


def _kecamatan(attribute: str):
    return lambda row: getattr(getattr(row.place.kelurahan, "kecamatan", None), attribute, None)


PLACE = (
    Field("kecamatan", CODE, _("Kecamatan, seperti pada kunci kec"), _kecamatan("slug"), empty=NOT_KNOWN),
    Field("kecamatan_name", TEXT, _("Nama kecamatan"), _kecamatan("name"), empty=NOT_KNOWN),
    Field("kelurahan", CODE, _("Kelurahan, seperti pada kunci kel"), _kelurahan("slug"), empty=NOT_KNOWN),
    Field("kelurahan_name", TEXT, _("Nama kelurahan"), _kelurahan("name"), empty=NOT_KNOWN),
    Field("kelurahan_code", CODE, _("Kode Kemendagri kelurahan"), _kelurahan("code"), empty=NOT_KNOWN),
)
POINT = (
    Field("latitude", NUMBER, _("Lintang"), lambda row: row.place.latitude, empty=NOT_KNOWN, unit=_("derajat, WGS 84")),
    Field("longitude", NUMBER, _("Bujur"), lambda row: row.place.longitude, empty=NOT_KNOWN, unit=_("derajat, WGS 84")),
)
PRECISION = Field(
    "location_precision",
    CHOICE,
    _("Arti titik itu"),
    lambda row: row.place.precision,
    empty=NOT_KNOWN,
    choices=Precision,
)
