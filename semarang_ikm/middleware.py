"""The layers that every request passes: what is refused at the door, the language, one header."""

import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

GetResponse = Callable[[HttpRequest], HttpResponse]

MAX_QUERY_BYTES = 8 * 1024
MAX_PARAMETERS = 100
# Django hands bytes of a path that are not UTF-8 over percent-encoded, and everything else decoded.
_BROKEN_BYTE = re.compile("%[89A-F][0-9A-F]")
REFUSAL = "Permintaan tidak dapat dibaca. / The request could not be read."


def is_readable(raw: str) -> bool:
    """Whether percent-encoded text is UTF-8 without NUL: what every view may rely on."""
    try:
        return "\x00" not in unquote_to_bytes(raw.replace("+", " ")).decode("utf-8")
    except UnicodeDecodeError:
        return False


class IngressMiddleware:
    """Answer 400 before any view to addresses that no page of ours can have produced.

    Undecodable bytes, NUL, a query over 8 KB or more than 100 parameters (docs/contract.md).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        path_ok = "\x00" not in request.path_info and not _BROKEN_BYTE.search(request.path_info)
        if not path_ok or len(query) > MAX_QUERY_BYTES or query.count("&") >= MAX_PARAMETERS or not is_readable(query):
            return HttpResponse(REFUSAL, status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class LanguageMiddleware:
    """The address decides the language: `/en/` is English, everything else Indonesian.

    Only the admin, whose addresses carry no language, follows the officer's choice in a cookie.
    Browser settings are ignored on purpose: one address always shows one text, so it can be cached and shared.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self.language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def language_of(request: HttpRequest) -> str:
        if request.path_info.startswith("/en/"):
            return "en"
        if request.path_info.startswith("/admin/"):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
            if chosen in dict(settings.LANGUAGES):
                return str(chosen)
        return settings.LANGUAGE_CODE


class PermissionsPolicyMiddleware:
    """Only the visitor's position may ever be asked for, and only by this site."""

    HEADER = "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.HEADER)
        return response


class FreshnessMiddleware:
    """Say who may keep an answer that does not say it itself: everybody, asking each time, or the visitor alone.

    What everybody sees is a page that read no session and sets no cookie. `no-cache` means: keep it, ask before each use.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            public = request.method in ("GET", "HEAD") and response.status_code == 200 and not response.cookies
            public = public and "cookie" not in response.headers.get("Vary", "").lower()
            response.headers["Cache-Control"] = "public, no-cache" if public else "private, no-cache"
        return response
