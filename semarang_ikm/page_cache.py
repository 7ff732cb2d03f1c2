"""Finished answers, kept in front of Django for as long as the data they were made from stand.

What may be kept says so itself (`Cache-Control: public`, see FreshnessMiddleware), and each request reads the version
of the data before anything is taken from here: an edit that was acknowledged is in the very next answer of every
process (docs/adr/0014-data-version.md).
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.utils import timezone
from django.utils.http import http_date, parse_etags

from semarang_ikm.shared.time import today as today_in_jakarta
from sentra.data_version import Version, pinned, read_version

# Bytes kept per process: some thousand compressed pages.
MAX_BYTES = 12 * 1024 * 1024
MAX_PAGE_BYTES = 512 * 1024
# What an entry costs besides its body, roughly.
OVERHEAD = 2048
# Seconds: within a minute of a write a date of whole seconds could mean two states, also where clocks differ.
SETTLED_AFTER = 60

# Never even looked at: the officers' rooms, files, and what a load balancer asks.
_PASSING_PATHS = ("/admin/", "/healthz", settings.STATIC_URL, settings.MEDIA_URL)
# Requests for something else than the page as everybody sees it.
_PASSING_HEADERS = (
    "HTTP_AUTHORIZATION",
    "HTTP_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_HX_REQUEST",
    "HTTP_X_REQUESTED_WITH",
)
_OWN_COOKIES = re.compile(
    rf"(?:^|;)\s*(?:{settings.SESSION_COOKIE_NAME}|{settings.CSRF_COOKIE_NAME}|{settings.LANGUAGE_COOKIE_NAME}|messages)="
)
# Headers that a view may see; the key holds them, or (Accept) an answer that heeds them says so in Vary.
_SHOWN_HEADERS = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING"}
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# A 304 repeats these (RFC 9110, 15.4.5).
_REPEATED = {"cache-control", "content-location", "etag", "expires", "last-modified", "vary"}

# New code makes new pages.
_STARTED = int(time.time())

Headers = list[tuple[str, str]]


class Page(NamedTuple):
    """A finished answer and the token of the data that it shows."""

    token: str
    status: str
    headers: Headers
    body: bytes

    @property
    def weight(self) -> int:
        return len(self.body) + OVERHEAD


class PageStore:
    """Pages up to a number of bytes; the ones unused for longest go first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._pages: OrderedDict[tuple, Page] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple, token: str) -> Page | None:
        """The page of this key as the data stand now."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.token != token:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple, page: Page) -> None:
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.bytes += page.weight
            while self.bytes > self.limit:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: tuple) -> None:
        if (former := self._pages.pop(key, None)) is not None:
            self.bytes -= former.weight


class PageCache:
    """A WSGI application around the site's own. `today` and `read` are given by tests."""

    def __init__(
        self,
        application: WSGIApplication,
        *,
        limit: int = MAX_BYTES,
        today: Callable[[], date] = today_in_jakarta,
        read: Callable[[], Version | None] = read_version,
    ) -> None:
        self.application = application
        self.store = PageStore(limit)
        self._today = today
        self._read = read

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _reads_a_page(environ) or (version := self._read()) is None:
            return self.application(environ, start_response)
        if not _is_for_everybody(environ):
            # Made anew, of kept pieces: they too go by the version that was read once.
            with pinned(version):
                return self.application(environ, start_response)
        key = self._key(environ)
        page = self.store.get(key, version.token)
        if page is None:
            answer = self._make(environ, version)
            if not isinstance(answer, Page):
                return answer.send(environ, start_response)
            page = answer
            if len(page.body) <= MAX_PAGE_BYTES and self._read() == version:
                self.store.put(key, page)
        headers = page.headers
        changed, written = _last_change(version.changed_at, key[-1])
        if time.time() - changed > SETTLED_AFTER:
            headers = [*headers, ("Last-Modified", written)]
        if _is_known(environ, headers):
            start_response("304 Not Modified", _repeated(headers))
            return []
        start_response(page.status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    def _key(self, environ: WSGIEnvironment) -> tuple:
        """Everything that the answer may depend on besides the data. The language stands in the path."""
        return (
            environ["wsgi.url_scheme"],
            environ.get("HTTP_X_FORWARDED_PROTO"),
            environ["HTTP_HOST"],
            environ.get("SCRIPT_NAME", ""),
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
            _accepts_gzip(environ),
            self._today(),
        )

    def _make(self, environ: WSGIEnvironment, version: Version) -> "Page | _Passing":
        """Ask the site for the page as everybody would see it."""
        asked = {
            name: value for name, value in environ.items() if not name.startswith("HTTP_") or name in _SHOWN_HEADERS
        }
        asked |= {"REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip" if _accepts_gzip(environ) else ""}
        started: list[Any] = []

        def start(*given: Any) -> Any:
            started.append(given)

        with pinned(version):
            answer: Any = self.application(asked, start)
        status, headers = started[0][:2]
        if not _says_public(status, headers) or getattr(answer, "streaming", True):
            return _Passing(started[0], answer)
        body = b"".join(answer)
        answer.close()
        return Page(version.token, status, headers, body)


class _Passing(NamedTuple):
    """An answer that is not kept."""

    started: tuple
    answer: Any

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, headers = self.started[:2]
        unchanged = status.startswith("200") and _is_known(environ, headers)
        if unchanged:
            start_response("304 Not Modified", _repeated(headers))
        else:
            start_response(*self.started)
        if unchanged or environ["REQUEST_METHOD"] == "HEAD":
            self.answer.close()
            return []
        return self.answer


def _reads_a_page(environ: WSGIEnvironment) -> bool:
    return (
        environ["REQUEST_METHOD"] in ("GET", "HEAD")
        and bool(environ.get("HTTP_HOST"))
        and not environ["PATH_INFO"].startswith(_PASSING_PATHS)
    )


def _is_for_everybody(environ: WSGIEnvironment) -> bool:
    """Whether the page is asked for as anybody could: without a session, a right, or a wish of one's own."""
    return not any(name in environ for name in _PASSING_HEADERS) and not _OWN_COOKIES.search(
        environ.get("HTTP_COOKIE", "")
    )


def _accepts_gzip(environ: WSGIEnvironment) -> bool:
    return bool(_GZIP.search(environ.get("HTTP_ACCEPT_ENCODING", "").lower()))


def _says_public(status: str, headers: Headers) -> bool:
    """Whether the answer itself allows everybody to have it, and names nothing that we do not look at."""
    if not status.startswith("200"):
        return False
    named = {name.lower(): value.lower() for name, value in headers}
    varies = {part.strip() for part in named.get("vary", "").split(",")} - {""}
    return "public" in named.get("cache-control", "") and "set-cookie" not in named and varies <= {"accept-encoding"}


def _is_known(environ: WSGIEnvironment, headers: Headers) -> bool:
    """Whether the asker holds this very answer. A date counts only when it is the same: a restored backup is older."""
    named = {name.lower(): value for name, value in headers}
    if (given := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        known = {etag.removeprefix("W/") for etag in parse_etags(given)}
        return "etag" in named and bool(known & {"*", named["etag"].removeprefix("W/")})
    return "last-modified" in named and environ.get("HTTP_IF_MODIFIED_SINCE") == named["last-modified"]


def _repeated(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() in _REPEATED]


@lru_cache(maxsize=8)
def _last_change(changed_at: int, day: date) -> tuple[int, str]:
    """When pages last changed, in seconds since 1970 and as a header: by a write, a new day, or new code."""
    midnight = datetime.combine(day, datetime.min.time(), timezone.get_default_timezone())
    seconds = max(changed_at, int(midnight.timestamp()), _STARTED)
    return seconds, http_date(seconds)
