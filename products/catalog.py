"""The list of products as a declaration (semarang_ikm.shared.listing), for pages, print and catalogue alike."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from products.distance import Origin, from_business, from_sentra
from products.facets import FacetedCatalog
from products.matching import kelurahan_chosen, product_condition
from products.models import Product
from semarang_ikm.shared.list_request import Selection


class ProductCatalog(FacetedCatalog):
    kind = "produk"
    title = _("Produk")
    feed_name = "product_feed"
    sorts = {
        "relevan": (),
        "nama": ("sort_name", "pk"),
        "terbaru": ("-published_at", "-pk"),
        "jarak": (),
    }

    def rows(self) -> QuerySet:
        return Product.objects.published()

    def for_page(self, rows: Any) -> QuerySet:
        return rows.for_list()

    def condition(self, selection: Selection) -> Q:
        return product_condition(selection)

    def counts(self, key: str, selection: Selection, q: str) -> Mapping[str, int]:
        if key == "jenis":
            return _tally(self.narrow(selection, q), "product_type__ancestors__slug")
        if key in ("kec", "kel"):
            rows, chosen = self.narrow(selection, q), kelurahan_chosen(selection)
            field = "kelurahan__kecamatan__slug" if key == "kec" else "kelurahan__slug"
            of_business, of_sentra = rows.filter(ikm__isnull=False), rows.filter(sentra__isnull=False)
            if chosen is not None:
                # A sentra with several places counts for the chosen ones only.
                of_sentra = of_sentra.filter(sentra__locations__kelurahan__in=chosen)
            # A product belongs to a business or to a sentra, never to both: the two tallies do not overlap.
            first = _tally(of_business, f"ikm__{field}")
            second = _tally(of_sentra, f"sentra__locations__{field}", repeats=True)
            return {value: first.get(value, 0) + second.get(value, 0) for value in {*first, *second}}
        return super().counts(key, selection, q)

    def distance_from(self, origin: Origin):
        return Coalesce(from_business(origin, "ikm", "ikm__kelurahan"), from_sentra(origin, "sentra"))


def _tally(rows: QuerySet, field: str, *, repeats: bool = False) -> dict[str, int]:
    """Rows per value of the field. `repeats`: its joins give one row one value several times over."""
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk", distinct=repeats)).values_list(field, "n"))
