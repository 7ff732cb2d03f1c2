"""What a search finds, by kind of thing: the nearest few of each, and the way to the rest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from products.models import Product
from products.querysets import ProductQuerySet
from promotions.models import Promotion
from promotions.querysets import PromotionQuerySet
from semarang_ikm.shared.text import join_search_text, normalise
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra
from sentra.querysets import IkmQuerySet, SentraQuerySet
from sentra.search import Query

SHOWN = 5
# Groups whose best hits are equally good stand in this order.
KINDS = ("sentra", "usaha", "produk", "acara", "wilayah", "jenis")
Rows = SentraQuerySet | IkmQuerySet | ProductQuerySet | PromotionQuerySet


@dataclass(frozen=True)
class Group:
    """Records of one kind, the nearest first. `best`: the first one's score (sentra.search.query), 0 the exact name."""

    kind: str
    rows: tuple[Any, ...]
    total: int
    best: int
    # Where all of them are: their filtered list, or, where no list takes words, the list of everything of this kind.
    all_url: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


def find(query: Query) -> list[Group]:
    """The groups that hold something, the one with the best hit first. The same number of queries for every search."""
    groups = [
        _rows("sentra", Sentra.objects.published(), query, _filtered("sentra_list", query)),
        _rows("usaha", Ikm.objects.published(), query, _filtered("ikm_list", query)),
        _rows("produk", Product.objects.published(), query, _filtered("product_list", query)),
        _rows("acara", Promotion.objects.published().events(), query.without_code, reverse("event_list")),
        _in_memory("wilayah", _areas(), query, "area_list"),
        _in_memory("jenis", _types(), query, "product_type_list"),
    ]
    return sorted((group for group in groups if group.total), key=lambda group: (group.best, KINDS.index(group.kind)))


def finds_anything(query: Query) -> bool:
    """Whether `find` would be empty, at the price of the first hit."""
    condition = query.condition()
    return (
        any(_is_found(query, names, around) for _record, names, around in (*_areas(), *_types()))
        or Sentra.objects.published().filter(condition).exists()
        or Product.objects.published().filter(condition).exists()
        or Ikm.objects.published().filter(condition).exists()
        or Promotion.objects.published().events().filter(query.without_code.condition()).exists()
    )


def _filtered(list_name: str, query: Query) -> str:
    return f"{reverse(list_name)}?{urlencode({'q': query.text})}"


def _rows(kind: str, published: Rows, query: Query, all_url: str) -> Group:
    matching = published.filter(query.condition())
    ranked = matching.for_list().annotate(score=query.rank()).order_by("score", published.model.name_column(), "pk")
    rows = tuple(ranked[:SHOWN])
    return Group(
        kind=kind,
        rows=rows,
        total=matching.count(),
        best=rows[0].score if rows else 0,
        all_url=all_url,
    )


# A thing in memory: the record, the names it goes by, and what lies around it, "" for nothing.
Entry = tuple[Any, tuple[str, ...], str]


def _in_memory(kind: str, entries: Iterable[Entry], query: Query, list_name: str) -> Group:
    found = [
        (_score(query, names, around), names[0], record)
        for record, names, around in entries
        if _is_found(query, names, around)
    ]
    found.sort(key=lambda hit: hit[:2])
    return Group(
        kind=kind,
        rows=tuple(record for _score, _name, record in found[:SHOWN]),
        total=len(found),
        best=found[0][0] if found else 0,
        all_url=reverse(list_name),
    )


def _is_found(query: Query, names: tuple[str, ...], around: str) -> bool:
    """A ward is found by its own name; that of its district around it only tells it from its twin."""
    return query.matches(join_search_text(*names, around)) and query.touches(join_search_text(*names))


def _score(query: Query, names: tuple[str, ...], around: str) -> int:
    spellings = (*names, f"{names[0]} {around}") if around else names
    return min(query.score(join_search_text(name, *spellings), name) for name in spellings)


def _areas() -> Iterator[Entry]:
    """Districts before wards of the same name."""
    for kecamatan in Kecamatan.objects.order_by("name"):
        yield kecamatan, (normalise(kecamatan.name),), ""
    for kelurahan in Kelurahan.objects.select_related("kecamatan").order_by("name", "slug"):
        yield kelurahan, (normalise(kelurahan.name),), normalise(kelurahan.kecamatan.name)


def _types() -> Iterator[Entry]:
    for kind in ProductType.objects.order_by("position", "name"):
        yield kind, tuple(normalise(name) for name in (kind.name, kind.name_en) if name), ""
