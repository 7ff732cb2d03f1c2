"""Permanent codes: S-07, U-230, P-112. Issued once, never reused, the key of every printed QR."""

import re

from django.db import transaction
from django.db.models import F

from sentra.models.code_sequence import CodeSequence

_SHAPE = re.compile(r"^([SUP]|E-\d{4})-0*(\d{1,12})$", re.ASCII)


def format_code(prefix: str, number: int) -> str:
    """`S`, 7 -> "S-07": at least two digits, except where the number already follows a year: E-2026-2, F-2026-3."""
    return f"{prefix}-{number}" if "-" in prefix else f"{prefix}-{number:02d}"


def parse_code(text: str) -> tuple[str, int] | None:
    """Prefix and number of a code in any case and with any leading zeros, or None when it has not a code's shape."""
    match = _SHAPE.match(text.strip().upper())
    return (match[1], int(match[2])) if match else None


@transaction.atomic
def issue_codes(prefix: str, count: int = 1) -> list[str]:
    """Take the next `count` codes. The counter's row is locked until commit, so concurrent writers never share one."""
    CodeSequence.objects.get_or_create(prefix=prefix)
    CodeSequence.objects.filter(prefix=prefix).update(last=F("last") + count)
    last = CodeSequence.objects.values_list("last", flat=True).get(prefix=prefix)
    return [format_code(prefix, number) for number in range(last - count + 1, last + 1)]


def was_issued(prefix: str, number: int) -> bool:
    """Whether this code ever belonged to a record, even a deleted one."""
    return number > 0 and CodeSequence.objects.filter(prefix=prefix, last__gte=number).exists()
