"""From the ledger into a plan: businesses that an officer ticked go to a promotion or into a draft edition."""

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from promotions.actions.editions import add_products
from promotions.ledger_querysets import ready_products
from promotions.models import CatalogueEdition

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


class Filled(NamedTuple):
    """How many products are new in the edition, and how many of the businesses have none that is ready."""

    products: int
    without: int


@transaction.atomic
def add_businesses(
    *, edition: CatalogueEdition, businesses: QuerySet, at_most: int, by: "AbstractBaseUser | None"
) -> Filled:
    """Put the ready products of these businesses at the end of a draft, at most so many of each, flagships first."""
    chosen = businesses.order_by().values("pk")
    taken: Counter[int] = Counter()
    products = []
    for product in ready_products().filter(ikm__in=chosen).order_by("ikm", "-is_flagship", "sort_name", "pk"):
        if taken[product.ikm_id] < at_most:
            products.append(product)
        taken[product.ikm_id] += 1
    new = add_products(edition=edition, products=products, by=by)
    return Filled(new, businesses.count() - len(taken))
