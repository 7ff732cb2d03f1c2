"""Typing errors forgiven: an unknown word is replaced by the nearest one that occurs in public rows."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from semarang_ikm.shared.text import normalise
from sentra.search.query import FILLERS

MAX_SUGGESTIONS = 3


class Vocabulary:
    """The words that public rows, areas, types and recorded variants contain, with how often."""

    def __init__(self, texts: Iterable[str], meanings: Mapping[str, tuple[str, ...]]) -> None:
        self.counts: Counter[str] = Counter()
        for text in texts:
            self.counts.update(word for word in set(text.split()) if word.isalpha() and len(word) > 2)
        for phrase in meanings:
            self.counts.update(phrase.split())

    def knows(self, word: str) -> bool:
        return word in self.counts or word in FILLERS or any(known.startswith(word) for known in self.counts)

    def nearest(self, word: str) -> list[str]:
        """The nearest known words, best first: few changes, then frequent ones. Short words forgive one change."""
        allowed = 1 if len(word) <= 5 else 2 if len(word) <= 8 else 3
        found = process.extract(
            word, self.counts.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20
        )
        ranked = sorted(found, key=lambda hit: (hit[1], hit[0][0] != word[0], -self.counts[hit[0]], hit[0]))
        return [candidate for candidate, _distance, _key in ranked]


def correct(q: str, vocabulary: Vocabulary) -> list[str]:
    """The query with its unknown words replaced, best first; empty when every word is known or none is near."""
    words = normalise(q).split()
    replacements = {word: vocabulary.nearest(word) for word in words if not vocabulary.knows(word)}
    if not any(replacements.values()):
        return []
    suggestions = []
    for choice in range(MAX_SUGGESTIONS):
        chosen = [
            (replacements[word][min(choice, len(replacements[word]) - 1)] if replacements.get(word) else word)
            for word in words
        ]
        suggestions.append(" ".join(chosen))
    return list(dict.fromkeys(suggestions))
