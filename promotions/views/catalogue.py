"""The promotional catalogue of any filtered list: the print page and its PDF."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from products.catalog import ProductCatalog
from promotions.book.html import TEMPLATE, context_of, html_of
from promotions.book.measure import OFFICE, Measure
from promotions.book.paginate import book_of
from promotions.catalogue import pdf, store
from promotions.catalogue.compose import compose
from promotions.catalogue.model import Catalogue, Text
from promotions.catalogue.selection import gather
from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.listing import Listing

# Characters: four lines of the cover.
COVER_LENGTH = 120

CatalogueView = Callable[[HttpRequest, Listing, Catalogue], HttpResponseBase]


def of_selection(view: CatalogueView) -> Callable[[HttpRequest], HttpResponseBase]:
    """Hand a view the list its address names and the catalogue of that list; help where the list is empty."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        products = ProductCatalog()
        listing = Listing(products, read_request(products, request.GET), reverse("product_list"))
        catalogue = compose(gather(listing), Text(cover_words(listing)), settings.SITE_URL)
        if catalogue.is_empty:
            # There is a page for an empty selection, but no file.
            status = 404 if view is make_pdf else 200
            return render(request, "catalogue/empty.html", addresses(listing), status=status)
        return view(request, listing, catalogue)

    return require_safe(answer)


def cover_words(listing: Listing) -> str:
    """The selection as a title names it: “Pangan · Gunungpati”, as many names as a cover holds."""
    words = [f"“{listing.q[:40]}”"] if listing.q else []
    for chip in listing.chips:
        if len(" · ".join([*words, chip.label])) > COVER_LENGTH:
            return " · ".join([*words, "…"])
        words.append(chip.label)
    return " · ".join(words)


def addresses(listing: Listing) -> dict[str, object]:
    """Where the reader can go from here, with the same selection."""
    query = listing.query_string
    return {
        "list_url": f"{listing.path}{query}",
        "print_url": f"{reverse('catalogue_print')}{query}",
        "pdf_url": f"{reverse('catalogue_pdf')}{query}",
        "ignored": listing.ignored,
        "listing": listing,
    }


def show_page(request: HttpRequest, listing: Listing, catalogue: Catalogue) -> HttpResponseBase:
    return render(request, TEMPLATE, context_of(book_of(catalogue, Measure(variant=OFFICE))) | addresses(listing))


def make_pdf(request: HttpRequest, listing: Listing, catalogue: Catalogue) -> HttpResponseBase:
    try:
        pdf.engine()
        html = html_of(book_of(catalogue, Measure()))
        key = pdf.key_of(html)
        path = store.get_or_make(key, lambda: pdf.render(html, key[:32]))
    except (pdf.PdfUnavailable, store.Busy) as reason:
        problem = {"missing": getattr(reason, "missing", ""), **addresses(listing)}
        apology = render(request, "catalogue/pdf_unavailable.html", problem, status=503)
        apology.headers["Retry-After"] = "60" if isinstance(reason, store.Busy) else "3600"
        return apology
    name = f"katalog-sentra-semarang-{catalogue.iso_date}.pdf"
    response = FileResponse(path.open("rb"), content_type="application/pdf", filename=name)
    response.headers["ETag"] = quote_etag(key)
    return response


catalogue_print = of_selection(show_page)
catalogue_pdf = of_selection(make_pdf)
