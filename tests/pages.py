"""A page as outside checks read it: elements with their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self

from django.test import Client

VOID = {"meta", "link", "img", "input", "br", "source", "hr"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list[Self] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def all(self, tag: str = "", **wanted: str | bool) -> list[Self]:
        """Elements below this one, in order. `data_code=True`: has the attribute; `id="isi"`: has that value."""
        found = []
        for child in self.children:
            if (not tag or child.tag == tag) and child.has(wanted):
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    def one(self, tag: str = "", **wanted: str | bool) -> Self:
        (only,) = self.all(tag, **wanted)
        return only

    def has(self, wanted: dict[str, str | bool]) -> bool:
        return all(
            name.replace("_", "-") in self.attributes
            and (value is True or self.attributes[name.replace("_", "-")] == value)
            for name, value in wanted.items()
        )

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            while len(self.open) > 1 and self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)


def parse(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    return reader.root


def read(client: Client, address: str, status: int = 200) -> Element:
    """The page at this address, which must answer with this status."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return parse(answer.content.decode())


def codes(page: Element) -> list[str]:
    """The records of a list, in their order."""
    return [str(row.get("data-code")) for row in page.one(id="hasil").all("li", data_code=True)]
