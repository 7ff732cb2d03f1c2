"""The trail as officers use it: who, when, what and why; one field, one record and one batch put back. Also by keyboard."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_axe import violations
from tests.e2e.test_desk import fits
from tests.e2e.test_officer import log_in, save
from tests.semarang_ikm.exchange.files import book

pytestmark = pytest.mark.e2e

# (width, colours, language, and the words of that language which the walk reads)
WAYS = [
    pytest.param((1280, "light", "id"), id="desk-id-light"),
    pytest.param((390, "dark", "en"), id="phone-en-dark"),
]
WORDS = {
    "id": {"edit": "Suntingan", "since": "Sudah disunting sesudah itu", "back": "dikembalikan", "kept": "tetap"},
    "en": {"edit": "Edit", "since": "edited since", "back": "put back", "kept": "stay"},
}
# Unlike enough not to be taken for one another.
IMPORTED = {
    "id": ("Melati Jaya Uji", "KUB Rebung", "Sinar Pandan"),
    "en": ("Cipta Gembili", "Kelompok Waru", "Tunas Nangka"),
}
MOST_STOPS = 150


class Walk:
    """An officer in one window; every page that is opened fits and is clean to axe."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.words, self.suffix = page, WORDS[language], language

    def look(self) -> None:
        assert fits(self.page), self.page.url
        assert violations(self.page) == [], self.page.url

    def new_business(self, name: str) -> str:
        """Enters a draft; the address of its page."""
        self.page.goto("/admin/sentra/ikm/add/")
        self.page.fill("#id_name", name)
        self.page.locator("input[name=_continue]").click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()
        return self.page.url

    def minimum_order(self, words: str) -> None:
        """In a part of the form that opens."""
        self.page.locator("details:not([open]):has(#id_minimum_order) summary").click()
        self.page.fill("#id_minimum_order", words)

    def tab_to(self, selector: str) -> None:
        """By the keyboard alone; what has the focus is seen."""
        wanted = self.page.locator(selector).first
        for _press in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("node => node === document.activeElement"):
                assert wanted.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
                return
        pytest.fail(f"{selector} is not reached")


@pytest.fixture(params=WAYS)
def walk(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Walk]:
    width, scheme, language = request.param
    context = browser.new_context(
        base_url=base_url,
        locale="id-ID",
        viewport={"width": width, "height": 844},
        color_scheme=scheme,
        bypass_csp=True,
    )
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": f"{base_url}/admin/"}])
    page = context.new_page()
    log_in(page)
    yield Walk(page, language)
    context.close()


def test_one_field_is_put_back_and_the_rest_stays(walk: Walk) -> None:
    page = walk.page
    record = walk.new_business(f"Riwayat Uji {walk.suffix}")
    page.fill("#id_name", f"Nama Salah {walk.suffix}")
    walk.minimum_order("7 lusin")
    page.fill("#id_alasan_perubahan", "Menurut selebaran")
    save(page)

    page.goto(record)
    page.locator(".object-tools a[href$='/history/']").click()
    newest = page.locator(".riwayat").first
    for words in (walk.words["edit"], "petugas", "“Menurut selebaran”", f"Nama Salah {walk.suffix}", "7 lusin"):
        expect(newest).to_contain_text(words)
    walk.look()

    newest.locator("a[href$='kolom=name']").click()
    expect(page.locator(".perubahan")).to_contain_text(f"Riwayat Uji {walk.suffix}")
    expect(page.locator(".perubahan")).not_to_contain_text("7 lusin")
    walk.look()
    page.fill("#id_alasan_perubahan", "Selebaran keliru")
    page.locator("form[method=post] input[type=submit]").click()
    expect(page.locator(".riwayat").first).to_contain_text("“Selebaran keliru”")

    page.goto(record)
    expect(page.locator("#id_name")).to_have_value(f"Riwayat Uji {walk.suffix}")
    expect(page.locator("#id_minimum_order")).to_have_value("7 lusin")


def test_what_was_deleted_is_found_and_comes_back_by_keyboard_alone(walk: Walk) -> None:
    page, name = walk.page, f"Terhapus Uji {walk.suffix}"
    record = walk.new_business(name)
    key = re.search(r"/ikm/(\d+)/", record).group(1)
    page.goto(record)
    walk.tab_to(f"a[href$='/ikm/{key}/delete/'], .deletelink")
    page.keyboard.press("Enter")
    walk.tab_to("form input[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()

    page.goto("/admin/sentra/changeset/")
    walk.tab_to("a[href$='/terhapus/']")
    page.keyboard.press("Enter")
    row = page.locator(".perubahan li", has_text=name)
    expect(row).to_have_count(1)
    walk.look()
    address = row.locator("a[href*='/terhapus/']").get_attribute("href")
    walk.tab_to(f"a[href='{address}']")
    page.keyboard.press("Enter")
    expect(page.locator(".perubahan")).to_contain_text(name)
    walk.look()
    walk.tab_to("#id_alasan_perubahan")
    page.keyboard.type("Terhapus keliru")
    walk.tab_to("form[method=post] input[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_have_value(name)
    assert f"/ikm/{key}/" in page.url


def test_an_import_is_undone_and_what_was_edited_since_stays_and_is_told(walk: Walk) -> None:
    page, names = walk.page, list(IMPORTED[walk.suffix])
    page.goto("/admin/exchange/importproposal/add/")
    page.check("input[name=kind][value=usaha]")
    sheet = book([["", name, "Kandri"] for name in names], ["Kode", "Nama usaha", "Kelurahan"])
    page.set_input_files("#id_file", {"name": "daftar.xlsx", "mimeType": "application/octet-stream", "buffer": sheet})
    page.locator("form:has(#id_file) [type=submit]").first.click()
    approve = page.locator("[name=tindakan][value=simpan]").first
    expect(approve).to_be_visible(timeout=30_000)
    approve.click()
    expect(page.locator(".hasil")).to_be_visible(timeout=30_000)

    page.goto(f"/admin/sentra/ikm/?q={names[1].replace(' ', '+')}")
    page.locator("#result_list tbody th a").first.click()
    walk.minimum_order("3 lusin")
    save(page)

    page.goto("/admin/sentra/changeset/?kind__exact=import")
    page.locator("#result_list tbody th a").first.click()
    expect(page.locator(".perubahan li")).to_have_count(3)
    walk.look()
    page.locator(".object-tools a[href*='/batalkan/']").click()
    expect(page.locator("#content")).to_contain_text(re.compile(walk.words["since"], re.IGNORECASE))
    walk.look()
    page.fill("#id_alasan_perubahan", "Berkas salah")
    page.locator("form[method=post] input[type=submit]").click()
    expect(page.locator(".messagelist")).to_contain_text(names[1])
    expect(page.locator(".messagelist")).to_contain_text("2")
    walk.look()

    for name, count in zip(names, (0, 1, 0), strict=True):
        page.goto(f"/admin/sentra/ikm/?q={name.replace(' ', '+')}")
        expect(page.locator("#result_list tbody tr")).to_have_count(count)
