"""Ways to reach a business or a sentra: stored in one form, shown back to the officer as typed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.personal import PersonalRows
from semarang_ikm.shared.admin.records import RecordInline
from sentra.admin.base import SentraRecordAdmin
from sentra.choices import ContactKind
from sentra.contact_values import contact_value
from sentra.models import Contact, Ikm, Sentra
from sentra.personal_data.retention import uncovered_contacts
from sentra.scope import of_either

POINT_MISSING = _("Isi lintang dan bujurnya, misalnya -7.080000 dan 110.350000.")


class ContactForm(RecordForm):
    """Checks the value by its kind. A number may be typed in any usual way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.typed:
            self.initial["value"] = self.instance.typed

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, typed = self.cleaned_data.get("kind"), self.cleaned_data.get("value", "")
        if not kind:
            return cleaned
        if kind == ContactKind.MAP_POINT:
            if self.cleaned_data.get("latitude") is None and "latitude" not in self.errors:
                self.add_error("latitude", POINT_MISSING)
        elif not typed:
            if "value" not in self.errors:
                self.add_error("value", forms.Field.default_error_messages["required"])
            return cleaned
        try:
            self.cleaned_data["value"] = contact_value(kind, typed)
        except ValidationError as error:
            self.add_error("value", error)
        else:
            self.instance.typed = typed
        return cleaned


class ContactInline(PersonalRows, RecordInline):
    model = Contact
    form = ContactForm
    extra_when_new = 1
    fields = (("kind", "value"), ("latitude", "longitude"), "note")
    seldom = ("latitude", "longitude", "note")
    seldom_label = _("Titik peta dan catatan")


def contacts_told(record: Ikm | Sentra) -> list[str]:
    """Which contacts and receipts there are, not what they say."""
    kinds = dict.fromkeys(str(contact.get_kind_display()) for contact in record.contacts.all())
    count = record.consents.count()
    receipts = ngettext("%(count)d persetujuan tercatat", "%(count)d persetujuan tercatat", count)
    return [
        _("Kontak: %(kinds)s") % {"kinds": ", ".join(kinds) or _("belum tercatat")},
        receipts % {"count": count},
    ]


class UncoveredFilter(admin.SimpleListFilter):
    """What the table of retention hands to an officer."""

    title = _("tinjauan masa simpan")
    parameter_name = "tinjau"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("1", _("Lama tanpa persetujuan"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() != "1":
            return queryset
        return queryset.filter(pk__in=uncovered_contacts(timezone.now()).values("pk"))


@admin.register(Contact)
class ContactAdmin(PersonalRows, SentraRecordAdmin):
    form = ContactForm
    within = staticmethod(of_either)
    owned_by = ("ikm", "sentra")
    list_display = ("kind", "value", "ikm", "sentra", "updated_at")
    list_filter = ("kind", UncoveredFilter)
    list_select_related = ("ikm", "sentra")
    search_fields = ("value", "typed", "ikm__name", "ikm__code", "sentra__name")
    autocomplete_fields = ("ikm", "sentra")
    fields = ("ikm", "sentra", ("kind", "value"), ("latitude", "longitude"), "note")
