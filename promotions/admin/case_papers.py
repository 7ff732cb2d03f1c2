"""The papers of a case as officers meet them: a letter is written, shown and set as PDF; a document is stored."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext_lazy

from promotions.actions.cases import write_letter
from promotions.admin.case_forms import LetterForm
from promotions.cases.letters import sheet_of
from promotions.catalogue import pdf
from promotions.models import CaseDocument, CaseLetter, FacilitationCase
from semarang_ikm.shared.admin.files import PrivateFileAdmin
from semarang_ikm.shared.admin.personal import sees_personal_data
from semarang_ikm.shared.admin.records import RecordAdmin, RecordInline
from sentra.scope import Areas, ikm_within, sentra_within


def _of_case(areas: Areas) -> Q:
    return ikm_within(areas, "case__ikm__") | sentra_within(areas, "case__sentra")


class WithTheCase:
    """Whoever may see or change cases may do the same with what belongs to one, and nobody else."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("promotions.view_facilitationcase")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("promotions.change_facilitationcase")

    def may_open(self, request: HttpRequest, record: Any) -> bool:
        return self.has_view_permission(request, record)

    has_add_permission = has_delete_permission = has_change_permission


class DocumentInline(WithTheCase, RecordInline):
    model = CaseDocument
    fields = (("title", "file"),)


@admin.register(CaseDocument)
class CaseDocumentAdmin(WithTheCase, PrivateFileAdmin, RecordAdmin):
    """Only for the download: documents are added on the page of their case."""

    within = staticmethod(_of_case)
    list_display = ("title", "case", "added_at")
    list_select_related = ("case",)
    search_fields = ("title", "case__number")
    actions = ()
    fields = ("case", "title", "added_at")
    readonly_fields = fields

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CaseDocument | None = None) -> bool:
        return False


class LettersMixin:
    """For the admin of cases: letters below the case's address."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/surat/", view(self.letter_add), name="promotions_caseletter_write"),
            path("<int:pk>/surat/<int:letter>/", view(self.letter_show), name="promotions_caseletter_print"),
            path("<int:pk>/surat/<int:letter>/pdf/", view(self.letter_pdf), name="promotions_caseletter_pdf"),
            *super().get_urls(),
        ]

    def letter_add(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the words of a letter; POST stores it once and shows it."""
        case = self._case(request, pk)
        if not self.has_change_permission(request, case):
            raise PermissionDenied
        # A letter is Indonesian, whatever language the officer works in.
        with translation.override("id"):
            form = LetterForm(case, request, request.POST or None)
        if request.method == "POST" and form.is_valid():
            letter = write_letter(letter=form.letter(), by=request.user)
            return HttpResponseRedirect(reverse("admin:promotions_caseletter_print", args=[pk, letter.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext_lazy("Surat ke mitra"),
            "opts": self.opts,
            "case": case,
            "form": form,
        }
        return TemplateResponse(request, "admin/case_letter.html", context)

    def letter_show(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        """The letter as it is printed, from the browser too."""
        stored = self._letter(request, pk, letter)
        with translation.override("id"):
            answer = render(request, "promotions/letter.html", {"sheet": sheet_of(stored), "on_paper": False})
        return _for_staff(answer)

    def letter_pdf(self, request: HttpRequest, pk: int, letter: int) -> HttpResponse:
        stored = self._letter(request, pk, letter)
        try:
            with translation.override("id"):
                html = render_to_string(
                    "promotions/letter.html", {"sheet": sheet_of(stored), "on_paper": True}, request
                )
            document = pdf.render(html, stored.number)
        except pdf.PdfUnavailable as reason:
            print_url = reverse("admin:promotions_caseletter_print", args=[pk, letter])
            context = {**self.admin_site.each_context(request), "missing": reason.missing, "print_url": print_url}
            apology = render(request, "admin/no_pdf.html", context, status=503)
            apology.headers["Retry-After"] = "3600"
            return _for_staff(apology)
        answer = HttpResponse(document, content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="surat-{stored.number.replace("/", "-")}.pdf"'
        return _for_staff(answer)

    def _case(self, request: HttpRequest, pk: int) -> FacilitationCase:
        case = self.get_object(request, str(pk))
        if case is None or not self.has_view_permission(request, case):
            raise Http404
        return case

    def _letter(self, request: HttpRequest, pk: int, letter: int) -> CaseLetter:
        found = self._case(request, pk).letters.filter(pk=letter).first()
        if found is None:
            raise Http404
        if found.personal and not sees_personal_data(request):
            raise PermissionDenied
        return found


def _for_staff(answer: HttpResponse) -> HttpResponse:
    """Nothing on the way keeps it: it can hold what was handed to one agency only."""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
