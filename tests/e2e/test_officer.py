"""The officer's walk in a real browser: enter, publish, and see it where the public does."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import STAFF

pytestmark = pytest.mark.e2e

SENTRA, BUSINESS, PRODUCT = "Anyaman Uji Peramban", "Kelompok Uji Peramban", "Keranjang Uji Peramban"


def choose(page: Page, field: str, words: str) -> None:
    """Pick the first suggestion of an autocomplete, as one types into it."""
    page.locator(f"#id_{field} + .select2 .select2-selection").click()
    box = page.locator(".select2-container--open .select2-search__field")
    box.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def add_row(page: Page, inline: str) -> None:
    page.locator(f"#{inline}-group .add-row a").click()


def save(page: Page) -> None:
    page.locator("input[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def photo() -> dict:
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "#7a3e12").save(data, "JPEG")
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def log_in(page: Page) -> None:
    page.goto("/admin/")
    page.fill("#id_username", STAFF[0])
    page.fill("#id_password", STAFF[1])
    page.click("[type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()


def test_a_sentra_a_business_and_a_product_reach_the_public_page_the_search_and_the_catalogue(page: Page) -> None:
    log_in(page)

    page.goto("/admin/sentra/sentra/add/")
    page.fill("#id_name", SENTRA)
    choose(page, "product_types", "Kerajinan")
    for number, (place, role) in enumerate((("Kandri", "production"), ("Kauman", "showroom"))):
        if not page.locator(f"#id_locations-{number}-role").count():
            add_row(page, "locations")
        choose(page, f"locations-{number}-kelurahan", place)
        page.select_option(f"#id_locations-{number}-role", role)
    page.select_option("#id_status", "published")
    save(page)

    page.goto("/admin/sentra/ikm/add/")
    page.fill("#id_name", BUSINESS)
    choose(page, "sentra", SENTRA)
    choose(page, "kelurahan", "Kandri")
    add_row(page, "contacts")
    page.select_option("#id_contacts-0-kind", "whatsapp")
    page.fill("#id_contacts-0-value", "0812-1555-0199")
    add_row(page, "consents")
    page.fill("#id_consents-0-person", "Pengurus Uji")
    page.check("[name=consents-0-data][value=whatsapp]")
    page.check("[name=consents-0-channels][value=web]")
    page.select_option("#id_status", "published")
    save(page)

    page.goto("/admin/products/product/add/")
    page.fill("#id_name", PRODUCT)
    choose(page, "ikm", BUSINESS)
    choose(page, "product_type", "Kerajinan")
    if not page.locator("#id_photos-0-alt").count():
        add_row(page, "photos")
    page.set_input_files("#id_photos-0-image", photo())
    page.fill("#id_photos-0-alt", "Keranjang cokelat")
    page.fill("#id_photos-0-credit", "Dinas")
    page.fill("#id_photos-0-usage_right", "Izin pembuat, 2026")
    page.select_option("#id_status", "published")
    save(page)

    page.goto("/admin/products/certification/add/")
    choose(page, "kind", "Merek")
    choose(page, "ikm", BUSINESS)
    choose(page, "products", PRODUCT)
    page.fill("#id_number", "UJI-0001")
    page.select_option("#id_stage", "issued")
    page.fill("#id_issued_on", "2026-01-15")
    save(page)

    page.context.clear_cookies()
    page.goto("/sentra/anyaman-uji-peramban/")
    expect(page.locator("#isi")).to_contain_text("Kandri")
    expect(page.locator("#isi")).to_contain_text("Kauman")
    page.goto("/produk/keranjang-uji-peramban/")
    expect(page.locator("#isi img").first).to_have_attribute("alt", "Keranjang cokelat")
    expect(page.locator("a[data-action=whatsapp]").first).to_have_attribute(
        "href", re.compile(r"wa\.me/6281215550199\?")
    )
    page.goto("/cari/?q=keranjang+uji")
    expect(page.locator("section[data-group] li").first).to_contain_text(PRODUCT)
    page.goto("/katalog/cetak/?q=keranjang+uji")
    expect(page.locator("[data-print=products]").first).to_contain_text(PRODUCT)
    # Consent was given for the web, not for paper.
    expect(page.locator("body")).not_to_contain_text("1555")
