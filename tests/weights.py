"""What a page of each weight class may weigh: the budgets of the first visit, before anybody scrolls.

Bytes as they are sent, compressed; one KB is 1,000 bytes. `total` counts HTML, styles, scripts and pictures of the
first screen; `requests` the same. HTML as such is at most `RAW_HTML` and `NODES` elements, except where a whole list is
printed.
"""

import gzip
from dataclasses import dataclass

from tests.pages import parse

KB = 1000
CSS = 9 * KB
RAW_HTML = 140 * KB
NODES = 1_200


@dataclass(frozen=True)
class Budget:
    html: int
    total: int
    requests: int
    is_printed: bool = False


BUDGETS = {
    "home": Budget(html=16 * KB, total=50 * KB, requests=6),
    "list": Budget(html=8 * KB, total=75 * KB, requests=9),
    "detail": Budget(html=18 * KB, total=60 * KB, requests=6),
    "map": Budget(html=18 * KB, total=55 * KB, requests=5),
    "article": Budget(html=10 * KB, total=25 * KB, requests=4),
    "print": Budget(html=70 * KB, total=100 * KB, requests=9, is_printed=True),
    "catalogue": Budget(html=70 * KB, total=1_500 * KB, requests=80, is_printed=True),
}


def compressed(content: bytes) -> int:
    """Bytes of this text on the line: gzip as Django's middleware does it."""
    return len(gzip.compress(content, compresslevel=6))


def too_heavy(content: bytes, weight: str) -> list[str]:
    """How a page of this weight class is over its budget of HTML, in words; [] when it is not."""
    budget, said = BUDGETS[weight], []
    if (sent := compressed(content)) > budget.html:
        said.append(f"{sent} bytes compressed")
    if not budget.is_printed and len(content) > RAW_HTML:
        said.append(f"{len(content)} bytes")
    if not budget.is_printed and (nodes := len(parse(content.decode()).all())) > NODES:
        said.append(f"{nodes} elements")
    return said
