"""The file of an edition, of whatever kind, from its stored documents and photos."""

from pathlib import Path

from promotions.book.measure import Measure
from promotions.catalogue import resources
from promotions.choices import FileVariant
from promotions.editions.reading import PHOTOS, identity, make_pdf, stored_book
from promotions.models import EditionFile
from promotions.press import book as press
from semarang_ikm.shared.background import Progress, silent

# Read, set, stored.
STEPS = 3


def write_file(record: EditionFile, path: Path, report: Progress = silent) -> tuple[int, dict[str, str]]:
    """Set the stored documents of this file's edition in type. Its pages, and what made it. Raises PdfUnavailable."""
    contents = [row.content for row in record.edition.documents.all()]
    measure = Measure(record.paper, record.edition.density, record.variant)
    photos = {photo.key: photo for photo in record.edition.photos.all()}

    def photo(key: str) -> bytes:
        with photos[key].image.open() as stored:
            return stored.read()

    if record.variant == FileVariant.READING:
        report(1, STEPS)
        made = make_pdf(contents, photo, measure)
        report(2, STEPS)
        path.write_bytes(made.pdf)
        return made.pages, made.made_with

    def read(url: str) -> tuple[bytes, str]:
        if url.startswith(PHOTOS):
            return photo(url.removeprefix(PHOTOS)), "image/jpeg"
        return resources.read(url)

    day = contents[0]["catalogue"]["iso_date"]
    origin = press.Origin(record.edition.title, identity(contents, measure), day)
    printed = press.make(stored_book(contents, measure), origin, read, path, report)
    return printed.pages, printed.made_with
