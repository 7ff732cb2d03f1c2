"""Pieces of pages that stay the same while the data do: rendered once per process, language and day."""

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.html import format_html_join

from products.models import Product
from semarang_ikm.shared.choices import Channel
from sentra.data_version import remember, remember_each
from sentra.models import Ikm, Sentra

register = template.Library()


# The rows of a kind of card, with the names that the consent gate lets out on a channel.
ROWS: dict[str, Callable[[Channel], Any]] = {
    "sentra": lambda _channel: Sentra.objects.published().for_list(),
    "ikm": lambda channel: Ikm.objects.published().for_list(channel),
    "product": lambda channel: Product.objects.published().for_list(channel),
}


@register.simple_tag
def cards(rows: QuerySet | Iterable[int], name: str, channel: str) -> str:
    """`_components/card_NAME.html` for each row, or row's key, on a channel. Only for cards not kept the rows are read."""
    card, shown = get_template(f"_components/card_{name}.html"), ROWS[name](Channel(channel))

    def render(keys: Iterable[int]) -> dict[int, str]:
        return {row.pk: card.render({name: row}) for row in shown.filter(pk__in=keys)}

    keys = rows.values_list("pk", flat=True) if isinstance(rows, QuerySet) else rows
    return format_html_join("", "{}", ((html,) for html in remember_each((name, channel), keys, render)))


# As `_components/picture.html` writes a picture that may come when it is near, and one that a reader waits for.
WHEN_NEAR, AT_ONCE = ' loading="lazy" decoding="async"', ' fetchpriority="high"'


class FirstPictureNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        return self.nodelist.render(context).replace(WHEN_NEAR, AT_ONCE, 1)


@register.tag
def first_picture_at_once(parser: Parser, token: Token) -> FirstPictureNode:
    """`{% first_picture_at_once %}cards{% endfirst_picture_at_once %}`: kept cards do not know where in a list they stand."""
    nodelist = parser.parse(("endfirst_picture_at_once",))
    parser.delete_first_token()
    return FirstPictureNode(nodelist)


class RememberedNode(template.Node):
    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: template.Context) -> str:
        key = tuple(part.resolve(context) for part in self.key)
        return remember(("piece of a page", *key), lambda: self.nodelist.render(context))


@register.tag
def remembered(parser: Parser, token: Token) -> RememberedNode:
    """`{% remembered "footer" a b %}...{% endremembered %}`: what stands inside depends on the data, a and b alone."""
    key = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, key)
