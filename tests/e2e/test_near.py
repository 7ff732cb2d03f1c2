"""Near me: the browser's position is used once and stays in the browser; without it a name does the same."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.e2e
# In Krobokan; its digits occur nowhere else.
HERE = {"latitude": -6.97611, "longitude": 110.39777}
FAR_AWAY = {"latitude": -7.79712, "longitude": 110.37081}


def visit(browser: Browser, base_url: str, **options) -> BrowserContext:
    return browser.new_context(base_url=base_url, locale="id-ID", viewport=PHONE, **options)


@pytest.fixture
def located(browser: Browser, base_url: str) -> Iterator[Page]:
    context = visit(browser, base_url, geolocation=HERE, permissions=["geolocation"])
    yield context.new_page()
    context.close()


def test_the_home_page_leads_to_the_list_by_distance_and_sends_no_position(located: Page) -> None:
    sent: list[str] = []
    located.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''} {request.headers}"))
    located.goto("/")
    located.get_by_role("button", name="Pakai lokasi saya").click()
    expect(located).to_have_url(re.compile(r"/sentra/\?dekat=krobokan$"))
    expect(located.locator("#hasil li[data-code]").first).to_contain_text("kurang dari 1 km")
    assert [line for line in sent if "6.97" in line or "110.39" in line] == []
    assert located.context.cookies() == []
    assert located.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_list_keeps_its_filters_and_measures_from_the_position(located: Page) -> None:
    located.goto("/produk/?jenis=tempe&urut=nama")
    located.get_by_role("button", name="Pakai lokasi saya").click()
    expect(located).to_have_url(re.compile(r"/produk/\?jenis=tempe&dekat=krobokan$"))


def test_a_refused_position_is_said_and_the_box_still_serves(browser: Browser, base_url: str) -> None:
    context = visit(browser, base_url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Pakai lokasi saya").click()
    expect(page.locator(".locate [role=status]")).to_contain_text("Tulis nama kelurahan")
    context.close()


def test_a_position_far_away_is_said(browser: Browser, base_url: str) -> None:
    context = visit(browser, base_url, geolocation=FAR_AWAY, permissions=["geolocation"])
    page = context.new_page()
    page.goto("/en/")
    page.get_by_role("button", name="Use my location").click()
    expect(page.locator(".locate [role=status]")).to_contain_text("outside the city")
    context.close()


def test_without_scripts_there_is_no_button_and_a_name_in_any_spelling_does(browser: Browser, base_url: str) -> None:
    context = visit(browser, base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sentra/")
    expect(page.locator(".locate")).to_be_hidden()
    page.locator("#dekat").fill("kel. KROBOKAN")
    page.locator("#saring button[type=submit]").first.click()
    expect(page.locator("#hasil li[data-code]").first).to_contain_text("kurang dari 1 km")
    page.locator("[data-near=krobokan] a[data-remove]").click()
    expect(page.locator("[data-near]")).to_have_count(0)
    context.close()


def test_names_of_kelurahan_help_while_typing(page: Page) -> None:
    page.goto("/usaha/")
    page.locator("#dekat").focus()
    expect(page.locator("#kelurahan option")).to_have_count(177)
