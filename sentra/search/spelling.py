"""Typing errors forgiven: a word that occurs nowhere is replaced by the nearest one that does.

The words come from texts that the public may read (search texts of published rows, which already leave out what the
consent gate withholds), never from the tables themselves, so a suggestion cannot give a person away.
"""

from collections import Counter
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sentra.search.lexicon import EVERYWHERE, Lexicon
from sentra.search.query import Query

MAX_SUGGESTIONS = 3
# Longest first: words of at least so many letters forgive so many wrong, missing or swapped letters.
FORGIVEN = ((10, 3), (6, 2), (3, 1))
CANDIDATES = 20


class Vocabulary:
    """The words that occur, with how often."""

    def __init__(self, texts: Iterable[str], lexicon: Lexicon) -> None:
        self.counts: Counter[str] = Counter()
        for text in texts:
            self.counts.update(word for word in text.split() if len(word) > 2 and not word.isdigit())
        self.counts.update(word for word in lexicon.words() if len(word) > 2)
        self._misspelt = lexicon.misspelt
        self._known = "\n" + "\n".join(self.counts)

    def knows(self, word: str) -> bool:
        """Whether a search for this word could find something: some word begins with it."""
        return word in EVERYWHERE or word.isdigit() or f"\n{word}" in self._known

    def nearest(self, word: str) -> list[str]:
        """Known words within the forgiven distance; the fewest changes first, then the same initial, then frequency."""
        forgiven = next((errors for length, errors in FORGIVEN if len(word) >= length), 0)
        if not forgiven:
            return []
        found = process.extract(word, self.counts.keys(), scorer=OSA.distance, score_cutoff=forgiven, limit=CANDIDATES)
        ranked = sorted(found, key=lambda hit: (hit[1], hit[0][0] != word[0], -self.counts[hit[0]], hit[0]))
        candidates = [candidate for candidate, _distance, _index in ranked]
        if (modern := _modern(word)) != word and self.knows(modern):
            candidates.insert(0, modern)
        return list(dict.fromkeys(self._misspelt.get(candidate, candidate) for candidate in candidates))

    def corrections(self, query: Query) -> list[str]:
        """The search with its unknown words replaced, best first; empty when there is nothing to replace."""
        words = [word for term in query.terms for word in term.typed.split()]
        unknown = {word: self.nearest(word) for word in words if not self.knows(word)}
        if query.is_literal or query.code or not any(unknown.values()):
            return []
        chosen = [
            " ".join(self._pick(unknown[word], choice) or word if word in unknown else word for word in words)
            for choice in range(MAX_SUGGESTIONS)
        ]
        return list(dict.fromkeys(chosen))

    @staticmethod
    def _pick(candidates: list[str], choice: int) -> str:
        """The candidate of this rank, or the last one."""
        return candidates[min(choice, len(candidates) - 1)] if candidates else ""


def _modern(word: str) -> str:
    """The spelling of after 1972: "jamoe" is "jamu", "djadjan" is "jajan"."""
    for old, new in (("oe", "u"), ("tj", "c"), ("dj", "j")):
        word = word.replace(old, new)
    return word
