"""Whole books as PDF: what stands in them, where, in which structure, and what a scanner reads."""

import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from promotions.actions import editions
from promotions.book import measure as sizes
from promotions.book.html import html_of
from promotions.book.measure import Measure
from promotions.book.pages import Book
from promotions.book.paginate import book_of
from promotions.catalogue import resources
from promotions.choices import Density, EditionLanguage, Paper
from promotions.editions.freezing import freeze
from promotions.editions.reading import book_content, make_pdf
from promotions.models import CatalogueEdition
from semarang_ikm.shared.images import write_copies
from semarang_ikm.shared.qr import qr_of
from sentra.choices import FigureKind
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]
SITE = "https://sentra.example.org"
EVERY_MEASURE = [Measure(paper, density) for paper in Paper.values for density in Density.values]


@pytest.fixture(autouse=True)
def ready(settings, tmp_path: Path, engine: None) -> None:
    settings.SITE_URL, settings.VAR_DIR = SITE, tmp_path / "var"


def city() -> SimpleNamespace:
    """Two sentra, one with many products, one loose product, a certificate, an event."""
    food = make.product_type("Pangan", name_en="Food", is_food=True)
    cloth = make.product_type("Batik", name_en="Batik cloth", pattern="batik")
    areas = [make.kelurahan(name) for name in ("Krobokan", "Rejomulyo")]
    tofu = make.sentra(
        "Tahu Uji", name_en="Test Tofu", summary="Perajin tahu.", published=True, types=[food], kelurahan=areas[:1]
    )
    batik = make.sentra("Batik Uji", name_en="Test Batik", published=True, types=[cloth], kelurahan=areas[1:])
    make.figure(sentra=tofu, kind=FigureKind.MAKERS, value_min=36, unit="perajin", unit_en="makers")
    maker = make.ikm("Kelompok Tahu", published=True, sentra=tofu, kelurahan=areas[0])
    products = [
        make.product(f"Tahu nomor {n}", name_en=f"Tofu number {n}", ikm=maker, product_type=food, published=True)
        for n in range(1, 9)
    ]
    products.append(make.product("Kain nila", sentra=batik, product_type=cloth, published=True, is_flagship=True))
    loose = make.ikm("Usaha Lepas", published=True, kelurahan=areas[1])
    products.append(make.product("Keripik", ikm=loose, product_type=food, published=True, is_export_ready=True))
    halal = make.certificate_kind("halal", name="Halal")
    make.certification(number="SAH-1", ikm=maker, kind=halal, products=products[:1])
    make.promotion("Pasar Uji", name_en="Test Market", published=True, starts_on=make.days_ago(-20))
    return SimpleNamespace(
        products=products, sentra=[tofu, batik], makers=[maker, loose], types=[food, cloth], areas=areas
    )


def edition_of(*products: Any, **fields: Any) -> CatalogueEdition:
    words = {
        "title_en": "Souvenirs",
        "foreword": "Selamat datang.",
        "foreword_en": "Welcome.",
        "signed_by": "Kepala Dinas",
    }
    edition = make.edition("Oleh-oleh", **{"language": EditionLanguage.BOTH, **words, **fields})
    editions.add_products(edition=edition, products=products, by=None)
    return edition


def made(edition: CatalogueEdition, measure: Measure) -> tuple[bytes, Book]:
    """The PDF of an edition as it would be frozen now, and the book that it shows."""
    frozen = freeze(edition)
    contents = [frozen.documents[language] for language in edition.languages]
    photos = {key: image for key, (_code, image) in frozen.photos.items()}
    return make_pdf(contents, photos.__getitem__, measure).pdf, book_of(book_content(contents, str), measure)


def reader(document: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(BytesIO(document))


def words_of(page: Any) -> str:
    return re.sub(r"\s+", " ", page.extract_text())


def pages_of(document: bytes) -> list[str]:
    return [words_of(page) for page in reader(document).pages]


@pytest.mark.parametrize("measure", EVERY_MEASURE, ids=str)
def test_everything_that_was_frozen_stands_in_the_book_in_both_languages(measure: Measure) -> None:
    town = city()
    document, book = made(edition_of(*town.products), measure)
    pages = pages_of(document)
    text = " ".join(pages)
    expected = [word for product in town.products for word in (product.code, product.name, product.name_en) if word]
    expected += [word for row in town.sentra for word in (row.code, row.name, row.name_en)]
    expected += [word for row in town.makers for word in (row.code, row.name)]
    expected += [row.name for row in town.areas] + [word for kind in town.types for word in (kind.name, kind.name_en)]
    expected += [
        "SAH-1",
        "36 perajin",
        "36 makers",
        "Pasar Uji",
        "Test Market",
        "Selamat datang.",
        "Welcome.",
        "Kepala Dinas",
    ]
    expected += ["Isi", "Contents", "Indeks per kelurahan", "Index by ward", "Catatan", "Notes"]
    assert [word for word in expected if word not in text] == []
    assert len(pages) == len(book.pages)


@pytest.mark.parametrize("measure", EVERY_MEASURE, ids=str)
def test_contents_and_indexes_name_the_page_on_which_each_code_stands(measure: Measure) -> None:
    town = city()
    document, book = made(edition_of(*town.products), measure)
    read = reader(document)
    at = {name: read.get_destination_page_number(where) + 1 for name, where in read.named_destinations.items()}
    codes = {row.code for row in (*town.products, *town.sentra, *town.makers)}
    assert {anchor: at.get(anchor) for anchor in book.numbers if anchor in codes} == {
        code: book.numbers[code] for code in codes
    }
    pages = [words_of(page) for page in read.pages]
    contents = pages[at["isi-katalog"] - 1]
    assert all(re.search(rf"{row.code} ?{at[row.code]} ", contents) for row in town.sentra)
    index = " ".join(pages[at["indeks"] - 1 :])
    assert [code for code in codes if not re.search(rf"{code} ?{at[code]}\b", index)] == []


def test_one_language_has_no_word_of_the_other() -> None:
    town = city()
    for language, there, absent in (("id", "Tahu nomor 1", "Tofu number"), ("en", "Tofu number 1", "Cara memakai")):
        document, _book = made(edition_of(*town.products, language=language), Measure())
        text = " ".join(pages_of(document))
        assert there in text and absent not in text
        assert reader(document).trailer["/Root"]["/Lang"] == language


def elements(node: Any) -> Iterator[Any]:
    """Every structure element, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for part in node:
            yield from elements(part)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def test_the_reading_file_is_tagged_in_order_with_alternatives_bookmarks_and_links() -> None:
    town = city()
    document, _book = made(edition_of(*town.products), Measure())
    read = reader(document)
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    tree = list(elements(root["/StructTreeRoot"]["/K"]))
    kinds = [str(part["/S"]) for part in tree]
    assert kinds[0] == "/Document" and kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Link"} <= set(kinds)
    headings = [int(kind[2]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert [part for part in tree if part["/S"] == "/Figure" and not str(part.get("/Alt", ""))] == []
    titles = [mark.title for mark in flat(read.outline)]
    assert [row.name for row in town.sentra if not any(title.startswith(row.name) for title in titles)] == []
    assert any("/Annots" in page for page in read.pages)


def flat(outline: list) -> Iterator[Any]:
    for mark in outline:
        yield from flat(mark) if isinstance(mark, list) else [mark]


@pytest.mark.parametrize("paper", Paper.values)
def test_every_printed_qr_is_read_from_pages_of_150_dpi(paper: str, tmp_path: Path) -> None:
    town = city()
    edition = edition_of(*town.products)
    document, _book = made(edition, Measure(paper, Density.LARGE))
    stored = tmp_path / "buku.pdf"
    stored.write_bytes(document)
    try:
        subprocess.run(["pdftoppm", "-r", "150", "-gray", "-png", stored, tmp_path / "page"], check=True)
        pictures = sorted(tmp_path.glob("page*.png"))
        found = subprocess.run(["zbarimg", "-q", "--raw", *pictures], capture_output=True, text=True, check=False)
    except FileNotFoundError as missing:
        pytest.skip(f"not installed on this machine: {missing.filename}")
    codes = [edition.code, *(row.code for row in (*town.sentra, *town.products))]
    assert sorted(found.stdout.split()) == sorted(f"{SITE}/k/{code}" for code in codes)


@pytest.mark.parametrize(("millimetres", "least"), [(sizes.QR_PRODUCT, 20), (sizes.QR_SENTRA, 25), (sizes.QR_BACK, 30)])
@pytest.mark.parametrize("site", ["https://a.id", SITE, "https://sentra-ikm.disperin.semarangkota.go.id"])
def test_the_dark_square_of_a_qr_has_its_size_without_the_quiet_zone(site: str, millimetres: float, least: int) -> None:
    code = qr_of(f"{site}/k/P-123")
    assert code is not None
    assert millimetres * (code.size - 8) / code.size >= least


def test_the_same_documents_give_the_same_bytes_and_another_measure_others() -> None:
    edition = edition_of(*city().products)
    first, again, small = (made(edition, measure)[0] for measure in (Measure(), Measure(), Measure(Paper.A5)))
    assert first == again
    assert first != small
    widths = {round(float(page.mediabox.width) / 72 * 25.4) for page in reader(small).pages}
    assert widths == {148}


def test_states_are_told_by_mark_and_word_so_that_grey_paper_tells_them_too() -> None:
    town = city()
    document, book = made(edition_of(*town.products), Measure())
    text, html = " ".join(pages_of(document)), html_of(book)
    for words, mark in (("Halal", "valid"), ("Unggulan", "flagship"), ("Siap ekspor", "export")):
        assert words in text
        assert re.search(rf'class="mark-{mark}"[^>]*>{words}', html)
        assert resources.read(f"{resources.BASE}/static/marks/{mark}.svg")[1] == "image/svg+xml"


@pytest.mark.parametrize("language", EditionLanguage.values)
def test_the_fonts_of_the_file_are_those_that_its_record_names(language: str) -> None:
    edition = edition_of(*city().products, language=language)
    frozen = freeze(edition)
    file = make_pdf([frozen.documents[known] for known in edition.languages], {}.__getitem__, Measure())
    embedded = {
        str(font["/BaseFont"]).partition("+")[2].replace("-", " ")
        for page in reader(file.pdf).pages
        for font in (found.get_object() for found in page["/Resources"]["/Font"].values())
    }
    named = {name for name in file.made_with if name.startswith("Katalog ")}
    # A small book in one language has no word in slanted letters without serifs.
    assert named - embedded <= ({"Katalog Sans Italic"} if language != EditionLanguage.BOTH else set())
    assert embedded - named == set()


def test_prices_are_printed_while_they_are_fresh_and_only_where_the_edition_shows_them() -> None:
    fresh = make.product("Abon", published=True, price_min=12345, price_on=make.days_ago(90))
    stale = make.product("Dendeng", published=True, price_min=54321, price_on=make.days_ago(91))
    shown = " ".join(pages_of(made(edition_of(fresh, stale), Measure())[0]))
    assert "Rp12.345" in shown and "IDR 12,345" in shown and "54.321" not in shown
    hidden = " ".join(pages_of(made(edition_of(fresh, stale, shows_prices=False), Measure())[0]))
    assert "12.345" not in hidden and "tidak memuat harga" in hidden


def test_only_certificates_valid_on_the_day_of_the_event_are_printed() -> None:
    maker = make.ikm(published=True)
    product = make.product("Abon", ikm=maker, published=True)
    covered = {"ikm": maker, "kind": make.certificate_kind("halal", name="Halal"), "products": [product]}
    make.certification(number="SAH-1", expires_on=make.days_ago(-300), **covered)
    make.certification(number="HABIS-1", expires_on=make.days_ago(-10), **covered)
    text = " ".join(pages_of(made(edition_of(product, day=make.days_ago(-30)), Measure())[0]))
    assert "SAH-1" in text and "HABIS-1" not in text


def test_a_photo_is_frozen_for_the_press_and_small_in_the_reading_file() -> None:
    product = make.product("Kain", published=True)
    bare, _book = made(edition_of(product), Measure())
    photo = make.product_photo(product=product)
    Image.effect_noise((1600, 1200), 40).convert("RGB").resize((400, 300)).resize((1600, 1200)).save(
        photo.image.path, "JPEG", quality=90
    )
    type(photo).objects.filter(pk=photo.pk).update(width=1600, height=1200)
    write_copies(photo.image.name)
    edition = edition_of(product)
    ((_code, image),) = freeze(edition).photos.values()
    with Image.open(BytesIO(image)) as frozen:
        # 80 mm at 300 dots per inch are 945.
        assert frozen.width >= 945 and frozen.format == "JPEG"
    document, _book = made(edition, Measure())
    assert 1_000 < len(document) - len(bare) <= 25_000
