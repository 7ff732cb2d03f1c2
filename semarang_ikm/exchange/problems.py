"""What can be wrong with a file or a cell, in words for officers."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from semarang_ikm.shared.text import normalise

# Of 100: below this a name has nothing to do with what was written.
MIN_LIKENESS = 70


class FileRefused(Exception):
    """The file cannot be read, or not as this kind; each message says what to do. Nothing was changed."""

    def __init__(self, *messages: str) -> None:
        super().__init__(" ".join(messages))
        self.messages = list(messages)


class CellRefused(ValueError):
    """A cell cannot be taken over: the text says why and what to do."""


class Names:
    """Known names, to find the one that was probably meant."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self._normal = [normalise(name) for name in self._names]

    def nearest(self, written: str) -> str:
        """ "" when none is near."""
        found = process.extractOne(normalise(written), self._normal, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS)
        return self._names[found[2]] if found else ""


def likeliest(written: str, known: Iterable[str]) -> str:
    """The known name that was probably meant; "" when none is near."""
    return Names(known).nearest(written)
