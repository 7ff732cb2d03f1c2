"""Every page kind is usable by everybody: small and zoomed screens, wide text, the keyboard, other colours, no scripts.

`make test` walks the keyboard through the first state of each kind; `make axe` through all. Says what a page breaks.
"""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from tests.e2e.conftest import DESKTOP, PHONE
from tests.page_kinds import LANGUAGES, PAGE_KINDS, PageKind

pytestmark = pytest.mark.e2e

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
NARROW = {"width": 320, "height": 640}
# A desk of 1280 x 1024 at 400 %.
ZOOMED = {"width": 320, "height": 256}
PAPER = {"width": 688, "height": 971}
# The catalogue brings its margins with it.
SHEET = {"width": 794, "height": 1123}
# WCAG 1.4.12.
WIDE_TEXT = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
MOST_STOPS = 400


def each_kind(thorough: Callable[[int], bool] = lambda number: False) -> list:
    """Every page kind, by turns in Indonesian and in English; `thorough` says which are left to `make axe`."""
    return [
        pytest.param(
            kind,
            kind.path(LANGUAGES[number % 2]),
            id=f"{kind.name}-{LANGUAGES[number % 2]}",
            marks=[pytest.mark.thorough] if thorough(number) else [],
        )
        for number, kind in enumerate(PAGE_KINDS)
    ]


def is_further_state(number: int) -> bool:
    return any(earlier.url_name == PAGE_KINDS[number].url_name for earlier in PAGE_KINDS[:number])


def is_screen(kind: PageKind) -> bool:
    """The catalogue's sheets and printed lists are laid out for paper."""
    return kind.weight not in ("print", "catalogue")


@pytest.fixture(scope="module")
def visitor(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """One browser window for all pages; the site's own rule against foreign styles would refuse the wide text."""
    context = browser.new_context(base_url=base_url, bypass_csp=True)
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    opened = visitor.new_page()
    yield opened
    opened.close()


def ask(page: Page, check: str):
    return page.evaluate(f"{CHECKS.strip()}.{check}()")


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_a_small_phone_a_zoomed_desk_and_wide_text_hold_the_page(page: Page, kind: PageKind, path: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(path)
    assert ask(page, "wide") == []
    if is_screen(kind):
        assert ask(page, "smallTargets") == []
    page.set_viewport_size(ZOOMED)
    assert ask(page, "wide") == []
    if is_screen(kind):
        page.add_style_tag(content=WIDE_TEXT)
        assert ask(page, "wide") == []
        assert ask(page, "cutOff") == []


@pytest.mark.parametrize(("kind", "path"), each_kind(is_further_state))
def test_the_keyboard_goes_everywhere_and_is_always_seen(page: Page, kind: PageKind, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(path)
    stops, wrong = 0, []
    for _press in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if (found := ask(page, "focused")) is None:
            break
        stops += 1
        wrong += found
        if stops == 1 and is_screen(kind):
            assert page.evaluate("document.activeElement.getAttribute('href')") == "#isi"
    else:
        pytest.fail(f"the focus never leaves the page, or it has more than {MOST_STOPS} stops")
    assert wrong == []
    assert stops >= ask(page, "stops") > 0


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_other_colours_less_motion_and_paper_hold_the_page(page: Page, kind: PageKind, path: str) -> None:
    page.set_viewport_size(DESKTOP)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(path)
    assert ask(page, "bareButtons") == []
    assert ask(page, "moving") == []
    page.emulate_media(forced_colors="none", media="print")
    page.set_viewport_size(SHEET if kind.weight == "catalogue" else PAPER)
    assert ask(page, "wide") == []
    assert ask(page, "paper") == []
    assert page.locator("h1").first.is_visible()


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_without_scripts_a_page_says_and_links_the_same(
    browser: Browser, base_url: str, page: Page, kind: PageKind, path: str
) -> None:
    page.goto(path)
    if not page.locator("script[src]").count():
        return
    with_scripts = ask(page, "content")
    bare = browser.new_context(base_url=base_url, java_script_enabled=False)
    other = bare.new_page()
    other.goto(path)
    without = ask(other, "content")
    bare.close()
    assert without["links"] == with_scripts["links"]
    # Scripts may offer more, such as a button; they take nothing away.
    assert [words for words in without["words"] if words not in with_scripts["words"]] == []


@pytest.mark.parametrize(("kind", "path"), each_kind())
def test_no_cookie_no_third_party_no_console_error(browser: Browser, base_url: str, kind: PageKind, path: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    page = context.new_page()
    foreign, errors = [], []
    page.on(
        "request", lambda request: None if request.url.startswith((base_url, "data:")) else foreign.append(request.url)
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path)
    assert [cookie["name"] for cookie in context.cookies()] == (["csrftoken"] if kind.sets_cookie else [])
    assert foreign == []
    # A page that says "not found" is one, and the browser notes it.
    assert [error for error in errors if f"{kind.status}" not in error] == []
    context.close()


def test_chromium_prints_the_catalogue(page: Page, tmp_path: Path) -> None:
    page.goto("/katalog/cetak/?jenis=pangan")
    sections = page.locator("[data-print]").evaluate_all("nodes => nodes.map(node => node.dataset.print)")
    assert sections[0] == "cover" and sections[-1] == "back"
    assert {"contents", "sentra", "products", "index"} <= set(sections)
    pdf = page.pdf(path=tmp_path / "katalog.pdf", prefer_css_page_size=True, print_background=True)
    assert len(PdfReader(BytesIO(pdf)).pages) == page.locator("main > .page").count()


def test_in_the_office_no_art_comes_near_the_edge_of_the_sheet(page: Page) -> None:
    """Office printers leave 4 to 5 mm white; what is essential stands in the page, not in the margins of the browser."""
    page.goto("/katalog/cetak/?jenis=pangan")
    page.emulate_media(media="print")
    edges = page.locator(".ground").evaluate_all(
        """grounds => grounds.map(ground => {
            const art = ground.getBoundingClientRect(), sheet = ground.parentElement.getBoundingClientRect();
            return Math.min(art.left - sheet.left, sheet.right - art.right, sheet.bottom - art.bottom) * 25.4 / 96;
        })"""
    )
    assert edges and min(edges) >= 6
