"""Asking a WSGI application without a server."""

import gzip
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults

from semarang_ikm.page_cache import PageCache


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return (gzip.decompress(self.body) if self.headers.get("content-encoding") == "gzip" else self.body).decode()


def ask(application: Any, address: str, method: str = "GET", *, scheme: str = "http", **headers: str) -> Answer:
    """`ask(site, "/produk/", accept_encoding="gzip")`; the host is localhost unless given."""
    path, _mark, query = address.partition("?")
    environ: dict[str, Any] = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method}
    environ["wsgi.url_scheme"] = scheme
    environ |= {f"HTTP_{name.upper()}": value for name, value in ({"host": "localhost"} | headers).items()}
    setup_testing_defaults(environ)
    started: list[tuple] = []
    answer = application(environ, lambda status, head, *_error: started.append((status, head)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    ((status, head),) = started
    return Answer(int(status[:3]), {name.lower(): value for name, value in head}, body)


class Site:
    """The site behind a page cache; `made` counts the answers that Django had to make."""

    def __init__(self, application: Any, **options: Any) -> None:
        self.made = 0

        def counting(environ: dict, start_response: Any) -> Any:
            self.made += 1
            return application(environ, start_response)

        self.cache = PageCache(counting, **options)

    def ask(self, *arguments: Any, **headers: Any) -> Answer:
        return ask(self.cache, *arguments, **headers)
