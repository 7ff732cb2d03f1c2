"""All changes, by officer, kind, day and sort of data; a set is undone wholly; what was deleted is brought back."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.records import RecordAdmin
from semarang_ikm.shared.admin.scope import areas_of
from semarang_ikm.shared.tracing import label_of, traced_models
from sentra.admin.trail import (
    MOST_SHOWN,
    hides_from,
    left_of,
    may_put_back,
    may_undo,
    readable,
    say,
    told,
    with_addresses,
    with_reasons,
    within_reach,
)
from sentra.choices import ChangeAction
from sentra.history.effects import Effect, effects_of
from sentra.history.redaction import RETURNS_WITHIN
from sentra.history.tasks import undo_later
from sentra.history.undoing import preview, restore, undo
from sentra.history.wording import in_words
from sentra.models import Change, ChangeSet

PER_PAGE = 30
# Changes of one set that its page reads.
MOST_JUDGED = 1000


class ModelFilter(admin.SimpleListFilter):
    title = _("jenis data")
    parameter_name = "jenis"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return sorted(_kinds(request).items(), key=lambda pair: pair[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in _kinds(request):
            return queryset
        return queryset.filter(Exists(Change.objects.filter(change_set=OuterRef("pk"), model=self.value())))


class WhoFilter(admin.SimpleListFilter):
    title = _("petugas")
    parameter_name = "oleh"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        known = ChangeSet.objects.exclude(who_name="").order_by("who_name")
        return [(str(key), name) for key, name in known.values_list("who", "who_name").distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value() or ""
        return queryset.filter(who=int(value)) if value.isascii() and value.isdigit() else queryset


@admin.register(ChangeSet)
class ChangeSetAdmin(RecordAdmin):
    """Nobody adds, changes or deletes a line here: it is read, and undone by a new one."""

    actions = ()
    list_display = ("at", "who_shown", "kind", "why_shown", "size")
    list_display_links = ("at",)
    list_filter = ("kind", WhoFilter, ModelFilter)
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("why", "who_name")
    date_hierarchy = "at"
    change_list_template = "admin/changes_list.html"
    fields = readonly_fields = ("at", "who_shown", "kind", "why_shown")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = with_reasons(request, within_reach(request, super().get_queryset(request)))
        return rows.annotate(row_count=Count("changes"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By who and why, as far as this officer is told the reason."""
        for word in search_term.split():
            queryset = queryset.filter(Q(who_name__icontains=word) | Q(why_told__icontains=word))
        return queryset, False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """No address asks for reasons past the search, which knows whom they are told."""
        return "why" not in lookup.split("__") and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ChangeSet | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ChangeSet | None = None) -> bool:
        return False

    @admin.display(description=_("oleh"), ordering="who_name")
    def who_shown(self, change_set: ChangeSet) -> str:
        return change_set.who_name or "–"

    @admin.display(description=_("alasan"))
    def why_shown(self, change_set: ChangeSet) -> str:
        return change_set.why_told

    @admin.display(description=_("data"), ordering="row_count")
    def size(self, change_set: ChangeSet) -> int:
        return change_set.row_count

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("<int:pk>/batalkan/", self.admin_site.admin_view(self.undo_view), name="sentra_changeset_undo"),
            path("terhapus/", self.admin_site.admin_view(self.trash_view), name="sentra_changeset_trash"),
            path("terhapus/<int:pk>/", self.admin_site.admin_view(self.restore_view), name="sentra_changeset_restore"),
        ]
        return own + super().get_urls()

    # -- one set --------------------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        change_set = self.get_object(request, object_id)
        if change_set is None:
            raise Http404
        if not self.has_view_permission(request, change_set):
            raise PermissionDenied
        total = change_set.changes.count()
        effects = effects_of(change_set.changes.order_by("pk").select_related("change_set")[:MOST_JUDGED])
        mine = readable(request, effects)
        # Of a very large set the beginning tells; whether all of it may be undone is asked when that is wanted.
        others = len(effects) - len(mine) if total <= MOST_JUDGED else 0
        context = {
            "title": change_set,
            "change_set": change_set,
            "rows": with_addresses(in_words(mine[:MOST_SHOWN], hides_from(request))),
            "row_count": len(mine) if total <= MOST_JUDGED else total,
            "others": others,
            "may_undo": may_undo(request, change_set, effects),
            "undone_by": change_set.undone_by.order_by("pk").first(),
            "work": (work := change_set.undo_works.order_by("pk").last()),
            "work_left": left_of(work) if work and not others else [],
        }
        response = self._answer(request, "admin/change_set.html", context)
        if work is not None and work.is_at_work:
            response.headers["Refresh"] = "3"
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """A line of the trail is its own history."""
        return self.change_view(request, object_id)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET tells what would be undone and what was edited since; POST does it."""
        change_set = self.get_object(request, str(pk))
        if change_set is None:
            raise Http404
        effects = effects_of(change_set.changes.select_related("change_set"))
        if not (self.has_view_permission(request, change_set) and may_undo(request, change_set, effects)):
            raise PermissionDenied
        why = request.POST.get("alasan_perubahan", "")
        back = reverse("admin:sentra_changeset_change", args=[pk])
        if len(effects) > MOST_SHOWN:
            return self._undo_later(request, change_set, effects, why, back)
        if request.method == "POST":
            say(self.message_user, request, report := undo(change_set, by=request.user, why=why))
            undone = report.change_set.pk if report.change_set else pk
            return HttpResponseRedirect(reverse("admin:sentra_changeset_change", args=[undone]))
        report = preview(lambda: undo(change_set, by=request.user))
        context = {
            "title": _("Batalkan seluruhnya"),
            "back_url": back,
            "change_set": change_set,
            **told(request, report),
        }
        return self._answer(request, "admin/put_back.html", context)

    def _undo_later(
        self, request: HttpRequest, change_set: ChangeSet, effects: list[Effect], why: str, back: str
    ) -> HttpResponse:
        """Many rows are undone by the worker; before, only their numbers are told."""
        if request.method == "POST":
            undo_later(change_set=change_set, by=request.user, why=why)
            return HttpResponseRedirect(back)
        context = {
            "title": _("Batalkan seluruhnya"),
            "back_url": back,
            "change_set": change_set,
            "many": len(effects),
            "made": sum(effect.created for effect in effects),
            "deleted": sum(effect.deleted for effect in effects),
        }
        return self._answer(request, "admin/put_back.html", context)

    # -- what was deleted -----------------------------------------------------------------------------------------------

    def trash_view(self, request: HttpRequest) -> HttpResponse:
        """Deleted records of the last 30 days, without the rows that went with them."""
        kinds = _kinds(request)
        kind = request.GET.get("jenis", "")
        rows = _trash(request, [kind] if kind in kinds else list(kinds))
        shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": _("Terhapus, dapat dikembalikan"),
            "page": shown,
            "pages": shown.paginator.get_elided_page_range(shown.number),
            "rows": [(deletion, kinds[deletion.model], self._returns(request, deletion)) for deletion in shown],
            "kinds": sorted(kinds.items(), key=lambda pair: pair[1]),
            "kind": kind,
            "days": RETURNS_WITHIN.days,
        }
        return self._answer(request, "admin/trash.html", context)

    def restore_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        deletion = get_object_or_404(_trash(request, list(_kinds(request))), pk=pk)
        if not self._returns(request, deletion):
            raise PermissionDenied
        back = reverse("admin:sentra_changeset_trash")
        if request.method == "POST":
            why = request.POST.get("alasan_perubahan", "")
            say(self.message_user, request, report := restore(deletion, by=request.user, why=why))
            model = apps.get_model(deletion.model)
            if report.done and admin.site.is_registered(model):
                meta = model._meta
                back = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[deletion.object_id])
            return HttpResponseRedirect(back)
        report = preview(lambda: restore(deletion, by=request.user))
        context = {"title": _("Pulihkan: %(record)s") % {"record": deletion.title}, "back_url": back}
        return self._answer(request, "admin/put_back.html", context | told(request, report))

    def _returns(self, request: HttpRequest, deletion: Change) -> bool:
        return may_put_back(request, [effect for effect in effects_of([deletion]) if effect.deleted])

    def _answer(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts} | context
        )


def _kinds(request: HttpRequest) -> dict[str, str]:
    """The sorts of data whose pages this officer may open, by the name that the trail has for them."""
    found = {}
    for model in traced_models():
        page = admin.site._registry.get(model)
        if page is not None and page.has_view_permission(request):
            found[label_of(model)] = capfirst(str(model._meta.verbose_name))
    return found


def _trash(request: HttpRequest, kinds: list[str]) -> QuerySet[Change]:
    """Deletions of records of these kinds that can still be undone: not yet forgotten, not of a row that went along."""
    since = timezone.now() - RETURNS_WITHIN
    owner_went = Change.objects.filter(
        change_set=OuterRef("change_set"),
        action=ChangeAction.DELETE,
        model=OuterRef("owner_model"),
        object_id=OuterRef("owner_id"),
    )
    came_back = Change.objects.filter(
        model=OuterRef("model"), object_id=OuterRef("object_id"), action=ChangeAction.CREATE, pk__gt=OuterRef("pk")
    )
    deleted = Change.objects.filter(action=ChangeAction.DELETE, model__in=kinds, change_set__at__gte=since)
    if areas_of(request):
        deleted = deleted.filter(change_set__who=request.user.pk)
    alone = ~Exists(owner_went.exclude(model=OuterRef("model"), object_id=OuterRef("object_id")))
    return deleted.exclude(title="").filter(alone, ~Exists(came_back)).select_related("change_set").order_by("-pk")
