"""What real rows lend to synthetic ones: the city's areas, product types and certificate kinds, unevenly popular."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from products.models import CertificateKind
from sentra.indexing import type_words
from sentra.models import Kelurahan, ProductType

T = TypeVar("T")

# Of a hundred certificates, by kind; a kind not named here counts as one.
KIND_SHARES = {"halal": 38, "p-irt": 34, "merek": 14, "sni": 4, "bpom-md": 4, "batikmark": 2}


@dataclass
class Weighted(Generic[T]):
    """Things of which some are picked far more often than others."""

    things: Sequence[T]
    cumulative: Sequence[float]

    @classmethod
    def by_rank(cls, things: Sequence[T], rng: Random) -> "Weighted[T]":
        """In a random order of popularity; the n-th is picked in proportion to 1 / (n + 2), as places and words are."""
        order = list(things)
        rng.shuffle(order)
        return cls(order, list(accumulate(1 / (rank + 3) for rank in range(len(order)))))

    @classmethod
    def by_weight(cls, things: Sequence[T], weights: Sequence[float]) -> "Weighted[T]":
        return cls(things, list(accumulate(weights)))

    def pick(self, rng: Random) -> T:
        return rng.choices(self.things, cum_weights=self.cumulative)[0]

    def several(self, rng: Random, count: int) -> list[T]:
        """Up to `count` different ones, in the order of picking."""
        return list(dict.fromkeys(rng.choices(self.things, cum_weights=self.cumulative, k=count)))


@dataclass(frozen=True)
class Kind:
    """A product type that something can be: one without types below it. `words`: see sentra.indexing.type_words."""

    pk: int
    slug: str
    name: str
    name_en: str
    is_food: bool
    rank: int
    words: tuple[str, ...]


class City:
    """Reference rows, read once, in an order that does not depend on the database."""

    def __init__(self, rng: Random) -> None:
        types = list(ProductType.objects.prefetch_related("ancestors"))
        parents = {kind.parent_id for kind in types}
        leaves = [
            Kind(
                pk=kind.pk,
                slug=kind.slug,
                name=kind.name,
                name_en=kind.name_en or kind.name,
                is_food=kind.is_food,
                rank=rank,
                words=tuple(type_words([kind])),
            )
            for rank, kind in enumerate(types)
            if kind.pk not in parents
        ]
        self.types = Weighted.by_rank(sorted(leaves, key=lambda kind: kind.slug), rng)
        self.kelurahan = Weighted.by_rank(list(Kelurahan.objects.select_related("kecamatan").order_by("code")), rng)
        kinds = list(CertificateKind.objects.prefetch_related("rules").order_by("slug"))
        self.all_kinds = self._weighted(kinds)
        self.kinds_without_food = self._weighted([kind for kind in kinds if not kind.for_food_only])

    @staticmethod
    def _weighted(kinds: list[CertificateKind]) -> Weighted[CertificateKind]:
        return Weighted.by_weight(kinds, [KIND_SHARES.get(kind.slug, 1) for kind in kinds])
