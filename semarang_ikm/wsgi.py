"""The WSGI entry point that gunicorn loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "semarang_ikm.settings")

_site = get_wsgi_application()

from semarang_ikm.page_cache import PageCache  # noqa: E402 - Django has its settings only now

application = PageCache(_site)
