"""Why each candidate is in or out, read from the finished selection: by asking what a single exchange would break."""

from collections import Counter
from collections.abc import Mapping, Sequence

from promotions.fair_selection.model import Candidate, Reason, ReasonKind, Rule, Rules


def explain(everybody: Sequence[Candidate], chosen: Sequence[Candidate], rules: Rules) -> Mapping[str, Reason]:
    """A reason for every candidate, by code."""
    exchange = Exchange(chosen, rules)
    waiting = [
        c for c in everybody if c.code not in exchange.codes and not c.obstacles and c.code not in rules.excluded
    ]
    return {
        candidate.code: _why_in(candidate, waiting, exchange, rules)
        if candidate.code in exchange.codes
        else _why_out(candidate, exchange, rules)
        for candidate in everybody
    }


class Exchange:
    """The selection, and which rules would break if one chosen candidate gave its place to another."""

    def __init__(self, chosen: Sequence[Candidate], rules: Rules) -> None:
        self.codes = {candidate.code for candidate in chosen}
        self.places_are_full = len(chosen) >= rules.places
        self.movable = [candidate for candidate in chosen if candidate.code not in rules.pinned]
        self._rules = rules
        self._about = {candidate.code: frozenset(rules.about(candidate)) for candidate in chosen}
        self._counted = Counter(number for numbers in self._about.values() for number in numbers)

    def full(self, newcomer: Candidate, leaver: Candidate | None = None) -> tuple[Rule, ...]:
        """The maximums that the newcomer would pass."""
        leaving = self._of(leaver) if leaver else frozenset()
        concerned = (number for number in self._rules.about(newcomer) if number not in leaving)
        return tuple(rule for number in concerned if self._is_full(number, rule := self._rules.rules[number]))

    def _is_full(self, number: int, rule: Rule) -> bool:
        return rule.at_most is not None and self._counted[number] >= rule.at_most

    def missed(self, newcomer: Candidate, leaver: Candidate) -> tuple[Rule, ...]:
        """The minimums that would be missed, or missed by more, without the leaver."""
        concerned = sorted(self._of(leaver).difference(self._rules.about(newcomer)))
        rules = ((number, self._rules.rules[number]) for number in concerned)
        return tuple(rule for number, rule in rules if self._counted[number] <= rule.at_least)

    def _of(self, chosen: Candidate) -> frozenset[int]:
        return self._about[chosen.code]


def _why_in(candidate: Candidate, waiting: Sequence[Candidate], exchange: Exchange, rules: Rules) -> Reason:
    if candidate.code in rules.pinned:
        return Reason(ReasonKind.PINNED, words=(rules.pinned[candidate.code], *candidate.obstacles))
    for other in waiting:
        if other.waiting_since >= candidate.waiting_since:
            break
        if not exchange.full(other, candidate) and (needed := exchange.missed(other, candidate)):
            return Reason(ReasonKind.FOR_A_MINIMUM, rules=needed, against=other.last_promoted)
    return Reason(ReasonKind.WAITED_LONGEST if candidate.last_promoted else ReasonKind.NEVER_PROMOTED)


def _why_out(candidate: Candidate, exchange: Exchange, rules: Rules) -> Reason:
    if candidate.code in rules.excluded:
        return Reason(ReasonKind.EXCLUDED, words=(rules.excluded[candidate.code],))
    if candidate.obstacles:
        return Reason(ReasonKind.NOT_READY, words=candidate.obstacles)
    if not exchange.places_are_full:
        return Reason(ReasonKind.GROUP_FULL, rules=exchange.full(candidate))
    behind = [other for other in exchange.movable if _comes_before(candidate, other)]
    for other in behind:
        if not exchange.full(candidate, other):
            needed = exchange.missed(candidate, other)
            return Reason(ReasonKind.PLACE_FOR_A_MINIMUM, rules=needed, against=other.last_promoted)
    if behind:
        return Reason(ReasonKind.GROUP_FULL, rules=exchange.full(candidate))
    last = max((other.waiting_since for other in exchange.movable), default=None)
    if last == candidate.waiting_since:
        return Reason(ReasonKind.LATER_CODE, against=candidate.last_promoted)
    latest = max(exchange.movable, key=lambda other: other.waiting_since, default=None)
    return Reason(ReasonKind.OTHERS_WAITED_LONGER, against=latest.last_promoted if latest else None)


def _comes_before(candidate: Candidate, other: Candidate) -> bool:
    return (candidate.waiting_since, candidate.number) < (other.waiting_since, other.number)
