from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.admin.base import ProductsRecordAdmin
from products.models import CertificateKind, CertificationRule
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordInline


class RuleForm(RecordForm):
    past_dates = ("rule_checked_on",)


class RuleInline(RecordInline):
    """The law changes: a new rule gets a row of its own, and the former one an end."""

    model = CertificationRule
    form = RuleForm
    autocomplete_fields = ("source",)
    fields = (
        ("in_force_from", "in_force_until"),
        ("has_fixed_end", "validity_months"),
        ("condition", "condition_en"),
        "legal_basis",
        "source",
        "rule_checked_on",
    )


@admin.register(CertificateKind)
class CertificateKindAdmin(ProductsRecordAdmin):
    inlines = (RuleInline,)
    list_display = ("name", "full_name", "issuer", "for_food_only", "lead_time_days", "held")
    list_filter = ("for_food_only",)
    search_fields = ("name", "full_name", "issuer", "slug")
    autocomplete_fields = ("how_to_get_source",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "full_name",
                    "slug",
                    "issuer",
                    "promise",
                    "limits",
                    "number_format",
                    "how_to_check",
                    "how_to_get",
                    "how_to_get_source",
                    ("for_food_only", "lead_time_days", "position"),
                )
            },
        ),
        (
            _("Bahasa Inggris"),
            {
                "classes": ("collapse",),
                "fields": (
                    "full_name_en",
                    "issuer_en",
                    "promise_en",
                    "limits_en",
                    "number_format_en",
                    "how_to_check_en",
                    "how_to_get_en",
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(held=Count("certifications"))

    @admin.display(description=_("tercatat"), ordering="held")
    def held(self, kind: CertificateKind) -> int:
        return kind.held
