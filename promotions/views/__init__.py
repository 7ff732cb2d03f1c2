"""Public pages of the promotions app."""

from promotions.views.catalogue import catalogue_pdf, catalogue_print

__all__ = ["catalogue_pdf", "catalogue_print"]
