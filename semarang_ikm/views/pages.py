"""Home, what the site says about itself, and the permanent codes of printed matter."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from products.models import Product
from products.tallies import products_by_type
from promotions.cases.figures import figures
from promotions.models import CatalogueEdition, Promotion
from semarang_ikm.shared.addresses import gone
from semarang_ikm.structured import home_page
from sentra.addresses import by_code
from sentra.codes import format_code, parse_code, was_issued
from sentra.map.city import city_map
from sentra.models import Ikm, Kecamatan, Kelurahan, Sentra
from sentra.tallies import sentra_by_kecamatan, sentra_by_type
from sentra.type_tree import front_types, type_tree


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    kecamatan, counts = list(Kecamatan.objects.all()), sentra_by_kecamatan()
    context = {
        "structured": home_page(),
        "sentra_total": Sentra.objects.published().count(),
        "businesses_total": Ikm.objects.published().count(),
        "products_total": Product.objects.published().count(),
        "front_types": front_types(type_tree()),
        "sentra_by_type": sentra_by_type(),
        "products_by_type": products_by_type(),
        "kecamatan": kecamatan,
        "sentra_by_kecamatan": counts,
        "map": city_map(kecamatan, counts),
        "kelurahan": Kelurahan.objects.select_related("kecamatan"),
        "next_event": Promotion.objects.published().events().planned().upcoming().for_list().first(),
    }
    return render(request, "pages/home.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html", {"has_obstacle_figures": figures() is not None})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/contact.html")


@require_safe
def permanent_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where a printed code leads today: 302 to the page, 410 when it was taken back, 404 when never issued."""
    parsed = parse_code(code)
    if parsed is None or not was_issued(*parsed):
        raise Http404
    visible = public_rows(parsed[0])
    if visible is None:
        return gone(request)
    found = by_code(visible, format_code(*parsed))
    if found.now_at is not None:
        return HttpResponseRedirect(found.now_at.get_absolute_url())
    if found.is_gone:
        return gone(request)
    raise Http404


def public_rows(prefix: str) -> QuerySet | None:
    """The public rows whose codes have this prefix, or None for codes of which no rows are kept."""
    return {
        "S": Sentra.objects.published(),
        "U": Ikm.objects.published(),
        "P": Product.objects.published(),
        "E": CatalogueEdition.objects.published(),
    }.get(prefix.partition("-")[0])
