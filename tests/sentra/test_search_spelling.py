"""Typing errors: which words are unknown, and what they are taken for."""

import pytest

from sentra.search import Lexicon, Vocabulary, parse


def lexicon() -> Lexicon:
    made = Lexicon()
    for variant, canonical in [("krupuk", "kerupuk"), ("duri lunak", "bandeng presto")]:
        made.entry(variant).meanings[canonical] = None
    for place in ("gunungpati", "krobokan", "tandang"):
        made.entry(place).places[(place,)] = True
    return made


TEXTS = [
    "kerupuk krobokan | kerupukkrobokan | krobokan | semarang barat",
    "batik warna alam malon | batik | gunungpati",
    "batik rejomulyo | batik",
    "kulit lumpia kranggan | lumpia",
    "bata merah | s 12",
]


def corrected(q: str) -> list[str]:
    words = lexicon()
    return Vocabulary(TEXTS, words).corrections(parse(q, words))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("krupk", "krupuk"),
        ("lunpia", "lumpia"),
        ("gunungpaty", "gunungpati"),
        ("gunugpati", "gunungpati"),
        ("batk", "batik"),
        ("btaik", "batik"),
        ("batik gunungpaty", "batik gunungpati"),
        ("krupk krobokn", "krupuk krobokan"),
        ("duri lunk", "duri lunak"),
        ("KRUPK", "krupuk"),
    ],
)
def test_the_nearest_word_is_meant(typed: str, meant: str):
    assert corrected(typed)[0] == meant


@pytest.mark.parametrize(
    "typed", ["batik", "krob", "kerupuk krobokan", "di krobokan", "s-12", "2017", '"krupk"', "", "🍤"]
)
def test_known_words_codes_and_quotations_stay_as_they_are(typed: str):
    assert corrected(typed) == []


@pytest.mark.parametrize("typed", ["xyzzyx", "zz", "qwertyuiop"])
def test_what_is_near_nothing_is_not_guessed(typed: str):
    assert corrected(typed) == []


def test_a_short_word_forgives_one_letter_and_a_long_one_more():
    vocabulary = Vocabulary(["tas rajut", "gunungpati"], Lexicon())
    assert vocabulary.nearest("tsa") == ["tas"]
    assert vocabulary.nearest("rejt") == []
    assert vocabulary.nearest("gunuungpatti") == ["gunungpati"]


def test_of_two_words_equally_near_the_more_frequent_one_is_meant():
    vocabulary = Vocabulary(["tahu", "tamu", "tamu lagi"], Lexicon())
    assert vocabulary.nearest("tapu") == ["tamu", "tahu"]


def test_no_more_than_three_corrections_and_each_once():
    vocabulary = Vocabulary(["tahu tamu tabu talu taru"], Lexicon())
    found = vocabulary.corrections(parse("tapu", Lexicon()))
    assert len(found) == 3 and len(set(found)) == 3
