"""How cells fall into rows and pages."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from promotions.catalogue import layout
from promotions.catalogue.model import Entry, Picture, Row, Text

CELL = Entry(code="P-01", name=Text("Tahu"), product_type=Text("Pangan"), pattern="asem")
PHOTO = Picture(url="/media/x.jpg", width=960, height=720, alt=Text("Tahu"), credit="")
PICTURED = replace(
    CELL,
    picture=PHOTO,
    maker="KUB Uji",
    place="Krobokan",
    details=(Text("isi 10"),),
    price="Rp12.000 per bungkus",
    is_flagship=True,
)


def test_cells_with_photos_come_first_and_an_odd_one_is_wide() -> None:
    rows = layout.rows_of([CELL, PICTURED, CELL, PICTURED, CELL])
    assert [(len(row.cells), row.pictured) for row in rows] == [(2, True), (2, False), (1, False)]
    assert rows[-1].is_wide


def test_six_products_with_photos_fill_one_page() -> None:
    assert [len(sheet.rows) for sheet in layout.sheets_of(layout.rows_of([PICTURED] * 6))] == [3]


def test_a_seventh_product_does_not_stand_alone_on_a_page() -> None:
    assert [len(sheet.rows) for sheet in layout.sheets_of(layout.rows_of([PICTURED] * 7))] == [2, 2]


def test_no_rows_make_no_sheet() -> None:
    assert layout.sheets_of([]) == ()


@given(st.lists(st.floats(10, 120), min_size=1, max_size=60))
def test_balanced_pages_hold_every_row_and_never_overflow(heights: list[float]) -> None:
    counts = layout.balance(heights, layout.PAGE)
    assert sum(counts) == len(heights)
    assert len(counts) == len(layout.fill(heights, layout.PAGE))
    start = 0
    for count in counts:
        assert count > 0
        assert sum(heights[start : start + count]) <= layout.PAGE + 0.01
        start += count


def test_arches_are_only_as_large_as_the_rest_allows() -> None:
    assert [layout.art_for(rest) for rest in (5, 30, 80, 200)] == ["", "small", "medium", "large"]


def test_a_longer_name_is_set_smaller() -> None:
    sizes = [layout.name_size("x" * length) for length in (12, 50, 70, 120)]
    assert sizes == ["large", "medium", "small", "small"]


def test_more_words_need_more_room() -> None:
    long = replace(CELL, summary=Text("kata " * 60))
    assert layout.row_height(Row((long,), pictured=False)) > layout.row_height(Row((CELL,), pictured=False))


def test_contents_change_their_setting_as_they_grow() -> None:
    assert [layout.front(count)[0] for count in (1, 18, 19, 30, 90)] == ["airy", "airy", "halves", "halves", "long"]


def test_lists_share_pages_in_their_order() -> None:
    pages = layout.list_pages({"businesses": 90.0, "certificates": 100.0, "index": 100.0})
    assert [page.blocks for page in pages] == [("businesses", "certificates"), ("index",)]
    assert all(page.art for page in pages)


def test_after_an_overlong_list_the_next_runs_on() -> None:
    (page,) = layout.list_pages({"businesses": 900.0, "certificates": 100.0})
    assert page.blocks == ("businesses", "certificates")
    assert page.art == ""
