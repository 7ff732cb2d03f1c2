"""Public pages of the promotions app."""

from promotions.views.catalogue import catalogue_pdf, catalogue_print
from promotions.views.events import EventFileView, EventView, event_calendar, event_list

__all__ = ["EventFileView", "EventView", "catalogue_pdf", "catalogue_print", "event_calendar", "event_list"]
