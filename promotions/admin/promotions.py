from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from promotions.admin.appearances import AppearanceInline
from promotions.models import Promotion
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.publishable import PublishableAdmin


@admin.register(Promotion)
class PromotionAdmin(PublishableAdmin):
    inlines = (AppearanceInline,)
    list_display = ("name", "kind", "status", "starts_on", "ends_on", "place", "appearance_count")
    list_filter = ("status", "kind", ("partners", RelatedFilter))
    search_fields = ("name", "name_en", "place", "description")
    autocomplete_fields = ("kelurahan", "partners", "sources")
    date_hierarchy = "starts_on"
    readonly_fields = ("published_at", "created_at", "updated_at")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "kind",
                    ("starts_on", "ends_on"),
                    "place",
                    "kelurahan",
                    "description",
                    "partners",
                    "status",
                )
            },
        ),
        (_("Sesudah selesai"), {"classes": ("collapse",), "fields": ("results", "sources")}),
        (_("Bahasa Inggris"), {"classes": ("collapse",), "fields": ("name_en", "description_en", "results_en")}),
        (
            _("Alamat halaman"),
            {
                "classes": ("collapse",),
                "fields": (
                    "slug",
                    "published_at",
                    ("created_at", "updated_at"),
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(appearance_count=Count("appearances", distinct=True))

    @admin.display(description=_("penampilan"), ordering="appearance_count")
    def appearance_count(self, promotion: Promotion) -> int:
        return promotion.appearance_count
