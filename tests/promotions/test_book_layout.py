"""How a catalogue falls into pages: rows, sheets, lists, and the numbers of the pages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.book import flow, heights
from promotions.book.flow import Source
from promotions.book.measure import PAGE, Measure, wrapped
from promotions.book.pages import Book, Row
from promotions.book.paginate import book_of
from promotions.catalogue.model import (
    NOTHING,
    Catalogue,
    Chapter,
    EditionNote,
    Entry,
    Fact,
    Office,
    Picture,
    Place,
    Text,
    TypeGroup,
)
from promotions.choices import Density, FileVariant, Paper

CELL = Entry(code="P-01", name=Text("Tahu"), product_type=Text("Pangan"), pattern="asem")
PHOTO = Picture(url="/media/x.jpg", width=960, height=720, alt=Text("Tahu"), credit="")
PICTURED = replace(
    CELL,
    picture=PHOTO,
    maker="KUB Uji",
    place="Krobokan",
    details=(Text("isi 10"),),
    price=Text("Rp12.000 per bungkus"),
    is_flagship=True,
)
A4 = Measure()
NO_OFFICE = Office(NOTHING, "", NOTHING, ())
# The kinds of page of a chapter.
INSIDE = {"sentra", "description", "products"}
MEASURES = [Measure(paper, density) for paper in Paper.values for density in Density.values]


def chapter(number: int, *entries: Entry) -> Chapter:
    return Chapter(
        code=f"S-{number:02}",
        name=Text(f"Sentra {number}"),
        types=(Text("Pangan"),),
        pattern="asem",
        places=(Place("Krobokan", "Semarang Barat"),),
        entries=entries,
    )


def cells(count: int, cell: Entry = PICTURED, first: int = 1) -> list[Entry]:
    return [replace(cell, code=f"P-{number:02}") for number in range(first, first + count)]


def catalogue(*chapters: Chapter, **fields: object) -> Catalogue:
    plain = {
        "language": "id",
        "title": Text("Uji"),
        "edition": EditionNote("E-2026-1", 1),
        "date": Text("24 November 2026"),
        "iso_date": "2026-11-24",
        "valid_on": Text("24 November 2026"),
        "office": NO_OFFICE,
        "sentra": chapters,
        "city": None,
        "patterns": ("asem", "batik", "logam", "jamu", "anyam"),
        "product_count": sum(len(part.entries) for part in chapters),
        "total": 0,
        "shows_prices": True,
        "site_address": "",
        "home_address": "",
    }
    lists = ("loose", "businesses", "kinds", "certificates", "areas", "types", "events")
    return Catalogue(**{**plain, **dict.fromkeys(lists, ()), **fields})


def kinds(book: Book) -> list[str]:
    return [page.kind for page in book.pages]


def test_cells_with_photos_come_first_and_an_odd_one_is_wide() -> None:
    rows = flow.rows_of([CELL, PICTURED, CELL, PICTURED, CELL], A4)
    assert [(len(row.cells), row.pictured) for row in rows] == [(2, True), (2, False), (1, False)]
    assert rows[-1].is_wide


@pytest.mark.parametrize(
    ("measure", "held"),
    [
        (Measure(Paper.A4, Density.COMPACT), 6),
        (Measure(Paper.A4, Density.LARGE), 4),
        (Measure(Paper.A5, Density.COMPACT), 4),
        (Measure(Paper.A5, Density.LARGE), 2),
    ],
)
def test_a_page_holds_as_many_photos_as_its_density_says(measure: Measure, held: int) -> None:
    for count, pages in ((held, 1), (held + 1, 2)):
        assert len(flow.sheets_of(flow.rows_of(cells(count), measure), measure)) == pages


def test_a_seventh_product_does_not_stand_alone_on_a_page() -> None:
    sheets = flow.sheets_of(flow.rows_of(cells(7), A4), A4)
    assert [len(rows) for rows, _white in sheets] == [2, 2]


def test_no_rows_make_no_sheet() -> None:
    assert flow.sheets_of([], A4) == []


@given(st.lists(st.floats(10, 120), min_size=1, max_size=60), st.floats(0, 60))
def test_balanced_pages_hold_every_row_and_never_overflow(heights: list[float], head: float) -> None:
    counts = flow.balance(heights, PAGE, PAGE - head)
    assert sum(counts) == len(heights)
    assert len(counts) == len(flow.fill(heights, PAGE, PAGE - head))
    start = 0
    for number, count in enumerate(counts):
        room = PAGE - head if number == 0 else PAGE
        assert count > 0
        assert count == 1 or sum(heights[start : start + count]) <= room + 0.51
        start += count


def test_arches_are_only_as_large_as_the_rest_allows() -> None:
    assert [flow.art_for(rest) for rest in (5, 15, 30, 60, 100, 150, 200)] == [
        "",
        "edge",
        "low",
        "small",
        "medium",
        "large",
        "tall",
    ]


def test_a_longer_name_is_set_smaller() -> None:
    sizes = [heights.name_size("kata " * count) for count in (2, 11, 13, 30)]
    assert sizes == ["large", "medium", "small", "small"]


def test_more_words_and_both_languages_need_more_room() -> None:
    plain, long = CELL, replace(CELL, summary=Text("kata " * 60))
    both = replace(CELL, summary=Text("kata " * 60, also="word " * 60))
    tall = [heights.row_height(Row((cell,), pictured=False), A4) for cell in (plain, long, both)]
    assert tall == sorted(set(tall))


def test_words_wrap_whole_and_a_long_word_is_broken() -> None:
    assert [wrapped(words, 10) for words in ("", "satu", "satu dua tiga empat lima enam", "x" * 50)] == [0, 1, 2, 3]


def test_lists_share_a_page_in_their_order_and_a_long_one_runs_on() -> None:
    def source(kind: str, rows: int) -> Source:
        return Source(kind, 40.0, [(number, 10.0) for number in range(rows)], head_again=8.0)

    stacks = flow.pack([source("businesses", 5), source("certificates", 5), source("index", 60), source("types", 2)])
    found = [[(block.kind, block.is_first, len(block.items)) for block in stack.blocks] for stack in stacks]
    assert found[0] == [("businesses", True, 5), ("certificates", True, 5)]
    assert [block[:2] for page in found[1:] for block in page] == [
        ("index", True),
        ("index", False),
        ("index", False),
        ("types", True),
    ]
    assert sum(rows for page in found for kind, _first, rows in page if kind == "index") == 60


@given(st.integers(1, 200))
def test_a_list_never_ends_with_a_lonely_row(rows: int) -> None:
    stacks = flow.pack([Source("businesses", 40.0, [(number, 10.0) for number in range(rows)])])
    assert sum(len(stack.blocks[0].items) for stack in stacks) == rows
    assert len(stacks) == 1 or len(stacks[-1].blocks[0].items) >= flow.FEW
    assert all(stack.room >= -0.6 for stack in stacks)


@pytest.mark.parametrize("measure", MEASURES, ids=str)
def test_every_product_and_sentra_has_its_page(measure: Measure) -> None:
    made = book_of(
        catalogue(chapter(1, *cells(9)), chapter(2, *cells(2, CELL, 10)), loose=tuple(cells(3, first=20))), measure
    )
    for page in made.pages:
        assert all(made.numbers[anchor] == page.number for anchor in page.anchors)
    assert {f"P-{number:02}" for number in (*range(1, 12), *range(20, 23))} | {"S-01", "S-02"} <= set(made.numbers)
    assert [page.number for page in made.pages] == list(range(1, len(made.pages) + 1))


def test_the_contents_name_the_page_of_each_part() -> None:
    made = book_of(catalogue(*(chapter(number, *cells(9)) for number in range(1, 6))), A4)
    blocks = [block for page in made.pages if page.kind == "lists" for block in page.body]
    lines = [line for block in blocks if block.kind == "contents" for row in block.items for line in row]
    assert [line.anchor for line in lines] == ["cara", *(f"S-0{number}" for number in range(1, 6)), "sertifikat"]
    assert all(line.number == made.numbers[line.anchor] > 0 for line in lines)


def test_bound_chapters_of_several_pages_open_on_the_right_and_sheets_fold() -> None:
    made = book_of(
        catalogue(*(chapter(number, *cells(9)) for number in range(1, 6))), Measure(variant=FileVariant.PRESS)
    )
    openers = [page for page in made.pages if page.kind == "sentra"]
    assert len(openers) == 5 and all(page.is_right for page in openers)
    assert len(made.pages) % 4 == 0
    assert (made.pages[0].kind, made.pages[-1].kind) == ("cover", "back")
    assert "motif" not in kinds(book_of(made.catalogue, A4))


@pytest.mark.parametrize("variant", [FileVariant.PRESS, FileVariant.BOOKLET])
@pytest.mark.parametrize("language", ["id", "en", "both"])
@pytest.mark.parametrize("measure", MEASURES, ids=str)
def test_bound_books_fill_whole_sheets_in_every_language(measure: Measure, language: str, variant: str) -> None:
    for count in range(1, 6):
        chapters = [chapter(number, *cells(3)) for number in range(1, count + 1)]
        made = book_of(catalogue(*chapters, language=language), replace(measure, variant=variant))
        assert len(made.pages) % 4 == 0
        assert [page.number % 2 for page in made.pages if page.is_right] == [1] * (len(made.pages) // 2)


def test_a_second_language_behind_the_name_of_a_type_takes_no_line_of_its_own() -> None:
    one, two = (heights.type_height(TypeGroup(Text("Tas", also=also), ("P-01",)), A4) for also in ("", "Bags"))
    assert one == two


def test_a_small_chapter_needs_no_page_of_its_own_for_products() -> None:
    made = book_of(catalogue(chapter(1, CELL), chapter(2, *cells(9))), A4)
    assert [kind for kind in kinds(made) if kind in {"sentra", "products"}] == [
        "sentra",
        "sentra",
        "products",
        "products",
    ]


def test_a_mere_selection_has_neither_imprint_nor_foreword() -> None:
    edition = EditionNote("E-2026-1", 1, foreword=Text("Kata. " * 20))
    assert kinds(book_of(catalogue(chapter(1, CELL), edition=edition), A4))[:3] == ["cover", "imprint", "foreword"]
    assert not {"imprint", "foreword", "notes"} & set(kinds(book_of(catalogue(chapter(1, CELL), edition=None), A4)))


def test_figures_make_room_for_a_single_row_of_products_and_are_counted() -> None:
    figures = tuple(
        Fact(Text(f"Jumlah {number}"), Text("36 perajin"), Text("2017"), "Harian Uji") for number in range(6)
    )
    told = replace(chapter(1, *cells(2)), description=Text("kata " * 230), facts=figures)
    (opener,) = [page for page in book_of(catalogue(told), A4).pages if page.kind in {"sentra", "products"}]
    kept = opener.body.chapter
    assert 2 <= len(kept.facts) < 6
    assert len(kept.facts) + kept.facts_left_out == 6


def test_a_description_that_is_too_long_gets_a_page_of_its_own() -> None:
    told = replace(chapter(1, CELL), description=Text("kata " * 420, also="word " * 420))
    made = book_of(catalogue(told, language="both"), A4)
    opener, further = [page for page in made.pages if page.kind in {"sentra", "description"}]
    assert not opener.body.chapter.description
    assert further.body.chapter.description == told.description
    assert made.numbers["P-01"] == further.number


def test_a_single_photo_is_not_alone_on_a_page() -> None:
    told = replace(chapter(1, PICTURED), description=Text("kata " * 300, also="word " * 300))
    opener, further = [page for page in book_of(catalogue(told, language="both"), A4).pages if page.kind in INSIDE]
    assert not opener.body.chapter.description
    assert (further.kind, [len(row.cells) for row in further.body.rows]) == ("description", [1])


def test_products_begin_under_a_description_that_has_a_page_of_its_own() -> None:
    told = replace(chapter(1, *cells(9)), description=Text("kata " * 300, also="word " * 300))
    made = book_of(catalogue(told, language="both"), A4)
    _opener, story, *sheets = [page for page in made.pages if page.kind in INSIDE]
    assert story.kind == "description" and story.body.rows and sheets
    shown = [cell.code for page in (story, *sheets) for row in page.body.rows for cell in row.cells]
    assert shown == [cell.code for cell in told.entries]
    assert made.numbers["P-01"] == story.number


def test_a_description_that_fills_its_page_leaves_the_products_to_the_next() -> None:
    told = replace(chapter(1, *cells(2)), description=Text("kata " * 900, also="word " * 900))
    _opener, story, sheet = [
        page for page in book_of(catalogue(told, language="both"), A4).pages if page.kind in INSIDE
    ]
    assert (story.kind, story.body.rows, sheet.kind) == ("description", (), "products")


def test_a_role_takes_room_only_where_there_are_several_places() -> None:
    place = Place("Bugangan", "Semarang Timur", Text("Ruang pamer", also="Showroom"), "Jalan Barito")
    one = replace(chapter(1), places=(place,))
    unsaid = replace(one, places=(replace(place, role=Text("x", also="x")),))
    small = Measure(Paper.A5)
    assert heights.opener_height(one, NO_OFFICE, small) == heights.opener_height(unsaid, NO_OFFICE, small)
    two = replace(one, places=(place, place))
    twice_unsaid = replace(unsaid, places=unsaid.places * 2)
    assert heights.opener_height(two, NO_OFFICE, small) > heights.opener_height(twice_unsaid, NO_OFFICE, small)


@pytest.mark.parametrize("count", [5, 23, 40, 90])
@pytest.mark.parametrize("measure", MEASURES, ids=str)
def test_contents_are_read_down_the_left_column_of_each_page(count: int, measure: Measure) -> None:
    made = book_of(catalogue(*(chapter(number, CELL) for number in range(1, count + 1))), measure)
    read = []
    for page in made.pages:
        for block in page.body if page.kind == "lists" else ():
            if block.kind == "contents":
                read += [row[0].anchor for row in block.items] + [row[1].anchor for row in block.items if len(row) > 1]
    assert read == ["cara", *(f"S-{number:02}" for number in range(1, count + 1)), "sertifikat"]
