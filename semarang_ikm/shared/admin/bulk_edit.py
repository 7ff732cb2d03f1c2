"""One field of many records: choose it, see before and after of every row with what is refused, then confirm.

The app that keeps the trail registers under what the rows are written (sentra.admin.base).
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from semarang_ikm.shared.admin import examples, scope, together
from semarang_ikm.shared.admin.merging import in_words

# More rows than an officer looks through in one preview.
MAX_ROWS = 500
# What is done to a relation with many: named after the field.
ADD, REMOVE = "+", "-"


@dataclass
class Row:
    """What becomes of one record. `refused` says why nothing does."""

    record: Any
    before: str
    after: str
    refused: str = ""

    @property
    def changes(self) -> bool:
        return not self.refused and self.before != self.after


# Around the writing: one transaction and one set of changes, which it gives.
Recording = Callable[..., AbstractContextManager[Any]]
_recording: list[Recording] = []


def register(recording: Recording) -> None:
    """`recording(by=, why=)`."""
    _recording[:] = [recording]


class BulkEdit:
    """For a ModelAdmin."""

    # Fields that may be changed in many rows at once; never personal ones.
    bulk_fields: ClassVar[tuple[str, ...]] = ()

    @admin.action(permissions=["change"], description=gettext_lazy("Ubah banyak…"))
    def change_many(self: Any, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Three pages at the list's own address, so that its filters stay: the field, the value, the preview."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MAX_ROWS + 1])
        if len(keys) > MAX_ROWS:
            told = _("Pilih paling banyak %(count)d data sekali jalan.")
            self.message_user(request, told % {"count": MAX_ROWS}, messages.WARNING)
            return None
        offered = self._offered()
        name = request.POST.get("bidang", "")
        if name not in offered:
            return self._page(request, {"offered": offered.items(), "count": len(keys)})
        shown = together.shown_now()
        asked = request.POST.get("langkah") in ("lihat", "ubah")
        form = self._value_form(request, name, request.POST if asked else None)
        rows = None
        if asked and form.is_valid():
            if request.POST["langkah"] == "ubah":
                return self._change(request, keys, name, form.cleaned_data["nilai"])
            rows = self._rows(
                request, self.model._default_manager.filter(pk__in=keys), name, form.cleaned_data["nilai"]
            )
        look: dict[str, Any] = {"name": name, "form": form, "rows": rows, "count": len(keys), "version": shown}
        return self._page(request, {**look, **_counted(rows or [])})

    def _offered(self: Any) -> dict[str, str]:
        found = {}
        for name in self.bulk_fields:
            field = self.opts.get_field(name)
            label = str(field.verbose_name)
            if name in self.personal_fields:
                continue
            if field.many_to_many:
                found[name + ADD] = _("%(field)s: tambahkan") % {"field": label}
                found[name + REMOVE] = _("%(field)s: cabut") % {"field": label}
            else:
                found[name] = label
        return found

    def _value_form(self: Any, request: HttpRequest, name: str, data: Any) -> forms.Form:
        """The field as the record's own form asks for it; a tick as a choice, since an empty one would say no."""
        field = self.opts.get_field(name.strip(ADD + REMOVE))
        asked = self.formfield_for_dbfield(field, request)
        if isinstance(field, models.BooleanField):
            answers = [("", "---------"), ("True", _("Ya")), ("False", _("Tidak"))]
            asked = forms.TypedChoiceField(
                choices=answers, coerce=lambda text: text == "True", empty_value=None, required=not field.null
            )
        if isinstance(asked.widget, RelatedFieldWidgetWrapper):
            asked.widget = asked.widget.widget
        asked.required = asked.required or field.many_to_many
        asked.label = capfirst(self._offered()[name])
        examples.add(asked, field)
        form = forms.Form(data)
        form.fields["nilai"] = asked
        return form

    def _rows(self: Any, request: HttpRequest, records: QuerySet, name: str, value: Any) -> list[Row]:
        """Each record as it would be: the new value stands in it, unsaved. Relations with many are left alone."""
        field = self.opts.get_field(name.strip(ADD + REMOVE))
        if field.many_to_many:
            found = [_of_relation(record, field, name, list(value)) for record in records.prefetch_related(field.name)]
        else:
            joined = records.select_related(field.name) if field.is_relation else records.all()
            found = [_of_field(record, field, value) for record in joined]
        outside = self._outside(request, field, name, value)
        for row in found:
            if not self.has_change_permission(request, row.record):
                row.refused = _("Sudah terbit atau diarsipkan; hanya penerbit yang dapat mengubahnya.")
            elif outside and row.changes:
                row.refused = outside
        return found

    def _outside(self: Any, request: HttpRequest, field: models.Field, name: str, value: Any) -> str:
        """Why an officer of some kecamatan may not set this."""
        if not field.is_relation or name.endswith(REMOVE) or not scope.areas_of(request):
            return ""
        if value is None:
            return _("Hanya petugas seluruh kota yang mengosongkan ini untuk banyak data.")
        return scope.refusal(request, list(value) if field.many_to_many else [value])

    def _change(self: Any, request: HttpRequest, keys: list[int], name: str, value: Any) -> HttpResponse | None:
        """Everything is looked at again under lock: sent twice, it finds nothing left to change."""
        field = self.opts.get_field(name.strip(ADD + REMOVE))
        chosen = self.model._default_manager.filter(pk__in=keys)
        if not any(row.changes for row in self._rows(request, chosen, name, value)):
            self.message_user(request, _("Tidak ada yang berubah."), messages.WARNING)
            return None
        with _recording[0](by=request.user, why=request.POST.get("alasan", "")) as change_set:
            list(chosen.order_by("pk").select_for_update().values_list("pk", flat=True))
            rows = self._rows(request, chosen, name, value)
            stale = together.changed_since_shown(request, [row.record for row in rows], frozenset([field.name]))
            for row in rows:
                if row.changes:
                    row.refused = stale.get(row.record.pk, "")
                if not row.changes:
                    continue
                if field.many_to_many:
                    related = getattr(row.record, field.name)
                    (related.add if name.endswith(ADD) else related.remove)(*value)
                else:
                    row.record.save()
                self.after_save(request, row.record, frozenset([field.name]))
        context = {**_counted(rows), "change_set": change_set, "sees": request.user.has_perm("sentra.view_changeset")}
        self.message_user(request, render_to_string("admin/_bulk_done.html", context), messages.SUCCESS)
        return None

    def _page(self: Any, request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
        form = told.get("form")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Ubah banyak data"),
            "opts": self.opts,
            "media": self.media + form.media if form else self.media,
            "checkbox_name": ACTION_CHECKBOX_NAME,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "back": request.get_full_path(),
            "why": request.POST.get("alasan", ""),
            **told,
        }
        return TemplateResponse(request, "admin/bulk_edit.html", context)


def _counted(rows: list[Row]) -> dict[str, int]:
    return {
        "changing": sum(row.changes for row in rows),
        "refusing": sum(bool(row.refused) for row in rows),
        "staying": sum(not row.changes and not row.refused for row in rows),
    }


def _of_field(record: Any, field: models.Field, value: Any) -> Row:
    before = in_words(field, record)
    setattr(record, field.name, value)
    row = Row(record, before, in_words(field, record))
    try:
        record.clean_fields(exclude={each.name for each in record._meta.fields} - {field.name})
        record.validate_constraints()
    except ValidationError as error:
        row.refused = " ".join(error.messages) if row.changes else ""
    return row


def _of_relation(record: Any, field: models.ManyToManyField, name: str, value: list[Any]) -> Row:
    before = list(getattr(record, field.name).all())
    after = [*before, *(each for each in value if each not in before)]
    if name.endswith(REMOVE):
        after = [each for each in before if each not in value]
    row = Row(record, *(", ".join(map(str, each)) for each in (before, after)))
    if before and not after and (not field.blank or getattr(record, "is_published", False)):
        row.refused = _("Ini satu-satunya; tambahkan yang lain dulu.")
    return row
