"""Help with packaging: what was given, and how the product looked before and after, side by side."""

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from products.admin.base import ProductsRecordAdmin
from products.choices import PackagingMoment
from products.models import PackagingPhoto, PackagingSupport
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.records import PhotoInline
from sentra.scope import of_ikm


class PackagingForm(RecordForm):
    past_dates = ("given_on",)


class PackagingPhotoInline(PhotoInline):
    model = PackagingPhoto
    max_num = len(PackagingMoment)
    fields = (
        "preview",
        ("moment", "image"),
        ("alt", "alt_en"),
        ("credit", "usage_right"),
        ("shows_people", "portrait_consent_on"),
        "is_cleared",
    )
    seldom = ("shows_people", "portrait_consent_on")
    seldom_label = _("Orang di foto")


@admin.register(PackagingSupport)
class PackagingSupportAdmin(ProductsRecordAdmin):
    form = PackagingForm
    within = staticmethod(of_ikm)
    inlines = (PackagingPhotoInline,)
    list_display = ("ikm", "kind", "given_on", "given_by", "quantity", "unit", "photo_count", "cleared_count")
    list_filter = ("kind", "given_on", ("ikm__sentra", RelatedFilter))
    list_select_related = ("ikm",)
    search_fields = ("ikm__name", "ikm__code", "given_by", "products__name", "note")
    autocomplete_fields = ("ikm", "products")
    date_hierarchy = "given_on"
    readonly_fields = ("before_and_after",)
    fields = (
        "before_and_after",
        "ikm",
        "products",
        ("kind", "given_on"),
        "given_by",
        ("quantity", "unit"),
        "note",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        cleared = Count("photos", filter=Q(photos__is_cleared=True), distinct=True)
        rows = super().get_queryset(request).annotate(photo_count=Count("photos", distinct=True), cleared_count=cleared)
        return rows.prefetch_related("photos")

    @admin.display(description=_("sebelum dan sesudah"))
    def before_and_after(self, support: PackagingSupport) -> str:
        if support.pk is None:
            return "–"
        return render_to_string("admin/before_and_after.html", {"support": support})

    @admin.display(description=_("foto"), ordering="photo_count")
    def photo_count(self, support: PackagingSupport) -> int:
        return support.photo_count

    @admin.display(description=_("foto boleh tampil"), ordering="cleared_count")
    def cleared_count(self, support: PackagingSupport) -> int:
        return support.cleared_count
