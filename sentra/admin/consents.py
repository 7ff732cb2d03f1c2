"""Receipts of consent: two tick lists make one, the officer is noted by itself, and it is withdrawn, not rewritten."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.admin.files import PrivateFileAdmin
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.personal import PersonalRows
from semarang_ikm.shared.admin.records import RecordInline, replaced_files
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.files import remove_after_commit
from semarang_ikm.shared.time import today
from sentra.actions.consent import record_consent, withdraw_consent
from sentra.admin.base import SentraRecordAdmin
from sentra.admin.people import PeopleViews
from sentra.choices import PersonalField
from sentra.models import Consent, ConsentScope
from sentra.scope import of_either
from sentra.withdrawals import still_carried

# What a receipt says is never rewritten; only its note and its proof can be added later.
FIXED = ("ikm", "sentra", "person", "legal_basis", "method", "given_on")


class ConsentForm(RecordForm):
    """A new receipt has tick lists for data and channels; a stored one has a list of what can be withdrawn."""

    past_dates = ("given_on",)
    data = forms.MultipleChoiceField(
        label=_("Data yang boleh tampil"), choices=PersonalField.choices, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.MultipleChoiceField(
        label=_("Saluran"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[Channel.WEB],
        help_text=_("Cetakan tidak dapat ditarik kembali, jadi tanyakan sendiri-sendiri."),
    )
    withdraw = forms.ModelMultipleChoiceField(
        label=_("Tarik persetujuan untuk"),
        queryset=ConsentScope.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Berlaku begitu disimpan: data itu langsung hilang dari situs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("given_on", today())
            self.fields["withdraw"].widget = forms.MultipleHiddenInput()
            return
        for name in FIXED:
            if name in self.fields:
                self.fields[name].disabled = True
        scopes = list(self.instance.scopes.all())
        given = [scope for scope in scopes if scope.withdrawn_on is None]
        self.initial["data"] = sorted({scope.field for scope in given})
        self.initial["channels"] = sorted({scope.channel for scope in given})
        self.fields["data"].disabled = self.fields["channels"].disabled = True
        self.fields["data"].required = self.fields["channels"].required = False
        self.fields["withdraw"].queryset = self.instance.scopes.filter(withdrawn_on__isnull=True)

    def carry_out(self, request: HttpRequest) -> None:
        """Record or withdraw through the actions, after the form was found valid."""
        cleaned = self.cleaned_data
        if self.instance.pk is None:
            record_consent(consent=self.instance, fields=cleaned["data"], channels=cleaned["channels"], by=request.user)
            return
        self.instance.save()
        if cleaned.get("withdraw"):
            withdraw_consent(consent=self.instance, scopes=cleaned["withdraw"], by=request.user)
            for sentence in still_carried(self.instance.ikm or self.instance.sentra):
                messages.warning(request, sentence)


class _Receipts(PersonalRows):
    """Withdrawing, and what is added to a stored receipt, is the privacy officer's."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and request.user.has_perm("sentra.manage_consent")


class ConsentInline(_Receipts, RecordInline):
    model = Consent
    form = ConsentForm
    can_delete = False
    extra_when_new = 1
    verbose_name_plural = _("persetujuan pemilik data (tanpa ini data pribadi tidak tampil)")
    fields = (
        "data",
        "channels",
        "person",
        ("method", "given_on"),
        "legal_basis",
        "evidence",
        "note",
        "withdraw",
        "recorded_by",
    )
    readonly_fields = ("recorded_by",)
    seldom = ("legal_basis", "evidence", "note", "recorded_by")
    seldom_label = _("Dasar hukum, bukti, dan catatan")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("recorded_by").prefetch_related("scopes")


def save_consents(request: HttpRequest, formset: BaseInlineFormSet) -> None:
    """Save the receipts of an inline formset through the actions; tells the formset what happened, for the log."""
    formset.save(commit=False)
    for form in formset.forms:
        if form.has_changed() and form not in formset.deleted_forms:
            form.carry_out(request)
            remove_after_commit(replaced_files(form))
    formset.save_m2m()


class ScopeInline(admin.TabularInline):
    """What the receipt covers, and since when no longer."""

    model = ConsentScope
    extra = 0
    can_delete = False
    fields = readonly_fields = ("field", "channel", "withdrawn_on")

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Consent)
class ConsentAdmin(PeopleViews, _Receipts, PrivateFileAdmin, SentraRecordAdmin):
    form = ConsentForm
    within = staticmethod(of_either)
    owned_by = ("ikm", "sentra")
    list_display = ("given_on", "subject", "person", "method", "recorded_by", "given_count", "withdrawn_count")
    list_filter = ("method", "legal_basis", "scopes__channel", "given_on")
    list_select_related = ("ikm", "sentra", "recorded_by")
    search_fields = ("person", "ikm__name", "ikm__code", "sentra__name", "sentra__code")
    autocomplete_fields = ("ikm", "sentra")
    readonly_fields = ("recorded_by", "still_carried_by")
    fields = ("ikm", "sentra", *ConsentInline.fields, "still_carried_by")

    def get_inlines(self, request: HttpRequest, obj: Consent | None) -> tuple:
        return (ScopeInline,) if obj else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        given = Count("scopes", filter=Q(scopes__withdrawn_on__isnull=True), distinct=True)
        withdrawn = Count("scopes", filter=Q(scopes__withdrawn_on__isnull=False), distinct=True)
        return super().get_queryset(request).annotate(given_count=given, withdrawn_count=withdrawn)

    def save_model(self, request: HttpRequest, obj: Consent, form: ConsentForm, change: bool) -> None:
        form.carry_out(request)
        remove_after_commit(replaced_files(form))

    @admin.display(description=_("cetakan yang masih memuat"))
    def still_carried_by(self, consent: Consent) -> str:
        return " ".join(still_carried(consent.ikm or consent.sentra)) or "–" if consent.pk else "–"

    @admin.display(description=_("milik"))
    def subject(self, consent: Consent) -> str:
        return str(consent.ikm or consent.sentra)

    @admin.display(description=_("berlaku"), ordering="given_count")
    def given_count(self, consent: Consent) -> int:
        return consent.given_count

    @admin.display(description=_("ditarik"), ordering="withdrawn_count")
    def withdrawn_count(self, consent: Consent) -> int:
        return consent.withdrawn_count
