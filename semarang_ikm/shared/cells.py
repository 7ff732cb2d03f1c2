"""What may stand in a cell: no text that a spreadsheet would run, no character that a file cannot hold."""

import re
from datetime import date

Cell = str | int | float | bool | date | None
# Spreadsheets take a text that begins so for a formula; some skip spaces before it, some know the wide forms.
_LIVE = re.compile(r"^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
# XML holds no control characters besides tab and line ends, and half a character is none.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
MAX_CELL = 32_000


def safe(value: Cell) -> Cell:
    """Numbers and dates as they are; a text that could come alive gets an apostrophe before it."""
    if not isinstance(value, str):
        return value
    text = _CONTROL.sub("", value)[:MAX_CELL]
    return f"'{text}" if _LIVE.match(text) else text


def is_live(value: Cell) -> bool:
    """Whether a spreadsheet would take this text for a formula when somebody types it."""
    return isinstance(value, str) and _LIVE.match(value) is not None


def plain(text: str) -> str:
    """What `safe` was given, when a file of ours comes back."""
    return text[1:] if text.startswith("'") and _LIVE.match(text[1:]) else text
