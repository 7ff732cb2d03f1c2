from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from promotions.models import CaseStep, FacilitationCase
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordAdmin, RecordInline
from semarang_ikm.shared.time import today


class CaseForm(RecordForm):
    past_dates = ("opened_on", "closed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("opened_on", today())


class StepForm(RecordForm):
    past_dates = ("done_on",)


class StepInline(RecordInline):
    model = CaseStep
    form = StepForm
    fields = (("done_on", "text"), "done_by")
    readonly_fields = ("done_by",)


@admin.register(FacilitationCase)
class FacilitationCaseAdmin(RecordAdmin):
    form = CaseForm
    inlines = (StepInline,)
    list_display = ("title", "kind", "stage", "subject", "partner", "opened_on", "due_on", "closed_on")
    list_filter = ("stage", "kind", ("partner", RelatedFilter), ("closed_on", admin.EmptyFieldListFilter))
    list_select_related = ("ikm", "sentra", "partner")
    search_fields = ("title", "description", "ikm__name", "ikm__code", "sentra__name", "partner__name")
    autocomplete_fields = ("ikm", "sentra", "partner")
    readonly_fields = ("created_at", "updated_at")
    fields = (
        "title",
        "ikm",
        "sentra",
        ("kind", "stage"),
        "partner",
        "description",
        ("opened_on", "due_on", "closed_on"),
        "outcome",
        ("created_at", "updated_at"),
    )

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: BaseInlineFormSet, change: bool) -> None:
        """Who wrote a step down is noted by itself."""
        for row in formset.forms:
            if isinstance(row.instance, CaseStep) and row.instance.pk is None:
                row.instance.done_by = request.user
        super().save_formset(request, form, formset, change)

    @admin.display(description=_("milik"))
    def subject(self, case: FacilitationCase) -> str:
        return str(case.ikm or case.sentra)
