"""Parts of a form that are seldom needed are folded together, and work without JavaScript.

What is wrong, or was typed and not stored yet, never stays hidden in one; of what is stored, the heading tells how much.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.admin.helpers import InlineAdminForm, InlineAdminFormSet
from django.contrib.admin.utils import flatten
from django.db.models import FileField
from django.forms import ModelForm
from django.utils.translation import ngettext

FOLDED = "collapse"
Fieldsets = Sequence[tuple[Any, dict[str, Any]]]


def in_two(fieldsets: Fieldsets, label: Any, seldom: Sequence[str]) -> Fieldsets:
    """The lines of the first fieldset that hold only these fields go into a folded one of their own, at the end."""
    (name, options), *rest = fieldsets
    lines = [(line, set(flatten([line]))) for line in options["fields"]]
    often = [line for line, names in lines if not names <= set(seldom)]
    apart = [line for line, names in lines if names <= set(seldom)]
    folded = (label, {"classes": (FOLDED,), "fields": apart})
    return [(name, {**options, "fields": often}), *rest, *([folded] if apart else [])]


def unfolded(form: ModelForm, fieldsets: Fieldsets) -> Fieldsets:
    """As this form is shown. Django itself would leave a part shut whose wrong field shares its line with another."""
    found = []
    for name, options in fieldsets:
        classes = tuple(options.get("classes", ()))
        if FOLDED in classes:
            names = set(flatten(options["fields"]))
            typed = set(form.changed_data) if form.is_bound else set()
            if names & (form.errors.keys() | typed):
                classes = tuple(each for each in classes if each != FOLDED)
            elif count := sum(_is_filled(form, each) for each in names):
                told = ngettext("%(count)d terisi", "%(count)d terisi", count) % {"count": count}
                name = f"{name} ({told})"
        found.append((name, {**options, "classes": classes}))
    return found


def _is_filled(form: ModelForm, name: str) -> bool:
    """Whether the stored row holds something here that is not there from the beginning."""
    if name not in form.fields or form.instance._state.adding:
        return False
    value = form.initial.get(name)
    column = next((field for field in form.instance._meta.fields if field.name == name), None)
    if isinstance(column, FileField):
        return bool(value)
    if value is None or value is False or value in ("", []):
        return False
    return column is None or value != column.get_default()


class FoldedRows(InlineAdminFormSet):
    """The rows of a record, each with the parts open that it needs open."""

    @classmethod
    def of(cls, rows: InlineAdminFormSet) -> "FoldedRows":
        return cls(
            rows.opts,
            rows.formset,
            rows.fieldsets,
            rows.prepopulated_fields,
            rows.readonly_fields,
            rows.model_admin,
            rows.has_add_permission,
            rows.has_change_permission,
            rows.has_delete_permission,
            rows.has_view_permission,
        )

    def __iter__(self) -> Iterator[InlineAdminForm]:
        for row in super().__iter__():
            row.fieldsets = unfolded(row.form, row.fieldsets)
            yield row
