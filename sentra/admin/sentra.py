"""The page of a sentra: what must be known first, then its places, people, photos, figures and open questions."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared import bulk
from semarang_ikm.shared.admin.bulk_edit import BulkEdit
from semarang_ikm.shared.admin.filters import RelatedFilter
from semarang_ikm.shared.admin.forms import PublishableForm, RecordForm
from semarang_ikm.shared.admin.likely import DuplicateWarning
from semarang_ikm.shared.admin.merging import MergeViews
from semarang_ikm.shared.admin.records import PhotoInline, RecordInline
from semarang_ikm.shared.admin.scope import area_names, areas_of, outside
from sentra.admin.base import SentraPublishableAdmin
from sentra.admin.consents import ConsentInline, save_consents
from sentra.admin.contacts import ContactInline, contacts_told
from sentra.admin.help_given import ProposedCasesMixin
from sentra.admin.statements import FigureInline, QuestionInline
from sentra.models import Consent, Sentra, SentraLocation, SentraPhoto
from sentra.scope import sentra_within


class SentraForm(DuplicateWarning, PublishableForm):
    past_dates = ("checked_on",)

    def find_likely(self) -> list[tuple[Sentra, list[str]]]:
        return self.named_alike(Sentra.objects.all(), _("namanya mirip"))


class LocationForm(RecordForm):
    """Which place is the main one is judged over all rows (LocationFormSet), not against what is stored."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"is_main"}


class LocationFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        main = [form for form in self._kept() if form.cleaned_data.get("is_main")]
        for form in main[1:]:
            form.add_error("is_main", ValidationError(_("Hanya satu tempat yang utama."), code="main"))
        if main[1:]:
            raise ValidationError(_("Pilih satu tempat utama saja."), code="main")
        self._stay_in_scope()

    def _stay_in_scope(self) -> None:
        """An officer of some kecamatan enters and keeps sentra that have a place there."""
        request = self.form.request
        places = [place for form in self._kept() if (place := form.cleaned_data.get("kelurahan"))]
        if areas_of(request) and len(outside(request, places)) == len(places):
            areas = area_names(request)
            raise ValidationError(_("Tambahkan tempat di wilayah Anda (%(areas)s).") % {"areas": areas}, code="scope")

    def save(self, commit: bool = True) -> list:
        """The former main place gives way first, so that two rows can swap the mark. Where none is chosen here, one that
        a colleague added meanwhile keeps it."""
        stays = [form.instance.pk for form in self._kept() if form.cleaned_data.get("is_main")]
        if commit and self.instance.pk and stays:
            others = SentraLocation.objects.filter(sentra=self.instance, is_main=True)
            bulk.update(others.exclude(pk__in=filter(None, stays)), is_main=False)
        return super().save(commit)

    def _kept(self) -> list[ModelForm]:
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data") and form.cleaned_data and form not in self.deleted_forms
        ]


class LocationInline(RecordInline):
    model = SentraLocation
    form = LocationForm
    formset = LocationFormSet
    extra_when_new = 1
    autocomplete_fields = ("kelurahan", "source")
    fields = (
        "kelurahan",
        ("role", "is_main"),
        "address",
        ("latitude", "longitude"),
        ("used_from", "used_until"),
        ("note", "note_en"),
        "source",
    )
    seldom = ("latitude", "longitude", "used_from", "used_until", "note", "note_en", "source")
    seldom_label = _("Titik peta, tahun, catatan, dan sumber")


class SentraPhotoInline(PhotoInline):
    model = SentraPhoto


@admin.register(Sentra)
class SentraAdmin(ProposedCasesMixin, MergeViews, BulkEdit, SentraPublishableAdmin):
    form = SentraForm
    within = staticmethod(sentra_within)
    personal_fields = ("contacts",)
    actions = (*SentraPublishableAdmin.actions, "change_many", "merge_selected")
    bulk_fields = ("activity", "welcomes_visitors", "bus_parking", "product_types")
    inlines = (LocationInline, ContactInline, ConsentInline, SentraPhotoInline, FigureInline, QuestionInline)
    list_display = ("name", "code", "status", "places", "business_count", "checked_on")
    list_filter = (
        "status",
        "activity",
        ("product_types", RelatedFilter),
        ("locations__kelurahan__kecamatan", RelatedFilter),
    )
    search_fields = ("name", "name_en", "code", "search_text")
    autocomplete_fields = ("product_types", "sources", "successor")
    readonly_fields = ("code", "published_at", "checked_by", "created_at", "updated_at")
    fieldsets = (
        (None, {"fields": ("name", "product_types", "summary", "status")}),
        (
            _("Uraian dan keadaan"),
            {
                "classes": ("collapse",),
                "fields": (
                    "description",
                    "recognised_by",
                    "activity",
                    "activity_note",
                    "welcomes_visitors",
                    "bus_parking",
                    "visiting_hours",
                    "successor",
                    "sources",
                ),
            },
        ),
        (
            _("Bahasa Inggris"),
            {
                "classes": ("collapse",),
                "fields": (
                    "name_en",
                    "summary_en",
                    "description_en",
                    "activity_note_en",
                    "visiting_hours_en",
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

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        locations = Prefetch("locations", SentraLocation.objects.select_related("kelurahan__kecamatan"))
        return super().get_queryset(request).with_business_count().prefetch_related(locations)

    def personal_rows(self, record: Sentra) -> list[str]:
        return contacts_told(record)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        if formset.model is Consent:
            save_consents(request, formset)
        else:
            super().save_formset(request, form, formset, change)

    @admin.display(description=_("lokasi"))
    def places(self, sentra: Sentra) -> str:
        return ", ".join(location.kelurahan.name for location in sentra.locations.all())

    @admin.display(description=_("usaha terbit"), ordering="business_count")
    def business_count(self, sentra: Sentra) -> int:
        return sentra.business_count
