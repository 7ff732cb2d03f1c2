"""Records by their own names, as the API's addresses mean them."""

from typing import Any

from django.db.models import QuerySet

from semarang_ikm.opendata.fields import Read, own
from semarang_ikm.shared.addresses import Address
from sentra.addresses import by_code
from sentra.codes import format_code, parse_code, was_issued


def by_permanent_code(visible: QuerySet, prefix: str, typed: str) -> Address:
    """The record of a code in any case, the one it was merged into, or that it is gone."""
    parsed = parse_code(typed)
    if parsed is None or parsed[0] != prefix or not was_issued(*parsed):
        return Address()
    code = format_code(*parsed)
    found = by_code(visible, code)
    return Address(record=found.now_at) if found.now_at is not None and found.now_at.code == code else found


def public_code(relation: str) -> Read:
    """The code of a related record while it is public itself."""
    read = own(relation)

    def code(row: Any) -> str | None:
        related = read(row)
        return related.code if related is not None and related.is_published else None

    return code
