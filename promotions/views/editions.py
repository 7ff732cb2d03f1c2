"""The shelf: published editions, read on the web first, as one page for paper, and as the stored PDF."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from promotions.book.html import TEMPLATE, context_of
from promotions.book.measure import OFFICE, Measure
from promotions.book.paginate import book_of
from promotions.catalogue.model import Business, Catalogue, Entry
from promotions.editions.masking import ON_PAPER, ON_SCREEN, lost, masked
from promotions.editions.plain import dicts, is_picture
from promotions.editions.reading import book_content, catalogue_of, chapters_of
from promotions.models import CatalogueEdition, EditionDocument, EditionFile, EditionPhoto
from promotions.sharing import edition_card
from promotions.structured import edition_list_page, edition_page
from semarang_ikm.shared.addresses import Address, RecordView, gone
from sentra.addresses import is_withdrawn
from sentra.codes import format_code, parse_code


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    editions = list(CatalogueEdition.objects.published().for_shelf())
    return render(
        request, "promotions/edition_list.html", {"editions": editions, "structured": edition_list_page(editions)}
    )


class _EditionView(RecordView):
    """Finds the edition; a draft was never there, an archived one is gone."""

    def find(self, code: str) -> Address:
        record = CatalogueEdition.objects.published().for_shelf().filter(code=code).first()
        if record is not None and record.documents.all():
            return Address(record=record)
        hidden = CatalogueEdition.objects.archived().filter(code=code).first()
        return Address(is_gone=hidden is not None and is_withdrawn(hidden))


def document_of(edition: CatalogueEdition) -> EditionDocument:
    """In the reader's language, else in the one there is."""
    documents = list(edition.documents.all())
    return next((row for row in documents if row.language == get_language()), documents[0])


def found_in(catalogue: Catalogue, typed: str) -> tuple[list[tuple[Any, list[Entry]]], list[Business]]:
    """The chapters and businesses, or of them what bears the typed code in any spelling."""
    chapters, businesses = chapters_of(catalogue), list(catalogue.businesses)
    if not typed:
        return chapters, businesses
    wanted = format_code(*parsed) if (parsed := parse_code(typed)) else ""
    found = [
        (page, [entry for entry in entries if wanted in {entry.code, entry.maker_code, page and page.code}])
        for page, entries in chapters
    ]
    return [chapter for chapter in found if chapter[1]], [row for row in businesses if row.code == wanted]


def photo_url(code: str) -> Any:
    return lambda key: reverse("edition_photo", args=[code, key])


class EditionView(_EditionView):
    template_name = "promotions/edition.html"

    def context(self, record: CatalogueEdition) -> Mapping[str, Any]:
        document = document_of(record)
        missing = lost([document.content], ON_SCREEN)
        catalogue = catalogue_of(document.content, photo_url(record.code), missing)
        typed = self.request.GET.get("kode", "").strip()[:20]
        chapters, businesses = found_in(catalogue, typed)
        return {
            "edition": record,
            "card": edition_card(record),
            "document": document,
            "catalogue": catalogue,
            "chapters": chapters,
            "businesses": businesses,
            "typed": typed,
            "masked": bool(missing),
            "files": readable_files(record),
        }

    def structured(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return edition_page(context)


def readable_files(edition: CatalogueEdition) -> list[EditionFile]:
    """The reading PDFs that anybody may have now."""
    if lost([row.content for row in edition.documents.all()], ON_PAPER):
        return []
    return [row for row in edition.files.all() if row.is_for_readers]


class EditionPrintView(_EditionView):
    """The whole edition as one page for paper, in its own language or both."""

    def show(self, request: HttpRequest, record: CatalogueEdition) -> HttpResponse:
        contents = [row.content for row in record.documents.all()]
        missing = lost(contents, ON_PAPER)
        back, pdf = record.get_absolute_url(), reverse("edition_pdf", args=[record.code])
        catalogue = book_content(contents, photo_url(record.code), missing)
        context = context_of(book_of(catalogue, Measure(density=record.density, variant=OFFICE)))
        with translation.override(context["language"]):
            return render(request, TEMPLATE, context | {"list_url": back, "pdf_url": pdf})


class EditionPdfView(_EditionView):
    """The stored file, of the paper that is asked for where there is one; never made anew for a reader."""

    def show(self, request: HttpRequest, record: CatalogueEdition) -> HttpResponseBase:
        files = readable_files(record)
        if not files:
            # Built and yet not given out: it carries what was withdrawn.
            closed = any(row.is_closed or row.file for row in record.files.all())
            context = {"edition": record, "closed": closed}
            return render(request, "promotions/edition_no_file.html", context, status=410 if closed else 503)
        chosen = next((row for row in files if row.paper == request.GET.get("kertas")), files[0])
        name = f"katalog-{record.code}-{chosen.paper}-{chosen.language}.pdf"
        response = FileResponse(chosen.file.open(), content_type="application/pdf", filename=name)
        response.headers["ETag"] = quote_etag(chosen.sha256)
        return response


@require_safe
def edition_photo(request: HttpRequest, code: str, key: str) -> HttpResponseBase:
    """A photo as the edition shows it today; one that is masked is gone."""
    edition = get_object_or_404(CatalogueEdition.objects.published().for_shelf(), code=code)
    photo = EditionPhoto.objects.filter(edition=edition, key=key).first()
    if photo is None:
        raise Http404
    contents = [row.content for row in edition.documents.all()]
    missing = lost(contents, ON_SCREEN)
    shown = (part for content in contents for part in dicts(masked(content, missing)) if is_picture(part))
    if not any(part["url"] == key for part in shown):
        return gone(request)
    response = FileResponse(photo.image.open(), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.headers["ETag"] = quote_etag(key)
    return response
