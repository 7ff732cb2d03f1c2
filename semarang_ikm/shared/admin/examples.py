"""An example beside every field that is typed freely: what an officer could write there.

Each app says its own next to its admin pages. Examples are what is typed, so they stay in the language of their field and
are not translated; they are made up, and name no business and no person that exists.
"""

from datetime import date, time

from django.db import models
from django.forms import Field, ModelForm
from django.utils.formats import localize_input
from django.utils.functional import lazy
from django.utils.translation import gettext as _

# Fields that many models share, by name.
COMMON = {
    "latitude": "-6.982400",
    "longitude": "110.409200",
    "slug": "batik-tulis",
    "position": "10",
    "note": "menurut ketua kelompok",
    "note_en": "according to the head of the group",
    "alt_en": "Two hands drawing wax lines on cloth",
    "credit": "Humas Dinas",
    "usage_right": "izin lisan dari ketua kelompok, 3 November 2026",
    "lead_time_days": "7",
    "monthly_capacity_min": "200",
    "monthly_capacity_max": "300",
    "capacity_unit": "lembar",
    "capacity_unit_en": "sheets",
    "minimum_order_en": "10 packs",
    "legal_basis": "Peraturan Menteri Nomor 1 Tahun 2026",
}
_of_models: dict[tuple[type[models.Model], str], str] = {}


def of(model: type[models.Model], **examples: str) -> None:
    """What could stand in these fields of this model."""
    _of_models.update({(model, name): example for name, example in examples.items()})


def example_of(field: models.Field) -> str:
    """ "" where nothing is typed, or where the help text names one by itself."""
    if field.choices or field.is_relation:
        return ""
    if said := _of_models.get((field.model, field.name)) or COMMON.get(field.name, ""):
        return said
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return str(localize_input(date(2026, 11, 24)))
    return str(localize_input(time(9, 30), "%H:%M")) if isinstance(field, models.TimeField) else ""


def with_example(text: str, example: str) -> str:
    """The help text and the example behind it, unless it names that one already."""
    if not example or example in text:
        return text
    return " ".join(filter(None, [text, _("Misalnya:"), example]))


# Forms that a module declares are made before anybody's language is known.
_in_the_readers_language = lazy(lambda text, column: with_example(str(text), example_of(column)), str)


def add(field: Field, column: models.Field) -> None:
    """A date that the browser itself asks for, in its own form, needs none."""
    if getattr(field.widget, "input_type", "") != "date":
        field.help_text = _in_the_readers_language(field.help_text, column)


def add_all(form: ModelForm) -> None:
    columns = {column.name: column for column in form._meta.model._meta.fields}
    for name, field in form.fields.items():
        if name in columns:
            add(field, columns[name])
