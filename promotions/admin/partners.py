from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from promotions.admin.base import PromotionsRecordAdmin
from promotions.choices import OPEN_STAGES
from promotions.models import Partner


@admin.register(Partner)
class PartnerAdmin(PromotionsRecordAdmin):
    list_display = ("name", "kind", "role", "promotion_count", "open_cases")
    list_filter = ("kind",)
    search_fields = ("name", "name_en", "role")
    autocomplete_fields = ("sources",)
    prepopulated_fields = {"slug": ("name",)}
    fields = (
        ("name", "name_en"),
        "slug",
        "kind",
        ("role", "role_en"),
        ("addressed_to", "address"),
        ("telephone", "email"),
        "sources",
    )

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """How many cases there are is told only to those who may see cases."""
        if request.user.has_perm("promotions.view_facilitationcase"):
            return self.list_display
        return tuple(name for name in self.list_display if name != "open_cases")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        still_open = Count("cases", filter=Q(cases__stage__in=OPEN_STAGES), distinct=True)
        together = Count("promotions", distinct=True)
        return super().get_queryset(request).annotate(open_cases=still_open, promotion_count=together)

    @admin.display(description=_("promosi bersama"), ordering="promotion_count")
    def promotion_count(self, partner: Partner) -> int:
        return partner.promotion_count

    @admin.display(description=_("perkara terbuka"), ordering="open_cases")
    def open_cases(self, partner: Partner) -> int:
        return partner.open_cases
