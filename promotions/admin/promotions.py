from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from promotions.actions.attendance import enter_businesses
from promotions.admin.appearances import AppearanceInline
from promotions.admin.base import PromotionsPublishableAdmin
from promotions.models import Appearance, FairSelection, Promotion
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import PublishableForm
from sentra.models import Ikm


class PromotionForm(PublishableForm):
    """Many businesses can be entered at once; each gets its line in the ledger when the form is saved."""

    past_dates = ("cancelled_on",)
    add_businesses = forms.ModelMultipleChoiceField(
        label=_("Tambahkan banyak usaha sekaligus"),
        queryset=Ikm.objects.all(),
        required=False,
        widget=AutocompleteSelectMultiple(Appearance._meta.get_field("ikm"), admin.site),
        help_text=_(
            "Yang sudah tercatat tidak digandakan. Produknya dapat dipilih di baris usaha itu sesudah disimpan."
        ),
    )


@admin.register(Promotion)
class PromotionAdmin(PromotionsPublishableAdmin):
    form = PromotionForm
    inlines = (AppearanceInline,)
    change_form_template = "admin/promotion_change.html"
    list_display = ("name", "kind", "status", "starts_on", "ends_on", "cancelled_on", "place", "appearance_count")
    list_filter = (
        "status",
        "kind",
        ("partners", RelatedFilter),
        ("cancelled_on", admin.EmptyFieldListFilter),
        ("results", admin.EmptyFieldListFilter),
    )
    search_fields = ("name", "name_en", "place", "description")
    autocomplete_fields = ("kelurahan", "sentra", "partners", "sources")
    date_hierarchy = "starts_on"
    readonly_fields = ("published_at", "created_at", "updated_at")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "kind",
                    ("starts_on", "ends_on", "date_precision"),
                    ("starts_at", "ends_at"),
                    "place",
                    "kelurahan",
                    "description",
                    "partners",
                    "status",
                )
            },
        ),
        (_("Peserta"), {"fields": ("sentra", "add_businesses")}),
        (_("Bila dibatalkan"), {"classes": ("collapse",), "fields": ("cancelled_on",)}),
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

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.selection)
        return [path("<int:pk>/seleksi/", view, name="promotions_promotion_selection"), *super().get_urls()]

    def selection(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To the proposal of its fair selection, or to the rules of a new one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = FairSelection.objects.filter(promotion=pk).first()
        if found is not None:
            return HttpResponseRedirect(reverse("admin:promotions_selection_proposal", args=[found.pk]))
        return HttpResponseRedirect(f"{reverse('admin:promotions_fairselection_add')}?promotion={pk}")

    def view_on_site(self, obj: Promotion) -> str | None:
        return super().view_on_site(obj) if obj.is_event else None

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """The lines typed below come first, so that a business that stands in both places gets one line."""
        super().save_related(request, form, formsets, change)
        chosen = form.cleaned_data.get("add_businesses")
        if chosen:
            count = enter_businesses(promotion=form.instance, businesses=chosen, by=request.user)
            done = ngettext("%(count)d usaha ditambahkan.", "%(count)d usaha ditambahkan.", count)
            self.message_user(request, done % {"count": count}, messages.SUCCESS)

    @admin.display(description=_("penampilan"), ordering="appearance_count")
    def appearance_count(self, promotion: Promotion) -> int:
        return promotion.appearance_count
