"""The site's addresses. Indonesian without prefix, English under /en/ with its own words (docs/contract.md)."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy
from django.views.i18n import set_language

from semarang_ikm import health
from semarang_ikm.opendata import urls as opendata
from semarang_ikm.reports.views import ReportView, received
from semarang_ikm.search.views import SearchView
from semarang_ikm.views import crawling, errors, pages, sharing
from semarang_ikm.views.media import media
from sentra.views.areas import area_points

card_urls = [
    path("<slug:kind>/<slug:key>.<slug:digest>.<slug:ending>", sharing.share_card, name="share_card"),
]

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("healthz/ready", health.ready, name="healthz_ready"),
    path("media/<photo_name:name>", media, name="media"),
    path("wilayah/titik.json", area_points, name="area_points"),
    path("robots.txt", crawling.robots, name="robots"),
    path("sitemap.xml", crawling.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", crawling.sitemap, name="sitemap_section"),
    path("favicon.ico", sharing.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", sharing.icon, {"name": "apple-touch-icon.png"}, name="touch_icon"),
    path("admin/bahasa/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    *opendata.urlpatterns,
    *i18n_patterns(
        path("", pages.home, name="home"),
        path(pgettext_lazy("url", "tentang/"), pages.about, name="about"),
        path(pgettext_lazy("url", "kartu/"), include(card_urls)),
        path(pgettext_lazy("url", "privasi/"), pages.privacy, name="privacy"),
        path(pgettext_lazy("url", "aksesibilitas/"), pages.accessibility, name="accessibility"),
        path(pgettext_lazy("url", "kontak/"), pages.contact, name="contact"),
        path(pgettext_lazy("url", "perbaiki/"), ReportView.as_view(), name="report"),
        path(pgettext_lazy("url", "perbaiki/terkirim/"), received, name="report_received"),
        path("k/<str:code>", pages.permanent_code, name="permanent_code"),
        path("k/<str:code>/", pages.permanent_code),
        path("", include("sentra.urls")),
        path("", include("products.urls")),
        path("", include("promotions.urls")),
        *opendata.pages,
        path(pgettext_lazy("url", "cari/"), SearchView.as_view(), name="search"),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
