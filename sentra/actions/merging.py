"""Two records that are one become one: every relation moves, the code that goes leads to the one that stays.

The whole is one change set of the trail, so that it can be undone (sentra.history).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _

from semarang_ikm.shared import bulk
from semarang_ikm.shared.journal import note
from sentra.choices import ChangeKind
from sentra.history import recording
from sentra.indexing import refresh
from sentra.models import CodeRedirect, Ikm, NotDuplicate, PastSlug, Sentra
from sentra.models.addressable import Coded

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# What is no choice between two values: it belongs to the row itself, or is computed.
OWN = {
    "id",
    "code",
    "slug",
    "status",
    "published_at",
    "created_at",
    "updated_at",
    "search_text",
    "sort_name",
    "sort_name_en",
}
# Called with the record that goes and the one that stays: what names records by their code.
_followers: list[Callable[[Coded, Coded], None]] = []


class CannotMerge(ValidationError):
    """These two cannot become one; the message says why."""


def register(follow: Callable[[Coded, Coded], None]) -> None:
    _followers.append(follow)


@dataclass(frozen=True)
class Moving:
    """So many rows of one kind belong to the record that goes."""

    what: str
    count: int


def choices(record: Coded) -> list[models.Field]:
    """The columns of which one of two values is chosen."""
    return [field for field in record._meta.concrete_fields if field.name not in OWN]


def moving(gone: Coded) -> list[Moving]:
    """What would move, for the officer who decides; nothing that is empty."""
    counts = [
        Moving(str(relation.related_model._meta.verbose_name_plural), _rows(relation, gone).count())
        for relation in _relations(gone)
    ]
    return [each for each in counts if each.count]


def merge(*, kept: Coded, gone: Coded, take: Iterable[str], by: "AbstractBaseUser", why: str) -> None:
    """`gone` becomes part of `kept`. `take` names the columns whose value comes from `gone`.

    Raises CannotMerge for one and the same or for two kinds of records, ValidationError where the result breaks a rule.
    """
    if type(kept) is not type(gone) or kept.pk == gone.pk:
        raise CannotMerge(_("Pilih dua data yang berbeda dari jenis yang sama."))
    with recording(kind=ChangeKind.MERGE, by=by, why=why):
        _hold(kept, gone)
        taken = {field.attname: getattr(gone, field.attname) for field in choices(kept) if field.name in set(take)}
        title, code = str(gone), gone.code
        _prepare(gone)
        _absorb(gone, kept)
        _lead_on(gone, kept)
        _delete(gone)
        for name, value in taken.items():
            setattr(kept, name, value)
        if getattr(kept, "successor_id", None) == kept.pk:
            setattr(kept, "successor", None)  # noqa: B010 - only some kinds have one
        kept.full_clean()
        kept.save()
        # They keep whose they were, and go back to it when the merger is undone (sentra.tombstones).
        PastSlug.objects.filter(kind=kept.PAGE_KIND, deleted_id=gone.pk).update(target_id=kept.pk)
        refresh(kept)
        note(record=kept, by=by, message=_("Digabung dengan %(title)s (%(code)s)") % {"title": title, "code": code})


def _hold(*records: Coded) -> None:
    """Both rows until the commit, in one order for everybody; whoever comes second finds the other gone."""
    manager = type(records[0])._default_manager
    keys = [record.pk for record in records]
    stored = {row.pk: row for row in manager.select_for_update().filter(pk__in=keys).order_by("pk")}
    if set(stored) != set(keys):
        raise CannotMerge(_("Salah satu data ini sudah tidak ada. Mungkin sudah digabung."))
    for record in records:
        record.refresh_from_db()


def _prepare(gone: Coded) -> None:
    """What moving alone would break: two main places, and "is another business than" said of what is one now."""
    if isinstance(gone, Sentra):
        for place in gone.locations.filter(is_main=True):
            place.is_main = False
            place.save(update_fields=["is_main"])
    if isinstance(gone, Ikm):
        NotDuplicate.objects.filter(models.Q(first=gone) | models.Q(second=gone)).delete()


def _relations(record: models.Model) -> Iterator[Any]:
    """Every relation by which other rows point at this one."""
    every: list[Any] = record._meta.get_fields(include_hidden=True)
    for relation in every:
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        # Tables of links are moved by the sets that they hold.
        if not relation.related_model._meta.auto_created and relation.related_model is not NotDuplicate:
            yield relation


def _rows(relation: Any, record: models.Model) -> models.QuerySet:
    return relation.related_model._base_manager.filter(**{relation.field.name: record})


def _absorb(gone: models.Model, kept: models.Model) -> None:
    """Everything that points at `gone` points at `kept`; what `gone` points at in sets, `kept` points at too."""
    for relation in _relations(gone):
        for row in _rows(relation, gone):
            if relation.many_to_many:
                links = getattr(row, relation.field.name)
                links.add(kept)
                links.remove(gone)
            else:
                _point(row, relation.field, kept)
    for own in gone._meta.many_to_many:
        getattr(kept, own.name).add(*getattr(gone, own.name).all())
        getattr(gone, own.name).clear()


def _point(row: models.Model, column: models.Field, kept: models.Model) -> None:
    """Let a row belong to `kept`; where `kept` has its equal already, the two become one in the same way."""
    setattr(row, column.name, kept)
    if (twin := _twin(row, column)) is None:
        row.save()
        return
    for field in row._meta.concrete_fields:
        if not field.primary_key and getattr(twin, field.attname) in (None, "") and getattr(row, field.attname):
            setattr(twin, field.attname, getattr(row, field.attname))
    _absorb(row, twin)
    type(row)._base_manager.get(pk=row.pk).delete()
    twin.save()


def _twin(row: models.Model, column: models.Field) -> models.Model | None:
    """The row that a rule of uniqueness would find in the way."""
    everybody = type(row)._base_manager
    for rule in row._meta.constraints:
        if not isinstance(rule, models.UniqueConstraint) or column.name not in rule.fields:
            continue
        # A rule with a condition speaks of the rows that meet it; moving does not change whether one does.
        bound = everybody.filter(rule.condition) if rule.condition else everybody.all()
        columns = {field.name: field.attname for field in row._meta.concrete_fields}
        same = {name: getattr(row, columns[name]) for name in rule.fields}
        found = bound.filter(**same).exclude(pk=row.pk).first()
        if found is not None and bound.filter(pk=row.pk).exists():
            return found
    return None


def _lead_on(gone: Coded, kept: Coded) -> None:
    """Printed codes lead to the one that stays."""
    bulk.update(CodeRedirect.objects.filter(survivor_code=gone.code), survivor_code=kept.code)
    CodeRedirect.objects.update_or_create(code=gone.code, defaults={"survivor_code": kept.code})
    for follow in _followers:
        follow(gone, kept)


def _delete(gone: Coded) -> None:
    """The bare row; anything that still hangs on it would be lost, so that is a mistake of ours and stops everything."""
    collector = Collector(using="default", origin=gone)
    collector.collect([gone])
    left = [row for rows in collector.data.values() for row in rows if row != gone]
    left += [row for rows in collector.fast_deletes for row in rows if not type(row)._meta.auto_created]
    if left:
        raise AssertionError(f"merging leaves rows behind: {left[:3]}")
    key = gone.pk
    gone.delete()
    gone.pk = key
