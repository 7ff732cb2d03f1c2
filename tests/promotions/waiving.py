"""What an officer does before publishing: the layout measured, and a reason for every amber finding."""

from promotions.actions.preflight import waive
from promotions.editions.freezing import material_of
from promotions.models import CatalogueEdition, LayoutCheck
from promotions.preflight.checks import examine
from promotions.preflight.measuring import digest_of
from tests import factories


def measured(edition: CatalogueEdition, *flaws: dict) -> None:
    """As if the pages had been laid out now, with these flaws: setting them takes seconds."""
    now = {"digest": digest_of(edition, material_of(edition)), "flaws": list(flaws), "work_state": "done"}
    LayoutCheck.objects.update_or_create(edition=edition, defaults=now)


def waive_all(edition: CatalogueEdition) -> None:
    measured(edition)
    keys = [finding.key for finding in examine(edition).amber]
    if keys:
        waive(edition=edition, keys=keys, reason="Untuk pengujian", by=factories.user())
