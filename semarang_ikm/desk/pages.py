"""The pages of the desk, as the admin site serves them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from semarang_ikm.desk.breakdown import GROUPINGS, breakdown
from semarang_ikm.desk.charts import by_place, by_quarter
from semarang_ikm.desk.report import Report, report
from semarang_ikm.desk.report_table import sheets
from semarang_ikm.desk.saved_filters import filter_urls
from semarang_ikm.desk.tiles import page_of
from semarang_ikm.shared.admin.scope import area_names, areas_of
from semarang_ikm.shared.time import today
from semarang_ikm.shared.workbooks import workbook_answer
from sentra.models import Ikm, OfficeProfile

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite


View = Callable[..., HttpResponse]
# Years of which a report can be asked, and those offered.
FIRST_YEAR, YEARS_BACK = 2000, 6


def desk_urls(site: "AdminSite") -> list[URLPattern]:
    return [
        *filter_urls(site),
        path("rincian/<slug:grouping>/", site.admin_view(_breakdown(site)), name="desk_breakdown"),
        path("laporan-tahun/", site.admin_view(_this_year(site)), name="desk_report_now"),
        path("laporan-tahun/<int:year>/", site.admin_view(_report(site)), name="desk_report"),
        path("laporan-tahun/<int:year>.xlsx", site.admin_view(_report_table(site)), name="desk_report_table"),
    ]


def _breakdown(site: "AdminSite") -> View:
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


def _this_year(site: "AdminSite") -> View:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:desk_report", args=[today().year]))

    return page


def _asked(site: "AdminSite", request: HttpRequest, year: int) -> Report:
    if page_of(site, Ikm, request) is None:
        raise PermissionDenied
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    return report(site, request, year)


def _report(site: "AdminSite") -> View:
    def page(request: HttpRequest, year: int) -> HttpResponse:
        told = _asked(site, request, year)
        context = {
            "report": told,
            "title": _("Laporan tahun %(year)d") % {"year": year},
            "office": OfficeProfile.load(),
            "today": today(),
            "is_over": told.until < today(),
            "charts": [(line, by_quarter(line.quarters, told.begun)) for line in told.lines],
            "map_of_businesses": by_place([(name, standing.businesses) for name, standing, _n in told.table()]),
            "years": range(today().year, today().year - YEARS_BACK, -1),
            "areas": area_names(request) if areas_of(request) else "",
        }
        return TemplateResponse(request, "admin/desk_report.html", context)

    return page


def _report_table(site: "AdminSite") -> View:
    def page(request: HttpRequest, year: int) -> HttpResponse:
        return workbook_answer(sheets(_asked(site, request, year)), f"laporan-{year}")

    return page
