"""A fair selection: exact against brute force on small cases, by its properties on large ones."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promotions.fair_selection import Candidate, Outcome, ReasonKind, Rule, Rules, Shortfall, Trait, choose
from promotions.fair_selection.model import NEVER

KEC, SENTRA, TYPE = Trait.KECAMATAN, Trait.SENTRA, Trait.TYPE
OLD, NEW = date(2019, 5, 1), date(2025, 5, 1)
FOOD_AT_MOST_ONE = Rule(TYPE, "pangan", at_most=1)


def business(
    number: int, last: date | None = None, *, kec: str = "", sentra: str = "", types: str = "", lacks: str = ""
) -> Candidate:
    traits = {KEC: kec, SENTRA: sentra, TYPE: types}
    return Candidate(
        code=f"U-{number:02d}",
        last_promoted=last,
        traits={trait: frozenset(words.split()) for trait, words in traits.items()},
        obstacles=tuple(lacks.split()),
    )


def codes(outcome: Outcome) -> set[str]:
    return {candidate.code for candidate in outcome.chosen}


# -- what an officer expects ------------------------------------------------------------------------------------------


def test_who_was_never_promoted_comes_first_then_who_waited_longest() -> None:
    outcome = choose([business(1, NEW), business(2, OLD), business(3)], Rules(places=2))
    assert [candidate.code for candidate in outcome.chosen] == ["U-03", "U-02"]
    assert outcome.reasons["U-03"].kind == ReasonKind.NEVER_PROMOTED
    assert outcome.reasons["U-02"].kind == ReasonKind.WAITED_LONGEST
    assert outcome.reasons["U-01"].kind == ReasonKind.OTHERS_WAITED_LONGER
    assert outcome.reasons["U-01"].against == OLD


def test_equal_waiting_is_decided_by_the_code_as_people_count() -> None:
    outcome = choose([business(100), business(9), business(20)], Rules(places=1))
    assert codes(outcome) == {"U-09"}
    assert outcome.reasons["U-20"].kind == ReasonKind.LATER_CODE


def test_more_places_are_filled_even_when_that_takes_somebody_promoted_lately() -> None:
    candidates = [business(1, types="pangan"), business(2, types="pangan"), business(3, NEW, types="logam")]
    outcome = choose(candidates, Rules(places=2, rules=(FOOD_AT_MOST_ONE,)))
    assert codes(outcome) == {"U-01", "U-03"}
    assert outcome.reasons["U-02"].kind == ReasonKind.GROUP_FULL
    assert outcome.reasons["U-02"].rules == (FOOD_AT_MOST_ONE,)


def test_a_minimum_takes_a_place_from_who_waited_longer_and_says_so() -> None:
    each = Rule(KEC, "tugu", at_least=1)
    outcome = choose([business(1, kec="mijen"), business(2, NEW, kec="tugu")], Rules(places=1, rules=(each,)))
    assert codes(outcome) == {"U-02"}
    assert outcome.reasons["U-02"].kind == ReasonKind.FOR_A_MINIMUM
    assert outcome.reasons["U-01"].kind == ReasonKind.PLACE_FOR_A_MINIMUM
    assert outcome.reasons["U-01"].rules == outcome.reasons["U-02"].rules == (each,)


def test_a_rule_that_cannot_be_met_is_named_with_what_is_missing() -> None:
    two, one = Rule(KEC, "tugu", at_least=2), Rule(KEC, "genuk", at_least=1)
    outcome = choose([business(1, kec="tugu"), business(2, kec="mijen")], Rules(places=5, rules=(two, one)))
    assert outcome.shortfalls == (Shortfall(two, missing=1), Shortfall(one, missing=1))
    assert codes(outcome) == {"U-01", "U-02"}
    assert outcome.empty_places == 3


def test_the_earlier_rule_is_kept_where_two_cannot_both_be() -> None:
    first, second = Rule(KEC, "tugu", at_least=1), Rule(KEC, "mijen", at_least=1)
    outcome = choose([business(1, kec="mijen"), business(2, kec="tugu")], Rules(places=1, rules=(first, second)))
    assert codes(outcome) == {"U-02"}
    assert outcome.shortfalls == (Shortfall(second, missing=1),)


def test_who_is_not_ready_is_out_with_what_is_missing() -> None:
    outcome = choose([business(1, lacks="foto"), business(2, NEW)], Rules(places=2))
    assert codes(outcome) == {"U-02"}
    assert outcome.reasons["U-01"].kind == ReasonKind.NOT_READY
    assert outcome.reasons["U-01"].words == ("foto",)


def test_an_officer_pins_and_excludes_with_a_reason_that_is_kept() -> None:
    rules = Rules(places=1, pinned={"U-03": "tuan rumah"}, excluded={"U-01": "mengundurkan diri"})
    outcome = choose([business(1), business(2), business(3, NEW, lacks="foto")], rules)
    assert codes(outcome) == {"U-03"}
    assert outcome.reasons["U-03"].words == ("tuan rumah", "foto")
    assert outcome.reasons["U-01"].words == ("mengundurkan diri",)
    assert outcome.reasons["U-02"].kind == ReasonKind.OTHERS_WAITED_LONGER


def test_pins_beyond_a_maximum_or_the_places_are_said_not_hidden() -> None:
    rules = Rules(places=1, rules=(FOOD_AT_MOST_ONE,), pinned={"U-01": "a", "U-02": "b"})
    outcome = choose([business(1, types="pangan"), business(2, types="pangan")], rules)
    assert codes(outcome) == {"U-01", "U-02"}
    assert outcome.shortfalls == (Shortfall(FOOD_AT_MOST_ONE, surplus=1),)
    assert outcome.pinned_beyond_places == 1


@pytest.mark.parametrize("places", [0, 3])
def test_nobody_to_choose_from_is_an_answer_too(places: int) -> None:
    outcome = choose([], Rules(places=places, rules=(Rule(KEC, "tugu", at_least=1),)))
    assert outcome.chosen == ()
    assert outcome.empty_places == places
    assert outcome.shortfalls[0].missing == 1


# -- exact, against every possible selection ----------------------------------------------------------------------------

VALUES = {KEC: ("a", "b", "c"), SENTRA: ("s", "t"), TYPE: ("x", "y")}


@st.composite
def small_cases(draw: st.DrawFn) -> tuple[list[Candidate], Rules]:
    candidates = [
        Candidate(
            code=f"U-{number}",
            last_promoted=draw(st.sampled_from([None, OLD, date(2021, 1, 1), NEW])),
            traits={
                trait: draw(st.frozensets(st.sampled_from(values), max_size=2)) for trait, values in VALUES.items()
            },
            obstacles=draw(st.sampled_from([(), (), (), ("foto",)])),
        )
        for number in range(1, draw(st.integers(1, 9)) + 1)
    ]
    pairs = [(trait, value) for trait, values in VALUES.items() for value in values]
    rules = [
        Rule(trait, value, draw(st.integers(0, 2)), draw(st.one_of(st.none(), st.integers(0, 3))))
        for trait, value in draw(st.lists(st.sampled_from(pairs), max_size=5))
    ]
    rules = [
        Rule(r.trait, r.value, min(r.at_least, r.at_most or 0) if r.at_most is not None else r.at_least, r.at_most)
        for r in rules
    ]
    names = st.sampled_from([candidate.code for candidate in candidates])
    pinned = draw(st.sets(names, max_size=2))
    excluded = draw(st.sets(names, max_size=1)) - pinned
    return candidates, Rules(
        draw(st.integers(0, 6)), tuple(rules), dict.fromkeys(pinned, "ya"), dict.fromkeys(excluded, "tidak")
    )


def by_brute_force(candidates: list[Candidate], rules: Rules) -> tuple[set[str], list[int]]:
    """The best of all selections: the codes, and how much each rule's minimum is missed."""
    best = min((key for key in _all_keys(candidates, rules)), key=lambda key: key[0])
    return best[1], list(best[0][1])


def _all_keys(candidates: list[Candidate], rules: Rules) -> Iterator[tuple[tuple, set[str]]]:
    pinned = [c for c in candidates if c.code in rules.pinned]
    free = [c for c in candidates if c not in pinned and c.code not in rules.excluded and not c.obstacles]
    places = max(rules.places, len(pinned))
    for size in range(places - len(pinned) + 1):
        for more in combinations(free, size):
            selection = [*pinned, *more]
            counts = [sum(rule.value in c.traits[rule.trait] for c in selection) for rule in rules.rules]
            anyway = [sum(rule.value in c.traits[rule.trait] for c in pinned) for rule in rules.rules]
            if any(
                rule.at_most is not None and count > max(rule.at_most, forced)
                for rule, count, forced in zip(rules.rules, counts, anyway, strict=True)
            ):
                continue
            missed = [max(0, rule.at_least - count) for rule, count in zip(rules.rules, counts, strict=True)]
            dates = sorted(c.last_promoted or NEVER for c in selection)
            numbers = sorted(int(c.code[2:]) for c in selection)
            yield (sum(missed), missed, -len(selection), dates, numbers), {c.code for c in selection}


@settings(max_examples=120)
@given(small_cases())
def test_the_answer_is_the_best_of_all_selections(case: tuple[list[Candidate], Rules]) -> None:
    candidates, rules = case
    outcome = choose(candidates, rules)
    expected, missed = by_brute_force(candidates, rules)
    assert codes(outcome) == expected
    said = {shortfall.rule: shortfall.missing for shortfall in outcome.shortfalls}
    assert [said.get(rule, 0) for rule in rules.rules] == missed or len(set(rules.rules)) < len(rules.rules)
    assert set(outcome.reasons) == {candidate.code for candidate in candidates}


# -- large: what must be true of every answer ----------------------------------------------------------------------------


def many(number: int, seed: int) -> tuple[list[Candidate], Rules]:
    dice = random.Random(seed)
    candidates = [
        Candidate(
            code=f"U-{index}",
            last_promoted=None if dice.random() < 0.3 else OLD + timedelta(dice.randrange(2000)),
            traits={
                KEC: frozenset([f"k{int(dice.random() ** 2 * 16)}"]),
                SENTRA: frozenset([f"s{dice.randrange(number // 16 + 1)}"] if dice.random() < 0.7 else []),
                TYPE: frozenset(["pangan" if dice.random() < 0.6 else "kriya"]),
            },
            obstacles=("foto",) if dice.random() < 0.1 else (),
        )
        for index in range(1, number + 1)
    ]
    sentra = sorted({value for candidate in candidates for value in candidate.traits[SENTRA]})
    rules = (
        Rule(TYPE, "pangan", at_most=24),
        *(Rule(KEC, f"k{index}", at_least=1) for index in range(16)),
        *(Rule(SENTRA, value, at_most=3) for value in sentra),
    )
    return candidates, Rules(48, rules)


@pytest.mark.parametrize("seed", range(4))
def test_no_exchange_of_two_would_be_fairer(seed: int) -> None:
    candidates, rules = many(800, seed)
    outcome = choose(candidates, rules)
    assert len(outcome.chosen) == 48 and not outcome.shortfalls
    counts = [sum(rule.value in c.traits[rule.trait] for c in outcome.chosen) for rule in rules.rules]
    for rule, count in zip(rules.rules, counts, strict=True):
        assert count >= rule.at_least and (rule.at_most is None or count <= rule.at_most)
    for newcomer in candidates:
        if newcomer.code in codes(outcome) or newcomer.obstacles:
            continue
        for leaver in outcome.chosen:
            if (newcomer.waiting_since, newcomer.number) >= (leaver.waiting_since, leaver.number):
                continue
            changed = [
                count + (rule.value in newcomer.traits[rule.trait]) - (rule.value in leaver.traits[rule.trait])
                for rule, count in zip(rules.rules, counts, strict=True)
            ]
            assert any(
                count < rule.at_least or (rule.at_most is not None and count > rule.at_most)
                for rule, count in zip(rules.rules, changed, strict=True)
            ), f"{newcomer.code} could have had the place of {leaver.code}"


def test_the_order_in_which_candidates_are_handed_over_changes_nothing() -> None:
    candidates, rules = many(600, 9)
    first = choose(candidates, rules)
    random.Random(1).shuffle(candidates)
    again = choose(candidates, rules)
    assert again.chosen == first.chosen
    assert dict(again.reasons) == dict(first.reasons)


def test_every_reason_names_what_decided() -> None:
    candidates, rules = many(800, 3)
    for code, reason in choose(candidates, rules).reasons.items():
        if reason.kind in {ReasonKind.GROUP_FULL, ReasonKind.FOR_A_MINIMUM, ReasonKind.PLACE_FOR_A_MINIMUM}:
            assert reason.rules, code
        if reason.kind in {ReasonKind.NOT_READY, ReasonKind.PINNED, ReasonKind.EXCLUDED}:
            assert reason.words, code
