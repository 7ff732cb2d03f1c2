"""The public keys of every list, declared with django-filter: nothing else in an address is ever read."""

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict

from semarang_ikm.shared.list_request import FACET_KEYS, KEYS, MAX_QUERY_LENGTH, FoundPlace, Request, Selection
from semarang_ikm.shared.listing import ANY, Catalog


class ListFilterSet(django_filters.FilterSet):
    """Names, types and allowed values of the keys; what they mean for rows is the catalog's to say."""

    q = django_filters.CharFilter()
    jenis = django_filters.MultipleChoiceFilter()
    kec = django_filters.MultipleChoiceFilter()
    kel = django_filters.MultipleChoiceFilter()
    sertifikat = django_filters.MultipleChoiceFilter()
    harga = django_filters.MultipleChoiceFilter()
    ekspor = django_filters.MultipleChoiceFilter()
    dekat = django_filters.CharFilter()

    def __init__(self, data: QueryDict, catalog: Catalog) -> None:
        super().__init__(data, queryset=catalog.rows())
        self.catalog = catalog
        for key in FACET_KEYS:
            # Values are looked up for the keys in use only.
            asked = key in catalog.facet_keys and any(data.getlist(key))
            labels = catalog.labels(key, {key: ANY}) if asked else []
            self.filters[key].extra["choices"] = [(value, label) for value, label, _depth in labels]

    def split(self, key: str) -> tuple[tuple[str, ...], list[str]]:
        """The values given for a facet: those it knows, each once and in order, and the others."""
        values = [value for value in dict.fromkeys(self.data.getlist(key)) if value]
        known = tuple(sorted(value for value in values if self.form.fields[key].valid_value(value)))
        return known, [value for value in values if value not in known]

    @property
    def selection(self) -> Selection:
        return {key: known for key in FACET_KEYS if (known := self.split(key)[0])}

    @property
    def words(self) -> str:
        return self._text("q")

    @property
    def near(self) -> str:
        """The place that distances are asked from, as it was typed."""
        return self._text("dekat")

    def _text(self, key: str) -> str:
        return " ".join(self.data.get(key, "").split())[:MAX_QUERY_LENGTH]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return self.catalog.narrow(self.selection, self.words)


def read_request(catalog: Catalog, data: QueryDict) -> Request:
    """Read an address. Whatever is unknown is set aside, never refused; `page` is None when it is no page number."""
    filterset = ListFilterSet(data, catalog)
    ignored = [f"{key}={data.get(key, '')}" for key in data if key not in KEYS]
    ignored += [f"{key}={value}" for key in FACET_KEYS for value in filterset.split(key)[1]]
    found = catalog.find_place(filterset.near) if filterset.near else FoundPlace()
    if filterset.near and not found.place and (found.is_close or not found.choices):
        ignored.append(f"dekat={filterset.near}")
    asked = Request(q=filterset.words, selection=filterset.selection, near=found.place)
    sort = data.get("urut", "")
    if sort and sort not in catalog.available_sorts(asked):
        ignored.append(f"urut={sort}")
        sort = ""
    printing = data.get("cetak", "")
    if printing not in ("", "1"):
        ignored.append(f"cetak={printing}")
    return Request(
        q=asked.q,
        selection=asked.selection,
        near=asked.near,
        sort=sort,
        page=_page_number(data.get("hal", "1")),
        printing=printing == "1",
        ignored=tuple(ignored),
        near_typed="" if found.place else filterset.near,
        near_found=found,
    )


def _page_number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0
    return number or None
