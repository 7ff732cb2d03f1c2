"""What a citizen comes for, in as few taps as promised, with and without JavaScript, on a phone and at a desk."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.server import Site

pytestmark = pytest.mark.e2e

# What the shipped content does not hold: a number with consent, a certificate, an export-ready product.
SEED = """
from datetime import timedelta
from products.models import CertificateKind, Product
from semarang_ikm.shared.time import today
from sentra.models import Ikm
from tests import factories
maker = Ikm.objects.get(slug="zie-batik")
if not Product.objects.filter(name="Keripik Uji Tugas").exists():
    factories.contact(ikm=maker, value="+6281215550142")
    factories.consent(maker, "whatsapp")
    product = factories.product("Keripik Uji Tugas", ikm=maker, published=True, is_export_ready=True)
    kind = CertificateKind.objects.get(slug="p-irt")
    factories.certification(kind=kind, products=[product], expires_on=today() + timedelta(days=900))
"""

VIEWS = [
    pytest.param({"viewport": PHONE, "java_script_enabled": True}, id="phone"),
    pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="phone-without-javascript"),
    pytest.param({"viewport": DESKTOP, "java_script_enabled": True}, id="desk"),
    pytest.param({"viewport": DESKTOP, "java_script_enabled": False}, id="desk-without-javascript"),
]


class Visitor:
    """Counts what a person does."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.fields = page, 0, 0

    def tap(self, selector: str) -> None:
        self.taps += 1
        self.page.locator(selector).first.click()

    def fill(self, selector: str, text: str) -> None:
        self.fields += 1
        self.page.locator(selector).first.fill(text)


@pytest.fixture(scope="module")
def facts(site: Site) -> None:
    site.manage("shell", "-c", SEED)


@pytest.fixture(params=VIEWS)
def visitor(request: pytest.FixtureRequest, browser: Browser, base_url: str, facts: None):
    context = browser.new_context(base_url=base_url, locale="id-ID", **request.param)
    yield Visitor(context.new_page())
    context.close()


def test_natural_dye_batik_in_gunungpati_and_how_to_reach_its_maker_takes_at_most_five_taps(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    visitor.tap('main a[href="/jenis/batik/"]')
    visitor.tap('main a[href="/sentra/batik-warna-alam-malon/"]')
    visitor.tap('main a[href="/usaha/zie-batik/"]')
    visitor.taps += 1  # WhatsApp itself leaves the site
    contact = page.locator("#kontak a[data-action=whatsapp]")
    expect(contact).to_have_attribute(
        "href", re.compile(r"^https://wa\.me/6281215550142\?text=Halo%20Zie%20Batik.*U-\d+")
    )
    expect(page.locator("#kontak")).to_contain_text("0812-1555-0142")
    expect(page.locator("#kontak")).to_contain_text("dengan persetujuan pemilik")
    assert visitor.taps <= 5 and visitor.fields == 0


def test_what_is_made_in_krobokan_takes_one_field_and_one_tap(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    visitor.fill('main input[name="nama"]', "Krobokan")
    visitor.tap('main form:has(input[name="nama"]) button')
    assert (visitor.fields, visitor.taps) == (1, 1)
    expect(page).to_have_url(re.compile(r"/wilayah/semarang-barat/krobokan/$"))
    main = page.locator("main#isi")
    expect(main).to_contain_text("Tempe")
    expect(main).to_contain_text("Kerupuk")


def test_whether_a_p_irt_is_still_valid_takes_one_field_and_two_taps(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    visitor.fill("main input[name=q]", "keripik uji tugas")
    visitor.tap("main form[role=search] button")
    visitor.tap("section[data-group] li[data-code] a")
    assert (visitor.fields, visitor.taps) == (1, 2)
    badge = page.locator("h1 ~ ul [data-cert=p-irt][data-state=valid]")
    expect(badge).to_be_visible()
    expect(badge).to_contain_text("P-IRT s.d.")


def test_a_printable_list_of_makers_who_can_export_in_english_takes_five_taps(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/")
    visitor.tap("a.twin")
    visitor.tap("nav.menu a[href='/en/businesses/']")
    assert page.locator("#saring fieldset").first.get_attribute("data-facet") == "ekspor"
    visitor.tap("#f-ekspor-1")
    visitor.tap("#saring button[type=submit]")
    visitor.tap("#hasil a[href*='cetak=1']")
    assert (visitor.fields, visitor.taps) == (0, 5)
    table = page.locator("#hasil table")
    expect(table).to_contain_text("Zie Batik")
    expect(table.locator("thead")).to_contain_text("Minimum order")
    expect(page.locator("main .lead")).to_contain_text("Export")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("krupuk krobokan", "kerupuk krobokan"),
        ("loenpia", "lumpia"),
        ("tempe tandang", "tandang"),
        ("duri lunak", "bandeng"),
    ],
)
def test_search_finds_the_right_thing_first(page: Page, words: str, first: str) -> None:
    page.goto("/")
    page.locator('main input[name="q"]').first.fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("section[data-group] li").first).to_contain_text(re.compile(first, re.IGNORECASE))


def test_the_count_beside_a_filter_is_the_count_after_ticking_it(page: Page) -> None:
    page.goto("/produk/")
    box = page.locator("fieldset[data-facet=jenis] input:not([disabled])").first
    promised = page.locator(f"label[for='{box.get_attribute('id')}'] [data-count]").get_attribute("data-count") or "-1"
    box.check()
    page.locator("form#saring button[type=submit]").first.click()
    expect(page.locator("#hasil")).to_have_attribute("data-total", promised)
    page.locator("#filter-dipakai a[data-remove]").first.click()
    assert "jenis=" not in page.url


def test_an_unknown_filter_is_named_and_ignored(page: Page) -> None:
    answer = page.goto("/sentra/?jenis=tidak-ada&warna=biru")
    assert answer and answer.status == 200
    expect(page.locator('[data-note="ignored"]')).to_contain_text("tidak-ada")
