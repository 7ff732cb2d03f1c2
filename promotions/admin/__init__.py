"""The officers' pages of the promotions app, a file per noun."""

from promotions.admin import appearances, cases, editions, examples, ledger, partners, promotions, questions, selections

__all__ = [
    "appearances",
    "cases",
    "editions",
    "examples",
    "ledger",
    "partners",
    "promotions",
    "questions",
    "selections",
]
