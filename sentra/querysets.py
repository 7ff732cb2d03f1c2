"""What the pages of the sentra app read: visibility first, then one method per page with every join it needs."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Concat

from semarang_ikm.shared.choices import Channel, PublicationStatus
from semarang_ikm.shared.querysets import PublishableQuerySet
from semarang_ikm.shared.time import today
from sentra.choices import PersonalField


class ProductTypeQuerySet(models.QuerySet):
    def with_lineage(self) -> Self:
        """Each type with its parent, for breadcrumbs and trees."""
        return self.select_related("parent")


class SentraQuerySet(PublishableQuerySet):
    def with_places(self) -> Self:
        return self.prefetch_related("locations__kelurahan__kecamatan")

    def with_business_count(self) -> Self:
        """Adds `business_count`: published businesses of the sentra."""
        return self.annotate(
            business_count=Count("ikm", filter=Q(ikm__status=PublicationStatus.PUBLISHED), distinct=True)
        )

    def for_list(self) -> Self:
        """Everything a card shows."""
        return self.with_places().with_business_count().prefetch_related("product_types", "photos")

    def for_detail(self) -> Self:
        """Everything the page of one sentra shows of its own."""
        return self.with_places().prefetch_related(
            "product_types",
            "photos",
            "sources",
            "locations__source",
            "figures__source",
            "open_questions__sources",
        )


class IkmQuerySet(PublishableQuerySet):
    def with_public_name(self, channel: str = Channel.WEB) -> Self:
        """Adds `public_name`: the name as the consent gate lets it out on this channel."""
        return self.annotate(public_name=public_name(channel))

    def for_list(self, channel: str = Channel.WEB) -> Self:
        """Everything a card shows."""
        return (
            self.with_public_name(channel)
            .select_related("sentra", "kelurahan__kecamatan")
            .prefetch_related("product_types")
        )

    def for_detail(self, channel: str = Channel.WEB) -> Self:
        return self.for_list(channel).prefetch_related("sources")


def public_name(channel: str, ikm: str = "") -> Case:
    """The SQL form of the gate for business names: a personal name needs a receipt, else "Usaha U-230" stands there.

    `ikm` is the relation that leads to the business ("" on Ikm itself, "ikm__" on a product).
    """
    from sentra.models import ConsentScope  # models import this module

    consented: Any = Exists(
        ConsentScope.objects.filter(
            consent__ikm=OuterRef(f"{ikm}pk"),
            field=PersonalField.NAME,
            channel=channel,
            withdrawn_on__isnull=True,
            consent__given_on__lte=today(),
        )
    )
    return Case(
        When(Q(**{f"{ikm}name_is_personal": False}), then=F(f"{ikm}name")),
        When(consented, then=F(f"{ikm}name")),
        default=Concat(Value("Usaha "), F(f"{ikm}code")),
        output_field=models.CharField(),
    )
