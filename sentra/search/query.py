"""What was typed, as terms that must occur; the same meaning in SQL and in Python.

A search text is "name | other | ... | squeezedname" (semarang_ikm.shared.text.join_search_text). Words are found at
their beginning ("krobo" finds Krobokan), never in the middle: "tas" is not in "batas".
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from django.db.models import Case, F, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Replace
from django.db.models.lookups import Exact, StartsWith

from semarang_ikm.shared.text import normalise
from sentra.codes import format_code
from sentra.search.lexicon import LONGEST_PHRASE, SHORT, Entry, Lexicon, is_everywhere, load_lexicon

MAX_LENGTH = 200
# More words than anybody means; the statement stays small for both databases.
MAX_WORDS = 12
MAX_FORMS = 6
_CODE = re.compile(r"^([sup])0*([1-9]\d{0,11})$")
_QUOTES = '"“”„'
# The scores, best first: SQL and Python share them, and the groups of a page are ordered by them.
(
    EXACT_AS_TYPED,
    EXACT_IN_OTHER_WORDS,
    STARTS_AS_TYPED,
    STARTS_IN_OTHER_WORDS,
    NAMED_AS_TYPED,
    NAMED_IN_OTHER_WORDS,
    FOUND_AS_TYPED,
    FOUND_IN_OTHER_WORDS,
) = range(8)


class Fragment(NamedTuple):
    """Letters that begin a word of the text; `whole`: and end with one."""

    text: str
    whole: bool = False

    def condition(self, field: str) -> Q:
        if not self.whole:
            return Q(**{f"{field}__startswith": self.text}) | Q(**{f"{field}__contains": f" {self.text}"})
        return (
            Q(**{field: self.text})
            | Q(**{f"{field}__startswith": f"{self.text} "})
            | Q(**{f"{field}__contains": f" {self.text} "})
            | Q(**{f"{field}__endswith": f" {self.text}"})
        )

    def occurs_in(self, text: str) -> bool:
        return f" {self.text}{' ' if self.whole else ''}" in f" {text} "


# Fragments that must all occur.
Alternative = tuple[Fragment, ...]


@dataclass(frozen=True)
class Term:
    """One thing that was asked for: as typed, or in other words."""

    typed: str
    as_typed: tuple[Alternative, ...]
    otherwise: tuple[Alternative, ...] = ()
    # The other words as they would stand in a name; none that merely say less ("batik" for "batik tulis").
    meanings: tuple[str, ...] = ()
    # Says nothing that narrows: need not occur.
    is_glue: bool = False

    def _alternatives(self, as_typed: bool) -> tuple[Alternative, ...]:
        return self.as_typed if as_typed else (*self.as_typed, *self.otherwise)

    def condition(self, field: str, *, as_typed: bool = False) -> Q:
        found = Q()
        for alternative in self._alternatives(as_typed):
            every = Q()
            for fragment in alternative:
                every &= fragment.condition(field)
            found |= every
        return found

    def occurs_in(self, text: str, *, as_typed: bool = False) -> bool:
        return any(all(part.occurs_in(text) for part in parts) for parts in self._alternatives(as_typed))


@dataclass(frozen=True)
class Query:
    """A search. `text` is what was typed, with single spaces; `code` a permanent code when it looks like one."""

    text: str
    terms: tuple[Term, ...] = ()
    code: str = ""
    # Typed in quotation marks: no other words, no correction.
    is_literal: bool = False

    @cached_property
    def required(self) -> tuple[Term, ...]:
        """The terms that must occur: all but the glue, or the glue when there is nothing else."""
        return tuple(term for term in self.terms if not term.is_glue) or self.terms

    @property
    def says_nothing(self) -> bool:
        """Only words that are true of everything here: "produk UMKM Semarang"."""
        return bool(self.terms) and all(term.is_glue for term in self.terms)

    @property
    def letters(self) -> int:
        return sum(len(term.typed.replace(" ", "")) for term in self.terms)

    @property
    def without_code(self) -> "Query":
        """The same search for rows that carry no code: a typed code is then words like others."""
        return replace(self, code="")

    # -- in SQL, for rows with `search_text`, `sort_name` and `code` --------------------------------------------------

    def condition(self) -> Q:
        """Rows that hold every required term. No words, no rows."""
        if not self.terms:
            return Q(pk__in=[])
        return (Q(code=self.code) if self.code else Q()) | self._holds("search_text")

    def rank(self) -> Case:
        """A score for rows that meet the condition: an exact code or name first, then its beginning, then its words."""
        # Spaces play no part in comparing names; the first bar ends the name.
        compact = Replace(F("search_text"), Value(" "), Value(""), output_field=TextField())
        whens = [When(code=self.code, then=Value(EXACT_AS_TYPED))] if self.code else []
        for score, forms in self._exact_forms:
            for form in forms:
                whens.append(When(Exact(compact, Value(form)), then=Value(score)))
                whens.append(When(StartsWith(compact, Value(f"{form}|")), then=Value(score)))
        for score, forms in self._starting_forms:
            whens += [When(StartsWith(compact, Value(form)), then=Value(score)) for form in forms]
        if self.terms:
            whens += [
                When(self._holds(field, as_typed=as_typed), then=Value(score)) for score, field, as_typed in _DEGREES
            ]
        return Case(*whens, default=Value(FOUND_IN_OTHER_WORDS), output_field=IntegerField())

    def _holds(self, field: str, *, as_typed: bool = False) -> Q:
        condition = Q()
        for term in self.required:
            condition &= term.condition(field, as_typed=as_typed)
        return condition

    # -- in Python, for the few areas and types ------------------------------------------------------------------------

    def matches(self, text: str) -> bool:
        """What `condition` says of one search text."""
        return bool(self.terms) and all(term.occurs_in(text) for term in self.required)

    def touches(self, text: str) -> bool:
        """Whether a part of a term occurs there: a ward is found by its own name, told apart by its district's."""
        return any(
            part.occurs_in(text)
            for term in self.required
            for parts in (*term.as_typed, *term.otherwise)
            for part in parts
        )

    def score(self, text: str, name: str) -> int:
        """What `rank` says of one search text that matches, with its normalised name."""
        compact = text.replace(" ", "")
        for score, forms in self._exact_forms:
            if any(compact == form or compact.startswith(f"{form}|") for form in forms):
                return score
        for score, forms in self._starting_forms:
            if compact.startswith(tuple(forms)):
                return score
        texts = {"sort_name": name, "search_text": text}
        for score, field, as_typed in _DEGREES:
            if all(term.occurs_in(texts[field], as_typed=as_typed) for term in self.required):
                return score
        return FOUND_IN_OTHER_WORDS

    # -- the whole search as a name ------------------------------------------------------------------------------------

    @property
    def _exact_forms(self) -> list[tuple[int, list[str]]]:
        return [(EXACT_AS_TYPED, self._typed_forms), (EXACT_IN_OTHER_WORDS, self._other_forms)]

    @property
    def _starting_forms(self) -> list[tuple[int, list[str]]]:
        return [(STARTS_AS_TYPED, self._typed_forms), (STARTS_IN_OTHER_WORDS, self._other_forms)]

    @cached_property
    def _typed_forms(self) -> list[str]:
        """The search written together, with and without its glue."""
        forms = ("".join(term.typed for term in terms).replace(" ", "") for terms in (self.terms, self.required))
        return [form for form in dict.fromkeys(forms) if form]

    @cached_property
    def _other_forms(self) -> list[str]:
        """The same with other words put in."""
        choices = [(*term.meanings, term.typed) for term in self.required]
        forms = ("".join(words).replace(" ", "") for words in islice(product(*choices), MAX_FORMS))
        return [form for form in dict.fromkeys(forms) if form and form not in self._typed_forms]


# Below exact names and beginnings: all terms in the name, then anywhere, and as typed before in other words.
_DEGREES = (
    (NAMED_AS_TYPED, "sort_name", True),
    (NAMED_IN_OTHER_WORDS, "sort_name", False),
    (FOUND_AS_TYPED, "search_text", True),
)


def parse(q: str, lexicon: Lexicon | None = None) -> Query:
    """Read what was typed. Never fails; signs and other scripts count as nothing."""
    text = " ".join(q.split())[:MAX_LENGTH].strip()
    words = normalise(text).split()[:MAX_WORDS]
    if not words:
        return Query(text)
    is_literal = len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES
    if match := _CODE.match("".join(words)):
        return _code_query(text, match[1], int(match[2]), is_literal)
    if is_literal:
        phrase = " ".join(words)
        return Query(text, (Term(phrase, ((Fragment(phrase),),)),), is_literal=True)
    return Query(text, tuple(_terms(words, lexicon or load_lexicon())))


def _code_query(text: str, prefix: str, number: int, is_literal: bool) -> Query:
    """A code in any case, with any signs and zeros; it also finds names that hold the same letter and number."""
    code = format_code(prefix.upper(), number)
    spellings = (Fragment(normalise(code), whole=True), Fragment(f"{prefix} {number}", whole=True))
    joined = tuple(Fragment(fragment.text.replace(" ", ""), whole=True) for fragment in spellings)
    alternatives = tuple(dict.fromkeys((fragment,) for fragment in (*spellings, *joined)))
    return Query(text, (Term(normalise(code), alternatives),), code, is_literal)


def _terms(words: list[str], lexicon: Lexicon) -> Iterator[Term]:
    """The words as terms, recorded phrases kept together, the longest first."""
    position = 0
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            phrase = words[position : position + length]
            if length == 1 or lexicon.knows(" ".join(phrase)):
                yield _term(phrase, words[position - 1] if position else "", lexicon)
                position += length
                break


def _term(words: list[str], before: str, lexicon: Lexicon) -> Term:
    typed = " ".join(words)
    as_typed = [tuple(_fragments(words, lexicon))]
    # "gunung pati" is also "gunungpati": a word may go on from the one before it.
    if len(words) > 1:
        as_typed.append((Fragment("".join(words)),))
    elif before:
        as_typed.append((Fragment(before + typed),))
    otherwise: list[Alternative] = []
    meanings: list[str] = []
    if entry := lexicon.knows(typed):
        otherwise = [tuple(_fragments(phrase.split(), lexicon)) for phrase in (*entry.spellings, *entry.meanings)]
        otherwise += [tuple(Fragment(name, whole=True) for name in place) for place in entry.places]
        meanings = [*entry.meanings, *(place[0] for place, is_name in entry.places.items() if is_name)]
    return Term(
        typed,
        tuple(dict.fromkeys(as_typed)),
        tuple(other for other in dict.fromkeys(otherwise) if other not in as_typed),
        tuple(meaning for meaning in dict.fromkeys(meanings) if not set(meaning.split()) <= set(words)),
        is_glue=_is_glue(typed, entry),
    )


def _is_glue(typed: str, entry: Entry | None) -> bool:
    if entry and (entry.meanings or entry.places):
        return not entry.places and all(is_everywhere(meaning) for meaning in entry.meanings)
    return is_everywhere(typed)


def _fragments(words: Iterable[str], lexicon: Lexicon) -> Iterator[Fragment]:
    for word in dict.fromkeys(words):
        yield Fragment(word, whole=len(word) <= SHORT and word in lexicon.short_words)
