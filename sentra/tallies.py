"""How many public records there are, by type and by area: one query each, kept while the data stand."""

from django.db.models import Count, QuerySet

from sentra.data_version import kept
from sentra.models import Ikm, ProductType, Sentra


def tally(rows: QuerySet, field: str) -> dict[str, int]:
    """Distinct rows per value of `field`, which may cross a relation; values without rows are absent."""
    counted = rows.order_by().filter(**{f"{field}__isnull": False}).values_list(field)
    return dict(counted.annotate(n=Count("pk", distinct=True)).values_list(field, "n"))


@kept
def sentra_by_type() -> dict[str, int]:
    """By type slug, types above included."""
    return tally(Sentra.objects.published(), "product_types__ancestors__slug")


@kept
def sentra_by_kecamatan(kind: ProductType | None = None) -> dict[str, int]:
    """Of one type and those below it, if given."""
    sentra = Sentra.objects.published()
    if kind is not None:
        sentra = sentra.of_type(kind)
    return tally(sentra, "locations__kelurahan__kecamatan__slug")


@kept
def sentra_by_kelurahan() -> dict[str, int]:
    return tally(Sentra.objects.published(), "locations__kelurahan__slug")


@kept
def ikm_by_kelurahan() -> dict[str, int]:
    return tally(Ikm.objects.published(), "kelurahan__slug")
