"""What an officer typed into a form, brought onto what others stored since it was opened.

Fields that the officer left alone take what stands now, also in rows of the record's parts. What both changed is
listed: a field of the record, a row, a list to which one added while the other worked in it.
"""

import copy
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from semarang_ikm.shared.admin.sending import send
from sentra.admin import unkept
from sentra.admin.trail import hides_from
from sentra.history.effects import Effect, Key
from sentra.history.values import kept, read_back
from sentra.history.wording import Shown, in_words, values_in_words

# More rows than any page sends.
MOST_ROWS = 1000


@dataclass(frozen=True)
class Clash:
    """What two officers changed, in words: what it is, what is stored, what was typed."""

    label: str
    stored: Shown
    typed: Shown


class Rebase:
    """One form that was sent. `run` changes the data of the request, and returns what has to be asked."""

    def __init__(
        self, page: ModelAdmin, request: HttpRequest, record: models.Model, effects: Sequence[Effect], by_others: bool
    ) -> None:
        self.page, self.request, self.record, self.by_others = page, request, record, by_others
        self.own = next((each for each in effects if each.model is page.model and each.object_id == record.pk), None)
        self.rows = [each for each in effects if each is not self.own]
        self.data, self.files = request.POST.copy(), request.FILES
        self.hides = hides_from(request)
        self.clashes: list[Clash] = []
        # What the clashes are about: fields of the record, and its rows.
        self.asked_fields: set[str] = set()
        self.asked_rows: set[Key] = set()
        # Names of fields that the other alone changed and the trail keeps nothing of.
        self.unkept: list[str] = []

    def run(self) -> "Rebase":
        self._record()
        for formset, inline in self.page.get_formsets_with_inlines(self.request, self.record):
            effects = {each.object_id: each for each in self.rows if each.model is inline.model}
            part = _Part.sent(self, formset, inline)
            if effects and part:
                part.meet(effects)
        self.request.POST = self.data
        return self

    def taken(self) -> list[str]:
        """What the other changed and this officer did not, by name."""
        found = list(self.unkept)
        for row in in_words([*([self.own] if self.own else []), *self.rows], self.hides):
            if row.effect is self.own:
                found += [each.label for each in row.fields if each.name not in self.asked_fields]
            elif row.effect.key not in self.asked_rows:
                found.append(f"{row.kind} {row.title} ({row.action_label.lower()})")
        return found

    def typed(self) -> list[tuple[str, str]]:
        """Everything that this officer typed, by label: of the record, and of each row that is new or was touched."""
        before, many = as_it_was(self.own, self.record) if self.own else (copy.copy(self.record), {})
        form = self._form_of(before)(self.data, self.files, instance=before, initial=many)
        found = [(label_of_field(form, name), in_plain_words(form, name)) for name in form.changed_data]
        for formset, inline in self.page.get_formsets_with_inlines(self.request, before):
            if part := _Part.sent(self, formset, inline):
                found += part.typed({each.object_id: each for each in self.rows if each.model is inline.model})
        return found

    # -- the record ---------------------------------------------------------------------------------------------------

    def _record(self) -> None:
        before, many = as_it_was(self.own, self.record) if self.own else (copy.copy(self.record), {})
        typed = self._form_of(before)(self.data, self.files, instance=before, initial=many)
        form = self._form_of(self.record)
        still_asked = form(instance=copy.copy(self.record)).fields
        differing = set(form(self.data, self.files, instance=copy.copy(self.record)).changed_data)
        touched = [name for name in typed.changed_data if name in differing or name not in still_asked]
        if self.by_others:
            for name in touched:
                if name in self.page.speak_for_all and not (self.own and name in self.own.fields):
                    self._ask(typed, name)
        if self.own:
            asked = [name for name in touched if name in self.own.fields or name not in still_asked]
            self.asked_fields = set(asked)
            self.clash_of_fields(self.own, self.record, typed, asked, closed=self.asked_fields - set(still_asked))
            self.take_over(form, self.record, set(typed.changed_data))
        lost = unkept.changed(self.record, unkept.names(self.page, self.data), self.data)
        both = unkept.take_over(self.record, lost, typed, self.data)
        self.unkept = [label_of_field(typed, name) for name in lost if name not in both]
        for name in both:
            stored = Shown(getattr(self.record, name) or _("kosong"))
            self.clashes.append(Clash(label_of_field(typed, name), stored, Shown(in_plain_words(typed, name))))

    def _form_of(self, record: models.Model) -> type[forms.ModelForm]:
        """By what the record holds, officers are asked for other fields."""
        fields = flatten_fieldsets(self.page.get_fieldsets(self.request, record))
        return self.page.get_form(self.request, record, change=True, fields=fields)

    def _ask(self, typed: forms.ModelForm, name: str) -> None:
        changed = Shown(_("isinya berubah sejak Anda membukanya"))
        self.clashes.append(Clash(label_of_field(typed, name), changed, Shown(in_plain_words(typed, name))))

    # -- fields of one row, or of the record --------------------------------------------------------------------------

    def take_over(
        self, form: type[forms.ModelForm], row: models.Model, touched: set[str], prefix: str | None = None
    ) -> None:
        """What was left alone becomes what is stored."""
        stored = form(instance=copy.copy(row), prefix=prefix)
        columns = {field.name for field in (*row._meta.concrete_fields, *row._meta.many_to_many)}
        for name in stored.fields:
            if name in columns and name not in touched:
                send(self.data, stored, name)

    def clash_of_fields(
        self,
        effect: Effect,
        row: models.Model,
        typed: forms.ModelForm,
        names: Sequence[str],
        of: str = "",
        closed: Collection[str] = (),
    ) -> None:
        """The stored values are told as far as this officer may read them, the typed ones are the officer's own.
        `closed`: what this officer may no longer change, as things stand now."""
        known = {name: field for name in names if (field := _described(effect, name)) is not None}
        pairs = {name: (_stored_value(row, field), None) for name, field in known.items()}
        stored = {each.name: each.before for each in values_in_words(effect, pairs, self.hides)}
        for name in names:
            mine = in_plain_words(typed, name)
            if name in closed:
                mine = _("%(typed)s (tidak dapat Anda ubah lagi)") % {"typed": mine}
            label = f"{of}{label_of_field(typed, name)}"
            self.clashes.append(Clash(label, stored.get(name, Shown("–")), Shown(mine)))


@dataclass
class _Part:
    """The rows of one inline, as they were sent: places are their numbers in the form."""

    of: Rebase
    form: type[forms.ModelForm]
    inline: InlineModelAdmin
    prefix: str
    # Of rows that were there when the form was opened, by place; then the places of new ones.
    keys: dict[int, int]
    new: list[int]

    @classmethod
    def sent(cls, of: Rebase, formset: type[forms.BaseModelFormSet], inline: InlineModelAdmin) -> "_Part | None":
        prefix = formset.get_default_prefix()
        total, initial = (of.data.get(f"{prefix}-{name}_FORMS", "") for name in ("TOTAL", "INITIAL"))
        if not (total.isdecimal() and initial.isdecimal() and int(initial) <= int(total) <= MOST_ROWS):
            return None
        key = inline.model._meta.pk.name
        texts = {place: of.data.get(f"{prefix}-{place}-{key}", "") for place in range(int(initial))}
        # Rows that this officer may not read are none of the form's, whatever was sent.
        sees = inline.has_view_or_change_permission(of.request, of.record)
        keys = {place: int(text) for place, text in texts.items() if sees and text.isdecimal() and len(text) < 19}
        return cls(of, formset.form, inline, prefix, keys, list(range(int(initial), int(total))))

    def meet(self, effects: dict[int, Effect]) -> None:
        stored = self._stored({*effects, *self.keys.values()})
        worked = self._adds()
        gone, returning = [], []
        for place, key in self.keys.items():
            effect, row = effects.get(key), stored.get(key)
            touched = self._touched(place, effect, row)
            worked = worked or touched or self._deletes(place)
            if effect is None:
                continue
            if row is None:
                gone.append(place)
                # One that is still there has only left what this officer sees.
                if effect.deleted and touched and not self._deletes(place):
                    returning.append(place)
                    self._clash(
                        effect, _("dihapus"), _("Anda ubah; bila disimpan lagi, ditambahkan sebagai baris baru")
                    )
            elif self._deletes(place):
                self._clash(effect, _("diubah"), _("Anda hapus"))
            else:
                self._both_changed(place, effect, row)
        added = [each for key, each in effects.items() if each.created and key in stored]
        if added and worked:
            self.of.asked_rows |= {each.key for each in added}
            label = capfirst(str(self.inline.verbose_name_plural))
            rows = ", ".join(row.title or row.kind for row in in_words(added, self.of.hides))
            both = Shown(_("Anda juga mengubah daftar ini; bila disimpan lagi, keduanya tersimpan"))
            self.of.clashes.append(Clash(label, Shown(_("ditambahkan: %(rows)s") % {"rows": rows}), both))
        if gone:
            self._renumber([place for place in self.keys if place not in gone], returning)

    def typed(self, effects: dict[int, Effect]) -> list[tuple[str, str]]:
        stored = self._stored({*effects, *self.keys.values()})
        forms = [self._blank(place) for place in self.new]
        forms += [
            self._typed(place, effects.get(key), stored.get(key))
            for place, key in self.keys.items()
            if self._touched(place, effects.get(key), stored.get(key))
        ]
        kind = capfirst(str(self.inline.verbose_name))
        return [
            (f"{kind}: {label_of_field(form, name)}", in_plain_words(form, name))
            for form in forms
            if form.has_changed()
            for name in form.changed_data
        ]

    def _stored(self, keys: Iterable[int]) -> dict[int, models.Model]:
        """Also rows that this officer may add and not read, where the other one added some."""
        inline, request = self.inline, self.of.request
        sees = inline.has_view_or_change_permission(request, self.of.record)
        rows = inline.get_queryset(request) if sees else inline.model._base_manager.all()
        return {row.pk: row for row in rows.filter(pk__in=list(keys))}

    def _name(self, place: int) -> str:
        return f"{self.prefix}-{place}"

    def _deletes(self, place: int) -> bool:
        return f"{self._name(place)}-DELETE" in self.of.data

    def _blank(self, place: int) -> forms.ModelForm:
        return self.form(self.of.data, self.of.files, instance=self.inline.model(), prefix=self._name(place))

    def _adds(self) -> bool:
        return any(self._blank(place).has_changed() for place in self.new)

    def _typed(self, place: int, effect: Effect | None, row: models.Model | None) -> forms.ModelForm:
        """The row's form as it was opened, with what was sent."""
        before, many = as_it_was(effect, row) if effect else (row, {})
        return self.form(self.of.data, self.of.files, instance=before, initial=many, prefix=self._name(place))

    def _touched(self, place: int, effect: Effect | None, row: models.Model | None) -> bool:
        return (effect is not None or row is not None) and self._typed(place, effect, row).has_changed()

    def _both_changed(self, place: int, effect: Effect, row: models.Model) -> None:
        """A row is one thing (a place with its point, a number with its source): touched by both, it is asked about."""
        typed, name = self._typed(place, effect, row), self._name(place)
        touched = typed.changed_data if typed.has_changed() else []
        differing = set(self.form(self.of.data, self.of.files, instance=copy.copy(row), prefix=name).changed_data)
        asked = [each for each in touched if each in differing]
        if asked:
            same = [each for each in asked if each in effect.fields]
            self.of.asked_rows.add(effect.key)
            told = in_words([effect], self.of.hides)[0]
            whose = f"{told.kind} {told.title}: "
            if same:
                self.of.clash_of_fields(effect, row, typed, same, of=whose)
            else:
                labels = ", ".join(each.label for each in told.fields)
                mine = ", ".join(label_of_field(typed, each) for each in asked)
                self.of.clashes.append(Clash(whose.rstrip(": "), Shown(labels), Shown(mine)))
        self.of.take_over(self.form, row, set(touched), prefix=name)

    def _clash(self, effect: Effect, stored: str, typed: str) -> None:
        self.of.asked_rows.add(effect.key)
        told = in_words([effect], self.of.hides)[0]
        self.of.clashes.append(Clash(f"{told.kind} {told.title}", Shown(stored), Shown(typed)))

    def _renumber(self, staying: list[int], returning: list[int]) -> None:
        """Rows that others deleted leave the form; one that this officer changed comes after the others, as new."""
        own = re.compile(rf"{re.escape(self.prefix)}-(\d+)-(.+)")
        order = [*staying, *returning, *self.new]
        for store in (self.of.data, self.of.files):
            found = {
                key: (int(match[1]), match[2], store.getlist(key)) for key in store if (match := own.fullmatch(key))
            }
            for key in found:
                del store[key]
            for place, name, values in found.values():
                is_of_the_old = place in returning and name in (self.inline.model._meta.pk.name, "DELETE")
                if place in order and not is_of_the_old:
                    store.setlist(f"{self.prefix}-{order.index(place)}-{name}", values)
        self.of.data[f"{self.prefix}-TOTAL_FORMS"] = str(len(order))
        self.of.data[f"{self.prefix}-INITIAL_FORMS"] = str(len(staying))


def as_it_was(effect: Effect, now: models.Model | None) -> tuple[models.Model, dict[str, list]]:
    """The row before the changes, in memory, and the keys of its relations with many. What is no longer known of it
    is as it is now."""
    was_there = now is not None and not effect.created
    row = copy.copy(now) if now is not None and was_there else effect.model(pk=effect.object_id)
    row._state.adding = False
    many: dict[str, list] = {}
    for name, pair in effect.fields.items():
        if pair is None:
            continue
        if name in effect.declared.many:
            many[name] = pair[0] or []
        elif name in effect.declared.fields and not effect.created:
            field = effect.declared.fields[name]
            row._state.fields_cache.pop(name, None)
            row.__dict__[field.attname] = read_back(field, pair[0])
    return row, many


def _described(effect: Effect, name: str) -> models.Field | None:
    return effect.declared.many.get(name) or effect.declared.fields.get(name)


def _stored_value(row: models.Model, field: models.Field) -> Any:
    if field.many_to_many:
        return sorted(each.pk for each in field.value_from_object(row))
    return kept(field, getattr(row, field.attname))


# -- words ------------------------------------------------------------------------------------------------------------


def label_of_field(form: forms.BaseForm, name: str) -> str:
    return capfirst(str(form[name].label))


def in_plain_words(form: forms.BaseForm, name: str) -> str:
    """What was typed, as an officer reads it; what the form refuses, as it came."""
    field, sent = form.fields[name], form[name].data
    if isinstance(field, forms.FileField):
        return str(sent.name) if sent else _("dihapus")
    try:
        value = field.clean(sent)
    except ValidationError:
        return ", ".join(map(str, sent)) if isinstance(sent, list) else str(sent or "")
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    labels: dict[Any, Any] = {}
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        labels = dict(flatten_choices(field.choices))
    if isinstance(value, models.QuerySet | list | tuple):
        return ", ".join(str(labels.get(each, each)) for each in value) or _("kosong")
    if value in (None, ""):
        return _("kosong")
    if isinstance(value, models.Model | int):
        return str(labels.get(value, value))
    return str(labels.get(value) or localize(value))
