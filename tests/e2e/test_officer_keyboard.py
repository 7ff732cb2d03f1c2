"""An officer by keyboard alone: signs in, and every stop on the way through a form is seen, in the order of the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import STAFF
from tests.e2e.test_access import ask

pytestmark = pytest.mark.e2e

# The place of each stop among the parts of the page: forward only, but for what opens over the page.
PLACE = """() => {
    const all = [...document.querySelectorAll("*")];
    return all.indexOf(document.activeElement);
}"""


def sign_in_by_keyboard(page: Page) -> None:
    page.goto("/admin/")
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type(STAFF[0])
    page.keyboard.press("Tab")
    page.keyboard.type(STAFF[1])
    page.keyboard.press("Enter")
    expect(page.locator("#user-tools")).to_be_visible()


@pytest.mark.parametrize(
    ("address", "last"),
    [
        ("/admin/products/product/add/", "[name=_save]"),
        ("/admin/exchange/importproposal/add/", "#content [type=submit]"),
        ("/admin/promotions/catalogueedition/add/", "[name=_save]"),
    ],
)
def test_the_focus_is_seen_and_goes_down_the_page_to_the_button(page: Page, address: str, last: str) -> None:
    sign_in_by_keyboard(page)
    page.goto(address)
    page.locator("#content").evaluate("part => { part.tabIndex = -1; part.focus(); }")
    wrong, places = [], []
    for _press in range(120):
        page.keyboard.press("Tab")
        wrong += ask(page, "focused") or []
        places.append(page.evaluate(PLACE))
        if page.evaluate("wanted => document.activeElement.matches(wanted)", last):
            break
    else:
        pytest.fail(f"{last} is not reached")
    assert wrong == []
    assert places == sorted(places)
