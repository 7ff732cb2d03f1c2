"""From the register to candidates. The number of queries does not depend on how many businesses there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef

from products.matching import PRICE_FILTER_DAYS
from products.models import Certification, Product, ProductPhoto
from promotions.choices import Obstacle
from promotions.fair_selection import Candidate, Trait
from promotions.ledger_querysets import last_promoted
from promotions.models import FairSelection
from promotions.selecting.record import Named
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.choices import ActivityStatus
from sentra.models import Ikm, ProductType

# Stands among the types of every business that makes any food. No slug has a colon.
FOOD = ":pangan"
SENTRA = ("sentra__code", "sentra__name", "sentra__name_en")


@dataclass(frozen=True)
class Type:
    """A product type as the selection sees it: `above` are the primary keys of itself and of those above it."""

    slug: str
    is_food: bool
    above: frozenset[int]


@dataclass
class Goods:
    """What one business makes: its types, recorded and of its public products, and per product what that lacks."""

    types: set[int] = field(default_factory=set)
    products: list[tuple[int, set[Obstacle]]] = field(default_factory=list)


@dataclass(frozen=True)
class Gathered:
    """`homes`: kecamatan (slug) and sentra (code) by the code of the business, "" for none."""

    candidates: tuple[Candidate, ...]
    homes: dict[str, tuple[str, str]]
    # The sentra of candidates, by code.
    sentra: dict[str, Named]
    # Primary keys by the code of the business: products that meet every condition, flagships first.
    ready_products: dict[str, tuple[int, ...]]


def gather(selection: FairSelection, at: date | None = None) -> Gathered:
    """Every public business as a candidate for the day of the promotion, as the register stands today (`at`)."""
    at = at or today()
    shelf = _Shelf(selection, at)
    candidates: list[Candidate] = []
    homes: dict[str, tuple[str, str]] = {}
    ready: dict[str, tuple[int, ...]] = {}
    known: dict[str, Named] = {}
    rows = (
        Ikm.objects.published()
        .with_consent(Channel.PRINT)
        .annotate(last=last_promoted(at, before=selection.promotion.starts_on))
        .values_list("pk", "code", "activity", "kelurahan__kecamatan__slug", "has_consent", "last", *SENTRA)
    )
    for pk, code, activity, kecamatan, has_consent, last, sentra, name, name_en in rows.order_by("pk"):
        if sentra:
            known[sentra] = Named(sentra, name, name_en or name)
        goods = shelf.goods[pk]
        obstacles = shelf.obstacles(goods)
        if activity == ActivityStatus.CLOSED:
            obstacles = [Obstacle.CLOSED]
        elif selection.needs_print_consent and not has_consent and obstacles != [Obstacle.OTHER_TYPE]:
            obstacles = [*obstacles, Obstacle.NO_PRINT_CONSENT]
        homes[code] = (kecamatan or "", sentra or "")
        ready[code] = shelf.ready(goods)
        traits = {
            Trait.KECAMATAN: frozenset({kecamatan} if kecamatan else ()),
            Trait.SENTRA: frozenset({sentra} if sentra else ()),
            Trait.TYPE: shelf.traits(goods.types),
        }
        candidates.append(Candidate(code, last, traits, tuple(obstacle.value for obstacle in obstacles)))
    return Gathered(tuple(candidates), homes, known, ready)


class _Shelf:
    """All public products under the conditions of one selection."""

    def __init__(self, selection: FairSelection, at: date) -> None:
        self.selection = selection
        self.oldest_price = at - timedelta(days=PRICE_FILTER_DAYS)
        asked = {kind.pk for kind in selection.product_types.all()}
        self.asks_for_types = bool(asked)
        self.allowed = {pk for pk, kind in self.types.items() if not asked or kind.above & asked}
        self.goods: defaultdict[int, Goods] = defaultdict(Goods)
        for ikm, kind in Ikm.product_types.through._default_manager.values_list("ikm", "producttype"):
            self.goods[ikm].types.add(kind)
        self._add_products()

    @cached_property
    def types(self) -> dict[int, Type]:
        above: defaultdict[int, set[int]] = defaultdict(set)
        through = ProductType.ancestors.through._default_manager
        for kind, ancestor in through.values_list("from_producttype", "to_producttype"):
            above[kind].add(ancestor)
        rows = ProductType.objects.values_list("pk", "slug", "is_food")
        food = {pk for pk, _slug, is_food in rows if is_food}
        return {pk: Type(slug, bool({pk, *above[pk]} & food), frozenset({pk, *above[pk]})) for pk, slug, _own in rows}

    def _add_products(self) -> None:
        certified = self._certified()
        has_photo = Exists(ProductPhoto.objects.filter(product=OuterRef("pk")))
        rows = Product.objects.published().filter(ikm__isnull=False).annotate(has_photo=has_photo)
        for pk, ikm, kind, photo, price, price_on in rows.order_by("-is_flagship", "sort_name", "pk").values_list(
            "pk", "ikm", "product_type", "has_photo", "price_min", "price_on"
        ):
            lacks = set()
            if self.selection.needs_photo and not photo:
                lacks.add(Obstacle.NO_PHOTO)
            if self.selection.needs_price and (price is None or price_on < self.oldest_price):
                lacks.add(Obstacle.NO_PRICE)
            if (
                self.selection.needs_certificate
                and self.types[kind].is_food
                and not {(ikm, pk), (ikm, None)} & certified
            ):
                lacks.add(Obstacle.NO_CERTIFICATE)
            self.goods[ikm].types.add(kind)
            if kind in self.allowed:
                self.goods[ikm].products.append((pk, lacks))

    def _certified(self) -> set[tuple[int, int | None]]:
        """Business and product of each food certificate in force on the day; None: the certificate names no product."""
        if not self.selection.needs_certificate:
            return set()
        valid = Certification.objects.valid_on(self.selection.promotion.starts_on).filter(kind__for_food_only=True)
        return set(valid.values_list("ikm", "products"))

    def obstacles(self, goods: Goods) -> list[Obstacle]:
        """What keeps all its products from being shown; empty where one of them has all that is asked."""
        if self.asks_for_types and not goods.types & self.allowed:
            return [Obstacle.OTHER_TYPE]
        if not goods.products:
            return [Obstacle.NO_PRODUCT] if self._needs_a_product(goods) else []
        if any(not lacks for _pk, lacks in goods.products):
            return []
        common = set.intersection(*(lacks for _pk, lacks in goods.products))
        return [found for found in Obstacle if found in common] or [Obstacle.NO_COMPLETE_PRODUCT]

    def _needs_a_product(self, goods: Goods) -> bool:
        asks = self.selection
        return asks.needs_photo or asks.needs_price or (asks.needs_certificate and self._makes_food(goods.types))

    def _makes_food(self, kinds: Iterable[int]) -> bool:
        return any(self.types[kind].is_food for kind in kinds)

    def traits(self, kinds: Iterable[int]) -> frozenset[str]:
        slugs = {self.types[pk].slug for kind in kinds for pk in self.types[kind].above}
        return frozenset(slugs | ({FOOD} if self._makes_food(kinds) else set()))

    def ready(self, goods: Goods) -> tuple[int, ...]:
        return tuple(pk for pk, lacks in goods.products if not lacks)
