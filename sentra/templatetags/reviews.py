"""What waits for a publisher, shown on the page of the record that it is about."""

from typing import Any

from django import template
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from semarang_ikm.shared.admin.kept_filters import with_filter
from semarang_ikm.shared.models import Publishable
from semarang_ikm.shared.publishing import may_work_on
from sentra.actions.reviews import reviews_of

register = template.Library()
SHOWN = 3


@register.inclusion_tag("admin/_review_panel.html", takes_context=True)
def review_panel(context: dict[str, Any]) -> dict[str, Any]:
    """The open requests about a record and the last answers; where to ask for a change that one may not make."""
    record, request = context.get("original"), context["request"]
    if not isinstance(record, Publishable):
        return {}
    latest = list(reviews_of(record).select_related("asked_by", "answered_by")[:SHOWN])
    waiting = [review for review in latest if not review.outcome]
    meta = record._meta
    changes_others = request.user.has_perm(f"{meta.app_label}.{get_permission_codename('change', meta)}")
    asks = changes_others and record.is_published and not may_work_on(request.user, record)
    kind = ContentType.objects.get_for_model(record)
    page = reverse("admin:sentra_review_ask", args=[kind.pk, record.pk])
    return {"reviews": waiting or latest[:1], "ask_url": with_filter(request, page) if asks else ""}
