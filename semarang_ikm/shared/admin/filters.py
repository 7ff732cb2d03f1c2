"""Filters of admin lists."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest


class RelatedFilter(admin.RelatedFieldListFilter):
    """Reads its choices once a request; Django's own reads them anew for every count that a list shows."""

    def field_choices(self, field: models.Field, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple]:
        kept: dict[Any, list[tuple]] = request.__dict__.setdefault("_filter_choices", {})
        if self.field_path not in kept:
            kept[self.field_path] = super().field_choices(field, request, model_admin)
        return kept[self.field_path]
