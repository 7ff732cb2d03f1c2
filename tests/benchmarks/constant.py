"""What the pages are compared with: the same bytes from a constant WSGI callable, and from a constant Django view.

BENCH_BODIES names a folder with a file per case; its name is the path.
"""

import os
from pathlib import Path

BODIES = {path.name: path.read_bytes() for path in sorted(Path(os.environ["BENCH_BODIES"]).iterdir())}


def const(environ, start_response):
    """No framework at all."""
    body = BODIES[environ["PATH_INFO"].lstrip("/")]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def bare():
    """Django with one view, no middleware, no template, no database."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def view(_request: HttpRequest, name: str) -> HttpResponse:
        body = BODIES[name]
        return HttpResponse(body, headers={"Content-Length": str(len(body))})

    urls = type("Urls", (), {"urlpatterns": [path("<name>", view)]})
    settings.configure(
        SECRET_KEY="only-for-measuring", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=urls, MIDDLEWARE=[], USE_I18N=False
    )
    return get_wsgi_application()
