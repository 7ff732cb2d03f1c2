"""Two officers with one business open, each in a browser of their own, at a desk and on a phone."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, STAFF
from tests.e2e.server import Site

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 800}
COLLEAGUE = ("dewi", "Kunyit-Asem-2027")


@pytest.fixture(scope="module")
def colleague(site: Site) -> tuple[str, str]:
    name, password = COLLEAGUE
    given = {"DJANGO_SUPERUSER_USERNAME": name, "DJANGO_SUPERUSER_EMAIL": "", "DJANGO_SUPERUSER_PASSWORD": password}
    site.manage("createsuperuser", "--noinput", **given)
    return COLLEAGUE


def signed_in(browser: Browser, base_url: str, viewport: dict, account: tuple[str, str], scripts: bool = True) -> Page:
    context = browser.new_context(
        base_url=base_url, viewport=viewport, locale="id-ID", java_script_enabled=scripts, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", account[0])
    page.fill("#id_password", account[1])
    page.click("[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()
    return page


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desk", "phone"])
def two(browser: Browser, base_url: str, colleague: tuple[str, str], request) -> Iterator[tuple[Page, Page]]:
    """The colleague works without scripts: nothing here needs them."""
    pages = (
        signed_in(browser, base_url, request.param, STAFF),
        signed_in(browser, base_url, request.param, colleague, scripts=False),
    )
    yield pages
    for page in pages:
        page.context.close()


def new_business(page: Page, name: str) -> str:
    page.goto("/admin/sentra/ikm/add/")
    page.fill("#id_name", name)
    page.fill("#id_summary", "Kalimat pertama")
    page.locator("input[name=_continue]").click()
    if page.locator("[name=is_another]").count():
        page.check("[name=is_another]")
        page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    return page.url


def test_the_second_officer_is_asked_with_both_values_and_decides(two, request):
    mine, hers = two
    address = new_business(mine, f"Usaha Dua Petugas {request.node.callspec.id}")
    for page in two:
        page.goto(address)
    hers.fill("#id_summary", "Kalimat dari Dewi")
    hers.locator("details:has(#id_minimum_order) > summary").click()
    hers.fill("#id_minimum_order", "12 buah")
    hers.locator("input[name=_continue]").click()
    mine.fill("#id_summary", "Kalimat dari saya")
    mine.locator("input[name=_save]").click()

    asked = mine.locator(".bertemu")
    expect(asked.get_by_role("heading")).to_have_text("Belum disimpan: data ini berubah sementara Anda menyuntingnya")
    expect(asked).to_contain_text("dewi")
    expect(asked.locator("tbody tr")).to_have_count(1)
    expect(asked.locator("tbody tr")).to_contain_text("Kalimat dari Dewi")
    expect(asked.locator("tbody tr")).to_contain_text("Kalimat dari saya")
    expect(mine.locator("#id_summary")).to_have_value("Kalimat dari saya")
    expect(mine.locator("#id_minimum_order")).to_have_value("12 buah")
    assert mine.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(mine, context=".bertemu").response["violations"]
    assert [each["id"] for each in found] == []

    mine.locator("input[name=_save]").click()
    expect(mine.locator(".messagelist .success")).to_be_visible()
    hers.goto(address)
    expect(hers.locator("#id_summary")).to_have_value("Kalimat dari saya")
    expect(hers.locator("#id_minimum_order")).to_have_value("12 buah")
    expect(hers.locator(".tinjauan").first).to_contain_text(re.compile("menyimpan data ini .* yang lalu"))


def test_what_each_changed_alone_is_stored_without_a_question(two, request):
    mine, hers = two
    address = new_business(mine, f"Usaha Tanpa Tanya {request.node.callspec.id}")
    for page in two:
        page.goto(address)
    hers.fill("#id_summary", "Kalimat dari Dewi")
    hers.locator("input[name=_save]").click()
    mine.locator("#contacts-group .add-row a").click()
    mine.select_option("#id_contacts-0-kind", "whatsapp")
    mine.fill("#id_contacts-0-value", "0812-1555-0177")
    mine.locator("input[name=_save]").click()
    expect(mine.locator(".messagelist .info")).to_contain_text("Yang diubahnya tetap: Ringkasan.")
    hers.goto(address)
    expect(hers.locator("#id_summary")).to_have_value("Kalimat dari Dewi")
    expect(hers.locator("#id_contacts-0-value")).to_have_value("0812-1555-0177")


def test_a_double_click_and_going_back_add_a_row_once(two, request):
    mine, _hers = two
    address = new_business(mine, f"Usaha Klik Ganda {request.node.callspec.id}")
    mine.goto(address)
    mine.locator("#contacts-group .add-row a").click()
    mine.select_option("#id_contacts-0-kind", "email")
    mine.fill("#id_contacts-0-value", "dua@contoh.id")
    with mine.expect_request(lambda asked: asked.method == "POST") as sent:
        mine.locator("input[name=_save]").dblclick()
    expect(mine.locator(".messagelist .success").first).to_be_visible()
    again = {"Content-Type": sent.value.headers["content-type"], "Referer": address}
    answer = mine.request.post(address, data=sent.value.post_data_buffer, headers=again, max_redirects=0)
    assert answer.status == 302
    mine.goto(address)
    expect(mine.locator("#id_contacts-TOTAL_FORMS")).to_have_value("1")
