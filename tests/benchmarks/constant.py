"""What the pages are compared with: the same bytes from a constant WSGI callable, and from a constant Django view.

BENCH_BODIES names a folder with a file per case; its name is the path.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODIES = {file.name: file.read_bytes() for file in sorted(Path(os.environ["BENCH_BODIES"]).iterdir())}


def const(environ, start_response):
    """No framework at all."""
    body = BODIES[environ["PATH_INFO"].lstrip("/")]
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def view(_request: HttpRequest, name: str) -> HttpResponse:
    body = BODIES[name]
    return HttpResponse(body, headers={"Content-Length": str(len(body))})


urlpatterns = [path("<name>", view)]

# gunicorn.conf.py looks for migrations that are not applied, so there is a database: one without any.
settings.configure(
    SECRET_KEY="only-for-measuring",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    MIDDLEWARE=[],
    USE_I18N=False,
)
django.setup()
# Django with one view: no middleware, template or database.
bare = get_wsgi_application()
