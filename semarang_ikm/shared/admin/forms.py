"""Forms that say what is wrong beside the field, in words that name the fix."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models import F, Q
from django.forms.models import InlineForeignKeyField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared import publishing
from semarang_ikm.shared.admin import examples, scope, together
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.time import today

FIRST_YEAR, LAST_YEAR = 1900, 2100
IMPOSSIBLE_DATE = _("Tanggal ini tidak mungkin. Periksa tahunnya.")
OWNER_PUBLISHED = _("Ini sudah terbit, jadi hanya penerbit yang menambah isinya. Mintalah perubahan di halamannya.")
FUTURE_DATE = _("Tanggal ini belum tiba. Tulis tanggal hari ini atau sebelumnya.")


class RecordForm(forms.ModelForm):
    """Bounds every date, and moves the message of a database rule beside the field that can mend it."""

    # Fields that tell what has happened, and so cannot lie ahead.
    past_dates: ClassVar[tuple[str, ...]] = ()
    # Whose form it is; the admin page says so when it makes the form's class.
    request: ClassVar[HttpRequest]
    # The admin page of the record; an inline's form has none.
    page: ClassVar[Any] = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        examples.add_all(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, value in self.cleaned_data.items():
            if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
                self.add_error(name, ValidationError(IMPOSSIBLE_DATE, code="year"))
                break
        for name in self.past_dates:
            value = self.cleaned_data.get(name)
            if value is not None and value > today():
                self.add_error(name, ValidationError(FUTURE_DATE, code="future"))
        self._refuse_strangers()
        if self.page:
            together.stay_unstored(self, self.request)
        for name in self.page.owned_by if self.page else ():
            owner = self.cleaned_data.get(name)
            if name in self.changed_data and owner and not self.page.may_touch_rows_of(self.request, owner):
                self.add_error(name, ValidationError(OWNER_PUBLISHED, code="published"))
        return cleaned

    def _refuse_strangers(self) -> None:
        """A new reference to a row outside the officer's kecamatan; what was stored before stays."""
        for name in self.changed_data:
            chosen = self.cleaned_data.get(name)
            records = [chosen] if isinstance(chosen, models.Model) else chosen
            if not records or not isinstance(self.fields[name], forms.ModelChoiceField):
                continue
            before = self.initial.get(name) or []
            kept = {getattr(row, "pk", row) for row in (before if isinstance(before, list | tuple) else [before])}
            if reason := scope.refusal(self.request, [row for row in records if row.pk not in kept]):
                self.add_error(name, ValidationError(reason, code="scope"))

    def validate_unique(self) -> None:
        """Also by the rules that name whose row it is: of a row among others Django leaves them to the database, and a
        colleague may have stored the same one meanwhile."""
        super().validate_unique()
        owners = {name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)}
        excluded = self._get_validation_exclusions()
        for rule in self.instance._meta.constraints if owners and self.has_changed() else ():
            if isinstance(rule, models.UniqueConstraint) and owners & set(rule.fields):
                try:
                    rule.validate(type(self.instance), self.instance, exclude=excluded)
                except ValidationError as error:
                    self._update_errors(ValidationError({NON_FIELD_ERRORS: [error]}))

    def _update_errors(self, errors: ValidationError) -> None:
        by_field = getattr(errors, "error_dict", {})
        general = by_field.get(NON_FIELD_ERRORS, [])
        for error in list(general):
            if place := self._place_of(error):
                general.remove(error)
                by_field.setdefault(place, []).append(error)
        if not general:
            by_field.pop(NON_FIELD_ERRORS, None)
        super()._update_errors(errors)

    def _place_of(self, error: ValidationError) -> str:
        """The field of this form beside which a broken rule is told: an empty one first, else the first named."""
        for constraint in self.instance._meta.constraints:
            if constraint.violation_error_message == error.message:
                shown = [name for name in _fields_of(constraint) if self._is_visible(name)]
                if isinstance(constraint, models.UniqueConstraint):
                    shown.reverse()
                empty = [name for name in shown if self.cleaned_data.get(name) in (None, "")]
                return next(iter(empty or shown), "")
        return ""

    def _is_visible(self, name: str) -> bool:
        field = self.fields.get(name)
        return field is not None and not field.widget.is_hidden


class PublishableForm(RecordForm):
    """Offers only the statuses to which this officer may lead the record, and takes a word along with the record."""

    review_note = forms.CharField(
        label=_("Catatan pemeriksaan"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "status" in self.fields:
            offered = publishing.ways(self.instance, self.request.user)
            self.fields["status"].choices = [(status.value, status.label) for status in offered]
        if "review_note" in self.fields:
            told = (
                _("Untuk penyunting, bila dikembalikan menjadi draf: apa yang harus diperbaiki?")
                if self._is_judged
                else _("Untuk penerbit, bila diserahkan: apa yang perlu diperhatikan?")
            )
            self.fields["review_note"].help_text = examples.with_example(str(told), "foto kedua kabur")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        returned = self._is_judged and self.cleaned_data.get("status") == PublicationStatus.DRAFT
        if returned and not self.cleaned_data.get("review_note", "").strip():
            self.add_error("review_note", _("Tulis apa yang harus diperbaiki, supaya penyunting dapat melanjutkan."))
        return cleaned

    @property
    def _is_judged(self) -> bool:
        """Whether it was handed over, and is now before someone who may publish it."""
        waits = self.initial.get("status") == PublicationStatus.IN_REVIEW
        return waits and publishing.may_publish(self.request.user, self.instance)


def _fields_of(constraint: models.BaseConstraint) -> list[str]:
    """The names in a constraint, in the order in which it mentions them."""
    names = list(constraint.fields) if isinstance(constraint, models.UniqueConstraint) else []
    condition = getattr(constraint, "condition", None)
    if condition is not None:
        names += _names_in(condition)
    return list(dict.fromkeys(names))


def _names_in(condition: Q) -> Iterator[str]:
    for child in condition.children:
        if isinstance(child, Q):
            yield from _names_in(child)
        elif isinstance(child, tuple):
            lookup, value = child
            yield lookup.partition("__")[0]
            if isinstance(value, F):
                yield value.name
