"""Product types: all of them, and the page of one."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from products.models import CertificateKind, Product
from products.tallies import products_by_type
from semarang_ikm.shared.addresses import Address, RecordView
from sentra.addresses import by_slug
from sentra.data_version import remember
from sentra.models import ProductType, Sentra
from sentra.sharing import type_card
from sentra.structured import type_list_page, type_page
from sentra.tallies import sentra_by_type
from sentra.type_tree import front_types, type_tree

SENTRA_SHOWN = 12
PRODUCTS_SHOWN = 8


@require_safe
def product_type_list(request: HttpRequest) -> HttpResponse:
    tree = type_tree()
    context = {
        "tree": tree,
        "front_types": front_types(tree),
        "sentra_by_type": sentra_by_type(),
        "products_by_type": products_by_type(),
    }
    return render(request, "sentra/product_type_list.html", {**context, "structured": type_list_page(context)})


class ProductTypeView(RecordView):
    template_name = "sentra/product_type.html"

    def find(self, slug: str) -> Address:
        return by_slug(ProductType.objects.with_lineage(), slug)

    def context(self, record: ProductType) -> dict[str, Any]:
        below = ProductType.objects.filter(ancestors=record)
        of_type = Sentra.product_types.through.objects.filter(producttype__in=below)
        sentra = Sentra.objects.published().filter(pk__in=of_type.values("sentra"))
        products = Product.objects.published().filter(product_type__in=below)
        kinds = CertificateKind.objects.all()
        return {
            "type": record,
            "card": type_card(record),
            "children": list(record.children.all()),
            "sentra_by_type": sentra_by_type(),
            "sentra": sentra.for_list().by_name()[:SENTRA_SHOWN],
            "sentra_total": sentra.count(),
            "products": products.for_list().by_name()[:PRODUCTS_SHOWN],
            "products_total": products.count(),
            "certificate_kinds": kinds if record.is_food else kinds.filter(for_food_only=False),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return remember(("structured", self.expanded, "type", context["type"].slug), lambda: type_page(context))
