"""What an officer fills in on a case: its own page, its end, a letter."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from promotions.choices import ObstacleKind
from promotions.models import CaseLetter, FacilitationCase
from semarang_ikm.shared.admin.forms import RecordForm
from semarang_ikm.shared.admin.personal import sees_personal_data
from semarang_ikm.shared.time import today
from sentra.choices import PersonalField

# What an agency can need to reach a business or to find it in its own books.
FOR_AGENCIES = (
    PersonalField.NAME,
    PersonalField.OWNER_NAME,
    PersonalField.TELEPHONE,
    PersonalField.WHATSAPP,
    PersonalField.EMAIL,
    PersonalField.ADDRESS,
    PersonalField.NIB,
)


class CaseForm(RecordForm):
    past_dates = ("opened_on", "closed_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("opened_on", today())

    def _get_validation_exclusions(self) -> set[str]:
        """The rules of the table are judged with what is not typed here: the stage, the case it joined, the end."""
        return super()._get_validation_exclusions() - {"stage", "parent", "closed_on", "outcome"}


class StepForm(RecordForm):
    past_dates = ("done_on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.initial.setdefault("done_on", today())


class ClosingForm(forms.Form):
    """The end of a case; of a sentra's, with those of the businesses that joined it."""

    closed_on = forms.DateField(label=gettext_lazy("Ditutup pada"), widget=forms.DateInput(attrs={"type": "date"}))
    outcome = forms.CharField(
        label=gettext_lazy("Hasil"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Misalnya: pipa diganti 3 Maret 2027, tekanan air kini cukup."),
        error_messages={"required": gettext_lazy("Tulis hasilnya sebelum perkara ditutup.")},
    )
    children = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tutup juga perkara usaha"),
        queryset=FacilitationCase.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Yang tidak dicentang tetap terbuka dan tetap tercatat pada perkara sentra ini."),
    )

    def __init__(self, case: FacilitationCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.initial.setdefault("closed_on", today().isoformat())
        joined = case.children.open().select_related("ikm")
        self.fields["children"].queryset = joined
        self.fields["children"].label_from_instance = lambda child: f"{child.number} · {child.ikm}"
        self.initial.setdefault("children", list(joined))
        if not joined:
            del self.fields["children"]

    def clean_closed_on(self) -> Any:
        day = self.cleaned_data["closed_on"]
        if day > today():
            raise ValidationError(_("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya."))
        if day < self.case.opened_on:
            raise ValidationError(_("Tanggal penutupan lebih awal daripada tanggal pembukaan."))
        return day


class LetterForm(RecordForm):
    """A letter, begun from what the case says. Personal data go along only where an officer ticks them."""

    past_dates = ()
    key = forms.CharField(widget=forms.HiddenInput, max_length=32)
    businesses = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Usaha yang disebut"),
        queryset=FacilitationCase.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    personal = forms.MultipleChoiceField(
        label=gettext_lazy("Data pribadi yang disertakan"),
        choices=[(field.value, field.label) for field in FOR_AGENCIES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Centang hanya yang diperlukan mitra. Yang dicentang tercatat sebagai langkah pada perkara ini."
        ),
    )

    class Meta:
        model = CaseLetter
        fields = (
            "addressed_to",
            "office_number",
            "written_on",
            "subject",
            "facts",
            "request",
            "signed_as",
            "signed_by",
            "signed_id",
        )
        widgets = {
            "addressed_to": forms.Textarea(attrs={"rows": 4}),
            "written_on": forms.DateInput(attrs={"type": "date"}),
            "facts": forms.Textarea(attrs={"rows": 6}),
            "request": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = (
        "addressed_to",
        "office_number",
        "written_on",
        "subject",
        "facts",
        "businesses",
        "personal",
        "request",
    )

    def __init__(self, case: FacilitationCase, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"] = _beginning(case) | kwargs["initial"]
        super().__init__(*args, instance=CaseLetter(case=case), **kwargs)
        businesses = named_in(case)
        self.fields["businesses"].queryset = businesses
        self.fields["businesses"].label_from_instance = lambda each: str(each.ikm)
        self.initial["businesses"] = list(businesses)
        if not businesses:
            del self.fields["businesses"]
        if not businesses or not sees_personal_data(request):
            del self.fields["personal"]

    def letter(self) -> CaseLetter:
        """What is to be stored, after the form was found valid."""
        letter = self.instance
        letter.key = self.cleaned_data["key"]
        letter.codes = [case.ikm.code for case in self.cleaned_data.get("businesses") or ()]
        letter.personal = self.cleaned_data.get("personal", []) if letter.codes else []
        return letter


def named_in(case: FacilitationCase) -> Any:
    """The cases of businesses that a letter of this case can name: its own, or those that joined it."""
    own = FacilitationCase.objects.filter(ikm__isnull=False).select_related("ikm__kelurahan__kecamatan")
    return (own.filter(parent=case) if case.sentra_id else own.filter(pk=case.pk)).order_by("ikm__sort_name", "pk")


def _beginning(case: FacilitationCase) -> dict[str, Any]:
    """What a letter begins with: nothing is asked that the case already says."""
    partner = case.partner
    address = (partner.addressed_to, partner.name, partner.address) if partner else ()
    return {
        "key": secrets.token_hex(16),
        "addressed_to": "\n".join(filter(None, address)),
        "written_on": today().isoformat(),
        "subject": _("Permohonan penanganan hambatan: %(kind)s") % {"kind": ObstacleKind(case.kind).label.lower()},
        "facts": case.description or case.title,
    }
