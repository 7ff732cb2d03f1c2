from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sentra.admin.base import SentraRecordAdmin
from sentra.models import ProductType


@admin.register(ProductType)
class ProductTypeAdmin(SentraRecordAdmin):
    list_display = ("name", "name_en", "parent", "is_food", "kbli_code", "position")
    list_filter = ("is_food", "pattern")
    list_select_related = ("parent",)
    search_fields = ("name", "name_en", "kbli_code")
    autocomplete_fields = ("parent",)
    fieldsets = (
        (None, {"fields": ("name", "name_en", "parent", "is_food", "pattern", "position")}),
        (_("Penjelasan"), {"fields": ("description", "description_en")}),
        (_("Klasifikasi dan alamat"), {"classes": ("collapse",), "fields": (("kbli_code", "kbli_edition"), "slug")}),
    )
