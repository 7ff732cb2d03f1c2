"""The PDF of the catalogue's HTML, by WeasyPrint: imported when first used, because the site runs without it."""

import gc
import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from promotions.catalogue import fonts, resources

# Part of a stored file's key; raised when the way of making changes while the HTML stays.
RECIPE = 3
STYLESHEET = "css/book.css"


# Default rules of WeasyPrint that match every element; `li::marker` is enough of the first.
_OF_EVERY_ELEMENT = re.compile(r"^::(?=marker )", re.MULTILINE), re.compile(r"^::\S*note\S* \{.*\}$", re.MULTILINE)
_LINKED_STYLES = re.compile(r'<link rel="stylesheet"[^>]*>')


class PdfUnavailable(Exception):
    """WeasyPrint or one of the system libraries it needs is not installed. `missing` names it."""

    def __init__(self, missing: str) -> None:
        super().__init__(missing)
        self.missing = missing


class _Shortened(logging.Filter):
    """Messages of WeasyPrint quote addresses in full, data URIs included; a line of log is enough."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = record.getMessage()[:200], None
        return True


def engine() -> Any:
    """The WeasyPrint module. Raises PdfUnavailable."""
    try:
        import weasyprint
    except ImportError as missing:
        raise PdfUnavailable("WeasyPrint") from missing
    except OSError as missing:
        # Pango, HarfBuzz or fontconfig: the message begins with the library's name.
        raise PdfUnavailable("Pango") from missing
    logger = logging.getLogger("weasyprint")
    if not any(isinstance(known, _Shortened) for known in logger.filters):
        logger.addFilter(_Shortened())
        # Below this it reports every property that is meant for browsers.
        logger.setLevel(logging.ERROR)
        logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


def is_available() -> bool:
    try:
        engine()
    except PdfUnavailable:
        return False
    return True


def key_of(html: str) -> str:
    """The same for the same document: its HTML, style sheet, fonts, and the versions of what sets it."""
    digest = hashlib.sha256(f"{RECIPE} {engine().__version__}\n".encode())
    for face in fonts.installed().faces:
        digest.update(f"{face.path} {face.path.stat().st_size}\n".encode())
    if source := finders.find(STYLESHEET):
        digest.update(Path(source).read_bytes())
    digest.update(html.encode())
    return digest.hexdigest()


def render(html: str, identifier: str) -> bytes:
    """Set the document. Nothing but resources.read is asked for files. Raises PdfUnavailable."""
    return set_in_type(html, identifier, resources.read)[0]


def made_with() -> dict[str, str]:
    """What decides the bytes besides the document: libraries, fonts and the style sheet, each with its version."""
    weasyprint = engine()
    from weasyprint.text.ffi import pango

    faces = fonts.installed().faces
    return {
        "recipe": str(RECIPE),
        "WeasyPrint": weasyprint.__version__,
        "pydyf": version("pydyf"),
        "fontTools": version("fonttools"),
        "Pango": str(pango.pango_version()),
        "style": digest_of(STYLESHEET),
    } | {face.name: f"{face.path.name} {hashlib.sha256(face.path.read_bytes()).hexdigest()[:16]}" for face in faces}


def without_styles(html: str) -> str:
    """The words alone: addresses of style sheets carry hashes that say nothing of the page."""
    return _LINKED_STYLES.sub("", html)


def digest_of(name: str) -> str:
    """Of a static file, to know it again; "" where it is missing."""
    found = finders.find(name)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:16] if found else ""


def fetcher(read: Callable[[str], tuple[bytes, str]]) -> Any:
    """What WeasyPrint asks for files: every address of a document goes through `read`."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Files(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            body, media_type = read(url)
            return URLFetcherResponse(url, body, {"Content-Type": media_type})

    return Files()


@cache
def _defaults() -> Any:
    """WeasyPrint's default style sheet without footnotes, which we have none of."""
    from weasyprint.html import UA, UA_COUNTER_STYLE

    marker, note = _OF_EVERY_ELEMENT
    return engine().CSS(string=note.sub("", marker.sub("li::", UA)), counter_style=UA_COUNTER_STYLE)


def document_of(html: str, files: Any) -> Any:
    """The document as WeasyPrint reads it. Raises PdfUnavailable.

    Its default rules for markers and footnotes would make six styles for every element, 100 MiB for 500 products.
    """

    base: Any = engine().HTML

    class Document(base):
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [_defaults()]

    return Document(string=html, base_url=f"{resources.BASE}/", url_fetcher=files)


def set_in_type(html: str, identifier: str, read: Callable[[str], tuple[bytes, str]]) -> tuple[bytes, int]:
    """The PDF and how many pages it has. Nothing but `read` is asked for files. Raises PdfUnavailable."""
    weasyprint = engine()
    from weasyprint.text.fonts import FontConfiguration

    files, font_config = fetcher(read), FontConfiguration()
    faces = weasyprint.CSS(
        string=fonts.installed().stylesheet(resources.FONTS),
        font_config=font_config,
        url_fetcher=files,
        base_url=resources.BASE,
    )
    document = document_of(html, files)
    options: dict[str, Any] = {"stylesheets": [faces], "pdf_identifier": identifier.encode(), "pdf_tags": True}
    with collector_at_rest():
        laid_out = document.render(font_config=font_config, **options)
        for page in laid_out.pages:
            page.paint = _joining(page.paint)
        return laid_out.write_pdf(**options), len(laid_out.pages)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Setting makes a million objects that stay to the end and next to no cycles: looking for some again and again took
    an eighth to a quarter of the time of 500 products (busy machine, 1 December 2026) and freed nothing."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _joining(paint: Callable[..., None]) -> Callable[..., None]:
    """Paint, then keep the page's drawing as a few long strings: as a word each, 500 QR codes take 20 MiB."""

    def painted(stream: Any, *args: Any, **options: Any) -> None:
        paint(stream, *args, **options)
        stream.stream = [
            part
            for is_bytes, parts in groupby(stream.stream, lambda part: isinstance(part, bytes))
            for part in ([b"\n".join(parts)] if is_bytes else parts)
        ]

    return painted
