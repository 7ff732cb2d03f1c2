"""The frozen documents of an edition as its readers get them: on a page, on paper, in a PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from promotions.book.html import html_of
from promotions.book.measure import Measure
from promotions.book.pages import Book
from promotions.book.paginate import book_of
from promotions.catalogue import pdf, resources
from promotions.catalogue.bilingual import in_one_book
from promotions.catalogue.model import Catalogue, Chapter, Entry
from promotions.editions.masking import Lost, masked
from promotions.editions.plain import Plain, canonical, changed, from_plain, is_picture

PHOTOS = f"{resources.BASE}/_edition/"


def catalogue_of(content: Plain, photo_url: Callable[[str], str], missing: Lost | None = None) -> Catalogue:
    """The document without what is masked, its photos at the addresses that `photo_url` gives for their keys."""

    def change(part: dict) -> dict:
        return part | {"url": photo_url(part["url"])} if is_picture(part) else part

    return from_plain(Catalogue, changed(masked(content, missing or {}), change))


def book_content(contents: Sequence[Plain], photo_url: Callable[[str], str], missing: Lost | None = None) -> Catalogue:
    """The documents of an edition, Indonesian first, as one catalogue."""
    read = [catalogue_of(content, photo_url, missing) for content in contents]
    return in_one_book(*read) if len(read) == 2 else read[0]


@dataclass(frozen=True)
class Made:
    """A PDF, its pages, and what set it: names and versions."""

    pdf: bytes
    pages: int
    made_with: dict[str, str]


def make_pdf(contents: Sequence[Plain], photo: Callable[[str], bytes], measure: Measure) -> Made:
    """Set stored documents, Indonesian first, in type; two of them make a book in both languages.

    `photo`: the stored photo of a key, asked for one at a time because hundreds do not fit into the memory of a worker.

    The same bytes from the same documents, measure, libraries and fonts. Raises PdfUnavailable.
    """
    pdf.engine()
    html = html_of(stored_book(contents, measure))

    def read(url: str) -> tuple[bytes, str]:
        if url.startswith(PHOTOS):
            key = url.removeprefix(PHOTOS)
            return resources.for_screen(photo(key), key), "image/jpeg"
        return resources.read(url)

    made, pages = pdf.set_in_type(html, identity(contents, measure), read)
    words = sha256(pdf.without_styles(html).encode()).hexdigest()[:16]
    return Made(made, pages, pdf.made_with() | {"words": words})


def stored_book(contents: Sequence[Plain], measure: Measure) -> Book:
    """The pages of stored documents, with their own photos."""
    return book_of(book_content(contents, lambda key: f"{PHOTOS}{key}"), measure)


def identity(contents: Sequence[Plain], measure: Measure) -> str:
    """Names the document within its file: the same for the same documents on the same measure."""
    digest = sha256(f"{measure.paper} {measure.density} {measure.variant}".encode())
    for content in contents:
        digest.update(canonical(content))
    return digest.hexdigest()[:32]


def chapters_of(catalogue: Catalogue) -> list[tuple[Chapter | None, list[Entry]]]:
    """The sentra in their order, each with its products; last, under None, those without one."""
    chapters: list[tuple[Chapter | None, list[Entry]]] = [(page, list(page.entries)) for page in catalogue.sentra]
    return [*chapters, (None, list(catalogue.loose))] if catalogue.loose else chapters
