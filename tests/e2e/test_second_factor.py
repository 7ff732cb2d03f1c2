"""The second step of signing in, by keyboard alone: set up from the page's own secret, signed in with its code."""

import base64
import re
import time

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import DESKTOP
from tests.e2e.server import Site

pytestmark = pytest.mark.e2e

NAME, PASSWORD = "siti.dua.langkah", "Kencur-Jahe-2026"
PHONE = {"width": 390, "height": 800}


@pytest.fixture(scope="module")
def account(site: Site) -> None:
    site.manage(
        "createsuperuser",
        "--noinput",
        DJANGO_SUPERUSER_USERNAME=NAME,
        DJANGO_SUPERUSER_EMAIL="",
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )


def code_of(secret: str, *, steps: int = 0) -> str:
    totp = TOTP(base64.b32decode(secret.replace(" ", "")))
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06d}"


def press_to(page: Page, selector: str) -> None:
    """Tab until it has the focus."""
    for _press in range(150):
        if page.locator(selector).evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never reaches {selector}")


def type_password(page: Page) -> None:
    page.goto("/admin/")
    press_to(page, "#id_username")
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def test_by_keyboard_from_setting_it_up_to_signing_in_with_it(account: None, page: Page, browser: Browser) -> None:
    page.set_viewport_size(PHONE)
    type_password(page)
    press_to(page, "#user-tools a[href='/admin/akun-saya/']")
    page.keyboard.press("Enter")
    press_to(page, "a.button[href='/admin/akun-saya/verifikasi/']")
    page.keyboard.press("Enter")
    expect(page.locator("svg.qr")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    secret = page.locator(".kunci").inner_text()
    press_to(page, "#id_code")
    page.keyboard.type(code_of(secret))
    press_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".cadangan li")).to_have_count(10)
    recovery = page.locator(".cadangan li").first.inner_text()
    press_to(page, ".langkah-akun a")
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_be_visible()

    # Another computer, without scripts: the password alone shows one field, the next code opens.
    bare = browser.new_context(base_url=page.url.split("/admin/")[0], viewport=DESKTOP, java_script_enabled=False)
    other = bare.new_page()
    type_password(other)
    expect(other).to_have_url(re.compile("/admin/login/kode/$"))
    expect(other.locator("#id_code")).to_be_focused()
    assert [cookie["name"] for cookie in bare.cookies()] == ["csrftoken", "sessionid"]
    other.keyboard.type("123")
    other.keyboard.press("Enter")
    expect(other.locator(".errorlist")).to_contain_text("6 angka")
    other.keyboard.type(code_of(secret, steps=1))
    other.keyboard.press("Enter")
    expect(other.locator("#user-tools")).to_be_visible()
    bare.close()

    # The telephone is gone: a code from paper, on a shared computer.
    paper = browser.new_context(base_url=page.url.split("/admin/")[0], viewport=PHONE)
    third = paper.new_page()
    third.goto("/admin/")
    third.fill("#id_username", NAME)
    third.fill("#id_password", PASSWORD)
    press_to(third, "#id_shared")
    third.keyboard.press("Space")
    press_to(third, "[type=submit]")
    third.keyboard.press("Enter")
    expect(third.locator("#id_code")).to_be_focused()
    third.keyboard.type(recovery)
    third.keyboard.press("Enter")
    expect(third.locator(".messagelist")).to_contain_text("tersisa 9")
    assert next(cookie["expires"] for cookie in paper.cookies() if cookie["name"] == "sessionid") == -1
    paper.close()
