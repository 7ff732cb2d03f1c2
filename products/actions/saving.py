"""What follows the save of a product: search texts, its makers' types, certificates bound to its composition."""

from django.db import transaction
from django.db.models import Model

from products.actions.certificates import composition_changed
from products.actions.publishing import share_type_with_makers
from products.models import Product
from sentra.history import following
from sentra.indexing import refresh


@transaction.atomic
def saved(*, record: Model, changed: frozenset[str] = frozenset()) -> None:
    """Call after a record and its rows were written; `changed` names the fields that an officer changed."""
    if isinstance(record, Product):
        if record.is_published:
            share_type_with_makers(record)
        if "composition_changed_on" in changed and record.composition_changed_on is not None:
            composition_changed(product=record, on=record.composition_changed_on)
    refresh(record)


following.register("products", saved=lambda record, changed: saved(record=record, changed=changed))
