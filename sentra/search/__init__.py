"""Search that speaks Semarang: other words, other names of places, spaces and hyphens, typing errors.

Rows are found by their `search_text` (sentra.indexing) with plain LIKE, equal on both databases. Lists ask
`parse(q)` once and use its `condition()` and `rank()`; few things in memory use `matches()` and `score()`.
"""

from sentra.search.lexicon import Lexicon, load_lexicon
from sentra.search.query import Query, Term, parse
from sentra.search.spelling import Vocabulary

__all__ = ["Lexicon", "Query", "Term", "Vocabulary", "load_lexicon", "parse"]
