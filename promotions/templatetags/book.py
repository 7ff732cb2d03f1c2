"""What the templates of the book need: both languages, QR codes, and on which page a code stands."""

import re
from typing import Any

from django import template
from django.utils import translation
from django.utils.html import format_html, format_html_join

from promotions.book.heights import details_of, shows_summary
from promotions.book.measure import RUNNING, RUNNING_WIDTH, Measure
from promotions.book.pages import Book, Page
from promotions.catalogue.model import NOTHING, Entry, Text
from semarang_ikm.shared.qr import Qr, qr_of

register = template.Library()

register.filter("details", details_of)


class _Twice(template.Node):
    def __init__(self, words: template.NodeList, setting: str, name: str) -> None:
        self.words, self.setting, self.name = words, setting, name

    def render(self, context: template.Context) -> str:
        if not self.name:
            return self._said(context)
        context[self.name] = self._said(context)
        return ""

    def _said(self, context: template.Context) -> str:
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
    `{% twice plain %}`: the same without markup, for an attribute; `{% twice plain as label %}`: not said but kept.
    """
    words = parser.parse(("endtwice",))
    parser.delete_first_token()
    setting, _as, name = token.contents.partition(" as ")
    return _Twice(words, "".join(f"_{setting}" for setting in setting.split()[1:]), name.strip())


@register.filter
def as_qr(address: str) -> Qr | None:
    """None without an address."""
    return qr_of(address)


@register.filter
def on_page(book: Book, anchor: str) -> int | str:
    """The page of a code or part; "" when it stands in no entry of its own."""
    return book.numbers.get(anchor, "")


@register.simple_tag
def running_head(page: Page, measure: Measure) -> str:
    """Code and name at the head of a further page of a chapter; in both languages only where one line holds both."""
    name = page.running or NOTHING
    both = f"{page.code}  {name.words} / {name.also}"
    return both if name.also and measure.lines(both, RUNNING_WIDTH, RUNNING) == 1 else f"{page.code}  {name.words}"


# What a line may not tear apart: "1960-an", "ke-2", "P-IRT", "RT 03/RW 03". Doubled words it may: "otak-otak".
_WHOLE = re.compile(r"(?<!\w)(?:\d+-an|ke-\d+|[A-Z]-[A-Z0-9]+|RT \d+/RW \d+)(?!\w)")


@register.filter
def unbroken(words: str) -> str:
    """Prose whose numbers keep their ending on the same line."""
    whole = [format_html('<span class="whole">{}</span>', word) for word in _WHOLE.findall(words)]
    return format_html_join("", "{}{}", zip(_WHOLE.split(words), [*whole, ""], strict=True))


@register.simple_tag
def with_summary(entry: Entry, is_wide: bool, measure: Measure) -> Text | None:
    """The summary where the cell has room for it."""
    return entry.summary if shows_summary(entry, is_wide, measure) else None
