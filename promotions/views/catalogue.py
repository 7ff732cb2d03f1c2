"""The promotional catalogue of any filtered list: the print page and its PDF."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import FileResponse, HttpRequest, QueryDict
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
from promotions.choices import Density, Paper
from semarang_ikm.shared.filterset import read_request
from semarang_ikm.shared.listing import Listing

# Characters: four lines of the cover.
COVER_LENGTH = 120

# The keys of an address that say on what the catalogue is set, with their words; the first is what is meant without.
PAPERS = {paper.value: paper for paper in Paper}
DENSITIES = {"rapat": Density.COMPACT, "lapang": Density.LARGE}
CHOICES: dict[str, dict[str, Any]] = {"kertas": PAPERS, "kerapatan": DENSITIES}


@dataclass(frozen=True)
class Choice:
    """Paper and density as the address has them: words of CHOICES."""

    kertas: str = next(iter(PAPERS))
    kerapatan: str = next(iter(DENSITIES))

    @property
    def measured(self) -> dict[str, str]:
        """For promotions.book.measure.Measure."""
        return {"paper": PAPERS[self.kertas], "density": DENSITIES[self.kerapatan]}

    def added_to(self, query: str) -> str:
        """The query string of a selection with what was chosen; what is meant without words is left out."""
        chosen = {key: word for key, word in asdict(self).items() if word != getattr(Choice, key)}
        return f"{query}{'&' if query else '?'}{urlencode(chosen)}" if chosen else query


CatalogueView = Callable[[HttpRequest, Listing, Catalogue, Choice], HttpResponseBase]


def of_selection(view: CatalogueView) -> Callable[[HttpRequest], HttpResponseBase]:
    """Hand a view the list its address names and the catalogue of that list; help where the list is empty."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        products = ProductCatalog()
        choice, others = read_choice(request.GET)
        listing = Listing(products, read_request(products, others), reverse("product_list"))
        catalogue = compose(gather(listing), Text(cover_words(listing)), settings.SITE_URL)
        if catalogue.is_empty:
            # There is a page for an empty selection, but no file.
            status = 404 if view is make_pdf else 200
            return render(request, "catalogue/empty.html", addresses(listing, choice), status=status)
        return view(request, listing, catalogue, choice)

    return require_safe(answer)


def read_choice(data: QueryDict) -> tuple[Choice, QueryDict]:
    """What the address asks for, and the rest of it: a word that is no choice stays there, to be told as ignored."""
    others, chosen = data.copy(), {}
    for key, words in CHOICES.items():
        word = data.get(key, "")
        if word in words:
            chosen[key] = word
        if key in others and (not word or word in words):
            del others[key]
    return Choice(**chosen), others


def cover_words(listing: Listing) -> str:
    """The selection as a title names it: “Pangan · Gunungpati”, as many names as a cover holds."""
    words = [f"“{listing.q[:40]}”"] if listing.q else []
    for chip in listing.chips:
        if len(" · ".join([*words, chip.label])) > COVER_LENGTH:
            return " · ".join([*words, "…"])
        words.append(chip.label)
    return " · ".join(words)


def addresses(listing: Listing, choice: Choice) -> dict[str, object]:
    """Where the reader can go from here, with the same selection, and what can be chosen."""
    query = listing.query_string
    return {
        "list_url": f"{listing.path}{query}",
        "print_url": f"{reverse('catalogue_print')}{choice.added_to(query)}",
        "pdf_url": f"{reverse('catalogue_pdf')}{choice.added_to(query)}",
        # Whatever the paper, the catalogue of this selection has one address.
        "canonical": f"{reverse('catalogue_print')}{query}",
        "selection": parse_qsl(query.removeprefix("?")),
        "choice": choice,
        "choices": CHOICES,
        "ignored": listing.ignored,
        "listing": listing,
    }


def show_page(request: HttpRequest, listing: Listing, catalogue: Catalogue, choice: Choice) -> HttpResponseBase:
    book = book_of(catalogue, Measure(variant=OFFICE, **choice.measured))
    return render(request, TEMPLATE, context_of(book) | addresses(listing, choice))


def make_pdf(request: HttpRequest, listing: Listing, catalogue: Catalogue, choice: Choice) -> HttpResponseBase:
    try:
        pdf.engine()
        html = html_of(book_of(catalogue, Measure(**choice.measured)))
        key = pdf.key_of(html)
        path = store.get_or_make(key, lambda: pdf.render(html, key[:32]))
    except (pdf.PdfUnavailable, store.Busy) as reason:
        problem = {"missing": getattr(reason, "missing", ""), **addresses(listing, choice)}
        apology = render(request, "catalogue/pdf_unavailable.html", problem, status=503)
        apology.headers["Retry-After"] = "60" if isinstance(reason, store.Busy) else "3600"
        return apology
    name = f"katalog-sentra-semarang-{catalogue.iso_date}.pdf"
    response = FileResponse(path.open("rb"), content_type="application/pdf", filename=name)
    response.headers["ETag"] = quote_etag(key)
    return response


catalogue_print = of_selection(show_page)
catalogue_pdf = of_selection(make_pdf)
