"""What the filters beside an admin list offer."""

import re
from collections.abc import Iterable
from typing import Any

from django import template

register = template.Library()

# As Django's own filters tell their counts.
WITHOUT_ROWS = re.compile(r"\(0\)\s*$")
# A filter of so few choices is seen at a glance, zeros included.
SEEN_AT_A_GLANCE = 8


@register.filter
def in_two(choices: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """`offered` and `empty`: a long filter's choices without rows stand apart, but never the chosen one."""
    every = list(choices)
    if len(every) <= SEEN_AT_A_GLANCE:
        return {"offered": every, "empty": []}
    empty = [each for each in every if not each["selected"] and WITHOUT_ROWS.search(str(each["display"]))]
    return {"offered": [each for each in every if each not in empty], "empty": empty}
