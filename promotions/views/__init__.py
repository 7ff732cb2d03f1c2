"""Public pages of the promotions app."""

from promotions.views.catalogue import catalogue_pdf, catalogue_print
from promotions.views.editions import EditionPdfView, EditionPrintView, EditionView, edition_list, edition_photo
from promotions.views.events import EventFileView, EventView, event_calendar, event_list
from promotions.views.obstacles import obstacles

__all__ = [
    "EditionPdfView",
    "EditionPrintView",
    "EditionView",
    "EventFileView",
    "EventView",
    "catalogue_pdf",
    "catalogue_print",
    "edition_list",
    "edition_photo",
    "event_calendar",
    "event_list",
    "obstacles",
]
