"""The whole site in both languages, link by link: nothing dead, nothing doubled, nothing invalid."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.template.loader import render_to_string

from tests.e2e.crawl import STARTS, Answer, Crawl
from tests.e2e.server import ROOT, Site
from tests.page_kinds import LANGUAGES, PAGE_KINDS

sys.path.insert(0, str(ROOT / "scripts"))
import node_tools

pytestmark = pytest.mark.e2e

# Pages that need no database and have no address.
PLAIN = ("400.html", "403.html", "403_csrf.html", "500.html", "503.html")
# What the checker does not know, although it is right, and why.
UNKNOWN_TO_THE_CHECKER = re.compile(
    "string-set|first-except|bookmark-level"  # for the PDF: CSS Generated Content for Paged Media
    "|Property “(?:bleed|marks)” doesn't exist"  # for the press file: CSS Paged Media 3
    "|paint-order|vector-effect"  # SVG 2
    "|line-clamp"  # CSS Overflow 4
    "|“mask”: Too many values"  # the shorthand of CSS Masking with position/size, as browsers read it
)


@pytest.fixture(scope="module")
def crawl(site: Site) -> Crawl:
    """All that links reach, and every page kind in every state."""
    walked = Crawl(site.url)
    walked.walk(STARTS)
    walked.walk(kind.path(language) for kind in PAGE_KINDS for language in LANGUAGES)
    return walked


def tell(page: Answer, what: object) -> str:
    return f"{page.address}: {what}"


def shared(pairs: Iterable[tuple[str, Answer]]) -> dict[str, list[str]]:
    """The texts that several pages have, with their addresses. The further pages of a list share its words."""
    found = defaultdict(list)
    for text, page in pairs:
        if "hal" not in parse_qs(urlsplit(page.address).query):
            found[f"{page.language} {text}"].append(page.address)
    return {text: addresses for text, addresses in found.items() if len(addresses) > 1}


def test_the_whole_site_was_walked(crawl: Crawl) -> None:
    languages = Counter(page.language for page in crawl.indexable if "?" not in page.address)
    assert languages["id"] == languages["en"] > 150


def test_no_link_is_dead(crawl: Crawl) -> None:
    expected = {kind.path(language): kind.status for kind in PAGE_KINDS for language in LANGUAGES}
    dead = {
        address: f"{answer.status}, linked on {crawl.linked_on[address]}"
        for address, answer in crawl.answers.items()
        # A permanent code leads on to the page of today; any other link names its page.
        if answer.status != (302 if re.match(r"(/en)?/k/", address) else expected.get(address, 200))
        if answer.status != expected.get(address)
    }
    assert dead == {}


def test_no_link_selects_by_what_is_unknown(crawl: Crawl) -> None:
    ignoring = {page.address for page in crawl.pages if page.all("//*[@data-note='ignored']")}
    told = {kind.path(language) for kind in PAGE_KINDS for language in LANGUAGES if kind.state == "ignored"}
    assert ignoring == told


def test_no_link_to_a_part_of_a_page_is_dead(crawl: Crawl) -> None:
    ids = {page.address: set(page.ids) for page in crawl.pages}
    dead = {
        f"{link.address}#{link.fragment}, linked on {page.address}"
        for page in crawl.pages
        for link in page.links
        if link.fragment and link.address in ids and link.fragment not in ids[link.address]
    }
    assert dead == set()


def test_every_page_has_one_heading_and_ids_of_its_own(crawl: Crawl) -> None:
    wrong = [tell(page, f"{n} h1") for page in crawl.pages if (n := len(page.all("//h1"))) != 1]
    for page in crawl.pages:
        wrong += [tell(page, f"#{name} {n} times") for name, n in Counter(page.ids).items() if n > 1]
    assert wrong == []


def test_every_page_says_its_language_and_begins_with_the_skip_link(crawl: Crawl) -> None:
    wrong = []
    for page in crawl.pages:
        if page.tree.get("lang") != page.language:
            wrong.append(tell(page, "html[lang]"))
        if page.all("//a/@href")[0] != "#isi" or len(page.all("//main[@id='isi']")) != 1:
            wrong.append(tell(page, "the skip link"))
    assert wrong == []


def test_every_page_open_to_search_engines_has_a_title_and_a_description_of_its_own(crawl: Crawl) -> None:
    assert shared((page.tree.findtext("head/title"), page) for page in crawl.indexable) == {}
    descriptions = [(page.all("//meta[@name='description']/@content"), page) for page in crawl.indexable]
    assert [
        tell(page, texts) for texts, page in descriptions if len(texts) != 1 or not 20 <= len(texts[0]) <= 320
    ] == []
    assert shared((texts[0], page) for texts, page in descriptions) == {}


def test_canonical_and_twin_are_pages_of_the_site(crawl: Crawl) -> None:
    wrong = []
    for page in crawl.indexable:
        if (canonical := page.all("//link[@rel='canonical']/@href")) != [page.url]:
            wrong.append(tell(page, f"canonical {canonical}"))
        for link in page.all("//link[@rel='alternate'][@hreflang]"):
            twin = crawl.answers.get(link.get("href").removeprefix(crawl.site))
            if twin is None or twin.language not in (link.get("hreflang"), "id"):
                wrong.append(tell(page, f"twin {link.get('href')}"))
            elif page.url not in twin.all("//link[@rel='alternate' or @rel='canonical']/@href"):
                wrong.append(tell(page, f"its twin {twin.address} does not name it"))
    assert wrong == []


def test_every_image_has_its_size_and_its_words(crawl: Crawl) -> None:
    lacking = "//img[not(@width and @height and @alt)]/@src"
    assert {tell(page, image) for page in crawl.pages for image in page.all(lacking)} == set()


def test_every_page_is_valid_html_and_the_styles_are_valid_css(crawl: Crawl, tmp_path: Path) -> None:
    """By the Nu Html Checker, which the W3C's own service runs; its warnings count as errors."""
    if not (node_tools.installed("html") and shutil.which("java")):
        pytest.skip("the HTML checker is not installed: make test installs it where npm and Java are there")
    addresses = {}
    for number, (address, text) in enumerate(
        [(page.address, page.text) for page in crawl.pages] + [(name, render_to_string(name)) for name in PLAIN]
    ):
        (tmp_path / f"{number}.html").write_text(text, encoding="utf-8")
        addresses[f"{number}.html"] = address
    jar = next(node_tools.folder("html").rglob("vnu.jar"))
    styles = sorted((ROOT / "static" / "css").glob("*.css"))
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--also-check-css"]
    checked = subprocess.run([*command, *styles, tmp_path], capture_output=True, text=True, check=True)
    said = [
        f"{addresses.get(Path(urlsplit(it['url']).path).name, it['url'])}: {it['message']} {it.get('extract', '')!r}"
        for it in json.loads(checked.stderr)["messages"]
        if not UNKNOWN_TO_THE_CHECKER.search(it["message"])
    ]
    assert said == []
