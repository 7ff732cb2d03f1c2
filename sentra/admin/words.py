from django.contrib import admin

from sentra.admin.base import SentraRecordAdmin
from sentra.models import SearchVariant


@admin.register(SearchVariant)
class SearchVariantAdmin(SentraRecordAdmin):
    list_display = ("variant", "canonical", "kind", "language")
    list_filter = ("kind", "language")
    search_fields = ("variant", "canonical", "note")
    fields = (("variant", "canonical"), ("kind", "language"), "note")
