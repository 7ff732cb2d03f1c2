"""Imports: bring a spreadsheet, look at what it would do, approve it, take the wrong rows home."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.exchange import actions
from semarang_ikm.exchange.admin import exports
from semarang_ikm.exchange.admin.pages import page_of
from semarang_ikm.exchange.admin.uploads import UploadForm
from semarang_ikm.exchange.choices import FileForm
from semarang_ikm.exchange.kinds import KINDS
from semarang_ikm.exchange.models import ImportProposal
from semarang_ikm.exchange.permissions import importable, sees_personal_data
from semarang_ikm.exchange.problems import FileRefused
from semarang_ikm.shared.admin.records import RecordAdmin
from semarang_ikm.shared.admin.scope import areas_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(ImportProposal)
class ImportProposalAdmin(RecordAdmin):
    list_display = ("file_name", "kind", "progress", "created_by", "created_at")
    list_filter = ("kind", "stage")
    list_select_related = ("created_by", "decided_by", "change_set")
    search_fields = ("file_name",)
    actions = ()
    # What was read is looked at on its own page; nothing of it is typed.
    fields = ("file_name", "kind", "stage")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Proposals for tables that the officer may write."""
        kinds = [kind.name.value for kind in importable(request.user)]
        rows = super().get_queryset(request).filter(kind__in=kinds)
        # What others brought may lie outside the kecamatan of an officer who works in some only.
        return rows.filter(created_by=request.user) if areas_of(request) else rows

    def has_delete_permission(self, request: HttpRequest, obj: ImportProposal | None = None) -> bool:
        """What was decided stays: it tells who wrote what."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.decided_at is None)

    @admin.display(description=gettext_lazy("tahap"), ordering="stage")
    def progress(self, proposal: ImportProposal) -> str:
        return str(proposal.get_work_state_display() if proposal.work_message else proposal.get_stage_display())

    def get_urls(self) -> list[URLPattern]:
        def own(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"exchange_{name}")

        return [
            own("templat/<slug:kind>/", self.template, "template"),
            own("ekspor/<slug:kind>/", exports.ask, "export_ask"),
            own("ekspor/<slug:kind>/<slug:form>/", exports.download, "export"),
            own("<int:pk>/baris-salah/", self.wrong_rows, "wrong_rows"),
            own("<int:pk>/putuskan/", self.decide, "decide"),
            *super().get_urls(),
        ]

    # -- bring ---------------------------------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None) -> HttpResponse:
        kinds = importable(request.user)
        if not kinds or not self.has_add_permission(request):
            raise PermissionDenied
        initial = {"kind": request.GET.get("macam", "")}
        form = UploadForm(kinds, request.POST or None, request.FILES or None, initial=initial)
        if form.is_valid() and (proposal := self._propose(request, form)) is not None:
            return HttpResponseRedirect(reverse("admin:exchange_importproposal_change", args=[proposal.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Impor dari lembar sebar"),
            "opts": self.opts,
            "form": form,
            "kinds": kinds,
        }
        return TemplateResponse(request, "admin/import_upload.html", context)

    def _propose(self, request: HttpRequest, form: UploadForm) -> ImportProposal | None:
        file = form.cleaned_data["file"]
        try:
            proposal, is_new = actions.propose(
                kind=form.cleaned_data["kind"], data=file.read(), name=file.name, by=request.user
            )
        except FileRefused as refusal:
            form.add_error("file", refusal.messages)
            return None
        if not is_new:
            self.message_user(request, _("Berkas ini sudah diunggah. Ini usulannya."), messages.INFO)
        return proposal

    def template(self, request: HttpRequest, kind: str) -> HttpResponse:
        from semarang_ikm.exchange.workbooks import template

        if kind not in KINDS or KINDS[kind] not in importable(request.user) or not self.has_add_permission(request):
            raise Http404
        data = template(KINDS[kind], KINDS[kind].columns)
        return _download(data, f"templat-{kind}.xlsx", XLSX)

    # -- look and choose ------------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        shown = page_of(
            proposal, request.GET.get("keadaan", ""), request.GET.get("p", ""), sees_personal_data(request.user)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": proposal.file_name,
            "opts": self.opts,
            "proposal": proposal,
            "shown": shown,
            "counts": shown.counts,
            "can_decide": proposal.is_open and self.has_change_permission(request, proposal),
        }
        response = TemplateResponse(request, "admin/import_proposal.html", context)
        if proposal.is_at_work:
            # Nothing on the page can be lost meanwhile: it shows how far the work is.
            response.headers["Refresh"] = "2"
        return response

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything that the page's one form can do: what is ticked there is kept first, whichever button was used."""
        proposal = self.get_object(request, str(pk))
        if proposal is None or not self.has_change_permission(request, proposal):
            raise Http404
        page = reverse("admin:exchange_importproposal_change", args=[pk])
        if request.method == "POST":
            try:
                self._decide(request, proposal)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        back = request.POST.get("kembali", "")
        return HttpResponseRedirect(f"{page}?{back}" if back and proposal.is_open else page)

    def _decide(self, request: HttpRequest, proposal: ImportProposal) -> None:
        asked = request.POST.get("tindakan", "")
        if asked == "batal":
            actions.discard(proposal=proposal, by=request.user)
            return
        shown = _numbers(request.POST.getlist("tampil"))
        answers = {pk: request.POST[f"jawab-{pk}"] for pk in shown if f"jawab-{pk}" in request.POST}
        if proposal.is_open or asked != "simpan":
            actions.choose(
                proposal=proposal, shown=shown, ticked=set(_numbers(request.POST.getlist("centang"))), answers=answers
            )
        if asked in {"semua", "kosong"}:
            actions.tick_all(proposal=proposal, state=request.POST.get("keadaan", ""), ticked=asked == "semua")
        elif asked == "simpan":
            actions.approve(proposal=proposal, by=request.user)

    # -- take home ------------------------------------------------------------------------------------------------------

    def wrong_rows(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The officer's own file with the wrong rows marked; a table of those rows where it is too large or gone."""
        proposal = self.get_object(request, str(pk))
        if proposal is None or not self.has_view_permission(request, proposal):
            raise Http404
        # What one's own file holds is no secret.
        if proposal.created_by_id != request.user.pk and not sees_personal_data(request.user):
            raise PermissionDenied
        from semarang_ikm.exchange.workbooks import wrong_rows, wrong_rows_as_csv

        is_book = proposal.form == FileForm.XLSX
        name, content_type = (f"salah-{pk}.{proposal.form}", XLSX if is_book else "text/csv; charset=utf-8")
        if proposal.marked:
            with proposal.marked.open() as stored:
                return _download(stored.read(), name, content_type)
        make = wrong_rows if is_book else wrong_rows_as_csv
        data = make(KINDS[proposal.kind], proposal.headings, actions.wrong_lines(proposal))
        return _download(data, f"baris-{name}", content_type)


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts[:1000] if text.isascii() and text.isdigit() and len(text) < 19]


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
