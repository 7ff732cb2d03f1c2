"""An officer's own filters over a list."""

from typing import Any

from django import template

from sentra.models import SavedFilter
from sentra.models.saved_filter import LONGEST_NAME
from sentra.saved_filters import keepable

register = template.Library()


@register.inclusion_tag("admin/_saved_filters.html", takes_context=True)
def saved_filters(context: dict[str, Any]) -> dict[str, Any]:
    """Those of this list, and whether what is chosen now can be kept too. Nothing in a window that picks a record."""
    changelist, request = context["cl"], context["request"]
    if changelist.is_popup:
        return {}
    page = changelist.opts.label_lower
    mine = list(SavedFilter.objects.filter(officer=request.user.pk, page=page))
    chosen = keepable(changelist, request.GET)
    return {
        "page": page,
        "mine": mine,
        "chosen": chosen,
        "is_new": bool(chosen) and chosen not in {each.query for each in mine},
        "longest": LONGEST_NAME,
        "csrf_token": context.get("csrf_token"),
    }
