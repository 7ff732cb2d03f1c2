"""The facets that all lists share: their values, in order, with words people use."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from products.distance import Origin
from products.matching import PRICE_BANDS
from products.models import CertificateKind
from semarang_ikm.shared.bilingual import in_language, is_english
from semarang_ikm.shared.list_request import FoundPlace, Place, Request, Selection, needs_met
from semarang_ikm.shared.listing import ANY, Catalog
from semarang_ikm.shared.structured import Named, bare
from sentra.areas import find_areas
from sentra.data_version import remember, remember_each
from sentra.models import Kecamatan, Kelurahan, ProductType
from sentra.search import Query, parse

# Beyond so many rows, naming each in every query costs more than searching again.
FOUND_LIMIT = 5000

Label = tuple[str, str, int]
R = TypeVar("R")


class FacetedCatalog(Catalog):
    """A catalog with the facets of the contract. One instance serves one request and asks for each value list once."""

    def __init__(self) -> None:
        self._read: tuple[str, Query] | None = None
        self._own: dict[Hashable, Any] = {}
        self._found: dict[str, Q] = {}

    def facet_order(self) -> tuple[str, ...]:
        """Buyers who read English come for what can be exported."""
        return ("ekspor", *(key for key in self.facet_keys if key != "ekspor")) if is_english() else self.facet_keys

    def labels(self, key: str, selection: Selection) -> Iterable[Label]:
        if key == "kel":
            return self._kelurahan(selection)
        return {
            "jenis": lambda: self._types,
            "kec": lambda: self._kecamatan,
            "sertifikat": lambda: self._certificates,
            "harga": lambda: self._price_bands,
            "ekspor": lambda: [("1", _("Siap ekspor"), 0)],
        }[key]()

    def remember(self, key: Hashable, compute: Callable[[], R]) -> R:
        """From the memory of this request, else of the process."""
        if key not in self._own:
            self._own[key] = remember((type(self), key), compute)
        return self._own[key]

    def text_condition(self, q: str) -> Q:
        """The rows are searched for once: every count of the page then starts from what was found."""
        if q not in self._found:
            words = self._query(q).condition()
            keys = list(self.rows().filter(words).order_by().values_list("pk", flat=True)[: FOUND_LIMIT + 1])
            self._found[q] = Q(pk__in=keys) if len(keys) <= FOUND_LIMIT else words
        return self._found[q]

    def _query(self, q: str) -> Query:
        """The words, read once for all the counts of a page."""
        if self._read is None or self._read[0] != q:
            self._read = (q, parse(q))
        return self._read[1]

    def usual_sort(self, request: Request) -> str:
        return "jarak" if request.near else "relevan" if request.q else self.default_sort

    def available_sorts(self, request: Request) -> list[str]:
        return [sort for sort in self.sorts if needs_met(sort, request.q, request.selection, request.near)]

    def order(self, rows: QuerySet, request: Request) -> QuerySet:
        sort = request.sort or self.usual_sort(request)
        name = rows.model.name_column()
        if request.near or sort == "jarak":
            rows = rows.annotate(distance=self._distance(request))
        if sort == "relevan":
            return rows.annotate(relevance=self._query(request.q).rank()).order_by("relevance", name, "pk")
        if sort == "jarak":
            return rows.order_by(F("distance").asc(nulls_last=True), name, "pk")
        return rows.order_by(*(name if field == "sort_name" else field for field in self.sorts[sort]))

    # -- values ---------------------------------------------------------------------------------------------------

    @property
    def _types(self) -> list[Label]:
        return self.remember("types", self._read_types)

    def _read_types(self) -> list[Label]:
        children: dict[int | None, list[ProductType]] = {}
        for kind in ProductType.objects.all():
            children.setdefault(kind.parent_id, []).append(kind)

        def walk(parent: int | None, depth: int) -> Iterable[Label]:
            for kind in children.get(parent, []):
                yield kind.slug, in_language(kind, "name"), depth
                yield from walk(kind.pk, depth + 1)

        return list(walk(None, 0))

    @property
    def _kecamatan(self) -> list[Label]:
        names = Kecamatan.objects.order_by("name").values_list("slug", "name")
        return self.remember("kecamatan", lambda: [(slug, name, 0) for slug, name in names])

    def _kelurahan(self, selection: Selection) -> list[Label]:
        """Never all 177 at once: those of the chosen kecamatan, or of the kecamatan of a chosen kelurahan."""
        rows = Kelurahan.objects.order_by("name", "slug")
        if selection.get("kel") == ANY:
            pass
        elif "kec" in selection:
            rows = rows.filter(kecamatan__slug__in=selection["kec"])
        elif "kel" in selection:
            rows = rows.filter(kecamatan__kelurahan__slug__in=selection["kel"]).distinct()
        else:
            return []
        names, places = rows.values_list("slug", "name"), (selection.get("kec"), selection.get("kel"))
        return self.remember(("kelurahan", places), lambda: [(slug, name, 0) for slug, name in names])

    @property
    def _certificates(self) -> list[Label]:
        names = CertificateKind.objects.values_list("slug", "name")
        return self.remember("certificates", lambda: [(slug, name, 0) for slug, name in names])

    @property
    def _price_bands(self) -> list[Label]:
        words = [_("sampai Rp25.000"), _("Rp25.000–Rp100.000"), _("di atas Rp100.000")]
        return [(value, word, 0) for value, word in zip(PRICE_BANDS, words, strict=True)]

    def named(self, keys: Iterable[Any]) -> list[Named]:
        def read(missing: list[Any]) -> dict[Any, Named]:
            rows = bare(self.for_page(self.rows()).filter(pk__in=missing))
            return {row.pk: (self.title_of(row), row.get_absolute_url()) for row in rows}

        return remember_each(("named", self.kind), keys, read)

    def twin_page(self, key: str, value: str) -> str:
        if key == "kel":
            area = Kelurahan.objects.select_related("kecamatan").filter(slug=value)
            return self.remember(("address", value), lambda: area[0].get_absolute_url())
        pages = {"jenis": "product_type", "kec": "kecamatan", "sertifikat": "certificate_kind"}
        return reverse(pages[key], args=[value]) if key in pages else ""

    # -- distance -------------------------------------------------------------------------------------------------

    def find_place(self, typed: str) -> FoundPlace:
        return self.remember(("place", typed), lambda: self._find_place(typed))

    def _find_place(self, typed: str) -> FoundPlace:
        """A kelurahan by its slug or by any usual spelling; a kecamatan is narrowed down to one of its kelurahan."""
        kelurahan = Kelurahan.objects.select_related("kecamatan")
        if (area := kelurahan.filter(slug=typed).first()) is not None:
            return FoundPlace(_place(area))
        found = find_areas(typed)
        areas = found.exact or found.suggestions
        meant = [area for area in areas if isinstance(area, Kelurahan)]
        if not meant:
            meant = list(kelurahan.filter(kecamatan__in=[area.pk for area in areas]))
        if found.exact and len(meant) == 1:
            return FoundPlace(_place(meant[0]))
        return FoundPlace(choices=tuple(_place(area) for area in meant), is_close=not found.exact)

    def _distance(self, request: Request):
        """Squared distance in degrees from the place that is asked from, else from the chosen one's label point."""
        if request.near:
            return self.distance_from(Origin(request.near.latitude, request.near.longitude, request.printing))
        chosen: Kelurahan | Kecamatan
        if "kel" in request.selection:
            chosen = Kelurahan.objects.get(slug=request.selection["kel"][0])
        else:
            chosen = Kecamatan.objects.get(slug=request.selection["kec"][0])
        return self.distance_from(Origin(float(chosen.latitude), float(chosen.longitude), request.printing))

    def distance_from(self, origin: Origin):
        raise LookupError("a catalog that sorts by distance says where its rows are")


def _place(area: Kelurahan) -> Place:
    return Place(area.slug, str(area), float(area.latitude), float(area.longitude))
