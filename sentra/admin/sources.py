from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sentra.admin.base import SentraRecordAdmin
from sentra.models import Source


@admin.register(Source)
class SourceAdmin(SentraRecordAdmin):
    list_display = ("publisher", "title", "published_on", "confidence", "figure_count")
    list_filter = ("confidence", "date_precision")
    search_fields = ("publisher", "title", "key", "url")
    date_hierarchy = "published_on"
    fields = ("key", "publisher", "title", "url", ("published_on", "date_precision"), "confidence", "note")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(figure_count=Count("figures"))

    @admin.display(description=_("angka"), ordering="figure_count")
    def figure_count(self, source: Source) -> int:
        return source.figure_count
