"""The pages of the desk, as the admin site serves them."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from semarang_ikm.desk.breakdown import GROUPINGS, breakdown
from semarang_ikm.desk.tiles import page_of
from sentra.models import Ikm

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


def desk_urls(site: "AdminSite") -> list[URLPattern]:
    return [
        path("rincian/<slug:grouping>/", site.admin_view(_breakdown(site)), name="desk_breakdown"),
    ]


def _breakdown(site: "AdminSite"):
    def page(request: HttpRequest, grouping: str) -> HttpResponse:
        if page_of(site, Ikm, request) is None:
            raise PermissionDenied
        chosen = GROUPINGS.get(grouping, GROUPINGS["kecamatan"])
        context = {
            **site.each_context(request),
            "title": _("Rincian menurut %(grouping)s") % {"grouping": str(chosen.title).lower()},
            "groupings": [(key, each.title, each is chosen) for key, each in GROUPINGS.items()],
            "table": breakdown(site, request, chosen),
            "counts_twice": grouping == "jenis",
        }
        return TemplateResponse(request, "admin/desk_breakdown.html", context)

    return page
