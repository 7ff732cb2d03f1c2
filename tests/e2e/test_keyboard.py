"""By keyboard alone: the Tab presses that docs/adr/0012 promises, and a focus that is always seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.e2e

SENTRA, BUSINESS, PRODUCT = "/sentra/batik-warna-alam-malon/", "/usaha/zie-batik/", "/produk/kain-batik-cap-warna-alam/"


def tabs_to(page: Page, selector: str, at_most: int) -> int:
    """How many Tab presses lead from here to an element that matches."""
    for presses in range(1, at_most + 1):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return presses
    raise AssertionError(f"{selector} is not reached within {at_most} presses")


def test_the_first_key_offers_to_skip_to_the_content(page: Page) -> None:
    page.goto("/")
    assert tabs_to(page, "a[href='#isi']", 1) == 1
    expect(page.locator(":focus")).to_be_visible()


def test_home_to_the_search_field(page: Page) -> None:
    page.goto("/")
    presses = tabs_to(page, "a.skip[href='#cari']", 8)
    page.keyboard.press("Enter")
    expect(page.locator("#cari")).to_be_focused()
    assert presses <= 8


@pytest.mark.parametrize("path", ["/sentra/", "/en/products/", "/usaha/?jenis=batik"])
def test_a_list_to_its_first_result(page: Page, path: str) -> None:
    page.goto(path)
    presses = tabs_to(page, "a.skip[href='#daftar']", 2)
    page.keyboard.press("Enter")
    assert presses + tabs_to(page, "#hasil li[data-code]:first-child h3 a", 1) <= 3


@pytest.mark.parametrize("path", [SENTRA, BUSINESS, PRODUCT, f"/en/centres/{SENTRA.split('/')[2]}/"])
def test_a_detail_to_the_contact(page: Page, path: str) -> None:
    """The first way to reach somebody comes next after the skip; without any, the block itself is reached."""
    page.goto(path)
    presses = tabs_to(page, "a.skip[href='#kontak']", 2)
    page.keyboard.press("Enter")
    expect(page.locator("#kontak")).to_be_focused()
    if page.locator("#kontak a").count():
        assert presses + tabs_to(page, "#kontak a", 1) <= 4


def test_the_last_filter_to_the_button(page: Page) -> None:
    page.goto("/produk/")
    page.locator("#saring .filters :is(input:enabled, summary):visible").last.focus()
    assert tabs_to(page, "#saring .filters > button", 1) == 1


def test_a_chip_to_the_next_chip(page: Page) -> None:
    page.goto("/produk/?jenis=batik&jenis=tempe")
    page.locator("#filter-dipakai a[data-remove]").first.focus()
    assert tabs_to(page, "#filter-dipakai a[data-remove='jenis=tempe']", 1) == 1


def test_the_last_page_link_to_the_footer(page: Page) -> None:
    page.goto("/sentra/")
    page.locator("nav.halaman a").last.focus()
    assert tabs_to(page, "body > footer a", 1) == 1


@pytest.mark.parametrize("path", ["/", "/sentra/?jenis=batik", SENTRA])
def test_the_focus_is_never_hidden(page: Page, path: str) -> None:
    """Every stop has a size, lies in the window after scrolling, and nothing covers its middle."""
    page.set_viewport_size(PHONE)
    page.goto(path)
    seen = """() => {
        const box = document.activeElement.getClientRects()[0];
        if (!box || document.activeElement === document.body) return true;
        const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1), y = box.y + box.height / 2;
        const top = document.elementFromPoint(x, y);
        const whole = box.width > 1 && y > 0 && y < innerHeight;
        return whole && (document.activeElement.contains(top) || top?.contains(document.activeElement) || false);
    }"""
    for _press in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(seen), page.evaluate("document.activeElement.outerHTML").strip()[:200]


@pytest.mark.parametrize("path", ["/", "/produk/", "/sentra/?dekat=krobokan", SENTRA, PRODUCT])
def test_400_percent_zoom_of_a_desk_has_no_sideways_scroll(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", ["/", "/sentra/?jenis=batik", SENTRA])
def test_forced_colours_keep_every_button_and_state_outlined(page: Page, path: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(path)
    bare = page.evaluate(
        """() => [...document.querySelectorAll(".button, .badge, .chips a")].filter((node) =>
            node.offsetParent && getComputedStyle(node).borderTopStyle === "none").length"""
    )
    assert bare == 0
