"""What the frame of every page says twice: in its head for readers of links, and where people see it."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context

register = template.Library()


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
