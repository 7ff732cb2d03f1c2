"""The file for the print shop on both papers and in every language: what must hold of each of them, measured."""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from promotions.actions import editions
from promotions.book.measure import Measure
from promotions.catalogue import resources
from promotions.choices import EditionLanguage, FileVariant, Paper
from promotions.editions.freezing import freeze
from promotions.editions.reading import stored_book
from promotions.press import book as press
from tests import factories as make
from tests.promotions.catalogue_rows import food, sentra_with_products

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
MM = 72 / 25.4
SIZES = {Paper.A4: (210.0, 297.0), Paper.A5: (148.0, 210.0)}
# Inner and outer margin in steps of 1/210 of the page's width.
INNER, OUTER = 22, 18
EACH = [(Paper.A5, EditionLanguage.INDONESIAN), (Paper.A5, EditionLanguage.BOTH), (Paper.A4, EditionLanguage.ENGLISH)]


@pytest.fixture(autouse=True)
def ready(settings, tmp_path: Path, press: None) -> None:
    settings.SITE_URL, settings.VAR_DIR = "https://sentra.example.org", tmp_path / "var"


def printed(paper: str, language: str, path: Path) -> Any:
    """The pages of a press file with one sentra and its products."""
    from pypdf import PdfReader

    sentra, products = sentra_with_products(food(), "Tahu bakso", "Tempe mendoan", name="Tahu Tandang")
    type(sentra).objects.update(name_en="Tandang Tofu")
    for product in products:
        product.name_en = f"{product.name} (English)"
        product.save()
    edition = make.edition("Oleh-oleh", title_en="Souvenirs", language=language)
    editions.add_products(edition=edition, products=products, by=None)
    documents = freeze(edition).documents
    book = stored_book([documents[known] for known in edition.languages], Measure(paper, variant=FileVariant.PRESS))
    press.make(book, press.Origin("Oleh-oleh", "uji", "2026-12-01"), resources.read, path, lambda _done, _all: None)
    return PdfReader(BytesIO(path.read_bytes())).pages


def left_edge(page: Any) -> float:
    """Of the text, in millimetres from the trim."""
    found: list[float] = []

    def visit(text: str, cm: list[float], tm: list[float], *_rest: object) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4] - float(page.trimbox.left)) / MM)

    page.extract_text(visitor_text=visit)
    return min(found)


def is_clean(path: Path, page: int, folder: Path) -> bool:
    """Whether nothing is drawn between 3.3 and 3.8 mm outside the trim, where the sheet ends at 10 mm."""
    dpi = 150
    call = ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", "-f", str(page), path, folder / "sheet"]
    try:
        subprocess.run(call, check=True)
    except FileNotFoundError as missing:
        pytest.skip(f"not installed on this machine: {missing.filename}")
    sheet = Image.open(folder / "sheet.png").convert("RGB")
    ink = (
        ImageChops.difference(sheet, Image.new("RGB", sheet.size, "white")).convert("L").point(lambda v: 255 * (v > 40))
    )
    (width, height), (near, far) = sheet.size, (round(d * dpi / 25.4) for d in (10 - 3.8, 10 - 3.3))
    strips = [(near, 0, far, height), (width - far, 0, width - near, height)]
    strips += [(0, near, width, far), (0, height - far, width, height - near)]
    return ink.getbbox() is not None and not any(ink.crop(strip).getbbox() for strip in strips)


@pytest.mark.parametrize(("paper", "language"), EACH)
def test_boxes_marks_margins_fonts_signatures_and_words(paper: str, language: str, tmp_path: Path) -> None:
    path = tmp_path / "press.pdf"
    pages = printed(paper, language, path)
    assert len(pages) % 4 == 0
    for page in pages:
        trim, bleed, media = ([float(n) / MM for n in box] for box in (page.trimbox, page.bleedbox, page.mediabox))
        assert (trim[2] - trim[0], trim[3] - trim[1]) == pytest.approx(SIZES[paper], abs=0.05)
        assert [b - t for b, t in zip(bleed, trim, strict=True)] == pytest.approx([-3, -3, 3, 3], abs=0.01)
        assert [m - t for m, t in zip(media, trim, strict=True)] == pytest.approx([-10, -10, 10, 10], abs=0.01)
        for font in page["/Resources"].get("/Font", {}).values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(inner.get_object()["/FontDescriptor"].get_object())
    step = SIZES[paper][0] / 210
    # The imprint is a left page, the contents a right one.
    assert left_edge(pages[1]) == pytest.approx(OUTER * step, abs=0.6)
    assert left_edge(pages[2]) == pytest.approx(INNER * step, abs=0.6)
    assert is_clean(path, 1, tmp_path) and is_clean(path, len(pages), tmp_path)
    text = " ".join(page.extract_text() for page in pages)
    indonesian, english = ["Tahu Tandang", "Tahu bakso"], ["Tandang Tofu", "Tahu bakso (English)", "Contents"]
    if language != EditionLanguage.ENGLISH:
        assert [word for word in indonesian if word not in text] == []
    if language != EditionLanguage.INDONESIAN:
        assert [word for word in english if word not in text] == []
    else:
        assert [word for word in english if word in text] == []
