"""What a deletion takes along, told without names that this officer may not read."""

from collections.abc import Collection
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_permission_codename
from django.db import router
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def taken_along(
    records: Collection[Model], request: HttpRequest, site: AdminSite, owned: Collection[type[Model]]
) -> tuple[list[Any], dict[Any, int], set[Any], list[str]]:
    """As Django's `get_deleted_objects`: nested names, counts, what the officer may not delete, what stands in the way.

    `owned` rows go with their owner and need no right of their own. That something hidden is there is told without
    saying what it is.
    """
    if not records:
        return [], {}, set(), []
    collector = NestedObjects(using=router.db_for_write(type(next(iter(records)))), origin=records)
    collector.collect(records)
    unnamed = _("Catatan lain yang tidak dapat Anda buka. Tanyakan kepada pengelola situs.")
    lacking = set()

    def is_hidden(model: type[Model]) -> bool:
        return (
            model not in owned
            and site.is_registered(model)
            and not site.get_model_admin(model).has_view_permission(request)
        )

    def name(row: Model) -> str:
        model, meta = type(row), row._meta
        if is_hidden(model):
            lacking.add(unnamed)
            return unnamed
        page = site.get_model_admin(model) if site.is_registered(model) else None
        if page is not None and model not in owned and not page.has_delete_permission(request, row):
            lacking.add(meta.verbose_name)
        if page is not None:
            readable = page.has_view_permission(request, row)
        else:
            readable = request.user.has_perm(f"{meta.app_label}.{get_permission_codename('view', meta)}")
        kind = capfirst(str(meta.verbose_name))
        return f"{kind}: {row}" if readable else kind

    nested = collector.nested(name)
    in_the_way = list(dict.fromkeys(name(row) for row in collector.protected))
    counts = {
        model._meta.verbose_name_plural: len(rows)
        for model, rows in collector.model_objs.items()
        if not is_hidden(model)
    }
    return nested, counts, lacking, in_the_way
