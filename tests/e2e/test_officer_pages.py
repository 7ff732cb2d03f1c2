"""Every page of the desk that is HTML, once each: lists, forms, and all that stands below them, as who may open all.

Each is opened on a phone, axe looks at it, then on a desk; languages and colours by turns (`make axe`: all four). The pages come from
tests/privacy/desk.py, which walks the registry.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from tests.e2e.server import Site, serve
from tests.e2e.test_axe import violations

pytestmark = pytest.mark.e2e

NAME, PASSWORD = "penerbit-uji", "Kunyit-Asem-2026"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TURNS = (("id", "light"), ("en", "dark"), ("id", "dark"), ("en", "light"))
# Rows of every kind, and one address of every page that answers them with a page.
FILL = """
import json
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import resolve
from products.models import Product
from tests.privacy import desk, world
from tests.semarang_ikm.test_admin_every_page import MAKERS
for make in MAKERS.values():
    make()
world.edition_of(list(Product.objects.published()[:3]))
user = User.objects.create_user({name!r}, password={password!r}, is_staff=True)
user.groups.set(Group.objects.all())
client, found = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False), {{}}
client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
for address in desk.pages():
    name = resolve(address.partition("?")[0]).url_name
    if name not in found:
        answer = client.get(address)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            found[name] = address
json.dump(list(found.values()), open({path!r}, "w"))
"""
# Words that stand in labels, headings and buttons of one language and never in the other's.
FOREIGN = {
    "id": re.compile(r"\b(the|and|of|save|delete|search|choose|select|your|this|with|from)\b", re.IGNORECASE),
    "en": re.compile(
        r"\b(dan|yang|untuk|dengan|tidak|belum|simpan|kembali|tambah|hapus|pilih|cari|dari|pada|ubah)\b", re.IGNORECASE
    ),
}
SAID = "label:not(:has(input[type=checkbox], input[type=radio])), thead th, legend, button, summary, input[type=submit]"
# Of libraries: a list whose role Select2 leaves, the empty head of a column that Django's tables begin with.
OF_OTHERS = ('class="select2-selection__rendered"', 'class="original"')


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, list[str]]]:
    """A site of its own, so that these rows are in nobody's way."""
    home: Path = tmp_path_factory.mktemp("desk")
    path = home / "pages.json"
    with serve(home) as running:
        running.manage("shell", "-c", FILL.format(name=NAME, password=PASSWORD, path=str(path)))
        yield running, json.loads(path.read_text())


def wrong_with(page: Page, site: Site, address: str, language: str) -> list[str]:
    """What is wrong with this page, in words."""
    errors: list[str] = []

    def hear(message) -> None:
        if message.type == "error":
            errors.append(f"console: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: errors.append(f"script: {error}"))
    page.set_viewport_size(PHONE)
    answer = page.goto(f"{site.url}{address}")
    found = [] if answer and answer.status == 200 else [f"status {answer and answer.status}"]
    found += [f"axe: {each}" for each in violations(page) if not any(mark in each for mark in OF_OTHERS)]
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        if (over := page.evaluate("document.documentElement.scrollWidth - innerWidth")) > 0:
            found.append(f"{over} px too wide at {size['width']}")
    said = page.locator(SAID).evaluate_all("nodes => nodes.map(node => node.innerText || node.value || '')")
    found += [f"not {language}: {words[:80]}" for words in said if FOREIGN[language].search(words)]
    return [f"{address} ({language}): {each}" for each in [*found, *errors]]


@pytest.mark.parametrize(
    "turn", [pytest.param(n, marks=[] if n == 0 else pytest.mark.thorough, id=f"turn-{n}") for n in range(len(TURNS))]
)
def test_every_page_of_the_desk_is_usable_by_everybody(
    turn: int, filled: tuple[Site, list[str]], browser: Browser
) -> None:
    site, addresses = filled
    assert len(addresses) > 100
    wrong: list[str] = []
    for number, (language, scheme) in enumerate(TURNS):
        context = browser.new_context(locale="id-ID", viewport=PHONE, color_scheme=scheme, bypass_csp=True)
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": f"{site.url}/admin/"}])
        page = context.new_page()
        page.goto(f"{site.url}/admin/login/")
        page.fill("#id_username", NAME)
        page.fill("#id_password", PASSWORD)
        page.click("[type=submit]")
        for address in addresses[(number + turn) % len(TURNS) :: len(TURNS)]:
            opened = context.new_page()
            wrong += wrong_with(opened, site, address, language)
            opened.close()
        context.close()
    assert not wrong, "\n".join(wrong)
