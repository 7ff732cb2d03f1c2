"""A lent password opens one page: the one where it is replaced."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

OPEN = ("admin:password_change", "admin:logout", "set_language", "admin:login", "admin:jsi18n")


class OneTimePasswordMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and self._must_change(request):
            change = reverse("admin:password_change")
            if request.path_info not in {reverse(name) for name in OPEN}:
                return HttpResponseRedirect(change)
        return self.get_response(request)

    @staticmethod
    def _must_change(request: HttpRequest) -> bool:
        officer = getattr(request.user, "officer", None)
        return officer is not None and officer.one_time_until is not None
