"""On the page of a business or a sentra: the help that was given, and the obstacles at hand, for those who may see them."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from products.models import PackagingSupport
from promotions.cases.proposals import proposals
from promotions.models import FacilitationCase
from sentra.models import Ikm, Sentra

CASES_SHOWN = 10
SEES_CASES = "promotions.view_facilitationcase"
SEES_PACKAGING = "products.view_packagingsupport"


class HelpGivenMixin:
    """For the admin of businesses: one more part of the page, of which each officer sees what the role allows."""

    # What is shown, and the right that it needs.
    help_fields: ClassVar[dict[str, str]] = {"packaging_given": SEES_PACKAGING, "cases_at_hand": SEES_CASES}

    def get_fieldsets(self, request: HttpRequest, obj: Ikm | None = None) -> Any:
        sets = super().get_fieldsets(request, obj)
        if obj is None:
            return sets
        shown = tuple(name for name, needed in self.help_fields.items() if request.user.has_perm(needed))
        return [*sets, (_("Bantuan yang diberikan"), {"fields": shown})] if shown else sets

    def get_readonly_fields(self, request: HttpRequest, obj: Ikm | None = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *self.help_fields)

    @admin.display(description=_("bantuan kemasan"))
    def packaging_given(self, ikm: Ikm) -> str:
        rows = PackagingSupport.objects.filter(ikm=ikm).prefetch_related("photos", "products")
        return render_to_string("admin/packaging_given.html", {"rows": rows, "query": f"ikm={ikm.pk}"})

    @admin.display(description=_("fasilitasi"))
    def cases_at_hand(self, ikm: Ikm) -> str:
        rows = FacilitationCase.objects.filter(ikm=ikm)[:CASES_SHOWN]
        return render_to_string("admin/cases_at_hand.html", {"rows": rows, "query": f"ikm={ikm.pk}"})


class ProposedCasesMixin:
    """For the admin of sentra: what several of its businesses report alike, with the button that joins them."""

    change_form_template = "admin/sentra_change.html"

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        more: dict[str, Any] = {}
        record: models.Model | None = self.get_object(request, object_id)
        if isinstance(record, Sentra) and request.user.has_perm(SEES_CASES):
            may_join = request.user.has_perms(["promotions.change_facilitationcase", "promotions.add_facilitationcase"])
            more = {"proposals": proposals(FacilitationCase.objects.all(), record), "may_join": may_join}
        kwargs["extra_context"] = {**(kwargs.get("extra_context") or {}), **more}
        return super().change_view(request, object_id, *args, **kwargs)
