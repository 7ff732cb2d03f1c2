"""Saying nothing of rows that an officer may not see, also where Django would name them: before a deletion."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.db import models, router
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class DiscreetDeletion:
    """For a ModelAdmin: what holds or follows a record is listed only as far as the officer may see it."""

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list, dict, set, list]:
        """Django's own, less the lines of hidden rows. That something is in the way is still told, without its name."""
        listed, counts, lacking, holding = super().get_deleted_objects(objs, request)
        holders, followers = self._hidden_models(objs, request)
        hidden = holders | followers
        if not hidden:
            return listed, counts, lacking, holding
        counts = {name: n for name, n in counts.items() if name not in {m._meta.verbose_name_plural for m in hidden}}
        lacking = {name for name in lacking if name not in {model._meta.verbose_name for model in hidden}}
        holding = _without(holding, hidden)
        unnamed = _("Catatan lain yang tidak dapat Anda buka. Tanyakan kepada pengelola situs.")
        if holders:
            holding.append(unnamed)
        if followers:
            lacking.add(unnamed)
        return _without(listed, hidden), counts, lacking, holding

    def _hidden_models(
        self, objs: Any, request: HttpRequest
    ) -> tuple[set[type[models.Model]], set[type[models.Model]]]:
        """Of what the officer may not see: the models that forbid the deletion, and those that would be deleted along."""
        if not objs:
            return set(), set()
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        registry = self.admin_site._registry

        def hidden(rows: Iterable[models.Model]) -> set[type[models.Model]]:
            touched = {type(row) for row in rows}
            return {
                model for model in touched if model in registry and not registry[model].has_view_permission(request)
            }

        return hidden(collector.protected), hidden(chain(*collector.model_objs.values()))


def _without(lines: list, hidden: set[type[models.Model]]) -> list:
    """Each line begins with the name of its model; rows that follow a row are a list behind it."""
    openings = tuple(f"{capfirst(model._meta.verbose_name)}: " for model in hidden)
    kept: list[Any] = []
    skipped = False
    for line in lines:
        if isinstance(line, list):
            if not skipped and (inner := _without(line, hidden)):
                kept.append(inner)
        else:
            skipped = str(line).startswith(openings)
            if not skipped:
                kept.append(line)
    return kept
