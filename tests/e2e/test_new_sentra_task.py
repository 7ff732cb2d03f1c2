"""Staff task A1 of the brief, "new sentra": one screen, its buttons and fields counted; the rest the system knows."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.test_fair_selection import Clicks
from tests.e2e.test_officer import add_row, choose, log_in

pytestmark = pytest.mark.e2e

MOST_BUTTONS, MOST_FIELDS = 3, 7


@pytest.mark.parametrize("viewport", [DESKTOP, {"width": 390, "height": 800}], ids=["desk", "phone"])
def test_a_sentra_with_contact_and_consent_takes_three_buttons_and_seven_fields(
    browser: Browser, base_url: str, viewport: dict
) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", viewport=viewport)
    page = context.new_page()
    log_in(page)
    page.goto("/admin/")
    click, name = Clicks(), f"Sentra Ketukan {viewport['width']}"

    click(page.locator("#content").get_by_role("link", name="Tambah sentra"))
    fields = _enter(page, name)
    add_row(page, "contacts")
    click.count += 1
    page.select_option("#id_contacts-1-kind", "owner_name")
    page.fill("#id_contacts-1-value", "Pengurus Ketukan")
    fields += 1
    _consent(page)
    click(page.locator("input[name=_save]"))

    expect(page.locator(".messagelist .success")).to_contain_text(name)
    assert click.count <= MOST_BUTTONS, click.count
    assert fields <= MOST_FIELDS, fields
    row = page.locator("#result_list tr", has_text=name)
    expect(row).to_contain_text("Draf")
    context.close()


def _enter(page: Page, name: str) -> int:
    """What the office must know of a sentra; how many fields that were. The brief does not count kinds of contact."""
    page.fill("#id_name", name)
    choose(page, "product_types", "Kerajinan")
    choose(page, "locations-0-kelurahan", "Kandri")
    page.fill("#id_locations-0-address", "Jalan Ketukan 7")
    page.fill("#id_summary", "Perajin ketukan yang dihitung.")
    page.select_option("#id_contacts-0-kind", "whatsapp")
    page.fill("#id_contacts-0-value", "0812-1555-0177")
    return 6


def _consent(page: Page) -> None:
    """The consent block: whose, for which data; way, day and officer are filled in."""
    if not page.locator("#id_consents-0-person").count():
        add_row(page, "consents")
    page.fill("#id_consents-0-person", "Pengurus Ketukan")
    for field in ("owner_name", "whatsapp"):
        page.check(f"[name=consents-0-data][value={field}]")
