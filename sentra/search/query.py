"""From what people type to what is looked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product as combinations

from django.db.models import Case, IntegerField, Q, Value, When

from semarang_ikm.shared.text import normalise, squeeze
from sentra.codes import format_code, parse_code
from sentra.models import AreaAlias, SearchVariant

MAX_TERMS = 8
MAX_PHRASE = 5
# From this length on a word may also be found inside a longer one ("presto" in "bandengpresto").
INSIDE_LENGTH = 5
# Words that say what kind of thing is meant, not which one; they never make a search fail.
FILLERS = frozenset(
    "di dan yang dari untuk ke the in of and from a kel kelurahan kec kecamatan kota kab jalan jl kampung kampoeng "
    "beli jual toko cari pusat tempat semarang sentra ikm umkm ukm usaha industri produk perajin pengrajin".split()
)
FILLER_MEANINGS = frozenset({"sentra", "ikm", "perajin", "kelompok", "kecamatan", "semarang", "produk unggulan"})

# How near a row is, best first.
EXACT, BEGINS, IN_NAME, ELSEWHERE = range(4)


@dataclass(frozen=True)
class Term:
    """One thing that must occur, in any of its forms: what was typed, then what it stands for."""

    forms: tuple[str, ...]

    def condition(self, column: str = "search_text") -> Q:
        found = Q()
        for form in self.forms:
            found |= Q(**{f"{column}__startswith": form}) | Q(**{f"{column}__contains": f" {form}"})
            if len(form) >= INSIDE_LENGTH:
                found |= Q(**{f"{column}__contains": form})
        return found

    def occurs_in(self, text: str) -> bool:
        """The same rule for a text in memory (normalised)."""
        return any(
            text.startswith(form) or f" {form}" in text or (len(form) >= INSIDE_LENGTH and form in text)
            for form in self.forms
        )


@dataclass(frozen=True)
class Query:
    """What was typed (normalised) and the terms it was read as. No terms: nothing to look for."""

    text: str
    terms: tuple[Term, ...]
    code: str = ""

    @property
    def phrases(self) -> list[str]:
        """The whole query in each form of its terms, for comparing with names: "krupuk krobokan", "kerupuk krobokan"."""
        forms = combinations(*(term.forms[:3] for term in self.terms[:4]))
        return list(dict.fromkeys([self.text, *(" ".join(words) for words in forms)]))

    def condition(self) -> Q:
        """Rows in whose search text every term occurs, or the whole query written as one word, or this code."""
        if not self.terms:
            return Q(pk__in=[])
        every = Q()
        for term in self.terms:
            every &= term.condition()
        joined = squeeze(self.text)
        whole = Q(search_text__contains=f" {joined}") | Q(search_text__startswith=joined)
        return every | whole | (Q(code=self.code) if self.code else Q(pk__in=[]))

    def rank(self) -> Case:
        """EXACT, BEGINS, IN_NAME or ELSEWHERE for a row with `search_text` and `sort_name`."""
        exact, begins, in_name = Q(pk__in=[]), Q(pk__in=[]), Q()
        for phrase in self.phrases:
            exact |= Q(sort_name=phrase) | Q(search_text=phrase) | Q(search_text__startswith=f"{phrase} |")
            begins |= Q(sort_name__startswith=phrase)
        if self.code:
            exact |= Q(code=self.code)
        for term in self.terms:
            in_name &= term.condition("sort_name")
        return Case(
            When(exact, then=Value(EXACT)),
            When(begins, then=Value(BEGINS)),
            When(in_name, then=Value(IN_NAME)),
            default=Value(ELSEWHERE),
            output_field=IntegerField(),
        )

    def rank_of(self, names: Iterable[str]) -> int | None:
        """The rank of something in memory with these names (normalised), or None when it does not match."""
        chosen = [name for name in names if name]
        if any(name in self.phrases for name in chosen):
            return EXACT
        if any(name.startswith(phrase) for name in chosen for phrase in self.phrases):
            return BEGINS
        together = " | ".join(chosen)
        if self.terms and all(term.occurs_in(together) or term.occurs_in(squeeze(together)) for term in self.terms):
            return IN_NAME
        return None


def load_meanings() -> Mapping[str, tuple[str, ...]]:
    """What each recorded phrase stands for: variants of words, other names of areas. Two queries."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for variant, canonical in SearchVariant.objects.order_by("pk").values_list("variant", "canonical"):
        found[normalise(variant)][normalise(canonical)] = None
    aliases = AreaAlias.objects.order_by("pk").values_list("name", "kelurahan__name", "kecamatan__name")
    for name, kelurahan, kecamatan in aliases:
        found[normalise(name)][normalise(kelurahan or kecamatan)] = None
    return {phrase: tuple(meanings) for phrase, meanings in found.items() if phrase}


def parse(q: str, meanings: Mapping[str, tuple[str, ...]] | None = None) -> Query:
    """Read a query: the longest recorded phrases first, then single words; fillers only when nothing else is left."""
    meanings = load_meanings() if meanings is None else meanings
    text = normalise(q)
    words = text.split()
    terms: list[Term] = []
    fillers: list[Term] = []
    position = 0
    while position < len(words) and len(terms) < MAX_TERMS:
        phrase, length = _longest(words, position, meanings)
        standing_for = meanings.get(phrase, ())
        is_filler = phrase in FILLERS or (standing_for and FILLER_MEANINGS.issuperset(standing_for))
        (fillers if is_filler else terms).append(Term(tuple(dict.fromkeys([phrase, *standing_for]))))
        position += length
    shape = parse_code(q.replace(" ", "-") if "-" not in q else q)
    return Query(text=text, terms=tuple(terms or fillers), code=format_code(*shape) if shape else "")


def _longest(words: list[str], start: int, meanings: Mapping[str, tuple[str, ...]]) -> tuple[str, int]:
    for length in range(min(MAX_PHRASE, len(words) - start), 1, -1):
        phrase = " ".join(words[start : start + length])
        if phrase in meanings:
            return phrase, length
    return words[start], 1

