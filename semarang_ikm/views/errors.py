"""Answers when something is wrong. 400, 500, 503 and what a visitor gets as 403 need neither database nor language."""

import sys

from django.contrib import admin
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from semarang_ikm.reports.views import once_more
from semarang_ikm.roles import ROLES


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An officer at the desk reads which roles are held, and who can help; others get the static page."""
    user = getattr(request, "user", None)
    if request.path_info.startswith("/admin/") and user is not None and user.is_authenticated:
        held = set(user.groups.values_list("name", flat=True))
        roles = [role.label for role in ROLES if role.name in held]
        context = {**admin.site.each_context(request), "title": _("Peran Anda tidak mencakup ini"), "roles": roles}
        return render(request, "admin/forbidden.html", context, status=403)
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


# Words of SQLite and of PostgreSQL for: another transaction held what this one needed for too long.
_BUSY = ("is locked", "deadlock", "lock timeout", "could not serialize")
_AGAIN_AFTER_SECONDS = "30"


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing of a request that found the database busy was stored: whoever sent it is told so, and may send it again."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError) and any(words in str(error) for words in _BUSY):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": _AGAIN_AFTER_SECONDS})
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its key. What a visitor wrote is shown again; officers are told how to go on."""
    if request.resolver_match is not None and request.resolver_match.url_name == "report":
        return once_more(request)
    return HttpResponse(render_to_string("403_csrf.html"), status=403)
