"""Every reason and rule can be said, in both languages, whatever a selection comes to."""

import re
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.admin import selection_words as words
from promotions.choices import Obstacle
from promotions.fair_selection import Candidate, Rule, Rules, Trait, choose
from promotions.selecting.record import Named, Plan, Record, RuleLine, make_record, mark_of, read, stored

DAYS = [None, date(2019, 5, 1), date(2023, 8, 17), date(2025, 5, 1)]
PARTS = {
    Trait.KECAMATAN: [Named(f"kec-{n}", f"Mijen {n}", f"Mijen {n}") for n in range(8)],
    Trait.SENTRA: [Named(f"S-{n}", f"Batik {n}", f"Batik centre {n}") for n in range(20)],
    Trait.TYPE: [Named(f"jenis-{n}", f"Jenis {n}", f"Type {n}") for n in range(6)],
}


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Of some hundred businesses under many rules that cross, with pins and exclusions."""
    chance = draw(st.randoms(use_true_random=False))
    codes = [f"U-{number}" for number in range(1, draw(st.integers(1, 300)) + 1)]
    candidates = []
    for code in codes:
        traits = {
            trait: frozenset(part.value for part in chance.sample(parts, chance.choice([0, 1, 1, 2])))
            for trait, parts in PARTS.items()
        }
        lacks = tuple(chance.sample([one.value for one in Obstacle], chance.choice([0, 0, 0, 1, 2])))
        candidates.append(Candidate(code, chance.choice(DAYS), traits, lacks))
    lines = []
    for trait, parts in PARTS.items():
        for part in parts:
            low = chance.choice([0, 0, 1, 3])
            lines.append(RuleLine(trait, part, low, chance.choice([None, low, low + 2])))
    chance.shuffle(lines)
    asked = tuple(Rule(Trait(line.trait), line.of.value, line.at_least, line.at_most) for line in lines)
    decided = chance.sample(codes, min(len(codes), chance.choice([0, 3, 12])))
    half = len(decided) // 2
    places = draw(st.integers(0, 60))
    outcome = choose(
        candidates,
        Rules(places, asked, dict.fromkeys(decided[:half], "Tuan rumah"), dict.fromkeys(decided[half:], "Mundur.")),
    )
    plan = Plan(date(2027, 3, 14), places, 50, places // 2, (1, None), (0, 3), 2, ("needs_photo",), ())
    return make_record(plan, tuple(lines), asked, outcome, dict.fromkeys(codes, ("", "")))


@settings(max_examples=25)
@given(records())
def test_everybody_gets_one_finished_sentence_in_both_languages(record: Record) -> None:
    told = {}
    for language in ("id", "en"):
        with translation.override(language):
            lines = [words.reason(line, record) for line in (*record.chosen, *record.others)]
            lines += [*words.rules(record), *words.unmet(record)]
        for sentence in lines:
            assert sentence[-1] in ".!?" and "  " not in sentence, sentence
            assert not re.search(r"%\(|%%|None|[{}]", sentence), sentence
        told[language] = lines
    assert len(told["id"]) == len(told["en"])


@settings(max_examples=25)
@given(records())
def test_a_record_is_whole_keeps_its_bounds_and_comes_back(record: Record) -> None:
    codes = [line.code for line in (*record.chosen, *record.others)]
    assert len(codes) == len(set(codes))
    assert read(stored(record)) == record
    assert mark_of(read(stored(record))) == mark_of(record)
    assert len(record.chosen) <= max(record.plan.places, sum(line.is_decided for line in record.chosen))
    assert record.empty_places == max(0, record.plan.places - len(record.chosen))
    for line in record.others:
        assert line.kind in words.GROUPS


@pytest.mark.parametrize(("typed", "said"), [("Tuan rumah", "Tuan rumah."), ("Mundur.", "Mundur."), ("Ya!", "Ya!")])
def test_an_officers_words_end_like_a_sentence(typed: str, said: str) -> None:
    assert words._sentence(typed) == said
