"""The form by which a spreadsheet comes in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.files import MAX_BYTES, too_large
from semarang_ikm.exchange.kinds import Kind


class UploadForm(forms.Form):
    """What the rows are, and the file. Whether it can be read is asked by the action."""

    kind = forms.ChoiceField(label=_("Isi berkas"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=_("Berkas"),
        allow_empty_file=True,
        help_text=_("Excel (.xlsx) atau CSV, paling besar 15 MB dan 20.000 baris."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, kinds: list[Kind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.name.value, kind.name.label) for kind in kinds]
        if len(kinds) == 1:
            self.initial.setdefault("kind", kinds[0].name.value)

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAX_BYTES:
            raise ValidationError(too_large(), code="size")
        return file
