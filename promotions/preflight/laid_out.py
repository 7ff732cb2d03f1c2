"""What the typesetter really made of a book: text that is cut, that lies on art or on other text, and lonely cells.

Measured on the boxes that WeasyPrint lays out, not on the estimates that the pages were composed with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from PIL import Image

from promotions.book.html import STYLES, html_of
from promotions.book.pages import Book, Page
from promotions.catalogue import fonts, pdf, resources

# Of the type size: how far ink reaches above and below the baseline of small letters.
ABOVE, BELOW = 0.5, 0.02
# How the codes of entries begin, which are the ids of their boxes.
CODES = {"P-", "S-", "U-"}
# CSS pixels (1/96 inch): less is a hair that nobody sees.
HAIR = 0.8
PX_PER_MM = 96 / 25.4
# The edges of a page that stay free of text, millimetres; what does not fit on a page begins at the top of the next.
EDGE_MM = 5.0
# A last page of products with less than this share of the fullest one is lonely.
LONELY = 0.34


@dataclass(frozen=True)
class Flaw:
    """`kind`: "cut", "on-art", "on-text" or "lonely". `code`: of the entry it is in, or ""; `words`: the text."""

    kind: str
    page: int
    code: str
    words: str


@dataclass(frozen=True)
class _Ink:
    """Where a run of text has ink, in CSS pixels, and the entry and line that it belongs to."""

    left: float
    top: float
    right: float
    bottom: float
    code: str
    words: str
    line: int


@dataclass(frozen=True)
class _Arch:
    """A rectangle under a half circle."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, ink: _Ink) -> bool:
        radius = (self.right - self.left) / 2
        middle, shoulder = self.left + radius, self.top + radius
        # The point of the ink that is nearest to the middle of the arch.
        x = min(max(middle, ink.left), ink.right)
        y = min(max(shoulder, ink.top), ink.bottom)
        within = self.left + HAIR < x < self.right - HAIR and y < self.bottom
        return within and (y >= shoulder or (x - middle) ** 2 + (y - shoulder) ** 2 < (radius - HAIR) ** 2)


def flaws_of(book: Book) -> list[Flaw]:
    """Everything that is wrong with the pages of this book, each text once a page. Raises PdfUnavailable."""
    found: list[Flaw] = list(lonely(book))
    for number, page in enumerate(_laid_out(book), 1):
        inks: list[_Ink] = []
        arches: list[_Arch] = []
        _collect(page._page_box, "", inks, arches)
        found += _flaws(number, inks, arches, page.width, page.height)
        found += _missing(book.pages[number - 1], number, {ink.code for ink in inks})
    return list(dict.fromkeys(found))


def lonely(book: Book) -> Iterator[Flaw]:
    """Last sheets of a chapter that are nearly empty although others are full."""
    sheets = [page for page in book.pages if page.kind == "products"]
    for before, page in pairwise(sheets):
        if page.body.chapter is not before.body.chapter or (page.body.chapter is None and page.body.is_first):
            continue
        is_last = page is sheets[-1] or sheets[sheets.index(page) + 1].body.chapter is not page.body.chapter
        cells = _cells(page)
        if is_last and cells <= 2 and cells < LONELY * _cells(before):
            first = page.body.rows[0].cells[0]
            yield Flaw("lonely", page.number, first.code, first.name.words)


def _cells(page: Any) -> int:
    return sum(len(row.cells) for row in page.body.rows)


def _laid_out(book: Book) -> list[Any]:
    """The pages as WeasyPrint has them. Photos are left blank: their frames are fixed."""
    weasyprint = pdf.engine()
    from weasyprint.text.fonts import FontConfiguration

    blank = BytesIO()
    Image.new("RGB", (4, 3), "white").save(blank, "JPEG")

    def read(url: str) -> tuple[bytes, str]:
        if url.startswith(resources.FONTS) or "/static/" in url:
            return resources.read(url)
        return blank.getvalue(), "image/jpeg"

    files, font_config = pdf.fetcher(read), FontConfiguration()
    sheets = [
        weasyprint.CSS(string=text, font_config=font_config, url_fetcher=files, base_url=base)
        for text, base in (
            (fonts.installed().stylesheet(resources.FONTS), resources.BASE),
            *((_source(name), f"{resources.BASE}/static/css/") for name in STYLES[book.measure.variant]),
        )
    ]
    html = pdf.without_styles(html_of(book)).replace('href="#', 'data-to="')
    document = pdf.document_of(html, files)
    with pdf.collector_at_rest():
        return document.render(font_config=font_config, stylesheets=sheets).pages


def _source(name: str) -> str:
    return resources.read(f"{resources.BASE}/static/{name}")[0].decode()


def _collect(box: Any, code: str, inks: list[_Ink], arches: list[_Arch]) -> None:
    element = getattr(box, "element", None)
    if element is not None and hasattr(element, "get"):
        name = element.get("id") or ""
        if name[:2] in CODES:
            code = name
        if "ground" in (element.get("class") or "").split():
            _collect_art(box, arches)
            return
    text = getattr(box, "text", None)
    if text and text.strip() and hasattr(box, "baseline"):
        size = box.style["font_size"]
        base = box.position_y + box.baseline
        right = box.position_x + box.width
        inks.append(
            _Ink(box.position_x, base - ABOVE * size, right, base + BELOW * size, code, text.strip(), round(base))
        )
    for child in getattr(box, "children", ()):
        _collect(child[0] if isinstance(child, tuple) else child, code, inks, arches)


def _collect_art(ground: Any, arches: list[_Arch]) -> None:
    for box in ground.descendants():
        if getattr(box, "element_tag", "") == "i" and box.border_width():
            left, top = box.border_box_x(), box.border_box_y()
            arches.append(_Arch(left, top, left + box.border_width(), top + box.border_height()))


def _missing(page: Page, number: int, seen: set[str]) -> Iterator[Flaw]:
    """Rows and cells that the typesetter left out, because they would begin below the page."""
    for code in page.anchors:
        if code[:2] in CODES and code not in seen:
            yield Flaw("cut", number, code, code)


def _flaws(number: int, inks: list[_Ink], arches: list[_Arch], width: float, height: float) -> Iterator[Flaw]:
    edge = EDGE_MM * PX_PER_MM
    for ink in inks:
        if ink.left < edge or ink.right > width - edge or ink.top < edge or ink.bottom > height - edge:
            yield Flaw("cut", number, ink.code, ink.words)
        if any(arch.touches(ink) for arch in arches):
            yield Flaw("on-art", number, ink.code, ink.words)
    ordered = sorted(inks, key=lambda ink: ink.top)
    for place, ink in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.top > ink.bottom - HAIR:
                break
            if other.line != ink.line and min(ink.right, other.right) - max(ink.left, other.left) > HAIR:
                yield Flaw("on-text", number, other.code or ink.code, f"{ink.words} / {other.words}")
