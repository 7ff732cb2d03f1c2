"""What follows a save: one main location, the tree of types, search texts of all that mentions the record."""

from collections.abc import Sequence
from typing import cast

from django.db import transaction
from django.db.models import Model

from semarang_ikm.shared import bulk
from sentra.actions.deletion import delete
from sentra.history import following
from sentra.indexing import refresh_together
from sentra.lineage import rebuild_lineage
from sentra.models import Contact, Ikm, ProductType, Sentra, SentraLocation


def saved(*, record: Model) -> None:
    """Call after a record and its rows were written."""
    saved_together([record])


@transaction.atomic
def saved_together(records: Sequence[Model]) -> None:
    """Call after records of one model and their rows were written."""
    model = type(records[0])
    if issubclass(model, Sentra):
        _have_one_main_location([record.pk for record in records])
    if issubclass(model, ProductType):
        rebuild_lineage()
    if issubclass(model, Contact):
        contacts = cast("Sequence[Contact]", records)
        refresh_together(Ikm, [contact.ikm_id for contact in contacts if contact.ikm_id])
        refresh_together(Sentra, [contact.sentra_id for contact in contacts if contact.sentra_id])
        return
    refresh_together(model, [record.pk for record in records])


def _have_one_main_location(sentra: list[int]) -> None:
    """The first location of each is the main one unless an officer said otherwise."""
    locations = SentraLocation.objects.filter(sentra__in=sentra)
    settled = set(locations.filter(is_main=True).values_list("sentra", flat=True))
    first: dict[int, int] = {}
    for key, location in locations.exclude(sentra__in=settled).order_by("pk").values_list("sentra", "pk"):
        first.setdefault(key, location)
    if first:
        bulk.update(locations.filter(pk__in=first.values()), is_main=True)


following.register(
    "sentra", saved=lambda records, _changed: saved_together(records), delete=lambda row: delete(record=row)
)
