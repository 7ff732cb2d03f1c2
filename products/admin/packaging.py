from django.contrib import admin

from products.admin.base import ProductsRecordAdmin
from products.models import PackagingSupport
from semarang_ikm.shared.admin.forms import RecordForm


class PackagingForm(RecordForm):
    past_dates = ("given_on",)


@admin.register(PackagingSupport)
class PackagingSupportAdmin(ProductsRecordAdmin):
    form = PackagingForm
    list_display = ("ikm", "kind", "given_on", "given_by", "quantity", "unit")
    list_filter = ("kind", "given_on")
    list_select_related = ("ikm",)
    search_fields = ("ikm__name", "ikm__code", "given_by", "products__name", "note")
    autocomplete_fields = ("ikm", "products")
    date_hierarchy = "given_on"
    fields = (
        "ikm",
        "products",
        ("kind", "given_on"),
        "given_by",
        ("quantity", "unit"),
        ("photo_before", "photo_after"),
        "note",
    )
