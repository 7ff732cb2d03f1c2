"""Two editors of one record: a form carries the version that it was opened from, and what was saved since is not
written over unseen.

The app that keeps the trail registers how (sentra.admin.together).
"""

from collections.abc import Callable
from typing import Any, ClassVar, Protocol

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The name of the hidden field.
VERSION = "versi"
NOT_STORED = gettext_lazy("Belum disimpan. Baca dulu apa yang berubah sementara Anda menyunting.")
_ASKS = "_officer_is_asked"

GoOn = Callable[[dict[str, Any]], HttpResponse]


class Guard(Protocol):
    def change(self, page: ModelAdmin, request: HttpRequest, object_id: str, go_on: GoOn) -> HttpResponse:
        """The page of a record, shown or sent. `go_on` takes what its template is told beside its own."""

    def mark(self) -> int:
        """Where the trail ends now."""

    def touched_since(self, records: list[Model], mark: int, by: Any, names: frozenset[str]) -> dict[Any, str]:
        """Which of these records (of one model, by key) others than `by` touched since the mark, and who: these
        fields of theirs; no names: anything on their pages."""


_guard: list[Guard] = []


def register(guard: Guard) -> None:
    _guard[:] = [guard]


def guard() -> Guard:
    return _guard[0]


class ChangedTogether:
    """For a ModelAdmin."""

    # Fields that speak for all of the record (it may be shown, it was checked): set, they ask for a look at what
    # others saved meanwhile, wherever that was.
    speak_for_all: ClassVar[tuple[str, ...]] = ("status", "checked_on")
    # Whether what both typed goes together field by field; otherwise all that another stored is asked about.
    merges: ClassVar[bool] = True

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        def go_on(told: dict[str, Any]) -> HttpResponse:
            return super(ChangedTogether, self).changeform_view(
                request, object_id, form_url, {**(extra_context or {}), **told}
            )

        return go_on({}) if object_id is None else guard().change(self, request, unquote(object_id), go_on)


def ask(request: HttpRequest) -> None:
    """Nothing is stored by this request: its form comes back, and what it meets stands above it."""
    setattr(request, _ASKS, True)


def stay_unstored(form: BaseForm, request: HttpRequest) -> None:
    """For `clean` of the form of a record."""
    if getattr(request, _ASKS, False):
        form.add_error(None, ValidationError(NOT_STORED, code="asked"))


def shown_now() -> dict[str, Any]:
    """For the form of a page that is looked at before many rows are written; asked before they are read."""
    return {"name": VERSION, "value": guard().mark()}


def changed_since_shown(
    request: HttpRequest, records: list[Model], names: frozenset[str] = frozenset()
) -> dict[Any, str]:
    """Why these records (of one model, by key) are not written on the strength of the page that was looked at."""
    mark = typed_mark(request.POST.get(VERSION, ""))
    if mark is None or not records:
        return {}
    touched = guard().touched_since(records, mark, request.user, names)
    told = _("%(who)s mengubahnya sesudah Anda melihatnya. Periksa sekali lagi.")
    return {key: told % {"who": who} for key, who in touched.items()}


def typed_mark(text: str) -> int | None:
    """A version as a form carries it; None: none came, or what came cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
