"""Cases: an officer's page of an obstacle, its stages as buttons, its papers, and what several propose together."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from promotions.actions import cases as actions
from promotions.admin.case_forms import CaseForm, ClosingForm, StepForm
from promotions.admin.case_papers import DocumentInline, LettersMixin, WithTheCase
from promotions.cases.proposals import proposals
from promotions.choices import OPEN_STAGES, CaseStage, ObstacleKind, StepKind
from promotions.models import CaseStep, FacilitationCase
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.records import RecordAdmin, RecordInline
from sentra.models import Sentra
from sentra.scope import of_either

CLOSED_STAGES = (CaseStage.SOLVED, CaseStage.REFUSED, CaseStage.CANCELLED)
# Step in the address: its button, and the stages in which it is offered.
STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "verifikasi": (gettext_lazy("Tandai sudah diverifikasi"), (CaseStage.PROPOSED,)),
    "serahkan": (gettext_lazy("Serahkan ke mitra"), (CaseStage.PROPOSED, CaseStage.VERIFIED)),
    "selesai": (gettext_lazy("Selesai"), tuple(OPEN_STAGES)),
    "tolak": (gettext_lazy("Ditolak mitra"), tuple(OPEN_STAGES)),
    "batal": (gettext_lazy("Batalkan"), tuple(OPEN_STAGES)),
    "buka": (gettext_lazy("Buka lagi"), CLOSED_STAGES),
    "lepas": (gettext_lazy("Lepas dari perkara sentra"), tuple(OPEN_STAGES)),
}
# Those that end a case are asked about: they need its outcome.
ENDS = {"selesai": CaseStage.SOLVED, "tolak": CaseStage.REFUSED, "batal": CaseStage.CANCELLED}


class DueFilter(admin.SimpleListFilter):
    """What waits for a step."""

    title = gettext_lazy("tenggat")
    parameter_name = "tenggat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("lewat", gettext_lazy("Lewat tenggat")),
            ("terbuka", gettext_lazy("Masih terbuka")),
            ("tanpa", gettext_lazy("Terbuka tanpa tenggat")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen: dict[str | None, Callable[[], QuerySet]] = {
            "lewat": queryset.overdue,
            "terbuka": queryset.open,
            "tanpa": lambda: queryset.open().filter(due_on__isnull=True),
        }
        return chosen.get(self.value(), queryset.all)()


class StepInline(WithTheCase, RecordInline):
    """What officers did; stages and letters write their own steps, which stay."""

    model = CaseStep
    form = StepForm
    extra = 1
    fields = (("done_on", "text"), "done_by")
    readonly_fields = ("done_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(kind=StepKind.WORK).select_related("done_by")


@admin.register(FacilitationCase)
class FacilitationCaseAdmin(LettersMixin, RecordAdmin):
    form = CaseForm
    change_form_template = "admin/case_change.html"
    change_list_template = "admin/case_list.html"
    within = staticmethod(of_either)
    inlines = (StepInline, DocumentInline)
    list_display = ("number", "title", "due", "owner", "stage", "agency", "kind")
    list_display_links = ("number", "title")
    list_filter = (DueFilter, "stage", "kind", ("partner", RelatedFilter))
    list_select_related = ("ikm", "sentra", "partner")
    search_fields = (
        "number",
        "title",
        "description",
        "ikm__name",
        "ikm__code",
        "sentra__name",
        "partner__name",
    )
    autocomplete_fields = ("ikm", "sentra", "partner")
    readonly_fields = ("partner_contact", "letters", "joined", "trail", "created_at", "updated_at")
    base_fields = ("title", "ikm", "sentra", ("kind", "partner"), "description", ("opened_on", "due_on"))

    def get_fieldsets(self, request: HttpRequest, obj: FacilitationCase | None = None) -> Any:
        """A new case asks for what it is; an old one also shows what became of it."""
        sets: list[tuple[Any, dict[str, Any]]] = [(None, {"fields": self.base_fields})]
        if obj is None:
            return sets
        if not obj.is_open:
            sets.append((gettext_lazy("Hasil"), {"fields": ("closed_on", "outcome")}))
        if obj.sentra_id:
            sets.append((gettext_lazy("Perkara usaha di dalamnya"), {"fields": ("joined",)}))
        sets.append((gettext_lazy("Mitra dan surat"), {"fields": ("partner_contact", "letters")}))
        sets.append((gettext_lazy("Jejak"), {"fields": ("trail", ("created_at", "updated_at"))}))
        return sets

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        """Who wrote a step down is noted by itself."""
        for row in formset.forms:
            if isinstance(row.instance, CaseStep) and row.instance.pk is None:
                row.instance.done_by = request.user
        super().save_formset(request, form, formset, change)

    # -- what is shown ------------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("milik"))
    def owner(self, case: FacilitationCase) -> str:
        return str(case.subject)

    @admin.display(description=gettext_lazy("mitra"), ordering="partner__name")
    def agency(self, case: FacilitationCase) -> str:
        return str(case.partner or "–")

    @admin.display(description=gettext_lazy("tenggat"), ordering="due_on")
    def due(self, case: FacilitationCase) -> str:
        return render_to_string("admin/case_due.html", {"case": case})

    @admin.display(description=gettext_lazy("kontak mitra"))
    def partner_contact(self, case: FacilitationCase) -> str:
        return render_to_string("admin/case_partner.html", {"partner": case.partner}) if case.partner else "–"

    @admin.display(description=gettext_lazy("surat"))
    def letters(self, case: FacilitationCase) -> str:
        return render_to_string("admin/case_letters.html", {"case": case, "letters": case.letters.all()})

    @admin.display(description=gettext_lazy("perkara"))
    def joined(self, case: FacilitationCase) -> str:
        children = case.children.select_related("ikm").order_by("opened_on", "pk")
        return render_to_string("admin/case_children.html", {"children": children})

    @admin.display(description=gettext_lazy("semua langkah"))
    def trail(self, case: FacilitationCase) -> str:
        return render_to_string("admin/case_trail.html", {"steps": case.steps.select_related("done_by")})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        proposed = proposals(self.get_queryset(request)) if self.has_view_permission(request) else []
        more = {"proposals": proposed, "may_join": self.has_change_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **more})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        case = self.get_object(request, object_id)
        offered = []
        if case is not None and self.has_change_permission(request, case):
            offered = [
                (label, reverse("admin:promotions_case_step", args=[case.pk, name]), name in ENDS)
                for name, (label, stages) in STEPS.items()
                if case.stage in stages and (name != "lepas" or case.parent_id)
            ]
        kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), "steps": offered}
        return super().change_view(request, object_id, *args, **kwargs)

    # -- stages -------------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/tahap/<slug:name>/", view(self.step), name="promotions_case_step"),
            path("gabung/<int:sentra>/<slug:kind>/", view(self.join), name="promotions_case_join"),
            *super().get_urls(),
        ]

    def step(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """One step of a case's life, done once; those that end it ask for the outcome first."""
        case = self._case(request, pk)
        if name not in STEPS:
            raise Http404
        if not self.has_change_permission(request, case):
            raise PermissionDenied
        if name in ENDS:
            return self._close(request, case, name)
        if request.method == "POST":
            try:
                CARRY_OUT[name](case=case, by=request.user)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return self._to(case)

    def _close(self, request: HttpRequest, case: FacilitationCase, name: str) -> HttpResponse:
        if not case.is_open:
            return self._to(case)
        form = ClosingForm(case, request.POST or None)
        if request.method == "POST" and form.is_valid():
            typed = form.cleaned_data
            count = actions.close(
                case=case,
                to=ENDS[name],
                on=typed["closed_on"],
                outcome=typed["outcome"],
                children=typed.get("children") or (),
                by=request.user,
            )
            done = ngettext("%(count)d perkara ditutup.", "%(count)d perkara ditutup.", count)
            self.message_user(request, done % {"count": count}, messages.SUCCESS)
            return self._to(case)
        context = {**self.admin_site.each_context(request), "title": STEPS[name][0], "opts": self.opts}
        return TemplateResponse(request, "admin/case_close.html", {**context, "case": case, "form": form})

    def join(self, request: HttpRequest, sentra: int, kind: str) -> HttpResponse:
        """Make of what is proposed one case of the sentra. POST only; pressing twice does it once."""
        if not self.has_change_permission(request) or not self.has_add_permission(request):
            raise PermissionDenied
        seen = self.admin_site.get_model_admin(Sentra).get_queryset(request).filter(pk=sentra).first()
        if seen is None or kind not in ObstacleKind.values:
            raise Http404
        listed = HttpResponseRedirect(reverse("admin:promotions_facilitationcase_changelist"))
        if request.method != "POST":
            return listed
        shared, count = actions.join(sentra=seen, kind=kind, by=request.user)
        if shared is None:
            self.message_user(request, _("Tidak ada lagi yang diusulkan di sentra ini."), messages.WARNING)
            return listed
        done = ngettext("%(count)d perkara digabung.", "%(count)d perkara digabung.", count)
        self.message_user(request, done % {"count": count}, messages.SUCCESS)
        return self._to(shared)

    def _to(self, case: FacilitationCase) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:promotions_facilitationcase_change", args=[case.pk]))


def _advance(to: CaseStage) -> Callable[..., Any]:
    return lambda *, case, by: actions.advance(case=case, to=to, by=by)


CARRY_OUT: dict[str, Callable[..., Any]] = {
    "verifikasi": _advance(CaseStage.VERIFIED),
    "serahkan": _advance(CaseStage.RUNNING),
    "buka": actions.reopen,
    "lepas": actions.leave,
}
