"""What comes out of the printer: one A4 per record with a QR that leads home, and nothing that may not be on paper."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.server import Site, serve

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pdftoppm", "pdftotext", "pdfinfo", "zbarimg"))),
        reason="poppler-utils or zbar-tools is not installed",
    ),
]
LASTING = "http://sentra.semarang.example"
WEB_ONLY, PAPER_TOO = "+6281215550171", "+6281215550172"
PERSON = "Siti Rahayu Bersaudara"
# The fullest record of each kind that pages are made for, beside what ships.
SEED = f"""
from products.models import CertificateKind
from semarang_ikm.shared.choices import Channel
from sentra.models import Kelurahan, ProductType
from tests import factories as f
words = "Dibuat dengan tangan oleh perajin dari keluarga yang sama sejak lama sekali. "
places = list(Kelurahan.objects.all()[:3])
kind = ProductType.objects.get(slug="pangan")
centre = f.sentra("Sentra Uji Penuh", published=True, kelurahan=places, types=[kind], summary=(words * 4)[:300],
    description=words * 30, visiting_hours="Setiap hari 08.00-16.00 WIB", welcomes_visitors=True)
for year in range(12):
    f.figure(sentra=centre, value_min=10 + year, note=words[:80])
for number in range(22):
    f.ikm(f"Usaha Uji Bernama Panjang {{number:02d}}", published=True, sentra=centre, kelurahan=places[0], types=[kind])
maker = f.ikm("Usaha Uji Penuh", published=True, sentra=centre, kelurahan=places[0], types=[kind],
    summary=(words * 4)[:300], story=words * 30, minimum_order="20 lembar", lead_time_days=14, founded=1990,
    monthly_capacity_min=100, capacity_unit="kg", workers=4, workers_as_of=f.days_ago(3))
products = [f.product(f"Produk Uji Bernama Panjang {{number:02d}}", ikm=maker, product_type=kind, published=True,
    summary=(words * 4)[:300], materials=(words * 3)[:200], size=words[:70], storage=words[:70], shelf_life_days=9,
    price_min=17500, price_unit="bungkus", price_on=f.days_ago(400 if number else 1), minimum_order="20 bungkus",
    lead_time_days=3, hs_code="1905.90", is_export_ready=True) for number in range(26)]
for paper in CertificateKind.objects.all():
    f.certification(kind=paper, products=products[:3], expires_on=f.days_ago(-200))
for number in range(12):
    event = f.promotion(f"Pameran Uji Bernama Panjang {{number:02d}}", published=True, sentra=[centre], starts_on=f.days_ago(10 + number))
    f.appearance(ikm=maker, promotion=event, products=products)
person = f.ikm("{PERSON}", name_is_personal=True, slug="orang-uji", published=True, kelurahan=places[0], types=[kind])
f.consent(person, "name")
f.contact(ikm=maker, value="{WEB_ONLY}")
f.consent(maker, "whatsapp")
f.contact("telephone", "{PAPER_TOO}", ikm=maker)
f.consent(maker, "telephone", channels=[Channel.WEB, Channel.PRINT])
"""
PAGES = {
    "sentra-rich": "/sentra/sentra-uji-penuh/",
    "sentra-poor": "/sentra/jamu-wonolopo/",
    "business-rich": "/usaha/usaha-uji-penuh/",
    "business-poor": "/usaha/kelompok-batik-citra/",
    "product-rich": "/produk/produk-uji-bernama-panjang-00/",
    "product-poor": "/produk/dandang/",
    "english-business": "/en/businesses/usaha-uji-penuh/",
    "english-sentra": "/en/centres/sentra-uji-penuh/",
}


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose address lasts, so that QR codes may be printed."""
    with serve(tmp_path_factory.mktemp("lasting"), LASTING) as running:
        running.manage("shell", "-c", SEED)
        yield running


def tool(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


class Sheet:
    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.file, self.picture = folder / "sheet.pdf", folder / "sheet"
        page = browser.new_page()
        page.goto(address)
        # With the line that a browser's own print adds: day, title, address.
        page.pdf(path=self.file, prefer_css_page_size=True, format="A4", display_header_footer=True)
        page.close()

    @property
    def pages(self) -> int:
        return int(tool("pdfinfo", self.file).split("Pages:")[1].split()[0])

    @property
    def text(self) -> str:
        return " ".join(tool("pdftotext", "-layout", self.file, "-").split())

    @property
    def qr(self) -> list[str]:
        """What a reader sees at 150 dots an inch, as an office printer lays it down."""
        tool("pdftoppm", "-r", "150", "-png", "-gray", self.file, self.picture)
        return tool("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", f"{self.picture}-1.png").split()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_one_sheet_with_a_code_that_leads_home(browser: Browser, lasting: Site, tmp_path: Path, path: str) -> None:
    sheet = Sheet(browser, f"{lasting.url}{path}", tmp_path)
    assert sheet.pages == 1
    (address,) = sheet.qr
    code = address.removeprefix(f"{LASTING}/k/")
    assert code[0] in "SUP" and address in sheet.text.replace(" ", "")
    page = browser.new_page()
    landed = page.goto(f"{lasting.url}/k/{code}")
    assert landed and landed.url.endswith(
        path.removeprefix("/en").replace("businesses", "usaha").replace("centres", "sentra")
    )
    page.close()


def test_the_print_of_a_web_page_keeps_what_both_channels_allow(
    browser: Browser, lasting: Site, tmp_path: Path
) -> None:
    text = Sheet(browser, f"{lasting.url}/usaha/usaha-uji-penuh/", tmp_path).text
    assert "0812-1555-0172" in text
    assert "0812-1555-0171" not in text
    # Prices older than 90 days leave print.
    assert text.count("Rp17.500") == 1


def test_a_name_for_the_web_alone_is_not_printed_by_the_browser_either(
    browser: Browser, lasting: Site, tmp_path: Path
) -> None:
    address = "/usaha/orang-uji/"
    page = browser.new_page()
    page.goto(f"{lasting.url}{address}")
    assert PERSON in page.title()
    page.close()
    text = Sheet(browser, f"{lasting.url}{address}", tmp_path).text
    assert "Usaha U-" in text and "Siti" not in text


def test_a_site_without_a_lasting_address_prints_no_qr_and_says_so(
    browser: Browser, base_url: str, tmp_path: Path
) -> None:
    sheet = Sheet(browser, f"{base_url}/sentra/batik-warna-alam-malon/", tmp_path)
    assert sheet.pages == 1
    assert sheet.qr == []
    assert "Tanpa QR" in sheet.text and "S-01" in sheet.text


@pytest.mark.parametrize("path", ["/produk/?cetak=1&q=bandeng", "/en/products/?cetak=1&q=bandeng"])
def test_a_list_prints_as_a_table_with_its_filters_in_words(
    browser: Browser, base_url: str, tmp_path: Path, path: str
) -> None:
    sheet = Sheet(browser, f"{base_url}{path}", tmp_path)
    assert "“bandeng”" in sheet.text
    assert "P-" in sheet.text
    assert "Terapkan" not in sheet.text
