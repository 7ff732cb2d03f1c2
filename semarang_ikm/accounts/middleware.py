"""What stands between signing in and the desk: a session that is over, a lent password, a second step that is missing.

In this order, and in the admin only: nothing else on the site asks who somebody is.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from semarang_ikm.accounts.second_factor import is_required
from semarang_ikm.accounts.sessions import is_over

ALWAYS = ("admin:logout", "set_language", "admin:login", "admin:jsi18n")
PASSWORD = "admin:password_change"  # noqa: S105 - the name of a page
SET_UP = ("admin:second_factor", "admin:password_change", "admin:password_change_done")


class GateMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/"):
            if is_over(request):
                logout(request)
            elif request.user.is_authenticated and (held_to := self._held_to(request)):
                open_pages = {reverse(name) for name in (*ALWAYS, *held_to)}
                if request.path_info not in open_pages:
                    return HttpResponseRedirect(reverse(held_to[0]))
        return self.get_response(request)

    @staticmethod
    def _held_to(request: HttpRequest) -> tuple[str, ...]:
        """The pages that are open, the one to go to first; none when all are."""
        user: Any = request.user
        officer = getattr(user, "officer", None)
        if officer is not None and officer.one_time_until is not None:
            return (PASSWORD,)
        if not user.is_verified() and is_required(user):
            return SET_UP
        return ()
