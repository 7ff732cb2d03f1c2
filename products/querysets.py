"""What the pages of the products app read: visibility first, then one method per page with every join it needs."""

from typing import Self

from django.db import models
from django.db.models import Q

from semarang_ikm.shared.choices import Channel, PublicationStatus
from sentra.querysets import EntryQuerySet, public_name


class ProductQuerySet(EntryQuerySet):
    def published(self) -> Self:
        """Published products whose maker, business or sentra, is published too."""
        return (
            super()
            .published()
            .filter(Q(ikm__status=PublicationStatus.PUBLISHED) | Q(sentra__status=PublicationStatus.PUBLISHED))
        )

    def with_maker_name(self, channel: str = Channel.WEB) -> Self:
        """Adds `maker_name`: the business's name as the consent gate lets it out; "" for products of a sentra."""
        return self.annotate(
            maker_name=models.Case(
                models.When(ikm__isnull=True, then=models.Value("")),
                default=public_name(channel, "ikm__"),
                output_field=models.CharField(),
            )
        )

    def for_list(self, channel: str = Channel.WEB) -> Self:
        """Everything a card shows, badges included."""
        return (
            self.with_maker_name(channel)
            .select_related("product_type", "ikm__kelurahan__kecamatan", "ikm__sentra", "sentra")
            .prefetch_related("photos", "certifications__kind", "sentra__locations__kelurahan__kecamatan")
        )

    def for_detail(self, channel: str = Channel.WEB) -> Self:
        return (
            self.for_list(channel)
            .select_related("product_type__parent", "price_source")
            .prefetch_related("sources", "ikm__product_types")
        )
