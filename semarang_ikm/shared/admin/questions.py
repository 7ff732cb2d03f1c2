"""Questions that officials ask of a list, each one condition: the desk counts by it, and the list filters by it.

Apps register theirs next to their admin pages; the lists of RecordAdmin offer them under `?meja=KEY`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.templatetags.formats import CHECK_LASTS_DAYS
from semarang_ikm.shared.time import today

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PARAMETER = "meja"


@dataclass(frozen=True)
class Question:
    """`key` stands in the address. `page` and `parameter`: where it is asked instead, when a page of its own or a
    filter of the list's own answers it."""

    model: type[Model]
    key: str
    label: "StrOrPromise"
    condition: Callable[[], Q]
    page: str = ""
    parameter: str = PARAMETER

    def address(self, **further: Any) -> str:
        """Where its rows stand, narrowed further by these keys of that page."""
        meta = self.model._meta
        page = self.page or f"admin:{meta.app_label}_{meta.model_name}_changelist"
        return f"{reverse(page)}?{urlencode({self.parameter: self.key, **further})}"


def unchecked() -> Q:
    """Compared with reality more than a year ago, or never (semarang_ikm.shared.models.Checked)."""
    return Q(checked_on__isnull=True) | Q(checked_on__lt=today() - timedelta(days=CHECK_LASTS_DAYS))


_asked: dict[type[Model], dict[str, Question]] = {}


def ask(*questions: Question) -> None:
    for question in questions:
        _asked.setdefault(question.model, {})[question.key] = question


def questions_of(model: type[Model]) -> dict[str, Question]:
    return _asked.get(model, {})


def offered(model: type[Model]) -> list[Question]:
    """Those that the list itself answers under `?meja=KEY`."""
    return [question for question in questions_of(model).values() if question.parameter == PARAMETER]


class QuestionFilter(admin.SimpleListFilter):
    title = _("meja kerja")
    parameter_name = PARAMETER

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [(question.key, question.label) for question in offered(model_admin.model)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = [question for question in offered(queryset.model) if question.key == self.value()]
        return queryset.filter(chosen[0].condition()) if chosen else queryset
