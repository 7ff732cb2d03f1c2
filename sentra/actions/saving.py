"""What follows a save: one main location, the tree of types, search texts of all that mentions the record."""

from django.db import transaction
from django.db.models import Model

from semarang_ikm.shared import bulk
from sentra.actions.deletion import delete
from sentra.history import following
from sentra.indexing import refresh
from sentra.lineage import rebuild_lineage
from sentra.models import Contact, ProductType, Sentra, SentraLocation


@transaction.atomic
def saved(*, record: Model) -> None:
    """Call after a record and its rows were written."""
    if isinstance(record, Sentra):
        _have_one_main_location(record)
    if isinstance(record, ProductType):
        rebuild_lineage()
    if isinstance(record, Contact):
        owner = record.ikm or record.sentra
        if owner is not None:
            refresh(owner)
        return
    refresh(record)


def _have_one_main_location(sentra: Sentra) -> None:
    """The first location is the main one unless an officer said otherwise."""
    locations = SentraLocation.objects.filter(sentra=sentra)
    if not locations.filter(is_main=True).exists():
        first = locations.order_by("pk").first()
        if first is not None:
            bulk.update(locations.filter(pk=first.pk), is_main=True)


following.register("sentra", saved=lambda record, _changed: saved(record=record), delete=lambda row: delete(record=row))
