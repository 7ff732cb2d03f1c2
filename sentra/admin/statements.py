"""Figures and open questions: rows of a sentra, with lists of their own to work through."""

from django.contrib import admin

from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import RecordInline
from sentra.admin.base import SentraRecordAdmin
from sentra.models import Figure, OpenQuestion
from sentra.scope import of_sentra

FIGURE_FIELDS = (
    "kind",
    ("label", "label_en"),
    ("qualifier", "value_min", "value_max"),
    ("unit", "unit_en"),
    ("as_of", "as_of_precision"),
    "source",
    ("note", "note_en"),
)


class FigureForm(RecordForm):
    past_dates = ("as_of",)


class QuestionForm(RecordForm):
    past_dates = ("settled_on",)


class FigureInline(RecordInline):
    model = Figure
    form = FigureForm
    autocomplete_fields = ("source",)
    fields = FIGURE_FIELDS
    classes = ("collapse",)


class QuestionInline(RecordInline):
    model = OpenQuestion
    form = QuestionForm
    autocomplete_fields = ("sources",)
    fields = ("kind", "text", "text_en", "sources", "settled_on")
    classes = ("collapse",)


@admin.register(Figure)
class FigureAdmin(SentraRecordAdmin):
    form = FigureForm
    owned_by = ("sentra",)
    within = staticmethod(of_sentra)
    list_display = ("sentra", "kind", "label", "qualifier", "value_min", "value_max", "unit", "as_of", "source")
    list_filter = ("kind", "source__confidence", "as_of_precision")
    list_select_related = ("sentra", "source")
    search_fields = ("sentra__name", "sentra__code", "label", "unit", "note")
    autocomplete_fields = ("sentra", "source")
    date_hierarchy = "as_of"
    fields = ("sentra", *FIGURE_FIELDS)


@admin.register(OpenQuestion)
class OpenQuestionAdmin(SentraRecordAdmin):
    form = QuestionForm
    owned_by = ("sentra",)
    within = staticmethod(of_sentra)
    list_display = ("text", "sentra", "kind", "settled_on")
    list_filter = ("kind", ("settled_on", admin.EmptyFieldListFilter))
    list_select_related = ("sentra",)
    search_fields = ("text", "sentra__name", "sentra__code")
    autocomplete_fields = ("sentra", "sources")
    fields = ("sentra", *QuestionInline.fields)
