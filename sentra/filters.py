"""The lists of sentra and of businesses as declarations (semarang_ikm.shared.listing)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from products.distance import Origin, from_business, from_sentra
from products.facets import FacetedCatalog
from products.matching import (
    certificates_of_makers,
    kelurahan_chosen,
    product_part,
    products_of_makers,
    types_below,
)
from semarang_ikm.shared.list_request import Selection
from sentra.models import Ikm, Sentra, SentraLocation


class MakerCatalog(FacetedCatalog):
    """What sentra and businesses share: product facets are met through one and the same product."""

    # How a product, and a certificate's business, leads to the maker.
    product_owner: F | Coalesce
    certificate_owner: str
    place: str  # the relation from the maker to its kelurahan

    def place_condition(self, kelurahan: QuerySet) -> Q:
        raise LookupError("a catalog of makers says where they are")

    def condition(self, selection: Selection) -> Q:
        condition = Q()
        kelurahan = kelurahan_chosen(selection)
        if kelurahan is not None:
            condition &= self.place_condition(kelurahan)
        facets = product_part(selection)
        if set(facets) == {"jenis"}:
            # What a maker declares to make counts even before its products are recorded.
            through = self.rows().model.product_types.through
            owner = f"{self.rows().model._meta.model_name}_id"
            declared = through.objects.filter(producttype__in=types_below(facets["jenis"]))
            condition &= Q(pk__in=declared.values(owner))
        elif facets:
            makers = Q(pk__in=self._owners(products_of_makers(facets)))
            if set(facets) == {"sertifikat"}:
                makers |= Q(pk__in=certificates_of_makers(facets).values(self.certificate_owner))
            condition &= makers
        return condition

    def _owners(self, products: QuerySet) -> QuerySet:
        """The makers of these products, as a sub-select without NULL (which would empty a NOT IN)."""
        return products.annotate(owner=self.product_owner).filter(owner__isnull=False).values("owner")

    def counts(self, key: str, selection: Selection, q: str) -> Mapping[str, int]:
        if key in ("kec", "kel"):
            field = f"{self.place}__kecamatan__slug" if key == "kec" else f"{self.place}__slug"
            rows, chosen = self.narrow(selection, q), kelurahan_chosen(selection)
            if chosen is not None:
                # A sentra with several places counts for the chosen ones only.
                rows = rows.filter(**{f"{self.place}__in": chosen})
            return _tally(rows, field, "pk")
        if key == "jenis":
            facets = product_part(selection)
            if not facets:
                return _tally(self.narrow(selection, q), "product_types__ancestors__slug", "pk")
            # Not the rows of `selection`: those may match through a certificate of their own, a type needs a product.
            makers = self.narrow(_place_part(selection), q)
            products = products_of_makers(facets).annotate(owner=self.product_owner)
            return _tally(products.filter(owner__in=makers.values("pk")), "product_type__ancestors__slug", "owner")
        return super().counts(key, selection, q)

    def counted_rows(self, selection: Selection, q: str) -> QuerySet:
        """A type alone means declared types, with a further facet it means products: either may know more makers."""
        only_type = set(product_part(selection)) == {"jenis"}
        return self.narrow(_place_part(selection) if only_type else selection, q)


def _place_part(selection: Selection) -> Selection:
    return {key: values for key, values in selection.items() if key in ("kec", "kel")}


def _tally(rows: QuerySet, field: str, what: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(n=Count(what, distinct=True)).values_list(field, "n"))


class SentraCatalog(MakerCatalog):
    kind = "sentra"
    title = _("Sentra industri")
    feed_name = "sentra_feed"
    sorts = {
        "relevan": (),
        "nama": ("sort_name", "pk"),
        "terbaru": ("-published_at", "-pk"),
        "usaha": ("-business_count", "sort_name", "pk"),
        "jarak": (),
    }
    product_owner = Coalesce("sentra_id", "ikm__sentra_id")
    certificate_owner = "ikm__sentra"
    place = "locations__kelurahan"

    def rows(self) -> QuerySet:
        return Sentra.objects.published()

    def for_page(self, rows: Any) -> QuerySet:
        return rows.for_list()

    def place_condition(self, kelurahan: QuerySet) -> Q:
        return Q(pk__in=SentraLocation.objects.filter(kelurahan__in=kelurahan).values("sentra"))

    def distance_from(self, origin: Origin):
        return from_sentra(origin, "pk")


class IkmCatalog(MakerCatalog):
    kind = "usaha"
    title = _("Usaha")
    feed_name = "ikm_feed"

    def title_of(self, row: Ikm) -> str:
        return str(row.public_name)  # type: ignore[attr-defined]  # with_public_name adds it

    sorts = {
        "relevan": (),
        "nama": ("sort_name", "pk"),
        "terbaru": ("-published_at", "-pk"),
        "jarak": (),
    }
    product_owner = F("ikm_id")
    certificate_owner = "ikm"
    place = "kelurahan"

    def rows(self) -> QuerySet:
        return Ikm.objects.published()

    def for_page(self, rows: Any) -> QuerySet:
        return rows.for_list()

    def place_condition(self, kelurahan: QuerySet) -> Q:
        return Q(kelurahan__in=kelurahan)

    def distance_from(self, origin: Origin):
        return from_business(origin, "pk", "kelurahan")
