"""The page of a business: its contacts and the consent under which they may be shown come right after its name."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.bulk_edit import BulkEdit
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import PublishableForm
from semarang_ikm.shared.admin.merging import MergeViews
from semarang_ikm.shared.admin.scope import area_names, areas_of
from sentra.admin.base import SentraPublishableAdmin
from sentra.admin.consents import ConsentInline, save_consents
from sentra.admin.contacts import ContactInline, contacts_told
from sentra.admin.duplicates import BusinessWarning, DuplicateViews
from sentra.admin.help_given import HelpGivenMixin
from sentra.models import Consent, Ikm
from sentra.scope import ikm_within

NIB_LENGTH = 13
MAX_STORY_WORDS = 80


class IkmForm(BusinessWarning, PublishableForm):
    past_dates = ("checked_on", "workers_as_of")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        nowhere = not given.get("kelurahan") and not given.get("sentra")
        if nowhere and "kelurahan" not in self.errors and areas_of(self.request):
            areas = area_names(self.request)
            self.add_error("kelurahan", _("Isi kelurahan atau sentra di wilayah Anda (%(areas)s).") % {"areas": areas})
        return cleaned

    def clean_nib(self) -> str:
        nib = "".join(self.cleaned_data["nib"].split())
        if nib and not (nib.isascii() and nib.isdigit() and len(nib) == NIB_LENGTH):
            self.add_error("nib", _("NIB terdiri atas 13 angka, misalnya 0220001234567."))
        return nib

    def clean_story(self) -> str:
        return self._short("story")

    def clean_story_en(self) -> str:
        return self._short("story_en")

    def _short(self, name: str) -> str:
        text = self.cleaned_data[name]
        words = len(text.split())
        if words > MAX_STORY_WORDS:
            self.add_error(name, _("Cerita ini %(words)d kata; paling banyak 80 kata.") % {"words": words})
        return text


@admin.register(Ikm)
class IkmAdmin(HelpGivenMixin, DuplicateViews, MergeViews, BulkEdit, SentraPublishableAdmin):
    form = IkmForm
    within = staticmethod(ikm_within)
    personal_fields = ("nib", "contacts")
    inlines = (ContactInline, ConsentInline)
    actions = (*SentraPublishableAdmin.actions, "change_many", "merge_selected")
    bulk_fields = ("sentra", "kelurahan", "kind", "activity", "product_types")
    list_display = ("name", "code", "status", "sentra", "kelurahan", "kind", "checked_on")
    list_filter = ("status", "kind", ("product_types", RelatedFilter), ("kelurahan__kecamatan", RelatedFilter))
    list_select_related = ("sentra", "kelurahan__kecamatan")
    search_fields = ("name", "code", "search_text", "nib")
    autocomplete_fields = ("sentra", "kelurahan", "product_types", "sources", "successor")
    readonly_fields = ("code", "published_at", "checked_by", "created_at", "updated_at")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("name", "name_is_personal"),
                    "kind",
                    "sentra",
                    "kelurahan",
                    "product_types",
                    "summary",
                    "status",
                )
            },
        ),
        (
            _("Kemampuan"),
            {
                "classes": ("collapse",),
                "fields": (
                    "activity",
                    "founded",
                    "nib",
                    ("workers", "workers_as_of"),
                    ("monthly_capacity_min", "monthly_capacity_max", "capacity_unit"),
                    ("minimum_order", "lead_time_days"),
                    "successor",
                ),
            },
        ),
        (_("Cerita dan sumber"), {"classes": ("collapse",), "fields": ("story", "sources")}),
        (
            _("Bahasa Inggris"),
            {
                "classes": ("collapse",),
                "fields": (
                    "summary_en",
                    "story_en",
                    "capacity_unit_en",
                    "minimum_order_en",
                ),
            },
        ),
        (
            _("Pemeriksaan dan alamat halaman"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("checked_on", "checked_by"),
                    "slug",
                    ("code", "published_at"),
                    ("created_at", "updated_at"),
                ),
            },
        ),
    )

    def personal_rows(self, record: Ikm) -> list[str]:
        return contacts_told(record)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        if formset.model is Consent:
            save_consents(request, formset)
        else:
            super().save_formset(request, form, formset, change)
