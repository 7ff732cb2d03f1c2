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


register_converter(Year, "year")

event_urls = [
    path("", views.event_list, name="event_list"),
    path(pgettext_lazy("url", "terbaru.atom"), EventFeed(), name="event_feed"),
    path(pgettext_lazy("url", "kalender.ics"), views.event_calendar, name="event_calendar"),
    path("<year:year>/<slug:slug>/", views.EventView.as_view(), name="event"),
    path("<year:year>/<slug:slug>.ics", views.EventFileView.as_view(), name="event_ics"),
]

urlpatterns = [
    path(pgettext_lazy("url", "katalog/cetak/"), views.catalogue_print, name="catalogue_print"),
    path(pgettext_lazy("url", "katalog/pdf/"), views.catalogue_pdf, name="catalogue_pdf"),
    path(pgettext_lazy("url", "acara/"), include(event_urls)),
]
