"""One document of the Indonesian and the English one: the same entries in the same order, both words in each Text."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from promotions.catalogue.model import Catalogue, Reach, Text


def in_one_book(indonesian: Catalogue, english: Catalogue) -> Catalogue:
    """Both documents of the same rows, frozen on the same day."""
    return replace(_joined(indonesian, english), language="both")


def _joined(first: Any, second: Any) -> Any:
    if isinstance(first, Text) and isinstance(second, Text):
        # What has no English text was taken over in Indonesian, and is not said twice.
        has_english = not second.lang and second.words != first.words
        return replace(first, also=second.words if has_english else "")
    if isinstance(first, Reach):
        # A reader from abroad can dial the international form, and so can one from here.
        return Reach(_joined(first.label, second.label), second.value)
    if isinstance(first, tuple):
        return tuple(_joined(*pair) for pair in zip(first, second, strict=True))
    if is_dataclass(first) and not isinstance(first, type):
        names = [field.name for field in fields(first)]
        return replace(first, **{name: _joined(getattr(first, name), getattr(second, name)) for name in names})
    return first
