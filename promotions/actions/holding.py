"""Who works on an edition waits for whoever is at it."""

from django.db import models

from promotions.models import CatalogueEdition


def hold(edition: CatalogueEdition) -> None:
    """Hold the row until commit, and take over what another officer may just have done to it."""
    edition.refresh_from_db(from_queryset=CatalogueEdition.objects.select_for_update())


def hold_all_unpublished() -> None:
    """An edition that is being frozen comes first, or waits until commit: whoever holds them all misses none of the two."""
    rows: models.QuerySet = CatalogueEdition.objects.select_for_update().filter(published_at__isnull=True)
    list(rows.order_by("pk").values_list("pk"))
