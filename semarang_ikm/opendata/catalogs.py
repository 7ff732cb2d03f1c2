"""Lists that know fewer keys than those of sentra, businesses and products."""

from django.db.models import QuerySet

from products.facets import FacetedCatalog
from semarang_ikm.shared.list_request import FoundPlace, Request


class PlainCatalog(FacetedCatalog):
    """Rows in the one order that their list page has; nothing is measured from anywhere."""

    def find_place(self, typed: str) -> FoundPlace:
        return FoundPlace()

    def order(self, rows: QuerySet, request: Request) -> QuerySet:
        return rows.order_by(*self.sorts[self.default_sort])
