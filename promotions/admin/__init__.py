"""The officers' pages of the promotions app, a file per noun."""

from promotions.admin import appearances, cases, partners, promotions

__all__ = ["appearances", "cases", "partners", "promotions"]
