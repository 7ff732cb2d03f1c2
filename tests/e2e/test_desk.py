"""The desk and the renewal of certificates in a real browser, also on a phone and without scripts (ux.md task A5)."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from semarang_ikm.shared.time import today
from tests.e2e.conftest import DESKTOP
from tests.e2e.server import Site
from tests.e2e.test_axe import violations
from tests.e2e.test_officer import log_in

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
WAYS = [
    pytest.param({"viewport": DESKTOP}, id="1280"),
    pytest.param({"viewport": PHONE}, id="390"),
    pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="390-no-scripts"),
]
ROWS = """
from datetime import timedelta
from products.models import CertificateKind, Certification
from sentra.models import Contact, Ikm
from semarang_ikm.shared.time import today
ikm = Ikm.objects.order_by("pk").first()
Contact.objects.get_or_create(ikm=ikm, kind="whatsapp", value="+6281215550123")
kind = CertificateKind.objects.get(slug="p-irt")
for number in range(5):
    Certification.objects.get_or_create(
        kind=kind, ikm=ikm, number=f"UJI-LAMA-{number}", stage="issued",
        issued_on=today() - timedelta(days=1700), expires_on=today() + timedelta(days=5 + number),
    )
"""


class Officer:
    """Counts what a person does: clicks, and fields filled in."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.clicks += 1

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.fields += 1

    def choose_file(self, selector: str, file: dict) -> None:
        self.page.set_input_files(selector, file)
        self.fields += 1


@pytest.fixture(scope="module", autouse=True)
def certificates(site: Site) -> None:
    site.manage("shell", "-c", ROWS)


@pytest.fixture(params=WAYS)
def desk(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[Page]:
    """Signed in, at the desk."""
    context = browser.new_context(base_url=base_url, locale="id-ID", **request.param)
    page = context.new_page()
    log_in(page)
    yield page
    context.close()


def scan() -> dict:
    data = io.BytesIO()
    Image.new("RGB", (400, 560), "white").save(data, "JPEG")
    return {"name": "pindaian.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def fits(page: Page) -> bool:
    return page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")


def test_a_certificate_is_renewed_in_three_clicks_and_three_fields(desk: Page) -> None:
    officer = Officer(desk)
    new = f"UJI-BARU-{today():%j}-{desk.viewport_size['width']}-{id(desk)}"

    officer.click(".ubin a[href*='antrean=segera']")
    rows = desk.locator(".antrean tbody tr")
    expect(rows.first).to_be_visible()
    before = rows.count()
    assert fits(desk)
    officer.click(".antrean tbody tr:first-child >> text=Perpanjang")
    officer.fill("#id_number", new)
    assert fits(desk)
    officer.fill("#id_expires_on", (today() + timedelta(days=1800)).isoformat())
    officer.choose_file("#id_scan", scan())
    officer.click("input[type=submit].default")

    assert (officer.clicks, officer.fields) == (3, 3)
    expect(desk.locator(".messagelist .success")).to_contain_text(new)
    expect(desk).to_have_url(re.compile(r"antrean=segera"))
    expect(rows).to_have_count(before - 1)


def test_every_number_of_the_desk_opens_as_many_rows(desk: Page) -> None:
    assert fits(desk)
    numbers = [
        (int(link.locator("b").inner_text().replace(".", "")), link.get_attribute("href"))
        for link in desk.locator(".ubin a").all()
    ]
    assert len(numbers) >= 12
    for count, address in numbers:
        desk.goto(address or "")
        if "antrean=" in (address or ""):
            told = desk.locator(".alasan a[aria-current=page] b").inner_text()
        else:
            told = re.search(r"[\d.]+", desk.locator(".paginator").first.inner_text()).group()
        assert int(told.replace(".", "")) == count, address


def test_the_owner_is_reached_with_a_prepared_reminder(desk: Page) -> None:
    desk.goto("/admin/products/certification/antrean/")
    link = desk.locator("a[href^='https://wa.me/6281215550123?text=Yth.']").first
    expect(link).to_contain_text("Hubungi pemilik")


def test_letters_and_the_report_print_on_a4(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", viewport=DESKTOP)
    page = context.new_page()
    log_in(page)
    page.goto("/admin/products/certification/antrean/surat/")
    letters = page.locator("article.surat").count()
    assert letters >= 1
    assert _sheets(page.pdf(prefer_css_page_size=True)) == letters
    page.goto(f"/admin/laporan-tahun/{today().year}/")
    assert _sheets(page.pdf(prefer_css_page_size=True)) == 2
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/rincian/kecamatan/",
        "/admin/products/certification/antrean/",
        "/admin/products/certification/antrean/surat/",
        "/admin/laporan-tahun/2026/",
    ],
)
def test_the_pages_are_usable_by_everybody(browser: Browser, base_url: str, address: str) -> None:
    context = browser.new_context(base_url=base_url, locale="id-ID", viewport=PHONE, bypass_csp=True)
    page = context.new_page()
    log_in(page)
    page.goto(address)
    assert fits(page)
    assert violations(page) == []
    context.close()


def _sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
