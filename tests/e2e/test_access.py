"""Every page kind is usable by everybody: axe, a narrow screen, the keyboard; and keeps what it promises a visitor."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.e2e

# One of every page kind, full, empty and wrong.
PAGES = {
    "home": "/",
    "sentra-list": "/sentra/",
    "sentra-list-filtered": "/sentra/?jenis=batik",
    "sentra-list-empty": "/sentra/?jenis=batik&kec=tugu",
    "sentra": "/sentra/batik-warna-alam-malon/",
    "products": "/produk/",
    "products-ignored": "/produk/?warna=biru",
    "businesses": "/usaha/",
    "areas": "/wilayah/",
    "kecamatan": "/wilayah/semarang-barat/",
    "kelurahan": "/wilayah/semarang-barat/krobokan/",
    "kelurahan-empty": "/wilayah/mijen/mijen/",
    "types": "/jenis/",
    "type": "/jenis/batik/",
    "search": "/cari/?q=tempe",
    "search-nothing": "/cari/?q=qqqqxxxx",
    "not-found": "/sentra/tidak-ada/",
    "catalogue": "/katalog/cetak/?jenis=batik",
}
ENGLISH = {
    "home-en": "/en/",
    "sentra-list-en": "/en/centres/",
    "sentra-en": "/en/centres/batik-warna-alam-malon/",
    "products-en": "/en/products/",
    "search-en": "/en/search/?q=tempe",
}


def paths(extra: dict[str, str] | None = None) -> list:
    return [pytest.param(path, id=name) for name, path in {**PAGES, **(extra or {})}.items()]


def first_detail(page: Page, listing: str) -> str:
    page.goto(listing)
    return page.locator("#hasil li[data-code] a").first.get_attribute("href") or ""


def violations(page: Page) -> list[str]:
    results = Axe().run(page)
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in results.response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", paths(ENGLISH))
def test_axe_finds_nothing(browser: Browser, base_url: str, path: str, scheme: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("listing", ["/produk/", "/usaha/", "/en/products/", "/en/businesses/"])
def test_axe_finds_nothing_on_details(page: Page, listing: str) -> None:
    page.goto(first_detail(page, listing))
    assert violations(page) == []


@pytest.mark.parametrize("path", paths())
def test_nothing_is_wider_than_a_small_phone(browser: Browser, base_url: str, path: str) -> None:
    context = browser.new_context(base_url=base_url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320


@pytest.mark.parametrize("path", paths(ENGLISH))
def test_no_cookie_no_third_party_no_console_error(browser: Browser, base_url: str, path: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    page = context.new_page()
    foreign, errors = [], []
    page.on(
        "request", lambda request: None if request.url.startswith((base_url, "data:")) else foreign.append(request.url)
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path)
    assert context.cookies() == []
    assert foreign == []
    # A page that says "not found" is one, and the browser notes it.
    assert [error for error in errors if "404" not in error] == []
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
