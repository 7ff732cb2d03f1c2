"""The trail in words for officers: names of fields, choices by their labels, relations by name, dates as the site writes them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from semarang_ikm.shared.photos import copy_name
from semarang_ikm.shared.tracing import label_of, name_of
from sentra.choices import ChangeAction
from sentra.history.effects import Effect
from sentra.history.values import read_back
from sentra.models import Change

# Says whether the values of this field of this model are kept from the reader.
Hides = Callable[[type[models.Model], str], bool]
PREVIEW_WIDTH = 160


@dataclass(frozen=True)
class Shown:
    """A value as it is read; `picture` is the address of a small image, where the file is public now."""

    text: str
    picture: str = ""
    empty: bool = False


@dataclass(frozen=True)
class FieldChange:
    name: str
    label: str
    before: Shown
    after: Shown
    # Whether the former value can be asked back.
    returns: bool


@dataclass
class RowChange:
    """What happened to one row. `kind` says what it is, `title` which one."""

    effect: Effect
    kind: str
    title: str
    action: str
    action_label: str
    fields: list[FieldChange] = field(default_factory=list)
    # The page of the record, where the reader may open it; "" elsewhere.
    url: str = ""
    # What had to be left out when the row was put back.
    notes: list[str] = field(default_factory=list)


def in_words(effects: Sequence[Effect], hides: Hides) -> list[RowChange]:
    """One query for the rows of each model and one for each model that they point to, however many there are."""
    rows = _titles({(effect.model, effect.object_id) for effect in effects})
    names = _titles(_pointed_to(effects))
    return [_row(effect, rows, names, hides) for effect in effects]


def values_in_words(effect: Effect, pairs: dict[str, tuple[Any, Any]], hides: Hides) -> list[FieldChange]:
    """The same for values that are not of the trail: what stands now, what will stand."""
    shadow = Effect(
        effect.model,
        effect.declared,
        effect.object_id,
        effect.owner,
        effect.root,
        effect.first,
        effect.last,
        dict(pairs),
    )
    return _fields(shadow, _titles(_pointed_to([shadow])), hides, only_typed=False)


Titles = dict[tuple[type[models.Model], Any], str]


def _titles(wanted: Iterable[tuple[type[models.Model], Any]]) -> Titles:
    keys: dict[type[models.Model], set] = defaultdict(set)
    for model, key in wanted:
        keys[model].add(key)
    found: Titles = {}
    for model, these in keys.items():
        joins = [each.name for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]
        for row in model._base_manager.filter(pk__in=these).select_related(*joins):
            found[model, row.pk] = str(row)
    gone = [(model, key) for model, these in keys.items() for key in these if (model, key) not in found]
    labels = {label_of(model): model for model, _key in gone}
    deleted = Change.objects.filter(
        action=ChangeAction.DELETE, model__in=labels, object_id__in=[key for _model, key in gone]
    )
    for label, key, title in deleted.order_by("pk").values_list("model", "object_id", "title") if gone else ():
        if (labels[label], key) not in found and title:
            found[labels[label], key] = title
    return found


def _pointed_to(effects: Iterable[Effect]) -> set[tuple[type[models.Model], Any]]:
    found: set[tuple[type[models.Model], Any]] = set()
    for effect in effects:
        for name, pair in effect.fields.items():
            target: Any = _field(effect, name).related_model
            if target is None or pair is None:
                continue
            for value in pair:
                found |= {(target, key) for key in (value if isinstance(value, list) else [value]) if key is not None}
    return found


def _field(effect: Effect, name: str) -> models.Field:
    return effect.declared.many.get(name) or effect.declared.fields[name]


def _row(effect: Effect, rows: Titles, names: Titles, hides: Hides) -> RowChange:
    action = effect.last.action if effect.deleted else effect.first.action
    return RowChange(
        effect=effect,
        kind=capfirst(name_of(effect.model)),
        title=rows.get((effect.model, effect.object_id)) or effect.title,
        action=action,
        action_label=str(ChangeAction(action).label),
        fields=_fields(effect, names, hides, only_typed=True),
    )


def _fields(effect: Effect, names: Titles, hides: Hides, *, only_typed: bool) -> list[FieldChange]:
    found = []
    fixed = effect.fixed
    for name, pair in effect.fields.items():
        described = _field(effect, name)
        if not described.editable and not (name in fixed and name != "published_at"):
            continue
        empty = pair is not None and all(value in (None, "", [], False) for value in pair)
        if only_typed and (name in effect.declared.of or empty):
            continue
        hidden = hides(effect.model, name)
        found.append(
            FieldChange(
                name=name,
                label=capfirst(str(described.verbose_name)),
                before=_told(described, pair, 0, names, hidden),
                after=_told(described, pair, 1, names, hidden),
                returns=pair is not None and name not in fixed and not effect.created and not effect.deleted,
            )
        )
    return found


def _told(described: models.Field, pair: Any, side: int, names: Titles, hidden: bool) -> Shown:
    if pair is None:
        return Shown(_("nilainya sudah dihapus dari riwayat"))
    if pair[side] in (None, "", []):
        return Shown(_("kosong"), empty=True)
    if hidden:
        return Shown(_("data pribadi, tidak ditampilkan"))
    return _shown(described, pair[side], names)


def _shown(described: models.Field, value: Any, names: Titles) -> Shown:
    target: Any = described.related_model
    if target is not None:
        keys = value if isinstance(value, list) else [value]
        return Shown(", ".join(names.get((target, key)) or _("yang sudah dihapus") for key in keys))
    if described.choices:
        return Shown(str(dict(described.flatchoices).get(value, value)))
    if isinstance(described, models.BooleanField):
        return Shown(_("ya") if value else _("tidak"))
    if isinstance(described, models.FileField):
        return _file(described, value)
    read = read_back(described, value)
    if isinstance(read, datetime):
        return Shown(date_format(localtime(read), "j F Y, H.i"))
    if isinstance(described, models.DateField):
        return Shown(date_format(read, "j F Y"))
    if isinstance(described, models.TimeField):
        return Shown(date_format(read, "H.i"))
    if isinstance(described, models.DecimalField):
        return Shown(number_format(read.normalize() if described.decimal_places != 6 else read))
    if isinstance(described, models.IntegerField):
        # A year is no amount.
        return Shown(str(read) if read < 10_000 else number_format(read, force_grouping=True))
    return Shown(str(read))


def _file(described: models.FileField, name: str) -> Shown:
    if isinstance(described, models.ImageField):
        small = copy_name(name, PREVIEW_WIDTH)
        for each in (small, name):
            if described.storage.exists(each):
                return Shown(_("foto"), picture=described.storage.url(each))
        return Shown(_("foto yang tidak dipakai lagi"))
    return Shown(_("berkas") if described.storage.exists(name) else _("berkas yang sudah tidak ada"))
