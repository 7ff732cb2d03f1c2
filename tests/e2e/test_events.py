"""An event from the officer's desk to the visitor's calendar and the wall: entered, seen, saved, printed."""

from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect

from semarang_ikm.shared.time import today
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_axe import violations
from tests.e2e.test_officer import choose, log_in

pytestmark = pytest.mark.e2e

NAME = "Pameran Uji Peramban"
FIRST = today() + timedelta(days=20)


@pytest.fixture(scope="module")
def event(browser: Browser, base_url: str) -> str:
    """The address of an event that an officer enters, with a business that ships."""
    context = browser.new_context(base_url=base_url, viewport=DESKTOP, locale="id-ID")
    page = context.new_page()
    log_in(page)
    page.goto("/admin/promotions/promotion/add/")
    page.fill("#id_name", NAME)
    page.select_option("#id_kind", "exhibition")
    page.fill("#id_starts_on", FIRST.isoformat())
    page.fill("#id_ends_on", (FIRST + timedelta(days=2)).isoformat())
    page.fill("#id_starts_at", "09:00")
    page.fill("#id_ends_at", "16:00")
    page.fill("#id_place", "Balai Kota")
    choose(page, "kelurahan", "Pandansari")
    choose(page, "sentra", "Malon")
    choose(page, "add_businesses", "Zie Batik")
    page.select_option("#id_status", "published")
    page.locator("input[name=_save]").click()
    expect(page.locator(".messagelist")).to_contain_text("1 usaha ditambahkan.")
    page.goto("/acara/")
    address = page.locator("li[data-slug] h3 a", has_text=NAME).get_attribute("href") or ""
    context.close()
    return address


def test_a_visitor_finds_it_and_saves_it(page: Page, event: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=NAME).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("main")).to_contain_text("setiap hari pukul 09.00–16.00 WIB")
    expect(page.locator("main")).to_contain_text("Zie Batik")
    link = page.locator("a[data-action=calendar]")
    answer = page.request.get(link.get_attribute("href") or "")
    (entry,) = Calendar.from_ical(answer.body()).events
    assert entry["summary"] == NAME
    assert entry.DTSTART.date() == FIRST

    page.goto("/usaha/zie-batik/")
    expect(page.get_by_role("link", name=NAME)).to_have_attribute("href", event)
    page.goto("/cari/?q=pameran uji")
    expect(page.locator("[data-group=acara] li h3")).to_have_text([NAME])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everybody_can_use_its_pages(
    browser: Browser, base_url: str, event: str, language: str, scheme: str, size: dict
) -> None:
    context = browser.new_context(base_url=base_url, viewport=size, color_scheme=scheme)
    page = context.new_page()
    for path in (event, "/acara/"):
        page.goto(path if language == "id" else f"/en{path.replace('/acara/', '/events/')}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert context.cookies() == []
    context.close()


def test_it_prints_as_one_sheet(page: Page, event: str, tmp_path: Path) -> None:
    page.goto(event)
    expect(page.get_by_role("button", name="Cetak poster")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".poster .name")).to_be_visible()
    expect(page.locator("main .record")).to_be_hidden()
    pdf = page.pdf(path=tmp_path / "poster.pdf", prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    room = page.evaluate(
        """() => {
            const box = (selector) => document.querySelector(selector).getBoundingClientRect();
            return box(".doors-of-poster").top - box(".poster .who").bottom;
        }"""
    )
    assert room >= 0
    # Lines are set closer than the letters are high: without this the tail of a "g" in the last one is cut off.
    name = page.locator(".poster .name")
    tail = "(node) => { const style = getComputedStyle(node); return [style.paddingBottom, style.fontSize].map(parseFloat); }"
    below, size = name.evaluate(tail)
    assert below >= 0.12 * size


def test_without_scripts_the_page_is_whole(browser: Browser, base_url: str, event: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(event)
    expect(page.locator("a[data-action=calendar]")).to_be_visible()
    expect(page.get_by_role("button", name="Cetak poster")).to_be_hidden()
    context.close()
