"""What the templates of the book need: both languages, QR codes, and on which page a code stands."""

from typing import Any

from django import template
from django.utils import translation

from promotions.book.heights import details_of, shows_summary
from promotions.book.measure import Measure
from promotions.book.pages import Book
from promotions.catalogue.model import Entry, Text
from semarang_ikm.shared.qr import Qr, qr_of

register = template.Library()

register.filter("details", details_of)


class _Twice(template.Node):
    def __init__(self, words: template.NodeList, setting: str) -> None:
        self.words, self.setting = words, setting

    def render(self, context: template.Context) -> str:
        first = self.words.render(context)
        if not context["catalogue"].is_bilingual:
            return first
        with translation.override("en"):
            also = self.words.render(context)
        if also == first or context.template is None:
            return first
        return context.template.engine.get_template(f"catalogue/_twice{self.setting}.html").render(
            context.new({"first": first, "also": also})
        )


@register.tag
def twice(parser: Any, token: Any) -> _Twice:
    """What stands between is said once in a book of one language; in a book of both, again in English under it.

    `{% twice inline %}`: behind it, after a slash; `{% twice tight %}`: without spaces;
    `{% twice plain %}`: the same without markup, for an attribute.
    """
    words = parser.parse(("endtwice",))
    parser.delete_first_token()
    return _Twice(words, "".join(f"_{setting}" for setting in token.split_contents()[1:]))


@register.filter
def as_qr(address: str) -> Qr | None:
    """None without an address."""
    return qr_of(address)


@register.filter
def on_page(book: Book, anchor: str) -> int | str:
    """The page of a code or part; "" when it stands in no entry of its own."""
    return book.numbers.get(anchor, "")


@register.simple_tag
def with_summary(entry: Entry, is_wide: bool, measure: Measure) -> Text | None:
    """The summary where the cell has room for it."""
    return entry.summary if shows_summary(entry, is_wide, measure) else None
