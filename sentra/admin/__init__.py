"""The officers' pages of the sentra app, a file per noun."""

from sentra.admin import (
    areas,
    changes,
    consents,
    contacts,
    history,
    ikm,
    office,
    once,
    product_types,
    questions,
    reports,
    reviews,
    sentra,
    sources,
    statements,
    words,
)

__all__ = [
    "areas",
    "changes",
    "consents",
    "contacts",
    "history",
    "ikm",
    "office",
    "once",
    "product_types",
    "questions",
    "reports",
    "reviews",
    "sentra",
    "sources",
    "statements",
    "words",
]
