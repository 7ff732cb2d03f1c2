"""What follows the save of a product: search texts, its makers' types, certificates bound to its composition."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.db import transaction
from django.db.models import Model

from products.actions.certificates import composition_changed
from products.actions.publishing import share_types_with_makers
from products.models import Product
from sentra.history import following
from sentra.indexing import refresh_together


def saved(*, record: Model, changed: frozenset[str] = frozenset()) -> None:
    """Call after a record and its rows were written; `changed` names the fields that an officer changed."""
    saved_together([record], {record.pk: changed})


@transaction.atomic
def saved_together(records: Sequence[Model], changed: Mapping[int, frozenset[str]]) -> None:
    """Call after records of one model and their rows were written; `changed` by key as above."""
    if isinstance(records[0], Product):
        products = cast("Sequence[Product]", records)
        share_types_with_makers([product for product in products if product.is_published])
        for product in products:
            if "composition_changed_on" in changed.get(product.pk, ()) and product.composition_changed_on is not None:
                composition_changed(product=product, on=product.composition_changed_on)
    refresh_together(type(records[0]), [record.pk for record in records])


following.register("products", saved=saved_together)
