"""Search that speaks Semarang: variants, place names, spaces and hyphens, typing errors. Equal on both databases.

Rows are found by their `search_text` (sentra.indexing): every term must begin a word there, in any of its forms.
"""

from sentra.search.query import Query, Term, load_meanings, parse
from sentra.search.spelling import Vocabulary, correct

__all__ = ["Query", "Term", "Vocabulary", "correct", "load_meanings", "parse"]
