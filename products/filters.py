"""The list of products as a declaration (semarang_ikm.shared.listing)."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from products.facets import FacetedCatalog, nearest_location, squared_distance
from products.matching import product_condition
from products.models import Product
from semarang_ikm.shared.listing import Selection


class ProductCatalog(FacetedCatalog):
    kind = "produk"
    sorts = {
        "relevan": (),
        "nama": ("sort_name", "pk"),
        "terbaru": ("-published_at", "-pk"),
        "jarak": (),
    }

    def rows(self) -> QuerySet:
        return Product.objects.published()

    def for_page(self, rows: QuerySet) -> QuerySet:
        return rows.for_list()

    def condition(self, selection: Selection) -> Q:
        return product_condition(selection)

    def counts(self, key: str, rows: QuerySet, selection: Selection) -> Mapping[str, int]:
        if key == "jenis":
            return _tally(rows, "product_type__ancestors__slug")
        if key in ("kec", "kel"):
            field = "kelurahan__kecamatan__slug" if key == "kec" else "kelurahan__slug"
            # A product belongs to a business or to a sentra, never to both: the two tallies do not overlap.
            of_business = _tally(rows.filter(ikm__isnull=False), f"ikm__{field}")
            of_sentra = _tally(rows.filter(sentra__isnull=False), f"sentra__locations__{field}")
            return {v: of_business.get(v, 0) + of_sentra.get(v, 0) for v in {*of_business, *of_sentra}}
        return super().counts(key, rows, selection)

    def distance_from(self, latitude: float, longitude: float):
        return Coalesce(
            squared_distance("ikm__kelurahan__latitude", "ikm__kelurahan__longitude", latitude, longitude),
            nearest_location("sentra", latitude, longitude),
        )


def _tally(rows: QuerySet, field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk", distinct=True)).values_list(field, "n"))
