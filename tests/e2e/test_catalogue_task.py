"""Staff task A4 of the brief, "catalogue for an exhibition": from the list of participants to the file, counted."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP, STAFF
from tests.e2e.server import Site, serve
from tests.e2e.test_fair_selection import Clicks
from tests.e2e.test_officer import choose, log_in

pytestmark = [pytest.mark.e2e, pytest.mark.pdf]

EVENT, MAKERS = "Pameran Katalog Uji", 6
MOST_CLICKS, MOST_FIELDS = 12, 6
# Setting type is the worker's, and other tests keep it busy too.
LOOKS = 90
# Participants as the office has them when it begins: checked, photographed, priced.
PREPARED = f"""
import datetime
from products.models import ProductPhoto
from semarang_ikm.shared.time import today
from sentra.models import Ikm, ProductType
from tests import factories
event = factories.promotion("{EVENT}", published=True, starts_on=datetime.date(2031, 6, 20))
checked = {{"checked_on": today(), "checked_by": factories.user()}}
for number in range({MAKERS}):
    maker = factories.ikm(f"Perajin Katalog {{number}}", published=True, **checked)
    product = factories.product(
        f"Kain Katalog {{number}}", ikm=maker, product_type=ProductType.objects.get(slug="batik"), published=True,
        price_min=90000, price_on=today(), price_unit="lembar", **checked,
    )
    photo = factories.product_photo(product=product)
    ProductPhoto.objects.filter(pk=photo.pk).update(width=1600, height=1200)
    factories.appearance(promotion=event, ikm=maker, products=[product])
"""


def look_until(page: Page, selector: str) -> None:
    """The officer looks again while the worker is at it."""
    for _look in range(LOOKS):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator(selector)).to_be_visible()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: its makers and photos would be in the way of what other tests count and crawl."""
    with serve(tmp_path_factory.mktemp("office")) as running:
        account = {"USERNAME": STAFF[0], "PASSWORD": STAFF[1], "EMAIL": ""}
        environment = {f"DJANGO_SUPERUSER_{name}": value for name, value in account.items()}
        running.manage("createsuperuser", "--noinput", **environment)
        running.manage("shell", "--verbosity", "0", "-c", PREPARED)
        yield running


@pytest.fixture
def page(browser: Browser, office: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=office.url, locale="id-ID", viewport=DESKTOP)
    try:
        yield context.new_page()
    finally:
        context.close()


def test_a_catalogue_for_an_exhibition_takes_twelve_clicks_and_six_fields(page: Page) -> None:
    log_in(page)
    click, fields = Clicks(), 0

    click(page.locator("#content").get_by_role("link", name="Katalog baru"))
    page.fill("#id_title", "Kain di Pameran Uji")
    page.fill("#id_day", "2031-06-20")
    choose(page, "promotion", EVENT)
    # The suggestion is opened and picked.
    click.count += 2
    fields += 3
    click(page.locator("input[name=_continue]"))
    click(page.get_by_role("button", name="Ambil produk peserta acara"))
    expect(page.locator(".messagelist .success")).to_contain_text(f"{MAKERS} produk")

    click(page.locator(".object-tools").get_by_role("link", name="Periksa"))
    click(page.get_by_role("button", name="Ukur tata letak"))
    look_until(page, "button[name=measure]")
    expect(page.locator(".hitungan .merah b")).to_have_text("0")
    while (group := page.locator("section.amber form.temuan").first).count():
        group.locator("input[name=reason]").fill("Edisi uji di mesin ini.")
        fields += 1
        click(group.get_by_role("button", name="Simpan alasan"))
    click(page.locator("a.button", has_text="Terbitkan"))
    click(page.locator("input[type=submit][value=Terbitkan]"))
    expect(page.locator(".messagelist .success")).to_contain_text("Edisi terbit")

    assert click.count <= MOST_CLICKS, click.count
    assert fields <= MOST_FIELDS, fields

    code = re.search(r"E-\d{4}-\d+", page.locator("#content").inner_text())
    assert code is not None
    look_until(page, "text=Selesai")
    page.goto(f"/katalog/{code[0]}/")
    expect(page.locator("h1")).to_contain_text("Kain di Pameran Uji")
    assert page.request.get(f"/katalog/{code[0]}.pdf").body().startswith(b"%PDF")
