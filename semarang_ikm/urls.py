"""The site's addresses. Indonesian without prefix, English under /en/ with its own words (docs/contract.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from semarang_ikm import health

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("healthz/ready", health.ready, name="healthz_ready"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("sentra.urls")),
        path("", include("products.urls")),
        path("", include("promotions.urls")),
        prefix_default_language=False,
    ),
]
