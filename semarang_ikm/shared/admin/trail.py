"""Where the pages of a record's history come from: the app that keeps the trail registers them (sentra.admin.history)."""

from typing import Any, Protocol

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern


class Pages(Protocol):
    def history(self, page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse: ...

    def urls(self, page: ModelAdmin) -> list[URLPattern]: ...


_pages: list[Pages] = []


def register(pages: Pages) -> None:
    _pages[:] = [pages]


class WithTrail:
    """For a ModelAdmin: its page "history" tells every change, field by field, and puts back."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> Any:
        return _pages[0].history(self, request, object_id)

    def get_urls(self) -> list[URLPattern]:
        return _pages[0].urls(self) + super().get_urls()
