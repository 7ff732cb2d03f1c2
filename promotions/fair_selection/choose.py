"""The choice itself: fill the most places the rules allow, then never promoted, then longest ago, ties by code.

Each wish is settled before the next one counts: fewest missed minimums (earlier rules first), most places filled,
the sorted last dates compared from the earliest, the sorted codes compared from the lowest. Together they leave exactly
one answer, so the same data give the same selection, whatever the solver's own order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from promotions.fair_selection.explain import explain
from promotions.fair_selection.model import Candidate, Outcome, Rule, Rules, Shortfall
from promotions.fair_selection.program import Program


def choose(candidates: Iterable[Candidate], rules: Rules) -> Outcome:
    """Choose among the candidates; their codes are unique. Pinned ones are in even when they are not ready."""
    everybody = sorted(candidates, key=lambda c: (c.waiting_since, c.number))
    pinned = [c for c in everybody if c.code in rules.pinned]
    free = [c for c in everybody if c.code not in rules.pinned and c.code not in rules.excluded and not c.obstacles]
    places = max(rules.places, len(pinned))
    in_anyway = Counter(number for candidate in pinned for number in rules.about(candidate))
    bounds = [_Bound(rule, in_anyway[number], places) for number, rule in enumerate(rules.rules)]

    pool = [*pinned, *_worth_asking(free, rules, bounds, places)]
    settling = _Settling(pool, len(pinned), rules, bounds, places)
    short = settling.meet_the_minimums()
    settling.fill_the_places()
    settling.prefer_who_waited()
    settling.prefer_low_codes()

    chosen = tuple(sorted(settling.chosen(), key=lambda c: (c.waiting_since, c.number)))
    return Outcome(
        chosen=chosen,
        everybody=tuple(everybody),
        reasons=explain(everybody, chosen, rules),
        shortfalls=tuple(
            Shortfall(bound.rule, missing, bound.surplus)
            for bound, missing in zip(bounds, short, strict=True)
            if missing or bound.surplus
        ),
        empty_places=max(0, rules.places - len(chosen)),
        pinned_beyond_places=max(0, len(pinned) - rules.places),
    )


class _Bound:
    """A rule as numbers. `most` gives way to what was pinned, by `surplus`."""

    def __init__(self, rule: Rule, in_anyway: int, places: int) -> None:
        self.rule = rule
        self.least = rule.at_least
        allowed = places if rule.at_most is None else rule.at_most
        self.most = max(allowed, in_anyway)
        self.surplus = max(0, in_anyway - allowed)


def _worth_asking(free: Sequence[Candidate], rules: Rules, bounds: Sequence[_Bound], places: int) -> list[Candidate]:
    """Of candidates whom all rules treat alike, only those first in line: the others could never come before them."""
    alike: dict[tuple[int, ...], list[Candidate]] = defaultdict(list)
    for candidate in free:
        alike[rules.about(candidate)].append(candidate)
    return [
        candidate
        for numbers, line in alike.items()
        for candidate in line[: min([places, *(bounds[number].most for number in numbers)])]
    ]


class _Settling:
    """The program, and one solution of it that gets better with each wish that is settled."""

    def __init__(self, pool: list[Candidate], pinned: int, rules: Rules, bounds: Sequence[_Bound], places: int) -> None:
        self.pool = pool
        self.program = Program(len(pool))
        self.everyone = list(range(len(pool)))
        self.solution: list[int] = []
        for column in range(pinned):
            self.program.fix(column, 1)
        self.open = set(range(pinned, len(pool)))
        self.program.add_row(self.everyone, high=places)
        self.slacks: list[int | None] = []
        groups: dict[int, list[int]] = defaultdict(list)
        for column, candidate in enumerate(pool):
            for number in rules.about(candidate):
                groups[number].append(column)
        for number, bound in enumerate(bounds):
            group = groups[number]
            self.program.add_row(group, high=bound.most)
            self.slacks.append(self.program.add_slack(bound.least) if bound.least else None)
            if (slack := self.slacks[-1]) is not None:
                self.program.add_row([*group, slack], low=bound.least)

    def meet_the_minimums(self) -> list[int]:
        """By how much each rule's minimum is missed at the least: in all, then rule by rule in their order."""
        slacks = [slack for slack in self.slacks if slack is not None]
        total, self.solution = self.program.fewest(slacks)
        if total:
            self.program.add_row(slacks, high=total)
        for slack in slacks:
            if self.solution[slack]:
                _missing, self.solution = self.program.fewest([slack])
            self.program.fix(slack, self.solution[slack])
        return [0 if slack is None else self.solution[slack] for slack in self.slacks]

    def fill_the_places(self) -> None:
        total, self.solution = self.program.most(self.everyone)
        self.program.add_row(self.everyone, low=total)

    def prefer_who_waited(self) -> None:
        """Date by date from the earliest: as many of it as can be, given all that was settled before."""
        line = sorted(self.open, key=lambda column: self.pool[column].waiting_since)
        days = [list(group) for _day, group in groupby(line, key=lambda column: self.pool[column].waiting_since)]
        while days:
            if skipped := self._settled_as_nobody(days):
                days = days[skipped:]
                continue
            today = days.pop(0)
            count = self._taken(today)
            if count < len(today) and any(self._taken(later) for later in days):
                count, self.solution = self.program.most(today)
            self.program.add_row(today, low=count, high=count)

    def prefer_low_codes(self) -> None:
        """Code by code from the lowest: in, where that is still possible."""
        line = [[column] for column in sorted(self.open, key=lambda column: self.pool[column].number)]
        while line:
            if skipped := self._settled_as_nobody(line):
                line = line[skipped:]
                continue
            (column,) = line.pop(0)
            self.program.fix(column, 1)

    def _settled_as_nobody(self, groups: Sequence[list[int]]) -> int:
        """How many groups at the head of the line are settled with nobody of them chosen.

        One question for the whole run that the present solution leaves empty: where the answer is "somebody", the
        solution that shows it is kept, and the run has become shorter.
        """
        while run := self._empty_head(groups):
            columns = [column for group in groups[:run] for column in group]
            # Nobody is chosen behind the run either: then nobody can come in place of a later one.
            count, better = self.program.most(columns)
            if not count:
                for column in columns:
                    self.program.fix(column, 0)
                self.open.difference_update(columns)
                return run
            self.solution = better
        return 0

    def _empty_head(self, groups: Sequence[list[int]]) -> int:
        for number, group in enumerate(groups):
            if self._taken(group):
                return number
        return len(groups)

    def _taken(self, columns: Iterable[int]) -> int:
        return sum(self.solution[column] for column in columns)

    def chosen(self) -> list[Candidate]:
        return [candidate for column, candidate in enumerate(self.pool) if self.solution[column]]
