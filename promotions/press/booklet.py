"""Booklet order: two pages on a sheet, so that the printed heap is folded once and stapled in the fold."""

from typing import Any

from promotions.press.boxes import library


def order(pages: int) -> list[tuple[int, int]]:
    """Page numbers (from 1), left and right, of each side of each sheet. `pages` is a multiple of four."""
    if pages % 4:
        raise ValueError(f"{pages} pages do not fill whole sheets")
    sides = []
    for sheet in range(pages // 4):
        front = (pages - 2 * sheet, 2 * sheet + 1)
        back = (2 * sheet + 2, pages - 2 * sheet - 1)
        sides += [front, back]
    return sides


def impose(book: Any) -> None:
    """Turn the pages into sheets twice as wide as the trimmed page, without bleed and marks: for a printer in the office."""
    pages = list(book.pages)
    for left, right in order(len(pages)):
        trim = [float(edge) for edge in pages[left - 1].trimbox]
        width, height = trim[2] - trim[0], trim[3] - trim[1]
        sheet = book.add_blank_page(page_size=(2 * width, height))
        for number, place in ((left, 0.0), (right, width)):
            _place(book, sheet, pages[number - 1], place, f"/Hal{number}")
    del book.pages[: len(pages)]


def _place(book: Any, sheet: Any, page: Any, at: float, name: str) -> None:
    """Draw the trimmed page `at` points from the left edge of the sheet, and nothing that lies outside of it.

    The name is given, because pikepdf would take a random one.
    """
    pikepdf = library()
    trim = [float(edge) for edge in page.trimbox]
    form = book.make_indirect(page.as_form_xobject())
    form.BBox = pikepdf.Array([round(edge, 3) for edge in trim])
    sheet.add_resource(form, pikepdf.Name.XObject, name=pikepdf.Name(name))
    sheet.contents_add(f"q 1 0 0 1 {at - trim[0]:.3f} {-trim[1]:.3f} cm {name} Do Q\n".encode())
