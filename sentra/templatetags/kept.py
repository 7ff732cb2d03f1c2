"""Pieces of pages that stay the same while the data do: rendered once per process, language and day."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.html import format_html_join

from products.models import Product
from sentra.data_version import remember, remember_each
from sentra.models import Ikm, Sentra

register = template.Library()


CARDS: dict[str, Any] = {"sentra": Sentra, "ikm": Ikm, "product": Product}


@register.simple_tag
def cards(rows: QuerySet | Iterable[int], name: str) -> str:
    """`_components/card_NAME.html` for each row, or row's key. Only of cards that are not kept the rows are read."""
    card = get_template(f"_components/card_{name}.html")

    def render(keys: Iterable[Any]) -> dict[Any, str]:
        shown = CARDS[name].objects.published().for_list().filter(pk__in=keys)
        return {row.pk: card.render({name: row}) for row in shown}

    keys = rows.values_list("pk", flat=True) if isinstance(rows, QuerySet) else rows
    return format_html_join("", "{}", ((html,) for html in remember_each(name, keys, render)))


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
