"""Every page of the officers', each once: on a phone and at a desk, in both languages, by day and by night.

The pages are those of `tests/privacy/desk.py`, with a row of every kind. Language and scheme go by turns.
"""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP, STAFF
from tests.e2e.filled_desk import filled
from tests.e2e.server import Site, serve
from tests.e2e.test_officer import log_in

pytestmark = pytest.mark.e2e

PHONE = {"width": 390, "height": 844}
TURNS = (("id", "light"), ("en", "dark"), ("id", "dark"), ("en", "light"))
# A letter to an agency is Indonesian as a whole, whoever opens it.
IN_INDONESIAN = {"promotions_caseletter_print"}
# Pages of the walk today; fewer would say that rows or addresses went missing.
AT_LEAST = 185
QUICK = {
    "resultTypes": ["violations"],
    # Else axe copies the sheets into the page, whose own imports are then asked for beside the page and not found.
    "preload": False,
}
# Django's own: the widget it brings (select2 gives its box no role), and the name above a row.
NOT_OURS = {"exclude": [[".select2-container"], [".original"]]}
# Words that only one of the languages has, as the frame, forms and lists say them. Rows hold their own words.
FOREIGN = {
    "id": re.compile(
        r"\b(?:Save|Delete|Add another|Add|Change|History|Search|Yes|No(?!\.)|None|Unknown|Today|Yesterday|Tomorrow|Now|Midnight"
        r"|Noon|Close|Remove|Select all|Run|Choose|Show all|counts|Clear all filters|View on site|Home|Log out|Required"
        r"|please|and|the|with|your|must|will|are|this|from|Currently|Password confirmation|Users?|Groups?)\b"
    ),
    "en": re.compile(
        r"\b(?:Simpan|Hapus|Tambah(?:kan)?|Ubah|Riwayat|Cari|Ya|Tidak|Belum|Hari ini|Kemarin|Besok|Tutup|Pilih(?:lah)?|Semua|Sudah"
        r"|Unduh|Unggah|Kembali(?:kan)?|Batal(?:kan)?|Terbitkan|Tampilkan|dan|yang|dengan|untuk|atau|dari|oleh|pada|ini|itu"
        r"|adalah|akan|bila|tanpa|Alasan|Keterangan|Perubahan|Pengguna|Sandi)\b"
    ),
}
# What stands in rows is in the words of who entered it; examples are in the language that a field asks for.
OF_ROWS = (
    "[lang]:not(html), script, style, textarea, option, bdi, #result_list tbody, #changelist-filter li, .readonly, .perubahan, "
    ".original, .inline_label, .data-pribadi, .saluran, .daftar, .jejak, .select2-container, article"
)
EXAMPLE = re.compile(r"(?:Misalnya|For example):.*", re.S)
SAID = """ofRows => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [document.title.split(" | ").at(-1)];
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.parentElement.closest(ofRows)) said.push(node.data.trim());
    }
    const named = "[title], [aria-label], [placeholder], [alt], input[type=submit], input[type=button]";
    for (const node of document.querySelectorAll(named)) {
        if (node.closest(ofRows)) continue;
        said.push(...["title", "aria-label", "placeholder", "alt"].map((name) => node.getAttribute(name)));
        if (["submit", "button"].includes(node.type)) said.push(node.value);
    }
    return said.filter(Boolean);
}"""
WIDE = """() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return "";
    const over = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > most + 1);
    return `${document.documentElement.scrollWidth} wide: ${over.slice(0, 2).map((node) => node.outerHTML.slice(0, 120))}`;
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own: the rows would be in the way of other tests."""
    with serve(tmp_path_factory.mktemp("desk")) as running:
        name, password = STAFF
        given = {f"DJANGO_SUPERUSER_{key}": value for key, value in (("USERNAME", name), ("PASSWORD", password))}
        running.manage("createsuperuser", "--noinput", DJANGO_SUPERUSER_EMAIL="", **given)
        yield running


@pytest.fixture(scope="module")
def addresses(desk: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return filled(desk, STAFF[0], tmp_path_factory.mktemp("found"))


@pytest.fixture(scope="module")
def signed_in(browser: Browser, desk: Site) -> dict:
    """What the browser of the officer holds after signing in."""
    context = browser.new_context(base_url=desk.url, locale="id-ID")
    log_in(context.new_page())
    state = context.storage_state()
    context.close()
    return state


def test_the_walk_has_every_kind_of_page(addresses: dict[str, str]) -> None:
    assert len(addresses) >= AT_LEAST
    assert {"index", "sentra_ikm_changelist", "promotions_coverage", "exchange_importproposal_add"} <= set(addresses)


@pytest.mark.parametrize(("language", "scheme"), TURNS, ids=["-".join(turn) for turn in TURNS])
def test_every_page_is_usable_by_every_officer(
    browser: Browser, desk: Site, addresses: dict[str, str], signed_in: dict, language: str, scheme: str
) -> None:
    context = browser.new_context(
        base_url=desk.url, color_scheme=scheme, locale="id-ID", storage_state=signed_in, viewport=PHONE
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": f"{desk.url}/admin/"}])
    page = context.new_page()
    errors: list[str] = []
    page.on(
        "console",
        lambda told: errors.append(f"{told.text} {told.location}") if told.type == "error" else None,
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    number = TURNS.index((language, scheme))
    wrong = {}
    for at, (name, address) in enumerate(list(addresses.items())[number :: len(TURNS)]):
        errors.clear()
        page.set_viewport_size(PHONE)
        answer = page.goto(address)
        found = faults(page, "id" if name in IN_INDONESIAN else language, (PHONE, DESKTOP)[at % 2]) + errors
        if answer is None or answer.status != 200 or not page.url.endswith(address):
            found.append(f"{answer and answer.status} at {page.url}")
        if found:
            wrong[f"{name} {address}"] = found
    context.close()
    assert wrong == {}


def faults(page: Page, language: str, examined: dict) -> list[str]:
    """At both widths whether it fits; axe looks at one of them."""
    found = []
    if (spoken := page.locator("html").get_attribute("lang")) != language:
        found.append(f"in {spoken}")
    said = {EXAMPLE.sub("", words) for words in page.evaluate(SAID, OF_ROWS)}
    found += sorted(words[:120] for words in said if FOREIGN[language].search(words))
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        if wide := page.evaluate(WIDE):
            found.append(f"{size['width']}: {wide}")
        if size is examined:
            told = Axe().run(page, context=NOT_OURS, options=QUICK).response["violations"]
            found += [f"{size['width']}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in told]
    return found
