"""Walks the whole running site by its links, as a search engine does, and keeps what every address answered."""

import gzip
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

from lxml import html

STARTS = ("/", "/en/")
# What leads somewhere: links, forms, and what a page loads.
LINKS = "//a/@href | //area/@href | //link/@href | //form/@action | //img/@src | //script/@src | //source/@src"
# A PDF takes seconds to make; that its address answers is shown by tests of its own, and by the print page beside it.
NOT_FETCHED = ("/katalog/pdf/", "/en/catalogue/pdf/")
# Selections that search engines are asked not to follow differ in a word alone: so many of one shape are looked at.
OF_ONE_SHAPE = 2


@dataclass(frozen=True)
class Link:
    """Where a link leads: an address of the site without its fragment, and the fragment."""

    address: str
    fragment: str
    nofollow: bool = False

    @property
    def shape(self) -> tuple[str, ...]:
        """The page, and the keys that select on it."""
        parts = urlsplit(self.address)
        return (parts.path, *parse_qs(parts.query, keep_blank_values=True))


@dataclass
class Answer:
    """What one address answered. `transferred` is in bytes, compressed; `text` is "" for what is no page."""

    url: str
    status: int
    transferred: int
    text: str = field(repr=False)

    @property
    def address(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    @property
    def language(self) -> str:
        return "en" if self.address.startswith("/en/") else "id"

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    def all(self, path: str) -> list:
        """What an XPath finds: elements, or the texts of attributes."""
        return [str(found) if isinstance(found, str) else found for found in self.tree.xpath(path)]

    @cached_property
    def ids(self) -> list[str]:
        return self.all("//@id")

    @cached_property
    def links(self) -> list[Link]:
        """The links to the site itself, parts of this very page included."""
        if not self.text:
            return []
        nofollow = set(self.all("//a[contains(@rel, 'nofollow')]/@href"))
        return [link for where in self.all(LINKS) if (link := self._inside(where, where in nofollow))]

    @property
    def is_indexable(self) -> bool:
        """Whether search engines may keep it."""
        return self.status == 200 and not any("noindex" in it for it in self.all("//meta[@name='robots']/@content"))

    def _inside(self, where: str, nofollow: bool) -> Link | None:
        url, fragment = urldefrag(urljoin(self.url, where))
        host = urlsplit(self.url).netloc
        if urlsplit(url).netloc != host:
            return None
        return Link(url.split(host, 1)[1] or "/", unquote(fragment), nofollow)


@dataclass
class Crawl:
    """The site as its links show it: what every address answered, and where it was linked first."""

    site: str
    answers: dict[str, Answer] = field(default_factory=dict, repr=False)
    linked_on: dict[str, str] = field(default_factory=dict, repr=False)

    def walk(self, starts: Iterable[str] = STARTS) -> None:
        connection, shapes = HTTPConnection(urlsplit(self.site).netloc, timeout=60), Counter()
        waiting = deque(start for start in starts if start not in self.linked_on)
        self.linked_on |= dict.fromkeys(waiting, "the beginning")
        while waiting:
            address = waiting.popleft()
            self.answers[address] = self._ask(connection, address)
            # A selection is looked at and not followed: its links lead to ever more selections.
            if "?" in address:
                continue
            for link in self.answers[address].links:
                if link.address in self.linked_on or link.address.startswith(NOT_FETCHED):
                    continue
                shapes[link.shape] += link.nofollow
                if shapes[link.shape] <= OF_ONE_SHAPE or not link.nofollow:
                    self.linked_on[link.address] = address
                    waiting.append(link.address)
        connection.close()

    @cached_property
    def pages(self) -> list[Answer]:
        return [answer for answer in self.answers.values() if answer.text]

    @cached_property
    def indexable(self) -> list[Answer]:
        return [page for page in self.pages if page.is_indexable]

    def _ask(self, connection: HTTPConnection, address: str) -> Answer:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        sent, is_page = answer.read(), answer.headers.get_content_type() == "text/html" and answer.status != 302
        body = gzip.decompress(sent) if answer.headers["Content-Encoding"] == "gzip" else sent
        return Answer(f"{self.site}{address}", answer.status, len(sent), body.decode() if is_page else "")
