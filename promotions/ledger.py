"""What the ledger tells the public: on which occasions a sentra, a business or a product was shown, and who was there."""

from datetime import date

from django.db.models import Q

from products.models import Product
from products.querysets import ProductQuerySet
from promotions.models import Appearance, Promotion
from promotions.querysets import PromotionQuerySet
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.models import Ikm, Sentra
from sentra.querysets import IkmQuerySet, SentraQuerySet, public_name


def history_of_sentra(sentra: Sentra) -> PromotionQuerySet:
    """Where the sentra was shown as a whole, or one of its public businesses."""
    members = Appearance.objects.filter(ikm__in=Ikm.objects.published().filter(sentra=sentra))
    shown = Q(pk__in=members.values("promotion")) | Q(pk__in=sentra.promotions.values("pk"))
    return Promotion.objects.published().filter(shown).for_history()


def history_of_ikm(ikm: Ikm) -> PromotionQuerySet:
    return Promotion.objects.published().filter(pk__in=ikm.appearances.values("promotion")).for_history()


def history_of_product(product: Product, at: date | None = None) -> PromotionQuerySet:
    """Where it has been seen by that day (default: today)."""
    begun = Promotion.objects.published().filter(starts_on__lte=at or today())
    return begun.filter(pk__in=product.appearances.values("promotion")).for_history()


def sentra_of(promotion: Promotion) -> SentraQuerySet:
    """The public sentra that are shown as a whole."""
    return Sentra.objects.published().filter(promotions=promotion).for_list().by_name()


def businesses_of(promotion: Promotion) -> IkmQuerySet:
    """The public businesses with their names for the web (`public_name`) and for paper (`paper_name`)."""
    there = Appearance.objects.filter(promotion=promotion).values("ikm")
    named = Ikm.objects.published().filter(pk__in=there).for_list().annotate(paper_name=public_name(Channel.PRINT))
    return named.by_name()


def products_of(promotion: Promotion) -> ProductQuerySet:
    """The public products that are named in the lines of the ledger."""
    there = Appearance.products.through._default_manager.filter(appearance__promotion=promotion).values("product")
    return Product.objects.published().filter(pk__in=there).for_list().by_name()
