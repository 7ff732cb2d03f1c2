"""What an officer fills in along a certificate's journey, and what the queue is asked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.actions.certificate_steps import Paper
from products.actions.certificates import default_expiry
from products.choices import CertificateConcern, CertificationStage
from products.models import CertificateKind, Certification
from semarang_ikm.shared.admin.examples import example_of, with_example
from semarang_ikm.shared.admin.files import EvidenceField
from semarang_ikm.shared.admin.forms import FUTURE_DATE, RecordForm
from semarang_ikm.shared.time import today
from sentra.models import Kecamatan, Kelurahan, Sentra

# What the queue can be narrowed to besides the reasons.
HELD = "berlaku"


def day_input() -> forms.DateInput:
    """The browser's own calendar, which works on a phone and without scripts."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CertificationForm(RecordForm):
    """The last day is filled in from the dated rule; it must cover products of its own holder only."""

    past_dates = ("issued_on", "checked_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "expires_on" in self.fields:
            self.fields["expires_on"].help_text = with_example(
                _(
                    "Kosongkan bila tidak tahu: diisi menurut aturan yang berlaku pada tanggal terbit. "
                    "Halal sejak UU 6/2023 tidak berbatas waktu dan tetap kosong."
                ),
                example_of(Certification._meta.get_field("expires_on")),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        issued = given.get("stage", self.instance.stage) == CertificationStage.ISSUED
        if issued and given.get("kind") and given.get("issued_on") and "expires_on" not in self.errors:
            given["expires_on"] = given.get("expires_on") or default_expiry(
                kind=given["kind"], issued_on=given["issued_on"]
            )
        if given.get("ikm") and given.get("products"):
            foreign = [str(product) for product in given["products"] if product.ikm_id != given["ikm"].pk]
            if foreign:
                message = _("Bukan produk usaha ini: %(names)s.") % {"names": ", ".join(foreign)}
                self.add_error("products", message)
        return cleaned


class PaperForm(RecordForm):
    """What stands on a new certificate. Its end: the day typed, else by the rule in force, or none on a legal ground."""

    past_dates = ("issued_on",)
    no_end = forms.BooleanField(label=gettext_lazy("Tanpa batas waktu"), required=False)
    scan = EvidenceField(
        label=gettext_lazy("Pindaian"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG, atau PNG. Tidak pernah tampil di situs."),
    )
    field_order = ("number", "issued_on", "expires_on", "no_end", "legal_basis", "scan")

    class Meta:
        model = Certification
        fields = ("number", "issued_on", "expires_on", "legal_basis")
        widgets = {"issued_on": day_input(), "expires_on": day_input()}

    def __init__(self, *args: Any, kind: CertificateKind, **kwargs: Any) -> None:
        rule = kind.rule_on(today())
        proposed = {
            "issued_on": today(),
            "no_end": rule is not None and rule.has_fixed_end is False,
            "legal_basis": rule.legal_basis if rule else "",
        }
        super().__init__(*args, initial=proposed, **kwargs)
        self.kind, self.rule = kind, rule
        for name in ("number", "issued_on"):
            self.fields[name].required = True
        if rule is not None and rule.validity_months is not None:
            told = _("Kosongkan untuk mengikuti aturan: %(months)d bulan sejak tanggal terbit.")
            self.fields["expires_on"].help_text = told % {"months": rule.validity_months}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("issued_on") is not None and "expires_on" not in self.errors:
            self._settle_end(given)
        return cleaned

    def _settle_end(self, given: dict[str, Any]) -> None:
        rule = self.kind.rule_on(given["issued_on"])
        if rule is not None and "legal_basis" not in self.changed_data:
            given["legal_basis"] = rule.legal_basis
        if given.get("no_end"):
            if given.get("expires_on") is not None:
                self.add_error("no_end", _("Isi tanggal akhirnya, atau centang ini, tidak keduanya."))
            elif not given.get("legal_basis"):
                self.add_error("legal_basis", _("Tulis aturan yang membuatnya tidak berbatas waktu."))
            elif rule is not None and rule.has_fixed_end and given["legal_basis"] == rule.legal_basis:
                self.add_error("no_end", _("Menurut aturan ini sertifikatnya berakhir. Tulis dasar hukum yang lain."))
        elif given.get("expires_on") is None:
            given["expires_on"] = default_expiry(kind=self.kind, issued_on=given["issued_on"])
            if given["expires_on"] is None:
                self.add_error(
                    "expires_on", _("Tulis tanggal akhir pada sertifikatnya, atau centang tanpa batas waktu.")
                )

    def paper(self) -> Paper:
        given = self.cleaned_data
        return Paper(
            number=given["number"],
            issued_on=given["issued_on"],
            expires_on=given["expires_on"],
            legal_basis=given["legal_basis"],
            scan=given["scan"],
        )


class StepForm(forms.Form):
    """When it happened and why. A revocation needs its reason."""

    reached_on = forms.DateField(label=gettext_lazy("Tanggal"), initial=today, widget=day_input())
    note = forms.CharField(
        label=gettext_lazy("Keterangan"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Misalnya: berkas lengkap, diterima loket."),
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = needs_reason

    def clean_reached_on(self) -> Any:
        if self.cleaned_data["reached_on"] > today():
            raise forms.ValidationError(FUTURE_DATE)
        return self.cleaned_data["reached_on"]


class RecheckForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Hasil pertanyaan"),
        max_length=300,
        help_text=gettext_lazy("Misalnya: hanya kemasan yang berubah, bahan tetap; ditanyakan kepada pemilik."),
        widget=forms.TextInput(attrs={"size": 60}),
    )


class QueueForm(forms.Form):
    """The questions to the queue: why, on which day, what kind, where."""

    antrean = forms.ChoiceField(
        choices=[("", ""), *CertificateConcern.choices, (HELD, HELD)], required=False, widget=forms.HiddenInput
    )
    jenis = forms.ModelChoiceField(
        CertificateKind.objects.all(), label=gettext_lazy("Jenis"), required=False, to_field_name="slug"
    )
    kec = forms.ModelChoiceField(
        Kecamatan.objects.all(), label=gettext_lazy("Kecamatan"), required=False, to_field_name="slug"
    )
    kel = forms.ModelChoiceField(
        Kelurahan.objects.select_related("kecamatan").order_by("name", "kecamatan__name"),
        label=gettext_lazy("Kelurahan"),
        required=False,
        to_field_name="slug",
    )
    sentra = forms.ModelChoiceField(
        Sentra.objects.order_by("sort_name", "pk"), label=gettext_lazy("Sentra"), required=False, to_field_name="code"
    )
    pada = forms.DateField(label=gettext_lazy("Keadaan pada tanggal"), required=False, widget=day_input())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("Semua")

    def narrowed(self, rows: QuerySet[Certification]) -> QuerySet[Certification]:
        """Of this kind and place; what could not be read narrows nothing, and its message stands beside the field."""
        paths = {"jenis": "kind", "kec": "ikm__kelurahan__kecamatan", "kel": "ikm__kelurahan", "sentra": "ikm__sentra"}
        chosen = {path: self.cleaned_data.get(name) for name, path in paths.items()}
        return rows.filter(**{path: value for path, value in chosen.items() if value is not None})
