"""A record's history: what was done to it and the rows on its page, newest first; one field or all of it is put back."""

from functools import partial
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from semarang_ikm.shared.admin import trail
from semarang_ikm.shared.tracing import declaration_of
from sentra.admin.trail import hides_from, kept_from, may_put_back, say, told, with_reasons
from sentra.history import changes_of
from sentra.history.effects import effects_of
from sentra.history.report import UndoReport
from sentra.history.undoing import preview, put_back
from sentra.history.wording import in_words
from sentra.models import Change, ChangeSet

PER_PAGE = 20


class HistoryPages:
    """The pages "history" and "put back" of every admin page."""

    def urls(self, page: ModelAdmin) -> list[URLPattern]:
        meta = page.model._meta

        def ask(request: HttpRequest, object_id: str) -> HttpResponse:
            return self.put_back(page, request, object_id)

        view = page.admin_site.admin_view(ask)
        name = f"{meta.app_label}_{meta.model_name}_put_back"
        return [path("<path:object_id>/riwayat/kembalikan/", view, name=name)]

    def history(self, page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
        record = self._record(page, request, object_id)
        changes = changes_of(record)
        sets = changes.order_by("-change_set").values_list("change_set", flat=True).distinct()
        shown = Paginator(sets, PER_PAGE).get_page(request.GET.get("p"))
        context = {
            "title": _("Riwayat: %(record)s") % {"record": record},
            "entries": _entries(record, shown, request) if declaration_of(type(record)) else [],
            "page": shown,
            "pages": shown.paginator.get_elided_page_range(shown.number),
            "may_put_back": _returns(record) and page.has_change_permission(request, record),
            "put_back_url": address(record, "put_back"),
        }
        return self._answer(page, request, record, "admin/history.html", context)

    def put_back(self, page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
        """GET shows what would change, POST does it. ?kolom= and ?perubahan= name one field, ?sejak= a moment."""
        record = self._record(page, request, object_id)
        if not page.has_change_permission(request, record):
            raise PermissionDenied

        def act() -> UndoReport:
            return _put_back(record, request)

        if request.method == "POST":
            say(page.message_user, request, act())
            return HttpResponseRedirect(address(record, "history"))
        context = {
            "title": _("Kembalikan: %(record)s") % {"record": record},
            "back_url": address(record, "history"),
            **told(request, preview(act)),
        }
        return self._answer(page, request, record, "admin/put_back.html", context)

    def _record(self, page: ModelAdmin, request: HttpRequest, object_id: str) -> Model:
        record = page.get_object(request, object_id)
        if record is None:
            raise Http404
        if not page.has_view_permission(request, record):
            raise PermissionDenied
        return record

    def _answer(
        self, page: ModelAdmin, request: HttpRequest, record: Model, template: str, context: dict[str, Any]
    ) -> HttpResponse:
        common = {
            **page.admin_site.each_context(request),
            "opts": page.opts,
            "original": record,
            "record_url": address(record, "change"),
        }
        return TemplateResponse(request, template, common | context)


def _returns(record: Model) -> bool:
    declared = declaration_of(type(record))
    return declared is not None and not declared.is_told_only


def address(record: Model, page: str) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[record.pk])


def _entries(record: Model, shown: Page, request: HttpRequest) -> list[tuple[ChangeSet, list]]:
    """Each change set of the page with what it did to the record and its rows."""
    keys = list(shown.object_list)
    sets = with_reasons(request, ChangeSet.objects.all()).in_bulk(keys)
    changes: dict[int, list[Change]] = {key: [] for key in keys}
    for change in changes_of(record).filter(change_set__in=keys):
        changes[change.change_set_id].append(change)
    effects = {key: effects_of(mine) for key, mine in changes.items()}
    words = iter(in_words([effect for mine in effects.values() for effect in mine], hides_from(request)))
    entries = [(sets[key], [next(words) for _effect in mine]) for key, mine in effects.items()]
    return [(change_set, rows) for change_set, rows in entries if rows]


def _put_back(record: Model, request: HttpRequest) -> UndoReport:
    asked, why = request.GET, request.POST.get("alasan_perubahan", "")
    changes, keep = changes_of(record), partial(kept_from, request)
    try:
        if "sejak" in asked:
            first = changes.filter(change_set=int(asked["sejak"])).order_by("pk").values_list("pk", flat=True)[:1]
            mine = {
                effect.key for effect in effects_of(changes.filter(pk__gte=first)) if may_put_back(request, [effect])
            }
            since = [each for each in changes.filter(pk__gte=first) if (each.model, each.object_id) in mine]
            return put_back(since, by=request.user, why=why, keep=keep)
        one = changes.get(pk=int(asked.get("perubahan", "")))
    except (ValueError, Change.DoesNotExist) as error:
        raise Http404 from error
    since = changes.filter(model=one.model, object_id=one.object_id, pk__gte=one.pk)
    if not may_put_back(request, effects_of(since)):
        raise PermissionDenied
    return put_back(since, by=request.user, why=why, fields=[asked.get("kolom", "")], keep=keep)


trail.register(HistoryPages())
