"""Sets some pages of a book at a time: 500 products at once take 350 MiB. Every page knows its number already."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from promotions.book.html import STYLES, html_of
from promotions.book.pages import Book, Page
from promotions.catalogue import fonts, pdf, resources


class Setter:
    """Style sheets and fonts are read once for all parts. `read`: bytes and media type behind an address.

    Raises PdfUnavailable.
    """

    def __init__(self, book: Book, identifier: str, read: Callable[[str], tuple[bytes, str]]) -> None:
        self._weasyprint = pdf.engine()
        from weasyprint.text.fonts import FontConfiguration

        self._book, self._identifier, self._words = book, identifier, sha256()
        self._fonts, self._files = FontConfiguration(), pdf.fetcher(read)
        sheets = [(fonts.installed().stylesheet(resources.FONTS), resources.BASE)]
        sheets += [(_source(name), f"{resources.BASE}/static/css/") for name in STYLES[book.measure.variant]]
        self._sheets = [self._css(text, base) for text, base in sheets]

    def set(self, pages: Iterable[Page]) -> bytes:
        """A PDF of these pages of the book."""
        chosen = list(pages)
        html = pdf.without_styles(html_of(self._book, chosen))
        self._words.update(html.encode())
        # Nothing leads anywhere on paper, and what is meant may be in another part.
        html = html.replace('href="#', 'data-to="')
        document = pdf.document_of(html, self._files)
        options: dict[str, Any] = {"stylesheets": self._sheets, "pdf_identifier": self._identifier.encode()}
        with pdf.collector_at_rest():
            laid_out = document.render(font_config=self._fonts, **options)
            if len(laid_out.pages) != len(chosen):
                raise ValueError(f"{len(chosen)} pages of the book became {len(laid_out.pages)}")
            return laid_out.write_pdf(**options)

    @property
    def words_digest(self) -> str:
        """Of all pages set so far: it changes with templates and translations."""
        return self._words.hexdigest()[:16]

    def _css(self, text: str, base: str) -> Any:
        return self._weasyprint.CSS(string=text, font_config=self._fonts, url_fetcher=self._files, base_url=base)


def _source(name: str) -> str:
    body, _type = resources.read(f"{resources.BASE}/static/{name}")
    return body.decode()
