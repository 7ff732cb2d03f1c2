"""Public addresses of this app; each segment is translated in the catalogue under the context "url"."""

from django.urls import include, path, register_converter
from django.utils.translation import pgettext_lazy

from promotions import views
from promotions.feeds import EventFeed


class Year:
    """Four digits, so that no event has two addresses."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return f"{int(value):04d}"


class EditionCode:
    """E-2026-2, in this spelling only; `/k/` reads the others."""

    regex = "E-[0-9]{4}-[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Year, "year")
register_converter(EditionCode, "edition")

catalogue_urls = [
    path("", views.edition_list, name="edition_list"),
    path(pgettext_lazy("url", "cetak/"), views.catalogue_print, name="catalogue_print"),
    path("pdf/", views.catalogue_pdf, name="catalogue_pdf"),
    path("<edition:code>/", views.EditionView.as_view(), name="edition"),
    path(pgettext_lazy("url", "<edition:code>/cetak/"), views.EditionPrintView.as_view(), name="edition_print"),
    path("<edition:code>.pdf", views.EditionPdfView.as_view(), name="edition_pdf"),
    path(pgettext_lazy("url", "<edition:code>/foto/<slug:key>.jpg"), views.edition_photo, name="edition_photo"),
]

event_urls = [
    path("", views.event_list, name="event_list"),
    path(pgettext_lazy("url", "terbaru.atom"), EventFeed(), name="event_feed"),
    path(pgettext_lazy("url", "kalender.ics"), views.event_calendar, name="event_calendar"),
    path("<year:year>/<slug:slug>/", views.EventView.as_view(), name="event"),
    path("<year:year>/<slug:slug>.ics", views.EventFileView.as_view(), name="event_ics"),
]

urlpatterns = [
    path(pgettext_lazy("url", "katalog/"), include(catalogue_urls)),
    path(pgettext_lazy("url", "acara/"), include(event_urls)),
    path(pgettext_lazy("url", "tentang/hambatan/"), views.obstacles, name="obstacles"),
]
