"""Querysets that every app builds on."""

from typing import Any, Self

from django.db import models

from semarang_ikm.shared.choices import PublicationStatus


class PublishableQuerySet(models.QuerySet[Any]):
    """The one place that knows which rows the public may see."""

    def published(self) -> Self:
        """Rows of this table that are published themselves. Models whose parents matter override this."""
        return self.filter(status=PublicationStatus.PUBLISHED)

    def archived(self) -> Self:
        """Rows that were taken from the public: their addresses answer 410."""
        return self.filter(status=PublicationStatus.ARCHIVED, published_at__isnull=False)
