"""The ledger by business: who was never promoted, or longest ago; ticked ones go to a promotion or an edition."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from promotions.actions.assigning import add_businesses
from promotions.actions.attendance import enter_businesses
from promotions.admin.targets import EditionTarget, PromotionTarget
from promotions.coverage import by_part, coverage
from promotions.coverage_chart import drawn
from promotions.models import LedgerBusiness
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.records import RecordAdmin
from semarang_ikm.shared.bilingual import in_language
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.time import today
from sentra.scope import ikm_within

# Years back that the filter offers.
YEARS = 5


class LastFilter(admin.SimpleListFilter):
    title = gettext_lazy("terakhir dipromosikan")
    parameter_name = "terakhir"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        this_year = today().year
        before = _("belum pernah, atau sebelum %(year)d")
        return [
            ("belum", _("belum pernah")),
            *((str(year), before % {"year": year}) for year in range(this_year, this_year - YEARS, -1)),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        if value == "belum":
            return queryset.never_promoted()
        if value.isascii() and value.isdigit() and 1900 <= int(value) <= 2100:
            return queryset.not_promoted_since(today().replace(year=int(value), month=1, day=1))
        return queryset


class ReadyFilter(admin.SimpleListFilter):
    title = gettext_lazy("siap tampil")
    parameter_name = "siap"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return [("1", _("siap")), ("0", _("belum siap"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(is_ready=self.value() == "1") if self.value() in {"0", "1"} else queryset


class TypeFilter(RelatedFilter):
    """A type means everything below it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("jenis produk")


class LedgerList(ChangeList):
    """A line leads to the page of the business itself."""

    def url_for_result(self, result: LedgerBusiness) -> str:
        return reverse("admin:sentra_ikm_change", args=[result.pk])


@admin.register(LedgerBusiness)
class LedgerAdmin(RecordAdmin):
    within = staticmethod(ikm_within)
    change_list_template = "admin/ledger_list.html"
    list_display = ("public_name", "last", "times", "is_ready", "kelurahan", "sentra", "kinds")
    list_filter = (
        LastFilter,
        ReadyFilter,
        ("kelurahan__kecamatan", RelatedFilter),
        ("product_types__ancestors", TypeFilter),
        ("sentra", RelatedFilter),
    )
    list_select_related = ("sentra", "kelurahan__kecamatan")
    search_fields = ("code", "search_text")
    actions = ("enter_promotion", "fill_edition")
    fields = list_display
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.published().with_public_name(Channel.PRINT).with_ledger().prefetch_related("product_types")

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Who was never promoted first, then who waits longest."""
        return (F("last").asc(nulls_first=True), "sort_name", "pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return LedgerList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: LedgerBusiness | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: LedgerBusiness | None = None) -> bool:
        return False

    def has_enter_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("promotions.add_appearance")

    def has_fill_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("promotions.change_catalogueedition")

    # -- columns ------------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("usaha"), ordering="sort_name")
    def public_name(self, business: LedgerBusiness) -> str:
        return format_html('{} <span class="kode">({})</span>', business.public_name, business.code)

    @admin.display(description=gettext_lazy("jenis"))
    def kinds(self, business: LedgerBusiness) -> str:
        return ", ".join(in_language(kind, "name") for kind in business.product_types.all()) or "–"

    @admin.display(description=gettext_lazy("terakhir dipromosikan"), ordering="last")
    def last(self, business: LedgerBusiness) -> Any:
        return business.last or _("belum pernah")

    @admin.display(description=gettext_lazy("berapa kali"), ordering="times")
    def times(self, business: LedgerBusiness) -> int:
        return business.times

    @admin.display(description=gettext_lazy("siap tampil"), boolean=True, ordering="is_ready")
    def is_ready(self, business: LedgerBusiness) -> bool:
        return business.is_ready

    # -- from the list into a plan ------------------------------------------------------------------------------------

    @admin.action(permissions=["enter"], description=gettext_lazy("Masukkan ke promosi…"))
    def enter_promotion(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        form = PromotionTarget(request.POST if "confirmed" in request.POST else None, officer=request.user)
        if not form.is_valid():
            return self._ask(request, queryset, "enter_promotion", form)
        promotion = form.cleaned_data["target"]
        count = enter_businesses(promotion=promotion, businesses=queryset, by=request.user)
        done = ngettext("%(count)d usaha ditambahkan.", "%(count)d usaha ditambahkan.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:promotions_promotion_change", args=[promotion.pk]))

    @admin.action(permissions=["fill"], description=gettext_lazy("Masukkan ke edisi katalog…"))
    def fill_edition(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        form = EditionTarget(request.POST if "confirmed" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, queryset, "fill_edition", form)
        edition, at_most = form.cleaned_data["target"], form.cleaned_data["at_most"]
        try:
            filled = add_businesses(edition=edition, businesses=queryset, at_most=at_most, by=request.user)
        except ValidationError as refusal:
            form.add_error("target", refusal)
            return self._ask(request, queryset, "fill_edition", form)
        done = ngettext("%(count)d produk ditambahkan.", "%(count)d produk ditambahkan.", filled.products)
        self.message_user(request, done % {"count": filled.products}, messages.SUCCESS)
        if filled.without:
            lacking = ngettext(
                "%(count)d usaha tidak punya produk yang siap, jadi tidak ikut.",
                "%(count)d usaha tidak punya produk yang siap, jadi tidak ikut.",
                filled.without,
            )
            self.message_user(request, lacking % {"count": filled.without}, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:promotions_catalogueedition_change", args=[edition.pk]))

    def _ask(self, request: HttpRequest, queryset: QuerySet, action: str, form: forms.Form) -> HttpResponse:
        """Between the list and the plan: where to, and who."""
        context = {
            **self.admin_site.each_context(request),
            "title": str(getattr(self, action).short_description).rstrip("…"),
            "opts": self.opts,
            "media": self.media,
            "action": action,
            "form": form,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "count": queryset.count(),
            "names": [f"{row.public_name} ({row.code})" for row in queryset[:20]],
            "unready": queryset.filter(is_ready=False).count(),
            "new_target": "catalogueedition" if action == "fill_edition" else "promotion",
        }
        return TemplateResponse(request, "admin/ledger_assign.html", context)

    # -- coverage -----------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.coverage)
        return [path("cakupan/", view, name="promotions_coverage"), *super().get_urls()]

    def coverage(self, request: HttpRequest) -> HttpResponse:
        """How far promotion reaches, year by year: a chart and the same numbers beside it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = coverage()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Jangkauan promosi"),
            "opts": self.opts,
            "found": found,
            "chart": drawn(found),
            "parts": by_part(),
            "headings": {"kecamatan": _("Kecamatan"), "sentra": _("Sentra"), "type": _("Jenis produk")},
        }
        return TemplateResponse(request, "admin/ledger_coverage.html", context)
