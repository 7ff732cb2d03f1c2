"""Task P5: an owner corrects a number or takes it back; two taps, three fields, with and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.server import Site
from tests.e2e.test_public_tasks import Visitor

pytestmark = pytest.mark.e2e

BUSINESS = "/usaha/zie-batik/"
VIEWS = [
    pytest.param(
        {"viewport": size, "java_script_enabled": script}, id=f"{name}{'' if script else '-without-javascript'}"
    )
    for name, size in (("phone", PHONE), ("desk", DESKTOP))
    for script in (True, False)
]


@pytest.fixture(params=VIEWS)
def owner(request: pytest.FixtureRequest, browser: Browser, base_url: str):
    context = browser.new_context(base_url=base_url, locale="id-ID", **request.param)
    page = context.new_page()
    page.goto(BUSINESS)
    yield Visitor(page)
    context.close()


def fill(owner: Visitor, wrong: str) -> None:
    owner.fill("textarea[name=wrong]", wrong)
    owner.fill("textarea[name=right]", "0812-1555-0123")
    owner.fill("input[name=contact]", "pemilik@contoh.id")


def test_correcting_a_number_takes_two_taps_and_three_fields(owner: Visitor, request: pytest.FixtureRequest) -> None:
    page = owner.page
    owner.tap("a[data-action=report]")
    expect(page.locator("main#isi")).to_contain_text("Zie Batik")
    fill(owner, f"Nomornya sudah mati ({request.node.name})")
    owner.tap("form[method=post] button")
    assert (owner.taps, owner.fields) == (2, 3)
    expect(page.locator("h1")).to_have_text(re.compile(r"^Laporan R-\d{2,} kami terima$"))
    expect(page.locator("main#isi")).not_to_contain_text("contoh.id")
    expect(page.locator("main#isi a", has_text="Zie Batik")).to_have_attribute("href", BUSINESS)


def test_taking_data_back_takes_two_taps_and_three_fields(owner: Visitor, request: pytest.FixtureRequest) -> None:
    page = owner.page
    owner.tap("a[href*='perihal=tarik']")
    expect(page.locator("main#isi")).to_contain_text("3 × 24 jam")
    fill(owner, f"Nomor WhatsApp saya ({request.node.name})")
    owner.tap("form[method=post] button")
    assert (owner.taps, owner.fields) == (2, 3)
    expect(page.locator("main#isi")).to_contain_text("3 × 24 jam")


def test_a_mistake_takes_the_focus_to_its_words_and_from_there_to_its_field(owner: Visitor) -> None:
    page = owner.page
    owner.tap("a[data-action=report]")
    page.fill("textarea[name=right]", "Sudah pindah ke Tugu")
    owner.tap("form[method=post] button")
    expect(page).to_have_title(re.compile(r"^Galat: "))
    expect(page.locator("[role=alert]")).to_be_focused()
    page.locator("[role=alert] a").click()
    expect(page.locator("textarea[name=wrong]")).to_be_focused()
    expect(page.locator("textarea[name=right]")).to_have_value("Sudah pindah ke Tugu")


def test_two_quick_taps_are_one_report(browser: Browser, site: Site) -> None:
    """A form sent twice, as a trembling finger or a reload does."""
    context = browser.new_context(base_url=site.url, viewport=PHONE)
    numbers = []
    for _ in range(2):
        page = context.new_page()
        page.goto("/perbaiki/?kode=S-01")
        page.fill("textarea[name=wrong]", "Jam bukanya berubah")
        page.click("form[method=post] button")
        numbers.append(page.locator("h1").inner_text())
    context.close()
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/perbaiki/?kode=S-01", "/en/correct/?perihal=tarik"])
def test_axe_finds_nothing_on_a_refused_form_and_on_the_receipt(
    browser: Browser, base_url: str, path: str, scheme: str
) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    page.goto(path)
    page.click("form[method=post] button")
    expect(page.locator("[role=alert]")).to_be_visible()
    refused = Axe().run(page).response["violations"]
    page.fill("textarea[name=wrong]", f"Salah {scheme}")
    page.click("form[method=post] button")
    expect(page.locator("h1")).to_contain_text("R-")
    receipt = Axe().run(page).response["violations"]
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert (refused, receipt, width) == ([], [], PHONE["width"])


def test_the_form_is_reached_and_sent_by_the_keyboard_alone(page: Page) -> None:
    page.goto("/perbaiki/?kode=S-01")
    order = []
    page.locator("textarea[name=wrong]").focus()
    for _ in range(4):
        order.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
        page.keyboard.press("Tab")
    # The trap is never met.
    assert order == ["wrong", "right", "contact", "submit"]
    page.locator("textarea[name=wrong]").focus()
    page.keyboard.type("Alamatnya salah")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("kami terima")
