"""Answers when something is wrong. 400, 403 and 500 need neither database nor language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from semarang_ikm.reports.views import once_more


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its key. What a visitor wrote is shown again; officers are told how to go on."""
    if request.resolver_match is not None and request.resolver_match.url_name == "report":
        return once_more(request)
    return HttpResponse(render_to_string("403_csrf.html"), status=403)
