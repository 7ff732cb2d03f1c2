"""What a first visit costs on a phone, before anybody scrolls, as Chromium counts it (budgets: tests/weights.py)."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import PHONE
from tests.page_kinds import PAGE_KINDS, PageKind
from tests.weights import BUDGETS, CSS, KB

pytestmark = pytest.mark.e2e

SCRIPTS = 17 * KB
# The patterns travel inside the style (semarang_ikm/shared/static_files.py) and are pictures of its budget.
PATTERNS = 4 * KB


@dataclass(frozen=True)
class Load:
    """One thing that a page fetched: what it is to Chromium, and its bytes on the line, headers included."""

    url: str
    kind: str
    bytes: int


def first_visit(browser: Browser, url: str) -> list[Load]:
    """Everything that comes over the line for this page when the browser has nothing kept."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    answers, sizes = {}, {}
    network.on("Network.responseReceived", lambda event: answers.update({event["requestId"]: event}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(url, wait_until="networkidle")
    context.close()
    return [
        Load(answer["response"]["url"], answer["type"], int(sizes[request]))
        for request, answer in answers.items()
        # A picture that the page used twice came once.
        if sizes.get(request)
    ]


def over_budget(loads: list[Load], weight: str) -> list[str]:
    budget = BUDGETS[weight]
    total, styles, scripts = (
        sum(load.bytes for load in loads if load.kind in kinds or not kinds)
        for kinds in ((), ("Stylesheet",), ("Script",))
    )
    limits = {
        "bytes": (total, budget.total),
        "bytes of styles": (styles, CSS + PATTERNS),
        "bytes of scripts": (scripts, SCRIPTS),
        "requests": (len(loads), budget.requests),
    }
    return [f"{found} {what}, {most} at most" for what, (found, most) in limits.items() if found > most]


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_a_first_visit_stays_within_its_budget(browser: Browser, base_url: str, kind: PageKind) -> None:
    loads = first_visit(browser, f"{base_url}{kind.path()}")
    assert loads[0].bytes > 500
    assert over_budget(loads, kind.weight) == []


def test_what_is_over_budget_is_named() -> None:
    heavy = [Load(f"/{number}", kind, 30 * KB) for number, kind in enumerate(("Document", "Stylesheet", "Script"))]
    assert len(over_budget(heavy, "list")) == 3
    assert len(over_budget(heavy * 4, "list")) == 4
    assert over_budget([Load("/", "Document", 4 * KB)], "list") == []
