"""The pages "Perubahan" and "Ralat" of a published edition: what is no longer as printed, and the slip that says so."""

from typing import TYPE_CHECKING

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import gettext as _

from promotions.catalogue import pdf
from promotions.editions.comparing import Altered, alterations, picked
from promotions.models import CatalogueEdition
from semarang_ikm.shared.time import today
from sentra.models import OfficeProfile

if TYPE_CHECKING:
    _Base = admin.ModelAdmin
else:
    _Base = object


class ChangePages(_Base):
    """Part of CatalogueEditionAdmin."""

    def change_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("<int:pk>/perubahan/", guarded(self.edition_changes), name="promotions_edition_changes"),
            path("<int:pk>/ralat/", guarded(self.erratum), name="promotions_edition_erratum"),
            path("<int:pk>/ralat.pdf", guarded(self.erratum_pdf), name="promotions_edition_erratum_pdf"),
        ]

    def edition_changes(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition, language = self._frozen(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Perubahan sejak %(code)s") % {"code": edition.code},
            "opts": self.opts,
            "edition": edition,
            "language": language,
            "languages": edition.languages,
            "altered": alterations(edition, language),
            "masks": edition.masks.all(),
        }
        return TemplateResponse(request, "admin/edition_changes.html", context)

    def erratum(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The slip as it is printed from the browser, in the language of the document."""
        edition, language = self._frozen(request, pk)
        with translation.override(language):
            return render(request, "promotions/erratum.html", self._slip(request, edition, language))

    def erratum_pdf(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition, language = self._frozen(request, pk)
        try:
            with translation.override(language):
                slip = {**self._slip(request, edition, language), "on_paper": True}
                html = render_to_string("promotions/erratum.html", slip, request)
            document = pdf.render(html, f"ralat {edition.code} {language}")
        except pdf.PdfUnavailable as reason:
            print_url = f"{reverse('admin:promotions_edition_erratum', args=[pk])}?{request.GET.urlencode()}"
            context = {**self.admin_site.each_context(request), "missing": reason.missing, "print_url": print_url}
            apology = render(request, "admin/no_pdf.html", context, status=503)
            apology.headers["Retry-After"] = "3600"
            return apology
        answer = HttpResponse(document, content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="ralat-{edition.code}-{language}.pdf"'
        return answer

    def _frozen(self, request: HttpRequest, pk: int) -> tuple[CatalogueEdition, str]:
        """The edition and the language of the document that is meant; the first one unless the address says another."""
        edition = self.get_object(request, str(pk))
        if edition is None or not edition.published_at or not self.has_view_permission(request, edition):
            raise Http404
        wanted = request.GET.get("bahasa", "")
        language = wanted if wanted in edition.languages else edition.languages[0]
        if not edition.documents.filter(language=language).exists():
            raise Http404
        return edition, language

    def _slip(self, request: HttpRequest, edition: CatalogueEdition, language: str) -> dict:
        found: list[Altered] = alterations(edition, language)
        if "baris" in request.GET:
            found = picked(found, set(request.GET.getlist("baris")))
        return {
            "edition": edition,
            "language": language,
            "altered": found,
            "office": OfficeProfile.load(),
            "day": today(),
            "query": request.GET.urlencode(),
        }
