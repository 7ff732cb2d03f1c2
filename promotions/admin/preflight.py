"""The page "Periksa" of an edition: everything to mend or to give a reason for, grouped, with the page that mends it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.actions import preflight
from promotions.models import CatalogueEdition, EditionWaiver, LayoutCheck
from promotions.preflight.checks import TITLES, Report, examine
from promotions.preflight.findings import Finding

if TYPE_CHECKING:
    _Base = admin.ModelAdmin
else:
    _Base = object

REASON_LENGTH = EditionWaiver._meta.get_field("reason").max_length


@dataclass(frozen=True)
class Line:
    finding: Finding
    # The page that mends it, "" where none does.
    address: str
    waiver: EditionWaiver | None


@dataclass(frozen=True)
class Group:
    """Findings of one check that want the same from the officer: to be mended, a reason, or nothing more."""

    slug: str
    title: Any
    lines: list[Line]


class PreflightPages(_Base):
    """Part of CatalogueEditionAdmin."""

    def preflight_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.preflight)
        return [path("<int:pk>/periksa/", page, name="promotions_edition_preflight")]

    def preflight(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows the findings as they are now; POST keeps or takes back reasons."""
        edition = self.get_object(request, str(pk))
        if edition is None or not self.has_view_permission(request, edition):
            raise Http404
        may_waive = self.has_change_permission(request, edition) and not edition.published_at
        if request.method == "POST" and may_waive:
            if "measure" in request.POST:
                return self._measure(request, edition)
            return self._reason(request, edition)
        report = examine(edition)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Periksa"),
            "opts": self.opts,
            "edition": edition,
            "report": report,
            "parts": _parts(report),
            "layout": LayoutCheck.objects.filter(edition=edition).first(),
            "may_waive": may_waive,
            "may_publish": may_waive and report.is_fit,
            "reason_length": REASON_LENGTH,
        }
        return TemplateResponse(request, "admin/edition_preflight.html", context)

    def _measure(self, request: HttpRequest, edition: CatalogueEdition) -> HttpResponse:
        if preflight.measure(edition=edition):
            done = _("Tata letak sedang diukur di latar belakang. Tekan “Periksa lagi” sebentar lagi.")
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:promotions_edition_preflight", args=[edition.pk]))

    def _reason(self, request: HttpRequest, edition: CatalogueEdition) -> HttpResponse:
        keys, reason = request.POST.getlist("finding"), request.POST.get("reason", "")[:REASON_LENGTH]
        taking_back = "take_back" in request.POST
        try:
            if taking_back:
                count = preflight.take_back(edition=edition, keys=keys, by=request.user)
                done = ngettext("%(count)d alasan dicabut.", "%(count)d alasan dicabut.", count)
            else:
                count = preflight.waive(edition=edition, keys=keys, reason=reason, by=request.user)
                done = ngettext(
                    "Alasan disimpan untuk %(count)d temuan.", "Alasan disimpan untuk %(count)d temuan.", count
                )
            self.message_user(request, done % {"count": count}, messages.SUCCESS if count else messages.WARNING)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:promotions_edition_preflight", args=[edition.pk]))


def _parts(report: Report) -> list[tuple[str, list[Group]]]:
    """What is red, what wants a reason, what has one; parts without findings are left out."""
    parts = [("red", report.red), ("amber", report.amber), ("waived", report.waived)]
    return [(name, _groups(findings, report)) for name, findings in parts if findings]


def _groups(findings: list[Finding], report: Report) -> list[Group]:
    groups: dict[str, Group] = {}
    for finding in findings:
        group = groups.setdefault(finding.check, Group(finding.check, TITLES[finding.check], []))
        group.lines.append(Line(finding, _address(finding), report.waivers.get(finding.key)))
    return list(groups.values())


def _address(finding: Finding) -> str:
    record = finding.mend
    if record is None:
        return ""
    # A place has no page of its own: it stands on that of its sentra.
    record = getattr(record, "sentra", None) if record._meta.model_name == "sentralocation" else record
    try:
        return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
