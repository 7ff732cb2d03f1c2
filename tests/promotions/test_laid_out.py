"""Flaws on pages as they are really laid out: planted ones are found, a sound book has none."""

from dataclasses import replace

import pytest

from promotions.book.measure import Measure
from promotions.book.pages import Book, Page, Sheet
from promotions.book.paginate import book_of
from promotions.catalogue.bilingual import in_one_book
from promotions.catalogue.model import Business, Catalogue, CertificateLine, Reach, Text
from promotions.choices import FileVariant, Paper
from promotions.editions.freezing import material_of
from promotions.preflight import laid_out
from promotions.preflight.laid_out import Flaw, flaws_of, lonely
from promotions.preflight.measuring import catalogues_of
from tests import factories
from tests.promotions.catalogue_rows import food, sentra_with_products

LONG = " ".join(["kata"] * 40)

KIND = Text("Kelompok usaha bersama (KUB)")
MAIL = Reach(Text("Surel"), "perkumpulan-pengrajin@contoh-yang-panjang.invalid")
BUSINESSES = tuple(
    Business(
        code=f"U-{number}",
        name=("Roti Bu Sri", "Perkumpulan Pengrajin Tempe dan Tahu Lamper Tengah")[number % 2],
        kind=KIND,
        place=("Tandang", "Pandean Lamper")[number % 3 == 0],
        sentra=("", "S-12")[number % 2],
        reach=(MAIL, Reach(Text("Alamat"), "Jalan Barito Nomor 12"))[: number % 3],
        products=tuple(f"P-{10 * number + step}" for step in range(40 if number % 20 == 0 else number % 4)),
    )
    for number in range(100, 190)
)
CERTIFICATES = tuple(
    CertificateLine(
        kind=("Halal", "P-IRT", "TKDN Industri Kecil")[number % 3],
        kind_slug="halal",
        number=("ID33110000123456789", "206337401000126", "15040000751230000001")[number % 3],
        state="valid",
        until=Text("31 Desember 2027"),
        holder=line.name,
        products=line.products,
    )
    for number, line in enumerate(BUSINESSES)
)


def catalogue(*names: str, **fields) -> Catalogue:
    from promotions.actions import editions

    _sentra, products = sentra_with_products(food(), *(names or ("Tahu bakso", "Tempe mendoan")), **fields)
    edition = factories.edition("Oleh-oleh Semarang")
    editions.add_products(edition=edition, products=products, by=None)
    (made,) = catalogues_of(edition, material_of(edition))
    return made


def book(made: Catalogue) -> Book:
    return book_of(made, Measure(variant=FileVariant.BOOKLET))


def changed(before: Book, kind: str, **values) -> Book:
    """The book with the first page of this kind changed, as a wrong estimate would have made it."""
    place = next(n for n, page in enumerate(before.pages) if page.kind == kind)
    pages = list(before.pages)
    pages[place] = replace(pages[place], **values)
    return replace(before, pages=tuple(pages))


@pytest.mark.pdf
@pytest.mark.django_db
@pytest.mark.usefixtures("engine")
class TestLaidOut:
    def test_a_sound_book_has_no_flaw(self) -> None:
        assert flaws_of(book(catalogue(summary="Tahu dari Tandang."))) == []

    def test_art_that_reaches_into_the_text_is_found(self) -> None:
        made = book(catalogue(description=LONG * 6))
        page = next(page for page in made.pages if page.kind == "sentra")
        found = flaws_of(changed(made, "sentra", art="tall"))
        assert {flaw.kind for flaw in found} == {"on-art"}
        assert {flaw.page for flaw in found} == {page.number}
        assert flaws_of(made) == []

    def test_text_that_does_not_fit_is_found(self) -> None:
        made = book(catalogue())
        opener = next(page for page in made.pages if page.kind == "sentra")
        chapter = replace(opener.body.chapter, description=Text(LONG * 30))
        found = flaws_of(changed(made, "sentra", body=replace(opener.body, chapter=chapter), art=""))
        assert "cut" in {flaw.kind for flaw in found}
        assert all(flaw.words for flaw in found)

    def test_a_row_that_is_not_there_at_all_is_found(self) -> None:
        made = book(replace(catalogue(), businesses=BUSINESSES, certificates=()))
        (page, *_more) = [page for page in made.pages if page.part == "businesses"]
        (block,) = page.body
        crowded = (replace(block, items=BUSINESSES),)
        found = flaws_of(changed(made, "lists", body=crowded, art="", anchors=tuple(b.code for b in BUSINESSES)))
        assert BUSINESSES[-1].code in {flaw.code for flaw in found if flaw.kind == "cut"}

    @pytest.mark.parametrize("paper", Paper.values)
    @pytest.mark.parametrize("both", [False, True], ids=["one language", "both"])
    def test_tables_fit_their_pages_whatever_stands_in_the_neighbouring_columns(self, paper: str, both: bool) -> None:
        """A maker of forty products, or with a long address of mail, once took the room of all names on its page."""
        made = replace(catalogue(), businesses=BUSINESSES, certificates=CERTIFICATES)
        if both:
            made = in_one_book(made, replace(made, language="en"))
        assert [flaw for flaw in flaws_of(book_of(made, Measure(paper=paper))) if flaw.kind == "cut"] == []


class TestGeometry:
    def ink(self, left: float, top: float, right: float, bottom: float, line: int = 0) -> laid_out._Ink:
        return laid_out._Ink(left, top, right, bottom, "P-01", "kata", line)

    def test_the_shoulders_of_an_arch_leave_room(self) -> None:
        arch = laid_out._Arch(100, 100, 200, 400)
        assert not arch.touches(self.ink(100, 100, 112, 110))
        assert arch.touches(self.ink(140, 102, 160, 110))
        assert arch.touches(self.ink(50, 300, 110, 310))
        assert not arch.touches(self.ink(50, 300, 99, 310))

    def test_text_on_text_is_found_once_and_neighbours_in_a_line_are_none(self) -> None:
        inks = [self.ink(50, 100, 120, 110, 110), self.ink(100, 105, 160, 115, 115), self.ink(121, 100, 160, 103, 110)]
        found = list(laid_out._flaws(3, inks, [], 800, 1100))
        assert [(flaw.kind, flaw.page) for flaw in found] == [("on-text", 3)]

    def test_text_at_the_very_edge_is_cut(self) -> None:
        found = list(laid_out._flaws(3, [self.ink(50, 1090, 120, 1099)], [], 800, 1100))
        assert found == [Flaw("cut", 3, "P-01", "kata")]


@pytest.mark.django_db
def test_a_nearly_empty_last_sheet_is_lonely_and_balanced_ones_are_not() -> None:
    made = book(catalogue(*(f"Produk {n}" for n in range(40))))
    assert list(lonely(made)) == []
    sheets = [page for page in made.pages if page.kind == "products"]
    full = sheets[0]
    alone = Page("products", Sheet(full.body.rows[:1], full.body.chapter), number=full.number + 1)
    rows = tuple(row for sheet in sheets for row in sheet.body.rows)
    heavy = replace(full, body=Sheet(rows, full.body.chapter))
    (flaw,) = lonely(replace(made, pages=(heavy, alone)))
    assert (flaw.kind, flaw.page, flaw.code) == ("lonely", alone.number, full.body.rows[0].cells[0].code)
