"""Businesses as the ledger sees them: when each was last promoted, how often, and whether it is ready to be shown."""

from datetime import date, timedelta
from typing import Self

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateField,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from products.matching import PRICE_FILTER_DAYS
from products.models import Certification, Product, ProductPhoto
from products.querysets import ProductQuerySet
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.choices import ActivityStatus
from sentra.models import ProductType
from sentra.querysets import IkmQuerySet


def _counted(at: date, before: date | None = None) -> QuerySet:
    """The ledger's lines of one business that count on that day: past, not cancelled, and `before` a day where given."""
    from promotions.models import Appearance  # models import this module

    lines = Appearance.objects.filter(ikm=OuterRef("pk"), appeared_on__lte=at, promotion__cancelled_on__isnull=True)
    return lines.filter(appeared_on__lt=before) if before else lines


def ever_promoted(at: date | None = None) -> Exists:
    """Whether a business has appeared by that day (default: today), for a query of businesses."""
    return Exists(_counted(at or today()))


def last_promoted(at: date | None = None, before: date | None = None) -> Subquery:
    """The last day on which a business appeared, for a query of businesses; NULL: never."""
    lines = _counted(at or today(), before).order_by().values("ikm")
    return Subquery(lines.annotate(last=Max("appeared_on")).values("last"), output_field=DateField())


def times_promoted(at: date | None = None) -> Coalesce:
    """On how many promotions a business appeared, for a query of businesses."""
    lines = _counted(at or today()).order_by().values("ikm")
    counted = lines.annotate(n=Count("promotion", distinct=True)).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def ready_products(at: date | None = None) -> ProductQuerySet:
    """Public products of businesses with a photo, a price of the last twelve months and, for food, a food certificate
    in force that day: what a fair selection asks for by default (promotions.selecting.gathering counts the same)."""
    at = at or today()
    lineage = ProductType.ancestors.through._default_manager
    food = lineage.filter(to_producttype__is_food=True).values("from_producttype")
    valid = Certification.objects.valid_on(at).filter(kind__for_food_only=True).order_by()
    certified = Q(pk__in=valid.filter(products__isnull=False).values("products"))
    certified |= Q(ikm__in=valid.filter(products__isnull=True).values("ikm"))
    return Product.objects.published().filter(
        ~Q(product_type__in=food) | certified,
        Exists(ProductPhoto.objects.filter(product=OuterRef("pk"))),
        ikm__isnull=False,
        price_min__isnull=False,
        price_on__gte=at - timedelta(days=PRICE_FILTER_DAYS),
    )


class LedgerQuerySet(IkmQuerySet):
    def with_ledger(self, at: date | None = None) -> Self:
        """Adds `last`, `times` and `is_ready`: the last promotion, on how many it was, whether it can be shown today."""
        # Not a sub-select for each row: asked once, however many businesses there are.
        shown = Q(pk__in=ready_products(at).order_by().values("ikm"))
        return self.with_consent(Channel.PRINT).annotate(
            last=last_promoted(at),
            times=times_promoted(at),
            is_ready=Case(
                When(~Q(activity=ActivityStatus.CLOSED) & shown & Q(has_consent=True), then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            ),
        )

    def never_promoted(self) -> Self:
        """After `with_ledger`."""
        return self.filter(last__isnull=True)

    def not_promoted_since(self, day: date) -> Self:
        """After `with_ledger`: last promoted before that day, or never."""
        return self.filter(Q(last__lt=day) | Q(last__isnull=True))
