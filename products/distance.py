"""How far a row is from a point, in SQL: exact public points first, a kelurahan's label point where there is none."""

from dataclasses import dataclass

from django.db.models import F, FloatField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.geometry import LONGITUDE_SCALE
from sentra.consent import consented_points
from sentra.models import SentraLocation


@dataclass(frozen=True)
class Origin:
    """The point (degrees) that distances are measured from. On paper only points consented to for paper count."""

    latitude: float
    longitude: float
    on_paper: bool = False

    def squared_to(self, latitude_field: str, longitude_field: str):
        """The squared distance in degrees of latitude."""
        north = Cast(F(latitude_field), FloatField()) - Value(self.latitude)
        east = (Cast(F(longitude_field), FloatField()) - Value(self.longitude)) * Value(LONGITUDE_SCALE)
        return north * north + east * east


def from_sentra(origin: Origin, sentra: str) -> Subquery:
    """To the nearest location of the sentra that `sentra` refers to."""
    places = SentraLocation.objects.filter(sentra=OuterRef(sentra)).annotate(
        north=Coalesce("latitude", "kelurahan__latitude"), east=Coalesce("longitude", "kelurahan__longitude")
    )
    nearest = places.annotate(d=origin.squared_to("north", "east")).order_by("d")
    return Subquery(nearest.values("d")[:1], output_field=FloatField())


def from_business(origin: Origin, ikm: str, kelurahan: str) -> Coalesce:
    """To the business that `ikm` refers to; `kelurahan` is the relation to its area."""
    points = consented_points(OuterRef(ikm), Channel.PRINT if origin.on_paper else Channel.WEB)
    exact = points.annotate(d=origin.squared_to("latitude", "longitude")).values("d")[:1]
    return Coalesce(
        Subquery(exact, output_field=FloatField()),
        origin.squared_to(f"{kelurahan}__latitude", f"{kelurahan}__longitude"),
    )
