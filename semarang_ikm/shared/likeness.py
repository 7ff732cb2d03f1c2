"""Names that may be one: the rule by which entry, import and the list of pairs compare records of every kind."""

import re
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from semarang_ikm.shared.text import sort_key

# Of 100: names that are as alike may be one. 88 tells "Tahu Maju" from "Tahu Mekar" and takes "Tempe Pak Gito" for
# "Tempe Pak Gitto" (tests/sentra/test_duplicates.py).
ALIKE = 88
_FIGURES = re.compile(r"\d+")


def names_alike(name: str, records: Sequence[Any]) -> list[Any]:
    """Those of the records whose names are like this one, the likeliest first. Bu, Pak, UD and CV aside."""
    return [records[place] for place in alike(sort_key(name), [sort_key(record.name) for record in records])]


def alike(key: str, keys: Sequence[str]) -> list[int]:
    """The places of the sort keys that are like this one, whatever the order of their words; but "Tahu 1" and "Tahu 2" are
    told apart by their figures."""
    hits = process.extract(key, keys, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=None)
    figures = _FIGURES.findall(key)
    return [place for other, _likeness, place in hits if _FIGURES.findall(other) == figures]
