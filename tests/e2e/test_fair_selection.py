"""Staff tasks around promotion, in a real browser with their clicks counted: who was never promoted, and a selection."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_officer import log_in

pytestmark = pytest.mark.e2e


class Clicks:
    """Clicks as an officer makes them, counted."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        target.click()
        self.count += 1


@contextmanager
def plain_page(browser: Browser, base_url: str, **options) -> Iterator[Page]:
    """Without JavaScript."""
    context = browser.new_context(base_url=base_url, locale="id-ID", java_script_enabled=False, **options)
    try:
        yield context.new_page()
    finally:
        context.close()


def new_promotion(page: Page, name: str, day: str) -> None:
    page.goto("/admin/promotions/promotion/add/")
    page.fill("#id_name", name)
    page.select_option("#id_kind", "exhibition")
    page.fill("#id_starts_on", day)
    page.locator("input[name=_continue]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_who_was_never_promoted_is_found_in_three_clicks_and_assigned_in_six(page: Page) -> None:
    """ux.md 1.5, A3."""
    log_in(page)
    new_promotion(page, "Pameran Enam Ketukan", "2031-03-14")
    page.goto("/admin/")
    click = Clicks()

    click(page.locator("#content .ubin a[href*='/ledgerbusiness/'][href*='terakhir=belum']"))
    click(page.locator("#changelist-filter").get_by_role("link", name="Batik (").first)
    assert click.count <= 3
    rows = page.locator("#result_list tbody tr")
    businesses = rows.count()
    assert businesses > 0
    expect(rows.first.locator(".field-last")).to_have_text("belum pernah")

    click(page.locator("#action-toggle"))
    click(page.get_by_role("button", name="Masukkan ke promosi…"))
    page.select_option("#id_target", label="Pameran Enam Ketukan (2031)")
    click(page.locator("input[type=submit][value^='Masukkan ke promosi']"))
    assert click.count <= 6
    expect(page.locator(".messagelist .success")).to_contain_text(f"{businesses} usaha ditambahkan")


def test_a_selection_is_ruled_looked_at_corrected_accepted_and_printed(page: Page) -> None:
    log_in(page)
    new_promotion(page, "Pameran Seleksi", "2031-05-10")
    click = Clicks()

    click(page.locator(".object-tools").get_by_role("link", name="Seleksi peserta"))
    page.fill("#id_places", "5")
    # The shipped content has few products: here everybody with a place may come.
    for condition in ("photo", "price", "print_consent", "certificate"):
        click(page.locator(f"#id_needs_{condition}"))
    click(page.locator("input[name=_save]"))
    chosen = page.locator("table.peserta").first.locator("tbody tr")
    expect(chosen).to_have_count(5)
    expect(page.locator(".kurang")).to_contain_text("kurang 1")

    first = chosen.first
    code = first.get_attribute("id")
    click(first.locator("summary"))
    first.locator("input[name=reason]").fill("Mengundurkan diri")
    click(first.get_by_role("button", name="Tidak ikut"))
    expect(chosen).to_have_count(5)
    expect(page.locator("table.peserta").first.locator(f"tr#{code}")).to_have_count(0)
    click(page.locator(".kelompok").get_by_role("link", name="Dikecualikan petugas"))
    expect(page.locator(f"tr#{code}")).to_contain_text("Dikecualikan petugas: Mengundurkan diri.")

    click(page.locator("input[type=submit][value^='Terima dan catat 5']"))
    expect(page.locator(".messagelist .success")).to_contain_text("Diterima")
    click(page.locator(".object-tools").get_by_role("link", name="Berita acara"))
    expect(page.locator("h1")).to_have_text("Berita acara seleksi peserta")
    expect(page.locator("main table tbody tr")).to_have_count(5)
    expect(page.locator("main")).to_contain_text("Mengundurkan diri")
    # Four of them for the conditions that the shipped content cannot meet.
    assert click.count <= 11

    page.go_back()
    page.locator(".object-tools").get_by_role("link", name="Halaman acara").click()
    expect(page.locator("#appearances-group .inline-related.has_original")).to_have_count(5)


def test_both_walks_work_on_a_phone_without_javascript(browser: Browser, base_url: str) -> None:
    with plain_page(browser, base_url, viewport=PHONE) as page:
        log_in(page)
        new_promotion(page, "Pameran Tanpa Skrip", "2031-07-01")
        page.locator(".object-tools").get_by_role("link", name="Seleksi peserta").click()
        page.fill("#id_places", "2")
        for condition in ("photo", "price", "print_consent", "certificate"):
            page.locator(f"#id_needs_{condition}").uncheck()
        page.locator("input[name=_save]").click()
        row = page.locator("table.peserta").first.locator("tbody tr").first
        row.locator("summary").click()
        row.locator("input[name=reason]").fill("Tuan rumah")
        row.get_by_role("button", name="Selalu ikut").click()
        expect(page.locator("table.peserta").first).to_contain_text("Ditetapkan petugas: Tuan rumah.")
        page.locator("input[type=submit][value^='Terima dan catat 2']").click()
        expect(page.locator(".messagelist .success")).to_contain_text("Diterima")

        page.goto("/admin/promotions/ledgerbusiness/?terakhir=belum")
        page.locator("#result_list tbody tr .action-select").first.check()
        page.get_by_role("button", name="Masukkan ke promosi…").click()
        page.select_option("#id_target", label="Pameran Tanpa Skrip (2031)")
        page.locator("input[type=submit][value^='Masukkan ke promosi']").click()
        expect(page.locator(".messagelist .success")).to_contain_text("usaha ditambahkan")


def test_the_pages_do_not_scroll_sideways_on_a_phone(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", viewport=PHONE)
    page = context.new_page()
    log_in(page)
    new_promotion(page, "Pameran Sempit", "2031-09-01")
    page.locator(".object-tools").get_by_role("link", name="Seleksi peserta").click()
    page.locator("input[name=_save]").click()
    proposal = page.url
    for address in (
        proposal,
        proposal.replace("/usulan/", "/berita-acara/"),
        "/admin/promotions/ledgerbusiness/cakupan/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    context.close()
