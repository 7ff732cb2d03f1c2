"""Three fields, and one that people never see."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from semarang_ikm.reports.subject import Subject
from sentra.choices import ContactKind, ReportKind
from sentra.contact_values import contact_value
from sentra.models import DataReport
from sentra.models.data_report import TEXT_LENGTH

# Value of `perihal` in an address that asks for a withdrawal.
WITHDRAW = "tarik"
NAMES = ("kode", "kel", "perihal", "wrong", "right", "contact", "website")
CONTACT_LENGTH = 120
TOO_LONG = _("Paling banyak %(limit_value)d huruf; Anda menulis %(show_value)d. Pendekkan dulu.")
NO_CONTACT = _("Tulis nomor WhatsApp, misalnya 0812-0000-0000, atau alamat surel, misalnya nama@contoh.id.")
# Per kind: label and help of each field, and what to say when the first is empty.
WORDS: dict[str, dict[str, tuple]] = {
    ReportKind.CORRECTION: {
        "wrong": (
            _("Apa yang salah?"),
            _("Misalnya: nomor WhatsApp-nya sudah tidak dipakai."),
            _("Tulis apa yang salah, dengan beberapa kata saja."),
        ),
        "right": (_("Apa yang benar?"), _("Boleh kosong kalau Anda tidak tahu.")),
        "contact": (
            _("WhatsApp atau surel untuk jawabannya"),
            _("Boleh kosong. Hanya dipakai untuk menjawab laporan ini."),
        ),
    },
    ReportKind.WITHDRAWAL: {
        "wrong": (
            _("Data mana yang harus hilang?"),
            _("Misalnya: nama dan nomor WhatsApp saya."),
            _("Tulis data mana yang harus hilang, misalnya nomor WhatsApp saya."),
        ),
        "right": (_("Apa yang boleh tetap tampil?"), _("Boleh kosong. Misalnya: nama kelompok dan kelurahannya.")),
        "contact": (
            _("WhatsApp atau surel Anda"),
            _("Boleh kosong. Dipakai untuk memastikan bahwa yang meminta memang pemilik datanya."),
        ),
    },
}


def readable(posted: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the form's fields, without characters that nobody types and no database keeps."""
    return {name: _visible(posted.get(name, "")) for name in NAMES}


def _visible(text: str) -> str:
    kept = text.replace("\r\n", "\n")
    return "".join(c for c in kept if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def kind_of(perihal: str) -> ReportKind:
    return ReportKind.WITHDRAWAL if perihal == WITHDRAW else ReportKind.CORRECTION


class ReportForm(forms.Form):
    wrong = forms.CharField(max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 4}))
    right = forms.CharField(max_length=TEXT_LENGTH, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(max_length=CONTACT_LENGTH, required=False)
    # Filled in by programs that fill in everything.
    website = forms.CharField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, kind: ReportKind) -> None:
        super().__init__(data)
        self.kind = kind
        for name, (label, help_text, *missing) in WORDS[kind].items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.error_messages["max_length"] = TOO_LONG
            if missing:
                field.error_messages["required"] = missing[0]
        self.fields["contact"].widget.attrs["autocapitalize"] = "none"

    def clean_contact(self) -> str:
        typed = self.cleaned_data["contact"]
        if not typed:
            return ""
        try:
            return contact_value(ContactKind.EMAIL if "@" in typed else ContactKind.TELEPHONE, typed)
        except ValidationError as error:
            raise ValidationError(NO_CONTACT, code="contact") from error

    def clean(self) -> None:
        """A browser may have filled the trap for a person, who sees it emptied and sends again."""
        if self.cleaned_data.get("website"):
            self.add_error(
                None, _("Kolom jebakan untuk program terisi. Kolom itu sudah dikosongkan; kirim sekali lagi.")
            )

    def report(self, subject: Subject) -> DataReport:
        """The report of a valid form, not yet stored."""
        return DataReport(
            kind=self.kind,
            subject_code=subject.code,
            kelurahan=subject.kelurahan,
            language=get_language() or "id",
            **{name: self.cleaned_data[name] for name in ("wrong", "right", "contact")},
        )
