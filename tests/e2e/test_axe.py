"""axe finds nothing on any page kind, full, empty or wrong, in both languages, by day and by night.

`make test` shows each page kind to it once, in turns of language and scheme; `make axe` all of them.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import DESKTOP
from tests.page_kinds import LANGUAGES, PAGE_KINDS, PageKind

pytestmark = pytest.mark.e2e

SCHEMES = ("light", "dark")


def axe_cases() -> list:
    """Every page kind in both languages and both colour schemes; each kind is in the sample with one of the four."""
    cases = [(kind, language, scheme) for kind in PAGE_KINDS for language in LANGUAGES for scheme in SCHEMES]
    every = len(LANGUAGES) * len(SCHEMES)
    return [
        pytest.param(
            *case,
            id=f"{case[0].name}-{case[1]}-{case[2]}",
            marks=[] if number % every == number // every % every else pytest.mark.thorough,
        )
        for number, case in enumerate(cases)
    ]


def violations(page: Page) -> list[str]:
    results = Axe().run(page)
    return [f"{found['id']}: {found['nodes'][0]['html'][:200]}" for found in results.response["violations"]]


@pytest.mark.parametrize(("kind", "language", "scheme"), axe_cases())
def test_axe_finds_nothing(browser: Browser, base_url: str, kind: PageKind, language: str, scheme: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=DESKTOP, color_scheme=scheme)
    page = context.new_page()
    answer = page.goto(kind.path(language))
    assert answer and answer.status == kind.status
    assert violations(page) == []
    context.close()
