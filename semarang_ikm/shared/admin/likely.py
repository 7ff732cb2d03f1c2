"""While a record is entered its form says once which records it may be."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from semarang_ikm.shared.likeness import names_alike

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Records that are shown as what a new one may be.
MOST = 5


class DuplicateWarning(forms.ModelForm):
    """Says once which records this may be; the officer ticks that it is another one, and nothing typed is lost."""

    # What the page shows above the form: records with their reasons.
    likely_duplicates: list[tuple[Any, list[str]]] = []
    # The fields that make an officer's change worth comparing again.
    compared: ClassVar[frozenset[str]] = frozenset({"name"})

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        asked = self.instance.pk is None or self.compared & set(self.changed_data)
        if asked and self.cleaned_data.get("name") and "is_another" not in self.data:
            self.likely_duplicates = self.find_likely()
            if self.likely_duplicates:
                self.add_error(
                    None, _("Mungkin ini sudah tercatat. Lihat di atas, lalu pakai yang ada atau centang “data lain”.")
                )
        return cleaned

    def find_likely(self) -> list[tuple[Any, list[str]]]:
        """The records that this may be, with the reasons in words."""
        raise LookupError("a form finds what its record may be")

    def named_alike(self, records: QuerySet, why: "StrOrPromise") -> list[tuple[Any, list[str]]]:
        """Those of the records whose names are like the typed one."""
        others = list(records.exclude(pk=self.instance.pk).order_by("pk"))
        return [(record, [str(why)]) for record in names_alike(self.cleaned_data["name"], others)[:MOST]]
