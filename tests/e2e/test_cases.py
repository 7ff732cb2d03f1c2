"""An obstacle in a real browser: reported three times, joined, written to the agency, cleared, and told to the public."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.server import Site
from tests.e2e.test_axe import violations
from tests.e2e.test_officer import log_in, photo

pytestmark = pytest.mark.e2e

# Businesses that say that they are made up; obstacles that were cleared long enough ago to be counted.
ROWS = """
import datetime
from promotions.cases.figures import last_day
from promotions.models import FacilitationCase, Partner
from sentra.models import Ikm, Sentra
sentra, partner = Sentra.objects.get(code="S-01"), Partner.objects.order_by("pk").first()
made = [Ikm.objects.create(name=f"IKM Uji {n:05d}", sentra=sentra) for n in range(6)]
for ikm in made[:3]:
    FacilitationCase.objects.create(ikm=ikm, kind="water", title="Tekanan air kecil", opened_on=last_day())
for ikm in made:
    FacilitationCase.objects.create(
        ikm=ikm, kind="export", title="Surat asal barang", partner=partner, stage="solved", outcome="Terbit.",
        opened_on=last_day() - datetime.timedelta(days=12), closed_on=last_day(),
    )
"""


@pytest.fixture(scope="module", autouse=True)
def rows(site: Site) -> None:
    site.manage("shell", "-v0", "-c", ROWS)


def test_three_reports_become_a_case_a_letter_and_an_outcome(page: Page) -> None:
    """From the list: one click joins, two and a sentence write the letter, two and a sentence close everything."""
    log_in(page)
    page.goto("/admin/promotions/facilitationcase/")
    page.locator(".perkara-sama li", has_text="Air").get_by_role("button").click()
    expect(page.locator(".messagelist")).to_contain_text("3 perkara digabung.")
    case = page.url

    page.get_by_role("link", name="Tulis surat ke mitra").click()
    page.fill("#id_addressed_to", "Direktur Utama")
    page.fill("#id_request", "Mohon tekanan air diperiksa.")
    page.get_by_role("button", name="Buat surat").click()
    for told in ("IKM Uji 00000", "IKM Uji 00002", "Tekanan air kecil", "Mohon tekanan air diperiksa."):
        expect(page.locator("main")).to_contain_text(told)
    assert violations(page) == []

    page.goto(case)
    page.get_by_role("link", name="Selesai", exact=True).click()
    page.get_by_role("button", name="Selesai").click()
    expect(page.locator(".errorlist")).to_have_text("Tulis hasilnya sebelum perkara ditutup.")
    page.fill("#id_outcome", "Pipa diganti.")
    page.get_by_role("button", name="Selesai").click()
    expect(page.locator(".messagelist")).to_contain_text("4 perkara ditutup.")
    expect(page.locator(".jejak")).to_contain_text("Tanpa data pribadi.")


def test_the_pages_of_a_case_fit_a_phone(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, locale="id-ID")
    page = context.new_page()
    log_in(page)
    for address in ("/admin/promotions/facilitationcase/", "/admin/promotions/facilitationcase/1/change/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
    context.close()


@pytest.mark.parametrize(("language", "told"), [("id", "Ekspor"), ("en", "Export")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_reads_how_many_and_how_long(
    browser: Browser, base_url: str, language: str, told: str, scheme: str
) -> None:
    context = browser.new_context(base_url=base_url, viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    page.goto("/tentang/" if language == "id" else "/en/about/")
    page.locator("section[aria-labelledby=hambatan] a").click()
    expect(page.locator("table tr", has_text=told).locator("td")).to_have_text([told, "6", "–", "12"])
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()


def test_packaging_before_and_after_reaches_the_product_once_both_are_cleared(page: Page) -> None:
    log_in(page)
    page.goto("/admin/products/packagingsupport/add/?ikm=1&products=1&kind=design&given_by=Rumah+Kemasan")
    page.fill("#id_given_on", "2026-03-01")
    for number, moment in enumerate(("before", "after")):
        if not page.locator(f"#id_photos-{number}-alt").count():
            page.locator("#photos-group .add-row a").click()
        page.select_option(f"#id_photos-{number}-moment", moment)
        page.set_input_files(f"#id_photos-{number}-image", photo())
        page.fill(f"#id_photos-{number}-alt", f"Kemasan {moment}")
        page.fill(f"#id_photos-{number}-credit", "Dinas")
        page.fill(f"#id_photos-{number}-usage_right", "Izin pembuat, 2026")
        page.check(f"#id_photos-{number}-is_cleared")
    page.locator("input[name=_continue]").click()
    expect(page.locator(".berdampingan figure")).to_have_count(2)
    before, after = (page.locator(f".berdampingan .{moment}").bounding_box() for moment in ("before", "after"))
    assert before and after
    assert before["x"] < after["x"]
    assert before["y"] == after["y"]
    page.goto("/k/P-01")
    expect(page.locator("section[aria-labelledby=kemasan] img")).to_have_count(2)
