"""What the frame of every page says twice: in its head for readers of links, and where people see it."""

import json
from html import unescape

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.urls import translate_url

register = template.Library()

# In a script element only these could end it or be read as markup; JSON has the same letters by number.
_ESCAPED = str.maketrans({letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


class KeepNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        context[self.name] = self.nodelist.render(context)
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """`{% keep page_title %}{% block title %}{% endblock %}{% endkeep %}`: a block's text as a variable, shown nowhere yet."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodelist)


@register.filter
def in_language_of(kept: str, language: str) -> str:
    """An address, as a block wrote it, in the other language; "" when there is none."""
    here = unescape(str(kept))
    there = translate_url(here, language)
    return there if there != here else ""


class JsonNode(template.Node):
    """Writes JSON that no HTML escaping may touch, because a script element knows none; its own escaping is above."""

    def __init__(self, data: FilterExpression) -> None:
        self.data = data

    def render(self, context: Context) -> str:
        text = json.dumps(self.data.resolve(context), ensure_ascii=False, separators=(",", ":"))
        return text.translate(_ESCAPED)


@register.tag
def ld_json(parser: Parser, token: Token) -> JsonNode:
    """`<script type="application/ld+json">{% ld_json structured %}</script>`."""
    _tag, data = token.split_contents()
    return JsonNode(parser.compile_filter(data))
