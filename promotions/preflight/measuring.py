"""The pages of a plan as they would be printed now: what names them, and what is wrong with them."""

from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation

from promotions.book.measure import Measure
from promotions.book.paginate import book_of
from promotions.catalogue import pdf, phrases
from promotions.catalogue.bilingual import in_one_book
from promotions.catalogue.compose import compose
from promotions.catalogue.model import Catalogue
from promotions.catalogue.selection import Material
from promotions.choices import FileVariant, Paper
from promotions.editions.freezing import note_of
from promotions.editions.plain import canonical, to_plain
from promotions.models import CatalogueEdition
from promotions.preflight.laid_out import flaws_of

# Papers that are measured. Of all uses the booklet has the highest art and the same text.
PAPERS = (Paper.A4, Paper.A5)


def catalogues_of(edition: CatalogueEdition, material: Material) -> list[Catalogue]:
    """What the edition would say now, in each of its languages."""
    made = []
    for language in edition.languages:
        with translation.override(language):
            title, note = phrases.text_of(edition, "title"), note_of(edition)
            made.append(compose(material, title, settings.SITE_URL, note, edition.theme))
    return made


def digest_of(edition: CatalogueEdition, material: Material) -> str:
    """The same for a plan that would be set in the same way."""
    digest = sha256(f"{pdf.RECIPE} {edition.density} {pdf.digest_of(pdf.STYLESHEET)}".encode())
    for catalogue in catalogues_of(edition, material):
        digest.update(canonical(to_plain(catalogue)))
    return digest.hexdigest()


def measure(edition: CatalogueEdition, material: Material, paper: str) -> list[dict[str, Any]]:
    """Lay the plan out on this paper and look. Raises PdfUnavailable."""
    catalogues = catalogues_of(edition, material)
    catalogue = in_one_book(*catalogues) if len(catalogues) == 2 else catalogues[0]
    book = book_of(catalogue, Measure(paper, edition.density, FileVariant.BOOKLET))
    return [{"paper": str(paper), **asdict(flaw)} for flaw in flaws_of(book)]
