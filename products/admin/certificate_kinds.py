from itertools import combinations

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from products.actions.certificates import rules_overlap
from products.admin.base import ProductsRecordAdmin
from products.models import CertificateKind, CertificationRule
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordInline

OVERLAP = _("Masa berlakunya bertumpang dengan aturan lain. Akhiri dahulu aturan lama pada hari sebelum yang baru.")


class RuleForm(RecordForm):
    past_dates = ("rule_checked_on",)


class RuleFormSet(BaseInlineFormSet):
    """On no day may two rules be in force: then nobody could say when a certificate ends."""

    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms and _is_filled(form)]
        for later, earlier in combinations(reversed(kept), 2):
            if rules_overlap(later.instance, earlier.instance):
                later.add_error("in_force_from", OVERLAP)


def _is_filled(form: ModelForm) -> bool:
    return bool(form.has_changed() or form.instance.pk) and not form.errors


class RuleInline(RecordInline):
    """The law changes: a new rule gets a row of its own, and the former one an end."""

    model = CertificationRule
    form = RuleForm
    formset = RuleFormSet
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
