"""The Atom feed of new products."""

from django.utils.translation import gettext as _

from products.models import Product
from products.querysets import ProductQuerySet
from products.sharing import product_card
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.cards import Card
from semarang_ikm.shared.feeds import SHOWN, NewestFeed


class ProductFeed(NewestFeed):
    list_name, feed_name = "product_list", "product_feed"

    def title(self) -> str:
        return _("Produk terbaru buatan Semarang")

    def items(self) -> ProductQuerySet:
        return Product.objects.published().for_list().order_by("-published_at", "-pk")[:SHOWN]

    def card(self, item: Product) -> Card:
        return product_card(item)

    def summary(self, item: Product) -> str:
        return in_language(item, "summary")
