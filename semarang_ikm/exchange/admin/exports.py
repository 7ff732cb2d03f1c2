"""Exports: of exactly what a list shows, or of the ticked rows; and the links from the lists."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.exchange.exporting import CONTENT_TYPES, FORMS, Export
from semarang_ikm.exchange.kinds import KINDS, Kind
from semarang_ikm.exchange.permissions import can_import, columns_for, sees_personal_data
from semarang_ikm.shared.admin.list_tools import ListTool, add_action, add_tool
from semarang_ikm.shared.time import today

ADD = "exchange.add_importproposal"


def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """How many rows the list's filters leave, and in which form to take them."""
    chosen, page = _list_of(request, kind)
    context = {
        **admin.site.each_context(request),
        "title": _("Ekspor"),
        "opts": chosen.model._meta,
        "count": _filtered(request, page).count(),
        "filters": request.GET.urlencode(),
        "forms": [(form, form.upper(), reverse("admin:exchange_export", args=[kind, form])) for form in FORMS],
        "sees_personal": sees_personal_data(request.user),
        "has_personal": bool(chosen.personal),
    }
    return TemplateResponse(request, "admin/export_ask.html", context)


def download(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """Every row that the list shows under the same filters."""
    chosen, page = _list_of(request, kind)
    if form not in FORMS:
        raise Http404
    return _file(request, chosen, form, _filtered(request, page))


def _list_of(request: HttpRequest, kind: str) -> tuple[Kind, ModelAdmin]:
    if kind not in KINDS:
        raise Http404
    page = admin.site._registry.get(KINDS[kind].model)
    if page is None or not page.has_view_permission(request):
        raise Http404
    return KINDS[kind], page


def _filtered(request: HttpRequest, page: ModelAdmin) -> QuerySet:
    try:
        return page.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters as error:
        raise Http404 from error


def _file(request: HttpRequest, kind: Kind, form: str, rows: QuerySet) -> StreamingHttpResponse:
    """The keys are read at once, in the order of the list; the rows follow piece by piece."""
    export = Export(kind, columns_for(request.user, kind), list(dict.fromkeys(rows.values_list("pk", flat=True))))
    response = StreamingHttpResponse(FORMS[form](export), content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{kind.name.value}-{today():%Y-%m-%d}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _action(kind: Kind, form: str) -> Callable[..., Any]:
    def export_selected(page: ModelAdmin, request: HttpRequest, queryset: QuerySet) -> StreamingHttpResponse:
        return _file(request, kind, form, queryset)

    export_selected.__name__ = f"export_{form}"
    return admin.action(permissions=["view"], description=_LABELS[form])(export_selected)


_LABELS = {
    "xlsx": gettext_lazy("Ekspor yang dipilih (XLSX)"),
    "csv": gettext_lazy("Ekspor yang dipilih (CSV)"),
    "json": gettext_lazy("Ekspor yang dipilih (JSON)"),
}


def _register(kind: Kind) -> None:
    def to_import(request: HttpRequest) -> str:
        allowed = request.user.has_perm(ADD) and can_import(request.user, kind)
        return f"{reverse('admin:exchange_importproposal_add')}?macam={kind.name.value}" if allowed else ""

    def to_export(request: HttpRequest) -> str:
        filters = f"?{request.GET.urlencode()}" if request.GET else ""
        return reverse("admin:exchange_export_ask", args=[kind.name.value]) + filters

    add_tool(kind.model, ListTool(gettext_lazy("Impor"), to_import))
    add_tool(kind.model, ListTool(gettext_lazy("Ekspor"), to_export))
    for form in FORMS:
        add_action(kind.model, _action(kind, form))


for _kind in KINDS.values():
    _register(_kind)
