"""One row: made again as it was, or given former values. Each function writes, or raises and has written nothing."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from semarang_ikm.shared import publishing
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.files import remove_after_commit, stored_files
from semarang_ikm.shared.models import Publishable, Timestamped
from semarang_ikm.shared.tracing import unrecorded
from sentra.choices import ChangeAction
from sentra.history.effects import Effect
from sentra.history.files import bring_back, is_within_reach
from sentra.history.report import Done, Left, UndoReport
from sentra.history.values import read_back, related_keys, row_of
from sentra.history.writing import tell
from sentra.models import Addressable
from sentra.models.addressable import free_slug
from sentra.tombstones import take_tombstone

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Whether a row of this model is stored under this key.
IsThere = Callable[[type[models.Model], Any], bool]


class CannotReturn(Exception):
    """Why a row stays as it is, in words for officers."""


# -- a deleted row ----------------------------------------------------------------------------------------------------


def make_again(effect: Effect) -> Done | None:
    """Store the row under its old key, code and address; a record with a status comes back as a draft."""
    manager = effect.model._base_manager
    if manager.filter(pk=effect.object_id).exists():
        return None
    if effect.declared.leave or effect.declared.is_told_only:
        raise CannotReturn(_("Data semacam ini tidak disimpan di riwayat, jadi tidak dapat dikembalikan."))
    if effect.fields and all(pair is None for pair in effect.fields.values()):
        raise CannotReturn(_("Isinya sudah dihapus untuk selamanya."))
    notes: list[str] = []
    values = {
        field.attname: read_back(field, _reachable(effect, field, pair[0], notes))
        for name, field in effect.declared.fields.items()
        if (pair := effect.fields.get(name)) is not None
    }
    row = effect.model(pk=effect.object_id, **values)
    if isinstance(row, Timestamped):
        row.updated_at = timezone.now()
    if isinstance(row, Publishable):
        row.status = PublicationStatus.DRAFT
    if isinstance(row, Addressable):
        _give_address(row, notes)
    _validate(row, {name for name, field in effect.declared.fields.items() if field.editable})
    # Raw: dates of making stay as they were, and the trail is told below with the key that is old.
    row.save_base(raw=True, force_insert=True)
    fields: dict[str, list] = {
        name: [None, value] for name, value in row_of(effect.declared, row, None).items() if value not in (None, "")
    }
    for name, many in effect.declared.many.items():
        pair = effect.fields.get(name)
        if keys := _existing(many, (pair[0] if pair else None) or []):
            _link(row, many, keys)
            fields[name] = [None, keys]
    tell(effect.declared, {row.pk: (ChangeAction.CREATE, fields)}, known={row.pk: row})
    for field in effect.declared.fields.values():
        _bring_file(field, getattr(row, field.attname))
    return Done(effect, str(row), notes=notes)


def is_stored(model: type[models.Model], key: Any) -> bool:
    return model._base_manager.filter(pk=key).exists()


def _reachable(effect: Effect, field: models.Field, value: Any, notes: list[str], is_there: IsThere = is_stored) -> Any:
    """The value, where what it points to still is there; else nothing, or the row cannot come back."""
    if value in (None, ""):
        return value
    if isinstance(field, models.ForeignKey):
        target: Any = field.related_model
        if not is_there(target, value):
            if not field.null or field.attname in effect.declared.owners:
                raise CannotReturn(
                    _("%(field)s: yang dulu sudah tidak ada.") % {"field": str(field.verbose_name).capitalize()}
                )
            notes.append(_("%(field)s dikosongkan: yang dulu sudah tidak ada.") % {"field": field.verbose_name})
            return None
    if isinstance(field, models.FileField) and not is_within_reach(field.storage, value):
        if not field.blank:
            raise CannotReturn(_("Berkasnya sudah tidak ada."))
        notes.append(_("%(field)s dikosongkan: berkasnya sudah tidak ada.") % {"field": field.verbose_name})
        return ""
    return value


def _give_address(row: Addressable, notes: list[str]) -> None:
    take_tombstone(row)
    if type(row)._default_manager.filter(slug=row.slug).exists():
        row.slug = free_slug(row)
        notes.append(_("Alamat lamanya sudah dipakai data lain; alamatnya kini: %(slug)s.") % {"slug": row.slug})


# -- a row that was changed -------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Plan:
    """What a row is to get back, judged and set in memory, and what of it stays."""

    effect: Effect
    row: models.Model
    now: dict[str, Any]
    done: Done
    left: list[Left] = dataclasses.field(default_factory=list)
    plain: list[str] = dataclasses.field(default_factory=list)
    many: dict[str, tuple[Any, Any]] = dataclasses.field(default_factory=dict)
    status: tuple[Any, Any] | None = None


def plan(effect: Effect, row: models.Model, is_there: IsThere = is_stored) -> Plan:
    """Give the row in memory its former values, where they are still those that the changes left."""
    now = row_of(effect.declared, row, None)
    made = Plan(effect, row, now, Done(effect, str(row)))
    for name, pair in effect.fields.items():
        left = _stays(effect, name, pair, now)
        if left:
            made.left.append(Left(effect, str(row), left, name))
        elif pair is not None and name == "status" and isinstance(row, Publishable):
            made.status = pair
        elif pair is not None and name in effect.declared.many:
            if name not in effect.fixed:
                made.many[name] = pair
        elif pair is not None and name not in effect.fixed and now[name] != pair[0]:
            column = effect.declared.fields[name]
            # Past the descriptor of pictures, which would open the file: that one comes back after the commit.
            row._state.fields_cache.pop(name, None)
            row.__dict__[column.attname] = read_back(
                column, _reachable(effect, column, pair[0], made.done.notes, is_there)
            )
            made.done.fields[name] = (now[name], pair[0])
            made.plain.append(name)
    return made


def give_back(effect: Effect, report: UndoReport, by: "User | None") -> Done | None:
    """Give the row its former values. Of many rows giving.give_back_together does it for those that are like each other."""
    row = effect.model._base_manager.select_for_update().filter(pk=effect.object_id).first()
    if row is None:
        raise CannotReturn(_("Datanya sudah dihapus."))
    made = plan(effect, row)
    done, status = made.done, made.status
    report.left += made.left
    if made.plain:
        _save(effect, row, made.plain, made.now)
    for name, pair in made.many.items():
        _relink(effect, row, name, pair, done)
    if status is not None and isinstance(row, Publishable) and row.status == status[1]:
        publishing.move(record=row, to=status[0], by=by)
        done.fields["status"] = (status[1], status[0])
    return done if done.fields else None


def _stays(effect: Effect, name: str, pair: tuple[Any, Any] | None, now: dict[str, Any]) -> str:
    """Why this field is not put back; "" when it is."""
    if pair is None:
        return _("Nilainya sudah dihapus dari riwayat.")
    is_status = name in ("status", "published_at") and issubclass(effect.model, Publishable)
    if name in effect.fixed and not is_status:
        return "" if now.get(name) == pair[0] else _("Diubah lewat tombolnya sendiri di halaman data ini.")
    if name in effect.declared.many or now[name] in (pair[0], pair[1]):
        return ""
    return "" if name == "published_at" else _("Sudah diubah lagi sesudah itu.")


def _save(effect: Effect, row: models.Model, names: list[str], before: dict[str, Any]) -> None:
    fields = effect.declared.fields
    _validate(row, set(names))
    row.save()
    for name in names:
        field = fields[name]
        _bring_file(field, getattr(row, field.attname))
        if isinstance(field, models.FileField) and before[name]:
            remove_after_commit(stored_files(field, before[name]))


def _relink(effect: Effect, row: models.Model, name: str, pair: tuple[Any, Any], done: Done) -> None:
    """What was added goes, what was taken comes back; what others added since stays."""
    field = effect.declared.many[name]
    before, after = set(pair[0] or []), set(pair[1] or [])
    now = related_keys(field, [row.pk])[row.pk]
    wanted = (set(now) - (after - before)) | set(_existing(field, before - after))
    if wanted != set(now):
        getattr(row, name).set(wanted)
        done.fields[name] = (now, sorted(wanted))


def _existing(field: models.ManyToManyField, keys: Any) -> list[Any]:
    target: Any = field.related_model
    return sorted(target._base_manager.filter(pk__in=list(keys)).values_list("pk", flat=True))


def _link(row: models.Model, field: models.ManyToManyField, keys: list[Any]) -> None:
    """Past the signals: the trail tells it with the row."""
    with unrecorded():
        getattr(row, field.name).set(keys)


def _bring_file(field: models.Field, value: Any) -> None:
    if isinstance(field, models.FileField) and value:
        bring_back(field.storage, value.name)


def _validate(row: models.Model, names: set[str]) -> None:
    """What these fields, the row and the database demand. A file was judged when it was uploaded."""
    others = {
        field.name for field in row._meta.fields if field.name not in names or isinstance(field, models.FileField)
    }
    try:
        row.full_clean(exclude=others, validate_constraints=False)
        row.validate_constraints()
    except ValidationError as error:
        raise ValidationError(error.messages) from error
