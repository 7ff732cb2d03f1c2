"""The filters that an officer keeps under names of his own: which part of a list's address can be kept, and where."""

from copy import copy
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters, ModelAdmin
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict

# For one officer on one list; more would be a list of their own.
MOST = 20


def keepable(changelist: ChangeList, given: QueryDict) -> str:
    """What of this address is chosen by the list's own filters and order, as a query string in a fixed order.

    Words searched for are left out: they may be somebody's name or number, and would outlast what is erased.
    """
    known = {ORDER_VAR}
    for spec in changelist.filter_specs:
        known |= {name for name in spec.expected_parameters() if name is not None}
    if changelist.date_hierarchy:
        known |= {f"{changelist.date_hierarchy}__{part}" for part in ("year", "month", "day")}
    kept = QueryDict(mutable=True)
    for key in sorted(known & given.keys()):
        kept.setlist(key, given.getlist(key))
    return kept.urlencode()


def checked(page: ModelAdmin, request: HttpRequest, typed: str) -> str:
    """The same of a text that was sent; "" when this officer's list knows nothing of it."""
    asked: Any = copy(request)
    asked.GET = QueryDict(typed)
    try:
        return keepable(page.get_changelist_instance(asked), asked.GET)
    except (IncorrectLookupParameters, SuspiciousOperation):
        return ""
