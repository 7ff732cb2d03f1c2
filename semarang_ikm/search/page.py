"""One search, ready for its template: what was found, what was meant, and ways on when nothing was."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from products.models import Product
from promotions.models import Promotion
from semarang_ikm.search.groups import Group, find, finds_anything
from semarang_ikm.search.narrowing import Narrowing, narrowing
from semarang_ikm.shared.text import normalise
from sentra.models import Ikm, ProductType, Sentra
from sentra.search import Lexicon, Query, Vocabulary, load_lexicon, parse

MIN_LETTERS = 2
MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Suggestion:
    """Other words that do find something."""

    words: str

    @property
    def url(self) -> str:
        return search_url(self.words)


def search_url(words: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': words})}"


@dataclass
class SearchPage:
    """What the page for `q` shows. `ignored`: what else the address asked for ("key=value")."""

    typed: str
    ignored: tuple[str, ...] = ()

    @cached_property
    def _lexicon(self) -> Lexicon:
        return load_lexicon()

    @cached_property
    def query(self) -> Query:
        return parse(self.typed, self._lexicon)

    @property
    def q(self) -> str:
        return self.query.text

    @property
    def is_empty(self) -> bool:
        return not self.q

    @property
    def is_too_short(self) -> bool:
        """Too little to look for: under two letters or digits."""
        return self.query.letters < MIN_LETTERS

    @cached_property
    def _outcome(self) -> tuple[Query, list[Group]]:
        """The search as typed, or, when that finds nothing, the nearest spelling that finds something."""
        if self.is_too_short:
            return self.query, []
        if groups := find(self.query):
            return self.query, groups
        for words in self._corrections:
            corrected = parse(words, self._lexicon)
            if groups := find(corrected):
                return corrected, groups
        return self.query, []

    @property
    def groups(self) -> list[Group]:
        return self._outcome[1]

    @property
    def says_nothing(self) -> bool:
        """Nothing was found because the words are true of everything."""
        return not self.groups and self.query.says_nothing

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def shown_for(self) -> str:
        """The words that the results answer, when they are not the typed ones."""
        used = self._outcome[0]
        return used.text if used is not self.query else ""

    @property
    def literal_url(self) -> str:
        """The search as typed, letter for letter: in quotation marks."""
        return search_url(f'"{self.q}"')

    @cached_property
    def narrowing(self) -> Narrowing | None:
        """The filtered list that the words describe, if they name filters."""
        return narrowing(self.query)

    @cached_property
    def suggestions(self) -> list[Suggestion]:
        """Other spellings; with nothing found, also parts of the search that find something by themselves."""
        if self.is_too_short or (self.groups and not self.shown_for):
            return []
        words = [self.shown_for] if self.shown_for else list(self._parts())
        others = [other for other in self._corrections if other != self.shown_for]
        words += [other for other in others if finds_anything(parse(other, self._lexicon))]
        return [Suggestion(text) for text in dict.fromkeys(words)][:MAX_SUGGESTIONS]

    def _parts(self) -> Iterator[str]:
        if len(self.query.required) > 1:
            for term in self.query.required[: MAX_SUGGESTIONS + 1]:
                if finds_anything(parse(term.typed, self._lexicon)):
                    yield term.typed

    @cached_property
    def _corrections(self) -> list[str]:
        return Vocabulary(_public_texts(), self._lexicon).corrections(self.query)


def _public_texts() -> Iterator[str]:
    """The names by which the public knows things, and whatever else published sentra are found by.

    Of businesses the name that the consent gate let out; their whole texts also hold the names of sentra in draft.
    """
    yield from Sentra.objects.published().values_list("search_text", flat=True)
    for published in (Ikm.objects.published(), Product.objects.published(), Promotion.objects.published().events()):
        yield from published.order_by().values_list("sort_name", flat=True).distinct()
    for name, name_en in ProductType.objects.values_list("name", "name_en"):
        yield normalise(f"{name} {name_en}")
