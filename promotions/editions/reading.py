"""The frozen document of an edition as its readers get it: on a page, on paper, in a PDF."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from promotions.catalogue import fonts, pdf, resources
from promotions.catalogue.model import Catalogue, Entry, SentraPage
from promotions.editions.masking import Lost, masked
from promotions.editions.plain import Plain, changed, from_plain, is_picture
from promotions.models import EditionDocument

PHOTOS = f"{resources.BASE}/_edition/"


def catalogue_of(content: Plain, photo_url: Callable[[str], str], missing: Lost | None = None) -> Catalogue:
    """The document without what is masked, its photos at the addresses that `photo_url` gives for their keys."""

    def change(part: dict) -> dict:
        return part | {"url": photo_url(part["url"])} if is_picture(part) else part

    return from_plain(Catalogue, changed(masked(content, missing or {}), change))


@dataclass(frozen=True)
class Made:
    """A PDF, its pages, and what set it: names and versions."""

    pdf: bytes
    pages: int
    made_with: dict[str, str]


def make_pdf(document: EditionDocument, photos: Mapping[str, bytes]) -> Made:
    """Set a stored document in type. The same bytes from the same document, libraries and fonts. Raises PdfUnavailable."""
    pdf.engine()
    with translation.override(document.language):
        context = {
            "catalogue": catalogue_of(document.content, lambda key: f"{PHOTOS}{key}"),
            "on_paper": True,
            "language": document.language,
            "missing_typeface": not fonts.installed().as_designed,
        }
        html = render_to_string("catalogue/catalogue.html", context)

    def read(url: str) -> tuple[bytes, str]:
        if url.startswith(PHOTOS):
            return photos[url.removeprefix(PHOTOS)], "image/jpeg"
        return resources.read(url)

    made, pages = pdf.set_in_type(html, document.sha256[:32], read)
    return Made(made, pages, pdf.made_with())


def entries_of(catalogue: Catalogue) -> list[tuple[SentraPage | None, list[Entry]]]:
    """The sentra in their order, each with its products; last, under None, those without one."""
    chapters: list[tuple[SentraPage | None, list[Entry]]] = [
        (
            page,
            [cell for row in [*page.rows, *(row for sheet in page.sheets for row in sheet.rows)] for cell in row.cells],
        )
        for page in catalogue.sentra
    ]
    loose = [cell for sheet in catalogue.loose for row in sheet.rows for cell in row.cells]
    return [*chapters, (None, loose)] if loose else chapters
