"""Which rows lie in some kecamatan: conditions for officers who work in a part of the city only.

A sentra lies wherever one of its places does. A business lies in its kelurahan; where that is not known, its sentra decides.
`path` leads from the filtered model to the sentra or business: "", "ikm__".
"""

from django.db.models import Q, QuerySet

from sentra.models import SentraLocation

Areas = frozenset[int]


def _sentra_there(areas: Areas) -> QuerySet:
    return SentraLocation.objects.filter(kelurahan__kecamatan__in=areas).values("sentra")


def sentra_within(areas: Areas, relation: str = "pk") -> Q:
    return Q(**{f"{relation}__in": _sentra_there(areas)})


def ikm_within(areas: Areas, path: str = "") -> Q:
    return Q(**{f"{path}kelurahan__kecamatan__in": areas}) | Q(
        **{f"{path}kelurahan__isnull": True, f"{path}sentra__in": _sentra_there(areas)}
    )


def of_sentra(areas: Areas) -> Q:
    """Rows that a sentra owns."""
    return sentra_within(areas, "sentra")


def of_ikm(areas: Areas) -> Q:
    """Rows of a business."""
    return ikm_within(areas, "ikm__")


def of_either(areas: Areas) -> Q:
    """Rows of a business or of a sentra."""
    return of_ikm(areas) | of_sentra(areas)


def kelurahan_within(areas: Areas) -> Q:
    return Q(kecamatan__in=areas)


def kecamatan_within(areas: Areas) -> Q:
    return Q(pk__in=areas)
