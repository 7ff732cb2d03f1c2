"""Every page kind is usable by everybody: a narrow screen, the keyboard; and keeps what it promises a visitor."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PHONE
from tests.page_kinds import LANGUAGES, PAGE_KINDS, PageKind

pytestmark = pytest.mark.e2e


def each_kind() -> list:
    """Every page kind, by turns in Indonesian and in English."""
    return [
        pytest.param(kind, kind.path(LANGUAGES[number % 2]), id=f"{kind.name}-{LANGUAGES[number % 2]}")
        for number, kind in enumerate(PAGE_KINDS)
    ]


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_nothing_is_wider_than_a_small_phone(browser: Browser, base_url: str, kind: PageKind, path: str) -> None:
    context = browser.new_context(base_url=base_url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_no_cookie_no_third_party_no_console_error(browser: Browser, base_url: str, kind: PageKind, path: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    page = context.new_page()
    foreign, errors = [], []
    page.on(
        "request", lambda request: None if request.url.startswith((base_url, "data:")) else foreign.append(request.url)
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path)
    assert [cookie["name"] for cookie in context.cookies()] == (["csrftoken"] if kind.sets_cookie else [])
    assert foreign == []
    # A page that says "not found" is one, and the browser notes it.
    assert [error for error in errors if f"{kind.status}" not in error] == []
    context.close()


def test_the_keyboard_reaches_the_content_with_the_first_key(page: Page) -> None:
    page.goto("/sentra/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("href", "#isi")
    expect(focused).to_be_visible()


def test_chromium_prints_the_catalogue(page: Page, tmp_path: Path) -> None:
    page.goto("/katalog/cetak/?jenis=pangan")
    sections = page.locator("[data-print]").evaluate_all("nodes => nodes.map(node => node.dataset.print)")
    assert sections[0] == "cover" and sections[-1] == "back"
    assert {"contents", "sentra", "products", "index"} <= set(sections)
    pdf = page.pdf(path=tmp_path / "katalog.pdf", prefer_css_page_size=True, print_background=True)
    assert pdf.startswith(b"%PDF")
