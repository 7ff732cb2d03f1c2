"""The filtered list: how an address becomes a page of rows with facets, true counts, chips and a way out when empty.

A list page declares a `Catalog` (which rows, what each facet means, how they sort); everything that is the same for
all lists stands here: reading the address, refusing nothing, links in one fixed key order (docs/contract.md).
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.list_parts import Chip, Facet, Option, Sort, WayOut
from semarang_ikm.shared.list_request import FACET_KEYS, FoundPlace, Place, Request, Selection

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PAGE_SIZE = 24
PRINT_LIMIT = 1000
# Asked of `Catalog.labels` to get every value a key may ever have.
ANY = ("*",)

R = TypeVar("R")


class Catalog:
    """What one list is made of. Subclasses say which rows, what a selection means, and how values are counted.

    `condition` is the only place where a selection gets its meaning: results, counts and predictions all use it.
    """

    kind = ""  # the contract's name of the list: sentra, usaha, produk
    title: "StrOrPromise" = ""
    # The url name of the feed of its newest rows; "" for none.
    feed_name = ""
    facet_keys: tuple[str, ...] = FACET_KEYS
    # value -> order_by; `default_sort` is what an address without `urut` means.
    sorts: Mapping[str, tuple] = {}
    default_sort = "nama"

    def facet_order(self) -> tuple[str, ...]:
        """The facets as the reader of this language looks for them."""
        return self.facet_keys

    def rows(self) -> QuerySet:
        """Every row the public may see, with nothing joined."""
        raise LookupError("a catalog names its rows")

    def for_page(self, rows: Any) -> QuerySet:
        """The rows with what a card shows."""
        return rows

    def title_of(self, row: Any) -> str:
        """The name of a row of `for_page`, as the public may read it."""
        return in_language(row, "name")

    def named(self, keys: Iterable[Any]) -> list[tuple[str, str]]:
        """Name and path of each of these rows."""
        raise LookupError("a catalog names its rows")

    def condition(self, selection: Selection) -> Q:
        """What a selection means for a row: OR inside a key, AND between keys. No joins that repeat rows."""
        raise LookupError("a catalog says what a selection means")

    def text_condition(self, q: str) -> Q:
        raise LookupError("a catalog says how its rows are searched")

    def narrow(self, selection: Selection, q: str = "") -> QuerySet:
        """The public rows that a selection and words leave, unordered, nothing joined."""
        rows = self.rows().filter(self.condition(selection))
        return rows.filter(self.text_condition(q)) if q else rows

    def remember(self, key: Hashable, compute: Callable[[], R]) -> R:
        """What follows from the data and the key alone; a catalog that knows how long the data stand may keep it."""
        return compute()

    def labels(self, key: str, selection: Selection) -> Iterable[tuple[str, str, int]]:
        """The values of a facet in their order: value, label, depth."""
        raise LookupError("a catalog names its values")

    def twin_page(self, key: str, value: str) -> str:
        """The address of the page that a value has of its own; "" for none."""
        return ""

    def legend(self, key: str) -> str:
        return {
            "jenis": _("Jenis produk"),
            "kec": _("Kecamatan"),
            "kel": _("Kelurahan"),
            "sertifikat": _("Sertifikat"),
            "harga": _("Harga"),
            "ekspor": _("Ekspor"),
        }[key]

    def sort_label(self, value: str) -> str:
        return {
            "relevan": _("Paling sesuai"),
            "nama": _("Nama A–Z"),
            "terbaru": _("Terbaru"),
            "usaha": _("Jumlah usaha"),
            "jarak": _("Terdekat"),
        }[value]

    def counts(self, key: str, selection: Selection, q: str) -> Mapping[str, int]:
        """Rows per value of `key` that match the text and, with the value, the `selection` (which is without `key`).

        This form asks one query with a sub-select per value: right for the few values of a closed facet.
        Facets with many values override it with a GROUP BY.
        """
        values = [value for value, _label, _depth in self.labels(key, selection)]
        tallies = {
            f"n{index}": Count("pk", filter=self.condition({**selection, key: (value,)}))
            for index, value in enumerate(values)
        }
        found = self.counted_rows(selection, q).aggregate(**tallies) if tallies else {}
        return {value: found[f"n{index}"] for index, value in enumerate(values)}

    def counted_rows(self, selection: Selection, q: str) -> QuerySet:
        """Rows among which are all that could match with one more facet. Override where a facet can add rows."""
        return self.narrow(selection, q)

    def order(self, rows: QuerySet, request: Request) -> QuerySet:
        """The rows in the order the request names; ties always end in the primary key.

        Where a distance is measured, each row has its `distance`: squared degrees, None when it is not known.
        """
        return rows.order_by(*self.sorts[request.sort or self.usual_sort(request)])

    def usual_sort(self, request: Request) -> str:
        """What an address without `urut` means."""
        return self.default_sort

    def available_sorts(self, request: Request) -> list[str]:
        return list(self.sorts)

    def find_place(self, typed: str) -> FoundPlace:
        """The kelurahan that `dekat` means, from which distances are measured."""
        return FoundPlace()


@dataclass
class Listing:
    """One list page, ready for its template."""

    catalog: Catalog
    request: Request
    path: str

    @property
    def kind(self) -> str:
        return self.catalog.kind

    @property
    def q(self) -> str:
        return self.request.q

    @property
    def ignored(self) -> tuple[str, ...]:
        return self.request.ignored

    def _narrowed(self, selection: Selection) -> QuerySet:
        return self.catalog.narrow(selection, self.q)

    @cached_property
    def matching(self) -> QuerySet:
        """Every row that matches, unordered, nothing joined: what catalogue and exports start from."""
        return self._narrowed(self.request.selection)

    @property
    def _asked(self) -> Hashable:
        """What decides which rows match."""
        return (tuple(self.request.selection.items()), self.q)

    @cached_property
    def total(self) -> int:
        return self.catalog.remember(("total", self._asked), lambda: self.matching.count())

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def page(self) -> int:
        return self.request.page or 1

    @property
    def is_past_end(self) -> bool:
        return self.request.page is None or self.request.page > self.pages

    @property
    def ordered(self) -> QuerySet:
        """The rows of this page, or, in print, all of them up to the limit; not yet asked for."""
        ordered = self.catalog.order(self.catalog.for_page(self.matching), self.request)
        if self.request.printing:
            return ordered[:PRINT_LIMIT]
        start = (self.page - 1) * PAGE_SIZE
        return ordered[start : start + PAGE_SIZE]

    @cached_property
    def keys(self) -> list[int]:
        """The primary keys of the rows of this page."""
        near = self.near.slug if self.near else ""
        shown = (self._asked, near, self.request.sort, self.request.printing, self.page)
        return self.catalog.remember(("keys", shown), lambda: list(self.ordered.values_list("pk", flat=True)))

    @cached_property
    def rows(self) -> list:
        return list(self.ordered)

    @property
    def is_cut(self) -> bool:
        """A printed list that is longer than we print."""
        return self.request.printing and self.total > PRINT_LIMIT

    @property
    def print_limit(self) -> int:
        return PRINT_LIMIT

    @cached_property
    def facets(self) -> list[Facet]:
        return self.catalog.remember(
            ("facets", self._asked),
            lambda: [facet for key in self.catalog.facet_order() if (facet := self._facet(key)).options],
        )

    def _facet(self, key: str) -> Facet:
        others = {k: v for k, v in self.request.selection.items() if k != key}
        labels = list(self.catalog.labels(key, self.request.selection))
        counts = self.catalog.counts(key, others, self.q) if labels else {}
        chosen = self.request.selection.get(key, ())
        options = tuple(
            Option(value=value, label=label, count=counts.get(value, 0), selected=value in chosen, depth=depth)
            for value, label, depth in labels
        )
        return Facet(key=key, legend=self.catalog.legend(key), options=options)

    @cached_property
    def chips(self) -> list[Chip]:
        names = {
            key: {v: label for v, label, _d in self.catalog.labels(key, self.request.selection)}
            for key in self.request.selection
        }
        return [
            Chip(
                key=key,
                value=value,
                label=names[key].get(value, value),
                facet=self.catalog.legend(key),
                url=self.path + self.request.url(selection=self.request.without(key, value)),
            )
            for key in FACET_KEYS
            for value in self.request.selection.get(key, ())
        ]

    @property
    def active_filters(self) -> int:
        return sum(len(values) for values in self.request.selection.values())

    @property
    def clear_url(self) -> str:
        """Without any filter; the words that were searched for stay."""
        return self.path + self.request.url(selection={})

    @property
    def clear_query_url(self) -> str:
        """Without the words; the filters stay."""
        return self.path + self.request.url(q="")

    @property
    def near(self) -> Place | None:
        """Where distances are measured from; no filter."""
        return self.request.near

    @property
    def clear_near_url(self) -> str:
        return self.path + self.request.url(near=None)

    @property
    def near_choices(self) -> list[tuple[str, str]]:
        """What a typed place may mean: label and address."""
        return [(place.label, self.path + self.request.url(near=place)) for place in self.request.near_found.choices]

    @property
    def print_url(self) -> str:
        return self.path + self.request.url(printing=True)

    @property
    def canonical_url(self) -> str:
        """The address that search engines keep: one value alone means the page of that value, else the ordered form."""
        own = self.request.url(page=self.page)
        chosen = [(key, value) for key, values in self.request.selection.items() for value in values]
        if len(chosen) == 1 and own == Request(selection=self.request.selection).url():
            (key, value) = chosen[0]
            return self.catalog.twin_page(key, value) or self.path + own
        return self.path + own

    @property
    def query_string(self) -> str:
        """The filters of this list for another page of the same selection (the catalogue, which has its own order)."""
        return self.request.url(sort="", near=None)

    @property
    def list_url(self) -> str:
        """The list on the screen, from which this one was printed."""
        return self.path + self.request.url()

    @property
    def first_page_url(self) -> str:
        return self.path + self.request.url(printing=self.request.printing)

    def page_url(self, number: int) -> str:
        return self.path + self.request.url(page=number)

    @property
    def previous_url(self) -> str | None:
        return self.page_url(self.page - 1) if self.page > 1 else None

    @property
    def next_url(self) -> str | None:
        return self.page_url(self.page + 1) if self.page < self.pages else None

    @property
    def page_links(self) -> list[tuple[int, str]]:
        """First, last, and the neighbours of this page: number and address."""
        near = {1, self.pages, self.page - 1, self.page, self.page + 1}
        return [(number, self.page_url(number)) for number in sorted(near) if 1 <= number <= self.pages]

    @property
    def sorts(self) -> list[Sort]:
        usual = self.catalog.usual_sort(self.request)
        chosen = self.request.sort or usual
        return [
            Sort(value, self.catalog.sort_label(value), value == chosen, "" if value == usual else value)
            for value in self.catalog.available_sorts(self.request)
        ]

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """For an empty result: each filter or the words dropped alone, with the rows that gives; most rows first."""
        found = [
            WayOut(chip.label, chip.url, self._narrowed(self.request.without(chip.key, chip.value)).count())
            for chip in self.chips[:8]
        ]
        if self.q:
            rows = self.catalog.narrow(self.request.selection)
            found.append(WayOut(f"“{self.q}”", self.clear_query_url, rows.count()))
        return sorted((way for way in found if way.predicted), key=lambda way: -way.predicted)

    @property
    def sentence(self) -> str:
        """The filters in words, for headings and print: "Batik atau Tempe, di Gunungpati"."""
        groups: dict[str, list[str]] = {}
        for chip in self.chips:
            groups.setdefault(chip.facet, []).append(chip.label)
        joined = pgettext("between values of one filter", " atau ")
        parts = [f"{facet}: {joined.join(labels)}" for facet, labels in groups.items()]
        return "; ".join([f"“{self.q}”", *parts] if self.q else parts)
