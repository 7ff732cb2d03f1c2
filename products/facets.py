"""The facets that all lists share: their values, in order, with words people use."""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import F, FloatField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from products.matching import PRICE_BANDS
from products.models import CertificateKind
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.listing import ANY, Catalog, Request, Selection
from sentra.models import Kecamatan, Kelurahan, ProductType, SentraLocation
from sentra.search import Query, parse

Label = tuple[str, str, int]
# East-west degrees are this much shorter than north-south ones at Semarang (cosine of 7 degrees south).
LONGITUDE_SCALE = 0.9925


class FacetedCatalog(Catalog):
    """A catalog with the facets of the contract. One instance serves one request and asks for each value list once."""

    _read: tuple[str, Query] | None = None

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

    def text_condition(self, q: str) -> Q:
        return self._query(q).condition()

    def _query(self, q: str) -> Query:
        """The words, read once for all the counts of a page."""
        if self._read is None or self._read[0] != q:
            self._read = (q, parse(q))
        return self._read[1]

    def available_sorts(self, request: Request) -> list[str]:
        """`relevan` needs words, `jarak` needs a place to measure from."""
        needs = {"relevan": bool(request.q), "jarak": "kel" in request.selection or "kec" in request.selection}
        return [value for value in self.sorts if needs.get(value, True)]

    def order(self, rows: QuerySet, request: Request) -> QuerySet:
        sort = request.sort or ("relevan" if request.q else self.default_sort)
        if sort == "relevan":
            return rows.annotate(relevance=self._query(request.q).rank()).order_by("relevance", "sort_name", "pk")
        if sort == "jarak":
            return rows.annotate(distance=self._distance(request)).order_by("distance", "sort_name", "pk")
        return rows.order_by(*self.sorts[sort])

    # -- values ---------------------------------------------------------------------------------------------------

    @cached_property
    def _types(self) -> list[Label]:
        children: dict[int | None, list[ProductType]] = {}
        for kind in ProductType.objects.all():
            children.setdefault(kind.parent_id, []).append(kind)

        def walk(parent: int | None, depth: int) -> Iterable[Label]:
            for kind in children.get(parent, []):
                yield kind.slug, in_language(kind, "name"), depth
                yield from walk(kind.pk, depth + 1)

        return list(walk(None, 0))

    @cached_property
    def _kecamatan(self) -> list[Label]:
        return [(slug, name, 0) for slug, name in Kecamatan.objects.order_by("name").values_list("slug", "name")]

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
        return [(slug, name, 0) for slug, name in rows.values_list("slug", "name")]

    @cached_property
    def _certificates(self) -> list[Label]:
        return [(slug, name, 0) for slug, name in CertificateKind.objects.values_list("slug", "name")]

    @property
    def _price_bands(self) -> list[Label]:
        words = [_("sampai Rp25.000"), _("Rp25.000–Rp100.000"), _("di atas Rp100.000")]
        return [(value, word, 0) for value, word in zip(PRICE_BANDS, words, strict=True)]

    # -- distance -------------------------------------------------------------------------------------------------

    def _distance(self, request: Request):
        """Squared distance in degrees from the chosen place's label point; rows without a place come last."""
        origin: Kelurahan | Kecamatan
        if "kel" in request.selection:
            origin = Kelurahan.objects.get(slug=request.selection["kel"][0])
        else:
            origin = Kecamatan.objects.get(slug=request.selection["kec"][0])
        return Coalesce(
            self.distance_from(float(origin.latitude), float(origin.longitude)), Value(1e9), output_field=FloatField()
        )

    def distance_from(self, latitude: float, longitude: float):
        raise LookupError("a catalog that sorts by distance says where its rows are")


def squared_distance(latitude_field: str, longitude_field: str, latitude: float, longitude: float):
    north = Cast(F(latitude_field), FloatField()) - Value(latitude)
    east = (Cast(F(longitude_field), FloatField()) - Value(longitude)) * Value(LONGITUDE_SCALE)
    return north * north + east * east


def nearest_location(sentra_reference: str, latitude: float, longitude: float) -> Subquery:
    """The squared distance of a sentra's nearest location; the kelurahan's label point stands in for a missing one."""
    places = SentraLocation.objects.filter(sentra=OuterRef(sentra_reference)).annotate(
        north=Coalesce("latitude", "kelurahan__latitude"), east=Coalesce("longitude", "kelurahan__longitude")
    )
    nearest = places.annotate(d=squared_distance("north", "east", latitude, longitude)).order_by("d")
    return Subquery(nearest.values("d")[:1], output_field=FloatField())
