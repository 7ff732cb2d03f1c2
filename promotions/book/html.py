"""The seam between the layout and whatever sets it: `html_of(book_of(catalogue, Measure(...)))` is the document.

For paper other than reading and office, give the variant its own style sheet in STYLES; it comes after book.css. There
`.page` is one side of a sheet at its trimmed size and `.ground` holds the art of that side, the only thing that may
leave the page: a press sheet moves its edges outwards, the office sheet inwards. Every page knows its number, so a part
of the pages may be set alone and joined later: `html_of(book, book.pages[8:16])`.
"""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from promotions.book.measure import OFFICE
from promotions.book.pages import Book, Page
from promotions.catalogue import fonts
from promotions.choices import FileVariant

TEMPLATE = "catalogue/catalogue.html"
STYLES: dict[str, tuple[str, ...]] = {
    OFFICE: ("css/book.css",),
    FileVariant.READING: ("css/book.css",),
    FileVariant.PRESS: ("css/book.css", "css/press.css"),
    FileVariant.BOOKLET: ("css/book.css",),
}


def html_of(book: Book, pages: Sequence[Page] | None = None) -> str:
    """The document for the typesetter, in its own language. `pages`: only these of the book."""
    context = context_of(book, pages) | {"on_paper": True, "missing_typeface": not fonts.installed().as_designed}
    with translation.override(context["language"]):
        return render_to_string(TEMPLATE, context)


def context_of(book: Book, pages: Sequence[Page] | None = None) -> dict[str, Any]:
    """What the template needs of the book. Of a book in both languages the document is Indonesian."""
    language = "id" if book.catalogue.is_bilingual else book.catalogue.language
    return {
        "book": book,
        "pages": book.pages if pages is None else pages,
        "catalogue": book.catalogue,
        "measure": book.measure,
        "styles": STYLES[book.measure.variant],
        "language": language,
    }
