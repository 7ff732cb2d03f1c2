"""The list of products and the page of one."""

from collections.abc import Mapping
from typing import Any

from products.badges import badges
from products.catalog import ProductCatalog
from products.enquiries import about_product
from products.models import Product
from products.packaging import shown_on
from products.sharing import product_card
from products.structured import product_page
from promotions.ledger import history_of_product
from semarang_ikm.shared.addresses import Address, RecordView
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.list_view import FilteredListView
from semarang_ikm.shared.time import today
from sentra.addresses import by_slug
from sentra.consent import disclose, screen_and_paper

SIMILAR_SHOWN = 4
SHOWN_AT = 3


class ProductListView(FilteredListView):
    catalog_class = ProductCatalog
    template_name = "products/product_list.html"
    print_template_name = "products/product_list_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """On paper only what was consented to for paper may stand, names included."""
        context = super().get_context_data(**kwargs)
        if self.listing.request.printing:
            rows = self.listing.rows
            disclosed = disclose({row.ikm or row.sentra for row in rows}, Channel.PRINT)
            context["printed_on"] = today()
            context["printed"] = [(row, disclosed[row.ikm or row.sentra]) for row in rows]
        return context


class ProductView(RecordView):
    template_name = "products/product.html"

    def find(self, slug: str) -> Address:
        return by_slug(Product.objects.published().for_detail().prefetch_related("certifications__kind__rules"), slug)

    def context(self, record: Product) -> dict[str, Any]:
        same_type = Product.objects.published().filter(product_type=record.product_type).exclude(pk=record.pk)
        group = record.group
        disclosure, paper = screen_and_paper(record.maker, self.printing)
        return {
            "product": record,
            "card": product_card(record),
            "disclosure": disclosure,
            "paper": paper,
            "message": about_product(record, disclosure),
            "packaging": shown_on(record),
            "sentra": group if group and group.is_published else None,
            "badges": badges(record.certifications.all()),
            "history": list(history_of_product(record)[:SHOWN_AT]),
            "similar": same_type.for_list(self.channel).by_name()[:SIMILAR_SHOWN],
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return product_page(context)
