"""Help with packaging as others show and count it."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from products.choices import PackagingMoment
from products.models import PackagingPhoto, PackagingSupport, Product


@dataclass(frozen=True)
class BeforeAfter:
    """The two photos of one support."""

    support: PackagingSupport
    before: PackagingPhoto
    after: PackagingPhoto


class Given(NamedTuple):
    """How often one kind of help was given, and to how many different businesses."""

    times: int
    businesses: int


def shown_on(product: Product) -> list[BeforeAfter]:
    """What a public page of the product may show: pairs of which both photos are cleared, the latest first. One query."""
    photos = PackagingPhoto.objects.filter(support__products=product, is_cleared=True).select_related("support")
    pairs: dict[PackagingSupport, dict[str, PackagingPhoto]] = {}
    for photo in photos.order_by("-support__given_on", "support"):
        pairs.setdefault(photo.support, {})[photo.moment] = photo
    return [
        BeforeAfter(support, pair[PackagingMoment.BEFORE], pair[PackagingMoment.AFTER])
        for support, pair in pairs.items()
        if len(pair) == len(PackagingMoment)
    ]


def packaging_in(year: int) -> dict[str, Given]:
    """What was given in a year, by kind (products.choices.PackagingKind); kinds without any are absent."""
    counted = PackagingSupport.objects.filter(given_on__year=year).order_by().values_list("kind")
    rows = counted.annotate(times=Count("pk"), businesses=Count("ikm", distinct=True))
    return {kind: Given(times, businesses) for kind, times, businesses in rows}
