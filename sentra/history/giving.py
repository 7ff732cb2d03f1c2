"""Giving many rows of one model their former values: judged as one row is, with few questions for all."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from semarang_ikm.shared import bulk, publishing
from semarang_ikm.shared.models import Publishable
from sentra.history.effects import Effect, Key
from sentra.history.report import UndoReport
from sentra.history.roots import roots_of
from sentra.history.rows import CannotReturn, Plan, plan
from sentra.history.values import related_keys, through
from sentra.models import Addressable
from sentra.models.addressable import Coded

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Their `save` does nothing that this module would pass by.
PLAIN_SAVES = (models.Model.save, Addressable.save, Coded.save)


class _Unpresentable(Exception):
    """A published record would lack what its page cannot do without."""


def give_back_together(report: UndoReport, effects: list[Effect], by: "User | None") -> list[Effect]:
    """Put back and report what may be written at once. Returns the rest, to be judged one by one: what is moved by an
    action or has a file, and whatever the rules, the database or a public page would refuse, so that it is told why."""
    simple = [effect for effect in effects if _is_simple(effect)]
    if len(simple) < 2:
        return effects
    plans = _plans(simple, by)
    alone = _written(plans)
    given = [made for made in plans if made.effect not in alone]
    for made in given:
        report.left += made.left
        if made.done.fields:
            report.done.append(made.done)
    settled = {made.effect for made in given}
    return [effect for effect in effects if effect not in settled]


def _is_simple(effect: Effect) -> bool:
    if effect.model.save not in PLAIN_SAVES or {"status", "published_at", "slug"} & effect.fields.keys():
        return False
    columns = effect.declared.fields
    return not any(isinstance(columns.get(name), models.FileField) for name in effect.fields) and all(
        through(effect.declared.many[name])._meta.auto_created for name in effect.fields if name in effect.declared.many
    )


# -- judging ----------------------------------------------------------------------------------------------------------


def _plans(effects: list[Effect], by: "User | None") -> list[Plan]:
    """Those of the rows that could be judged without a question of their own; nothing is written yet."""
    manager = effects[0].model._base_manager
    rows = manager.select_for_update().in_bulk([effect.object_id for effect in effects])
    stored = _stored(effects)
    roots = roots_of(effects)
    plans = []
    for effect in effects:
        row, root = rows.get(effect.object_id), roots.get(effect.root)
        if row is None or (isinstance(root, Publishable) and not publishing.may_work_on(by, root)):
            continue
        try:
            made = plan(effect, row, lambda model, key: (model, key) in stored)
            _validate(made)
        except (CannotReturn, ValidationError):
            continue
        plans.append(made)
    plans = _with_their_addresses(plans)
    _plan_links(plans)
    return plans


def _with_their_addresses(plans: list[Plan]) -> list[Plan]:
    """Without those that must get another address, because it would name a person now."""
    rows = [made.row for made in plans if isinstance(made.row, Addressable)]
    if not rows:
        return plans
    # Whose name that is may stand in a row that this one points to.
    links = [field.name for field in rows[0]._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    models.prefetch_related_objects(rows, *links)
    return [made for made in plans if not cast("Addressable", made.row).slug_names_a_person]


def _stored(effects: list[Effect]) -> set[tuple[type[models.Model], Any]]:
    """Which of the rows that these are to point to again are stored."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for effect in effects:
        for name, pair in effect.fields.items():
            column = effect.declared.fields.get(name)
            if isinstance(column, models.ForeignKey) and pair is not None and pair[0] is not None:
                wanted.setdefault(cast("type[models.Model]", column.related_model), set()).add(pair[0])
    return {
        (model, key)
        for model, keys in wanted.items()
        for key in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)
    }


def _validate(made: Plan) -> None:
    """What the fields and the row demand. Whether a link leads somewhere was asked for all; what must be alone of its kind,
    and every other rule of the table, the database refuses."""
    columns = made.effect.declared.fields
    links = {
        name for name in made.plain if isinstance(columns[name], models.ForeignKey) and _is_sound(made, columns[name])
    }
    others = {column.name for column in made.row._meta.fields if column.name not in made.plain} | links
    made.row.clean_fields(exclude=others)
    made.row.clean()


def _is_sound(made: Plan, column: models.Field) -> bool:
    return column.blank or getattr(made.row, column.attname) is not None


def _plan_links(plans: list[Plan]) -> None:
    """What was added goes, what was taken comes back; what others added since stays. In `many`: (now, wanted)."""
    for name in sorted({name for made in plans for name in made.many}):
        mine = [made for made in plans if name in made.many]
        field = mine[0].effect.declared.many[name]
        now = related_keys(field, [made.row.pk for made in mine])
        back = {key for made in mine for key in made.many[name][0] or []}
        target = cast("type[models.Model]", field.related_model)
        there = set(target._base_manager.filter(pk__in=back).values_list("pk", flat=True))
        for made in mine:
            before, after = (set(side or []) for side in made.many[name])
            has = now[made.row.pk]
            wanted = (set(has) - (after - before)) | ((before - after) & there)
            made.many[name] = (set(has), wanted)
            if wanted != set(has):
                made.done.fields[name] = (has, sorted(wanted))


# -- writing ----------------------------------------------------------------------------------------------------------


def _written(plans: list[Plan]) -> set[Effect]:
    """Write what can be; returns those among which something was refused, found by halving."""
    if not plans:
        return set()
    try:
        with transaction.atomic():
            _write(plans)
            _refuse_unpresentable(plans)
    except (IntegrityError, _Unpresentable):
        if len(plans) == 1:
            return {plans[0].effect}
        middle = len(plans) // 2
        return _written(plans[:middle]) | _written(plans[middle:])
    return set()


def _write(plans: list[Plan]) -> None:
    changed = [made for made in plans if made.plain]
    renewed = [column for column in plans[0].row._meta.concrete_fields if getattr(column, "auto_now", False)]
    for made in changed:
        for column in renewed:
            column.pre_save(made.row, add=False)
    names = {name for made in changed for name in made.plain}
    bulk.change((made.row for made in changed), [*names, *(column.name for column in renewed)])
    for name in sorted({name for made in plans for name in made.many}):
        _write_links(plans[0].effect.declared.many[name], [made for made in plans if name in made.many])


def _write_links(field: models.ManyToManyField, plans: Iterable[Plan]) -> None:
    source, target = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    table = through(field)
    added, taken = [], models.Q(pk__in=[])
    for made in plans:
        now, wanted = made.many[field.name]
        added += [table(**{source: made.row.pk, target: key}) for key in sorted(wanted - now)]
        if now - wanted:
            taken |= models.Q(**{source: made.row.pk, f"{target}__in": now - wanted})
    bulk.relink(list(table._base_manager.filter(taken)), added)


def _refuse_unpresentable(plans: list[Plan]) -> None:
    for root in _published(roots_of([made.effect for made in plans if made.done.fields])):
        if publishing.obstacles(root):
            raise _Unpresentable


def _published(roots: dict[Key, models.Model]) -> Iterator[Publishable]:
    return (root for root in roots.values() if isinstance(root, Publishable) and root.is_published)
