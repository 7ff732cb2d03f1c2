"""The sheets of a press file, with pikepdf: imported when first used, because the site runs without it.

Around the trimmed page (TrimBox) art runs 3 mm over the edge (BleedBox). Crop marks stand outside of that, so that
nothing but art is within 3 mm of the trim.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from promotions.catalogue.pdf import PdfUnavailable

POINTS_PER_MM = 72 / 25.4
BLEED_MM = 3.0
# From the trim: where a mark begins and ends; then the edge of the sheet.
MARK_FROM_MM, MARK_TO_MM, SHEET_MM = 4.0, 9.0, 10.0
MARK_WIDTH_PT = 0.25


def library() -> Any:
    """The pikepdf module. Raises PdfUnavailable."""
    try:
        import pikepdf
    except ImportError as missing:
        raise PdfUnavailable("pikepdf") from missing
    return pikepdf


def points(millimetres: float) -> float:
    return millimetres * POINTS_PER_MM


@contextmanager
def joined(parts: Iterable[Path], folder: Path, title: str, day: str) -> Iterator[Any]:
    """One PDF of all pages in their order; its streams stay on disk. `day`: ISO date that it says it was made on."""
    pikepdf = library()
    path = folder / "joined.pdf"
    # Pages that are copied by hand would be held in memory as a whole.
    pikepdf.Job(["pikepdf", "--empty", "--pages", *map(str, parts), "--", "--static-id", str(path)]).run()
    with pikepdf.Pdf.open(path, access_mode=pikepdf.AccessMode.stream) as book:
        for page in book.pages:
            # Links to other sites are no use on paper.
            if "/Annots" in page.obj:
                del page.obj.Annots
        stamp = f"D:{day.replace('-', '')}000000Z"
        told = pikepdf.Dictionary(Title=title, CreationDate=stamp, ModDate=stamp, Producer="Sentra Semarang")
        book.docinfo = book.make_indirect(told)
        yield book


def mark(book: Any) -> None:
    """Give every page its boxes and crop marks, and cut its art at the bleed."""
    for page in book.pages:
        trim = [float(edge) for edge in page.trimbox]
        bleed = _grown(trim, BLEED_MM)
        page.obj.TrimBox, page.obj.BleedBox = trim, bleed
        page.obj.MediaBox = page.obj.CropBox = _grown(trim, SHEET_MM)
        if "/ArtBox" in page.obj:
            del page.obj.ArtBox
        left, bottom, right, top = bleed
        clip = f"q {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re W n\n"
        page.contents_add(clip.encode(), prepend=True)
        page.contents_add(b"\nQ " + _marks(*trim))


def save(book: Any, path: Path) -> None:
    """The same bytes for the same pages."""
    pikepdf = library()
    book.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False)


def _grown(box: Iterable[float], millimetres: float) -> list[float]:
    left, bottom, right, top = box
    by = points(millimetres)
    return [round(edge, 3) for edge in (left - by, bottom - by, right + by, top + by)]


def _marks(left: float, bottom: float, right: float, top: float) -> bytes:
    """Two lines at each corner, in all four inks so that each plate can be aligned."""
    near, far = points(MARK_FROM_MM), points(MARK_TO_MM)
    lines = []
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            lines.append((x + outwards * near, y, x + outwards * far, y))
            lines.append((x, y + upwards * near, x, y + upwards * far))
    drawn = " ".join(f"{a:.3f} {b:.3f} m {c:.3f} {d:.3f} l S" for a, b, c, d in lines)
    return f"q 1 1 1 1 K {MARK_WIDTH_PT} w {drawn} Q".encode()
