"""A dataset as a declaration, and a selection of it as rows: keys first, then rows in batches, each read afresh."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Max, QuerySet
from django.http import QueryDict

from semarang_ikm.opendata.fields import Field, Json, record_of
from semarang_ikm.opendata.places import NOWHERE, Place
from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.list_request import Request
from semarang_ikm.shared.listing import Catalog, Listing
from sentra.consent import Disclosure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Rows held at once: some 25 MB of records with all that they show.
BATCH = 250


@dataclass(frozen=True)
class Row:
    """One record with all that its fields read: what of it may leave as open data, where it is, and `extra`, which
    is its dataset's own."""

    record: Any
    disclosure: Disclosure | None = None
    place: Place = NOWHERE
    extra: Any = None


class Dataset:
    """What one dataset is made of. Subclasses declare; nothing here knows a file format."""

    name: ClassVar[str]
    title: ClassVar["StrOrPromise"]
    about: ClassVar["StrOrPromise"]
    # The field by which a record is found again ("code" or "slug"); "" where rows have none: then no API.
    identity: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    catalog_class: ClassVar[type[Catalog]]
    # The page of the same list, by the name of its address.
    list_name: ClassVar[str]

    def matching(self, catalog: Catalog, asked: Request) -> QuerySet:
        """The rows that an address asks for, unordered."""
        return catalog.narrow(asked.selection, asked.q)

    def keys(self, catalog: Catalog, asked: Request, window: slice) -> Sequence:
        """The keys of these rows in their order: eight bytes a row."""
        shown = catalog.for_page(self.matching(catalog, asked)).prefetch_related(None)
        found = catalog.order(shown, asked).values_list("pk", flat=True)[window]
        return array("q", found.iterator(chunk_size=5_000))

    def rows(self, keys: Sequence) -> list[Row]:
        """The rows of these keys, in their order, without those that are no longer public. The same number of queries
        however many keys."""
        raise LookupError("a dataset reads its rows")

    def find(self, identity: str) -> Address:
        """What a record's own address means today."""
        raise LookupError("a dataset finds its records")

    def updated(self) -> datetime | None:
        """When a public record was last written; None when there is none."""
        newest = self.catalog_class().rows().aggregate(newest=Max("updated_at"))["newest"]
        return newest if isinstance(newest, datetime) else None

    def key_of(self, record: Any) -> Any:
        """The record's key, as `keys` gives it."""
        return record.pk

    def field(self, key: str) -> Field:
        return next(field for field in self.fields if field.key == key)

    def record(self, row: Row) -> dict[str, Json]:
        return record_of(self.fields, row)


@dataclass
class Selection:
    """The part of a dataset that an address asks for, by the keys of its list page."""

    dataset: Dataset
    catalog: Catalog
    asked: Request

    @classmethod
    def read(cls, dataset: Dataset, data: QueryDict) -> "Selection":
        catalog = dataset.catalog_class()
        return cls(dataset, catalog, read_request(catalog, data))

    @cached_property
    def total(self) -> int:
        return self.dataset.matching(self.catalog, self.asked).count()

    @property
    def query_string(self) -> str:
        return self.asked.url()

    @property
    def words(self) -> str:
        """The filters in words; "" without any."""
        return Listing(self.catalog, self.asked, "").sentence

    def page(self, number: int, size: int) -> list[Row]:
        window = slice((number - 1) * size, number * size)
        return self.dataset.rows(self.dataset.keys(self.catalog, self.asked, window))

    def batches(self, limit: int | None = None) -> Iterator[list[Row]]:
        """All rows up to a limit. Their order is settled once and they are read as they go, so that what is withdrawn
        during a download is not in the rest of it, and no cursor stays open for a slow reader."""
        keys = self.dataset.keys(self.catalog, self.asked, slice(limit))
        for start in range(0, len(keys), BATCH):
            yield self.dataset.rows(keys[start : start + BATCH])

    def rows(self, limit: int | None = None) -> Iterator[Row]:
        for batch in self.batches(limit):
            yield from batch


def in_order(rows: QuerySet, keys: Iterable) -> list:
    """The records of these primary keys in the order of the keys; the missing are left out."""
    wanted = list(keys)
    found = {record.pk: record for record in rows.filter(pk__in=wanted)}
    return [found[key] for key in wanted if key in found]
