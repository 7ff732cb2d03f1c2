"""What a reader may see of the trail, and the parts that its pages share."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from semarang_ikm.shared.admin import scope
from semarang_ikm.shared.admin.personal import sees_personal_data
from semarang_ikm.shared.publishing import may_publish
from semarang_ikm.shared.tracing import declaration_of, label_of, name_of, traced_models
from sentra.choices import ChangeKind
from sentra.history.effects import Effect
from sentra.history.report import UndoReport
from sentra.history.undoing import closed_to, was_public
from sentra.history.wording import Hides, RowChange, in_words, values_in_words
from sentra.models import Change, ChangeSet, UndoWork

# A report of more rows than this is not shown in full.
MOST_SHOWN = 200


def with_reasons(request: HttpRequest, sets: QuerySet) -> QuerySet:
    """Adds `why_told`: the reason, blank where the set touched records whose pages are closed to this officer."""
    closed = [label_of(model) for model, page in _pages() if not page.has_view_permission(request)]
    touched = Exists(Change.objects.filter(change_set=OuterRef("pk"), root_model__in=closed))
    hidden = Case(When(~Q(who=request.user.pk) & touched, then=Value("")), default=F("why"))
    return sets.annotate(why_told=hidden)


def within_reach(request: HttpRequest, sets: QuerySet) -> QuerySet:
    """For an officer of some kecamatan: the own sets, and those that touched a record there or of the whole city."""
    areas = scope.areas_of(request)
    if not areas:
        return sets
    touched = Change.objects.filter(change_set=OuterRef("pk"))
    reached, everywhere = Q(who=request.user.pk), []
    for model, page in _pages():
        condition = page.within(areas) if isinstance(page, scope.Scoped) else None
        if condition is None:
            everywhere.append(label_of(model))
        else:
            there = model._base_manager.filter(condition).values("pk")
            reached |= Exists(touched.filter(root_model=label_of(model), root_id__in=there))
    return sets.filter(reached | Exists(touched.filter(root_model__in=everywhere)))


def _pages() -> list[tuple[type[models.Model], admin.ModelAdmin]]:
    """The models that leave a trail and have a page of their own, with it."""
    return [(model, page) for model in traced_models() if (page := admin.site._registry.get(model)) is not None]


def hides_from(request: HttpRequest) -> Hides:
    """Which values this officer may not read: personal ones, and all of models whose pages are closed to them."""
    sees = sees_personal_data(request)
    closed: dict[type[models.Model], bool] = {}

    def hides(model: type[models.Model], name: str) -> bool:
        declared = declaration_of(model)
        if declared is not None and name in declared.personal and not sees:
            return True
        if model not in closed:
            page = admin.site._registry.get(model)
            closed[model] = page is not None and not page.has_view_permission(request)
        return closed[model]

    return hides


def readable(request: HttpRequest, effects: list[Effect]) -> list[Effect]:
    """Those whose record this officer may open: by right, and by kecamatan while the record is there."""
    by_model: dict[type[models.Model], dict[Any, list[Effect]]] = {}
    for effect in effects:
        model, key = root_of(effect)
        by_model.setdefault(model, {}).setdefault(key, []).append(effect)
    found: list[Effect] = []
    for model, rows in by_model.items():
        page = admin.site._registry.get(model)
        if page is None or not page.has_view_permission(request):
            continue
        here = list(model._base_manager.filter(pk__in=list(rows)))
        strangers = {record.pk for record in scope.outside(request, here)}
        there = {record.pk for record in here}
        found += [
            effect
            for key, mine in rows.items()
            for effect in mine
            if key not in strangers and (key in there or sees_deleted(request, effect.last.change_set.who_id))
        ]
    return sorted(found, key=lambda effect: effect.first.pk)


def sees_deleted(request: HttpRequest, who: int | None) -> bool:
    """Where a deleted record lay, nobody asks any more: an officer of some kecamatan sees what went by the own hand."""
    return not scope.areas_of(request) or who == request.user.pk


def root_of(effect: Effect) -> tuple[type[models.Model], Any]:
    label, key = effect.root
    return apps.get_model(label), key


def may_put_back(request: HttpRequest, effects: list[Effect]) -> bool:
    """Whether this officer may do by hand what putting these back does."""
    wanted = {
        (effect.model, "add" if effect.deleted else "delete" if effect.created else "change") for effect in effects
    }
    was_shown = [effect.model for effect in effects if effect.deleted and was_public(effect)]
    return all(
        request.user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}") for model, action in wanted
    ) and all(may_publish(request.user, model) for model in was_shown)


def may_undo(request: HttpRequest, change_set: ChangeSet, effects: list[Effect]) -> bool:
    """Whether this officer reads all that a set did, and may do by hand what undoing it does.

    A merger is undone by whoever may merge: rows closed to them moved with it, and go back. It is undone wholly or not
    at all, since half of it would leave two records with the rows of one.
    """
    asked = effects
    if change_set.kind == ChangeKind.MERGE:
        if closed_to(effects, request.user):
            return False
        merged = {effect.model for effect in effects if effect.deleted and effect.key == effect.root}
        asked = [effect for effect in effects if effect.model in merged]
    elif any(kept_from(request, effect) & effect.fields.keys() for effect in effects):
        return False
    return bool(asked) and len(readable(request, asked)) == len(asked) and may_put_back(request, asked)


def kept_from(request: HttpRequest, effect: Effect) -> frozenset[str]:
    """Fields of a row that stays which this officer neither reads nor filled in."""
    if effect.created or effect.deleted or sees_personal_data(request):
        return frozenset()
    is_own = effect.first.change_set.who_id == effect.last.change_set.who_id == request.user.pk
    return frozenset() if is_own else effect.declared.personal


def with_addresses(rows: list[RowChange]) -> list[RowChange]:
    """The rows, each with the history of its record where there is a page of it."""
    there: dict[type[models.Model], set] = {}
    for row in rows:
        model, key = root_of(row.effect)
        if model not in there:
            keys = {root_of(each.effect)[1] for each in rows if root_of(each.effect)[0] is model}
            there[model] = set(model._base_manager.filter(pk__in=keys).values_list("pk", flat=True))
        if key in there[model] and admin.site.is_registered(model):
            row.url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[key])
    return rows


def told(request: HttpRequest, report: UndoReport) -> dict[str, Any]:
    """A report for the template: what is put back, what stays and why."""
    hides = hides_from(request)
    named = set(readable(request, [each.effect for each in (*report.done, *report.left)]))
    done = [each for each in report.done if each.effect in named][:MOST_SHOWN]
    left = [each for each in report.left if each.effect in named][:MOST_SHOWN]
    rows = in_words([each.effect for each in done], hides)
    for row, each in zip(rows, done, strict=True):
        row.title = row.title or each.title
        row.fields = values_in_words(each.effect, each.fields, hides)
        row.notes = each.notes
    return {
        "done": rows,
        "done_count": len(report.done),
        "left": [(each, field_label(each.effect, each.name)) for each in left],
        "left_count": len(report.left),
    }


def left_of(work: UndoWork) -> list[tuple[str, str, str]]:
    """What the worker left as it was: the row by name, the field, the reason."""
    keys: dict[type[models.Model], set] = {}
    for label, key, _name, _reason in work.left:
        keys.setdefault(apps.get_model(label), set()).add(key)
    names = {
        (model, row.pk): str(row) for model, mine in keys.items() for row in model._base_manager.filter(pk__in=mine)
    }
    found = []
    for label, key, name, reason in work.left:
        model = apps.get_model(label)
        title = names.get((model, key), f"{name_of(model)} {key}")
        found.append((title, str(model._meta.get_field(name).verbose_name) if name else "", reason))
    return found


def field_label(effect: Effect, name: str) -> str:
    return str(effect.model._meta.get_field(name).verbose_name) if name else ""


def say(message: Callable[..., Any], request: HttpRequest, report: UndoReport) -> None:
    """The outcome in messages: how many rows were put back, and the first of those that were not."""
    done = ngettext("%(count)d data dikembalikan.", "%(count)d data dikembalikan.", len(report.done))
    message(request, done % {"count": len(report.done)}, messages.SUCCESS if report.done else messages.WARNING)
    named = set(readable(request, [each.effect for each in report.left]))
    shown = [each for each in report.left if each.effect in named][:10]
    for each in shown:
        label = field_label(each.effect, each.name)
        message(request, f"{each.title}{f' ({label})' if label else ''}: {each.reason}", messages.WARNING)
    if others := len(report.left) - len(shown):
        rest = _("Dan %(count)d lainnya yang tetap seperti sekarang.")
        message(request, rest % {"count": others}, messages.WARNING)
