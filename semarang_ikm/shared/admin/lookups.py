"""What an officer may type behind a list's question mark. Its own filters are made of a few kinds of questions only."""

import re
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

# Parts of a date, with the smallest and largest number that every database can be asked for.
_YEARS = range(1900, 3000)
_PARTS = {"year": _YEARS, "iso_year": _YEARS, "quarter": range(1, 5), "month": range(1, 13), "day": range(1, 32)}
# What cannot be read fails only in the database: patterns, of which some also never end, and ranges without an end.
_NEVER = {"regex", "iregex", "range", "week", "week_day", "iso_week_day", "hour", "minute", "second"}
_TEXT = (models.CharField, models.TextField, models.FileField)
# More digits than a whole number of a database has.
_TOO_LARGE = re.compile(r"\d{19}")


def is_question(model: type[models.Model], lookup: str, value: Any) -> bool:
    """Whether a database can answer it, whatever was typed."""
    first, *more = lookup.split("__")
    if not _NEVER.isdisjoint(more):
        return False
    if any(name in _PARTS and not _is_in(_PARTS[name], str(value)) for name in more):
        return False
    try:
        field = model._meta.get_field(first)
    except FieldDoesNotExist:
        field = None
    if isinstance(field, models.JSONField):
        return False
    return isinstance(field, _TEXT) or not _TOO_LARGE.search(str(value))


def _is_in(numbers: range, text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 5 and int(text) in numbers
