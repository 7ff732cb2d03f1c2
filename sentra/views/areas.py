"""Areas in three levels: the city, a kecamatan, a kelurahan."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.generic import View

from products.matching import product_condition
from products.models import Product
from semarang_ikm.shared.addresses import Address, RecordView
from sentra.areas import FoundAreas, filled_kelurahan, find_areas, nearest, nearest_with_distance
from sentra.data_version import remember
from sentra.map.city import city_map, close_map, kelurahan_dot, place_map
from sentra.models import Ikm, Kecamatan, Kelurahan, ProductType, Sentra, SentraLocation
from sentra.sharing import kecamatan_card, kelurahan_card
from sentra.structured import area_list_page, kecamatan_page, kelurahan_page
from sentra.tallies import ikm_by_kelurahan, sentra_by_kecamatan, sentra_by_kelurahan

CARDS_SHOWN = 8
NEIGHBOURS_SHOWN = 4
NEARBY_SHOWN = 8
# Seconds. Label points move only when the city redraws its areas.
POINTS_MAX_AGE = 3600


class AreaListView(View):
    """All areas; `?nama=` leads to the area that bears the name, or to a short choice."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        name = " ".join(request.GET.get("nama", "").split())
        found = find_areas(name) if name else FoundAreas()
        if len(found.exact) == 1:
            return HttpResponseRedirect(found.exact[0].get_absolute_url())
        kecamatan, counts = list(Kecamatan.objects.prefetch_related("kelurahan__kecamatan")), sentra_by_kecamatan()
        context = {
            "name": name,
            "found": found,
            "kecamatan": kecamatan,
            "kelurahan": [area for district in kecamatan for area in district.kelurahan.all()],
            "sentra_by_kecamatan": counts,
            "map": city_map(kecamatan, counts),
            "sentra_by_kelurahan": sentra_by_kelurahan(),
            "ikm_by_kelurahan": ikm_by_kelurahan(),
            "ignored": [f"{key}={request.GET.get(key, '')}" for key in request.GET if key != "nama"],
        }
        return render(request, "sentra/area_list.html", {**context, "structured": area_list_page(context)})


@require_safe
@cache_control(public=True, max_age=POINTS_MAX_AGE)
def area_points(request: HttpRequest) -> JsonResponse:
    """Slug, name and label point (degrees) of every kelurahan: with it a browser finds the nearest by itself."""
    areas = Kelurahan.objects.select_related("kecamatan").order_by("name", "slug")
    points = [[area.slug, str(area), round(float(area.latitude), 4), round(float(area.longitude), 4)] for area in areas]
    return JsonResponse(points, safe=False, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


class KecamatanView(RecordView):
    template_name = "sentra/kecamatan.html"

    def find(self, slug: str) -> Address:
        return Address(record=Kecamatan.objects.filter(slug=slug).first())

    def context(self, record: Kecamatan) -> dict[str, Any]:
        districts, counts = list(Kecamatan.objects.all()), sentra_by_kecamatan()
        kelurahan = list(record.kelurahan.select_related("kecamatan"))
        return {
            "kecamatan": record,
            "card": kecamatan_card(record),
            "kelurahan": kelurahan,
            "districts": districts,
            "sentra_by_kecamatan": counts,
            "map": city_map(districts, counts, current=[record.slug]),
            "close_map": close_map(record, kelurahan),
            "sentra_by_kelurahan": sentra_by_kelurahan(),
            "ikm_by_kelurahan": ikm_by_kelurahan(),
            "types": ProductType.objects.filter(
                sentra__in=Sentra.objects.published().filter(locations__kelurahan__kecamatan=record)
            ).distinct(),
            "filter": f"kec={record.slug}",
            **recorded_in({"kec": (record.slug,)}),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return remember(
            ("structured", self.expanded, "kecamatan", context["kecamatan"].slug), lambda: kecamatan_page(context)
        )


class KelurahanView(RecordView):
    template_name = "sentra/kelurahan.html"

    def find(self, kec_slug: str, kel_slug: str) -> Address:
        """Slugs are unique in the city, so a wrong kecamatan in the address leads to the right one."""
        area = Kelurahan.objects.select_related("kecamatan").filter(slug=kel_slug).first()
        if area is not None and area.kecamatan.slug != kec_slug:
            return Address(now_at=area)
        return Address(record=area)

    def context(self, record: Kelurahan) -> dict[str, Any]:
        recorded = recorded_in({"kec": (record.kecamatan.slug,), "kel": (record.slug,)})
        is_empty = not any(recorded[f"{kind}_total"] for kind in ("sentra", "businesses", "products"))
        filled = list(filled_kelurahan()) if is_empty else []
        siblings = [area for area in filled if area.kecamatan_id == record.kecamatan_id]
        others = [area for area in filled if area.kecamatan_id != record.kecamatan_id]
        return {
            "kelurahan": record,
            "card": kelurahan_card(record),
            "kecamatan": record.kecamatan,
            "is_empty": is_empty,
            "place_map": place_map([record.kecamatan.code], [kelurahan_dot(record)]),
            "nearby": nearest_with_distance(record, Kelurahan.objects.select_related("kecamatan"), NEARBY_SHOWN),
            "siblings": nearest(record, siblings, NEIGHBOURS_SHOWN),
            "neighbours": nearest(record, others, NEIGHBOURS_SHOWN),
            "filter": f"kec={record.kecamatan.slug}&kel={record.slug}",
            **recorded,
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return remember(
            ("structured", self.expanded, "kelurahan", context["kelurahan"].slug), lambda: kelurahan_page(context)
        )


def recorded_in(place: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """Sentra, businesses and products of a place, each with its total, as the filtered lists count them."""
    field, values = ("slug", place["kel"]) if "kel" in place else ("kecamatan__slug", place["kec"])
    chosen = Kelurahan.objects.filter(**{f"{field}__in": values})
    located = SentraLocation.objects.filter(kelurahan__in=chosen)
    sentra = Sentra.objects.published().filter(pk__in=located.values("sentra"))
    businesses = Ikm.objects.published().filter(kelurahan__in=chosen)
    products = Product.objects.published().filter(product_condition(place))
    return {
        "sentra": sentra.for_list().by_name(),
        "sentra_total": sentra.count(),
        "businesses": businesses.for_list().by_name()[:CARDS_SHOWN],
        "businesses_total": businesses.count(),
        "products": products.for_list().by_name()[:CARDS_SHOWN],
        "products_total": products.count(),
    }
