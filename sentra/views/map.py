"""The map of the city, by product type if asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sentra.map.city import city_map, sentra_dots
from sentra.models import Kecamatan, ProductType, Sentra
from sentra.tallies import sentra_by_kecamatan, sentra_by_type
from sentra.type_tree import front_types, type_tree


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """`?jenis=` counts and marks the sentra of that type and those below it only."""
    slug = request.GET.get("jenis", "")
    chosen = ProductType.objects.with_lineage().filter(slug=slug).first() if slug.isprintable() else None
    kecamatan = list(Kecamatan.objects.all())
    counts = sentra_by_kecamatan(chosen)
    sentra = Sentra.objects.published()
    context = {
        "chosen": chosen,
        "front_types": front_types(type_tree()),
        "sentra_by_type": sentra_by_type(),
        "sentra_total": (sentra.of_type(chosen) if chosen else sentra).count(),
        "kecamatan": kecamatan,
        "sentra_by_kecamatan": counts,
        "map": city_map(kecamatan, counts, dots=sentra_dots(chosen)),
        "ignored": [f"{key}={value}" for key, value in request.GET.items() if value and (key != "jenis" or not chosen)],
    }
    return render(request, "sentra/map.html", context)
