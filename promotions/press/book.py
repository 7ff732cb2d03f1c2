"""The press file or booklet of a book, part by part, then joined, marked or imposed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from promotions.book.html import STYLES
from promotions.book.pages import Book, Page
from promotions.catalogue import pdf
from promotions.choices import FileVariant
from promotions.press import booklet, boxes
from promotions.press.setting import Setter
from semarang_ikm.shared.background import Progress

# Pages in a part. More take memory, fewer take time.
PART = 8


@dataclass(frozen=True)
class Origin:
    """What a file says of itself. `identifier`: names the document; `day`: ISO date of its data."""

    title: str
    identifier: str
    day: str


@dataclass(frozen=True)
class Printed:
    """Sides of the file, and what made it: names and versions."""

    pages: int
    made_with: dict[str, str]


def make(book: Book, origin: Origin, read: Callable[[str], tuple[bytes, str]], path: Path, report: Progress) -> Printed:
    """Write the file to `path`. `report`: how many steps are done, of how many.

    The same bytes from the same book, libraries and fonts. Raises PdfUnavailable.
    """
    boxes.library()
    setter = Setter(book, origin.identifier, read)
    parts = list(_parts(book.pages))
    with TemporaryDirectory() as folder:
        files = []
        for number, pages in enumerate(parts, 1):
            files.append(Path(folder) / f"{number:03}.pdf")
            files[-1].write_bytes(setter.set(pages))
            report(number, len(parts) + 1)
        with boxes.joined(files, Path(folder), origin.title, origin.day) as joined:
            if book.measure.variant == FileVariant.BOOKLET:
                booklet.impose(joined)
            else:
                boxes.mark(joined)
            boxes.save(joined, path)
            return Printed(len(joined.pages), _made_with(book.measure.variant) | {"words": setter.words_digest})


def _made_with(variant: str) -> dict[str, str]:
    """As promotions.catalogue.pdf.made_with, with what only these files need."""
    pikepdf = boxes.library()
    styles = {name: pdf.digest_of(name) for name in STYLES[variant] if name != pdf.STYLESHEET}
    return pdf.made_with() | {"pikepdf": pikepdf.__version__, "qpdf": pikepdf.__libqpdf_version__} | styles


def _parts(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    for start in range(0, len(pages), PART):
        yield pages[start : start + PART]
