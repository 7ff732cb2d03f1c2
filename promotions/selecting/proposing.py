"""From an officer's plain fields to the exact rules, and from those to the proposal."""

from dataclasses import dataclass
from datetime import date

from promotions.choices import DecisionKind
from promotions.fair_selection import Rule, Rules, Trait, choose
from promotions.models import FairSelection, SelectionRule
from promotions.selecting.gathering import FOOD, Gathered, gather
from promotions.selecting.record import Named, Plan, Record, RuleLine, make_record
from sentra.models import Kecamatan, ProductType, Sentra

# The fields that say what a business must have to be shown, in the order in which they are told.
CONDITIONS = ("needs_photo", "needs_price", "needs_print_consent", "needs_certificate")


@dataclass(frozen=True)
class Standing:
    """How an accepted selection stands: who comes, who does not any more, and how many places that leaves. Codes."""

    coming: frozenset[str]
    gone: frozenset[str]
    free: int


def propose(selection: FairSelection, at: date | None = None, standing: Standing | None = None) -> Record:
    """The selection that these rules and decisions give on that day (default: today); the same data, the same answer.

    `standing`: of an accepted one, the same rules for the free places alone. Who comes stays, whatever the rules say.
    """
    gathered = gather(selection, at)
    lines, special = _rule_lines(selection, gathered)
    rules = tuple(Rule(Trait(line.trait), line.of.value, line.at_least, line.at_most) for line in lines)
    decided = list(selection.decisions.select_related("ikm"))
    pinned = {row.ikm.code: row.reason for row in decided if row.kind == DecisionKind.PIN}
    excluded = {row.ikm.code: row.reason for row in decided if row.kind == DecisionKind.EXCLUDE}
    places = selection.places
    if standing is not None:
        pinned = dict.fromkeys(standing.coming, "")
        excluded |= dict.fromkeys(standing.gone, "")
        # Who comes and is not public any more is no candidate, and takes no place here.
        places = sum(candidate.code in standing.coming for candidate in gathered.candidates) + standing.free
    outcome = choose(gathered.candidates, Rules(places=places, rules=rules, pinned=pinned, excluded=excluded))
    return make_record(_plan(selection, special), lines, rules, outcome, gathered.homes)


def food_at_most(selection: FairSelection) -> int | None:
    """The share of food as a number of places, rounded down."""
    if selection.food_at_most_percent is None:
        return None
    return selection.places * selection.food_at_most_percent // 100


def _plan(selection: FairSelection, special: int) -> Plan:
    return Plan(
        day=selection.promotion.starts_on,
        places=selection.places,
        food_at_most_percent=selection.food_at_most_percent,
        food_at_most=food_at_most(selection),
        each_kecamatan=(selection.each_kecamatan_at_least, selection.each_kecamatan_at_most),
        each_sentra=(selection.each_sentra_at_least, selection.each_sentra_at_most),
        special=special,
        conditions=tuple(name for name in CONDITIONS if getattr(selection, name)),
        types=tuple(_named(kind) for kind in selection.product_types.all()),
    )


def _rule_lines(selection: FairSelection, gathered: Gathered) -> tuple[tuple[RuleLine, ...], int]:
    """Every bound, the officer's special ones first (so many of them): where two cannot both be, the earlier is kept."""
    special = [_special(rule) for rule in selection.rules.select_related("kecamatan", "sentra", "product_type")]
    lines = list(special)
    if (most := food_at_most(selection)) is not None:
        lines.append(RuleLine(Trait.TYPE, Named(FOOD, "Pangan", "Food"), 0, most))
    kecamatan = [_named(row) for row in Kecamatan.objects.order_by("code")]
    lines += _for_each(Trait.KECAMATAN, kecamatan, selection.each_kecamatan_at_least, selection.each_kecamatan_at_most)
    lines += _for_each(
        Trait.SENTRA, _sentra_of(gathered), selection.each_sentra_at_least, selection.each_sentra_at_most
    )
    named = {(line.trait, line.of.value) for line in special}
    general = [line for line in lines[len(special) :] if (line.trait, line.of.value) not in named]
    return (*special, *general), len(special)


def _sentra_of(gathered: Gathered) -> list[Named]:
    """The public ones, and those that candidates belong to: a bound for each holds for all of them."""
    public = {row.code: _named(row) for row in Sentra.objects.published().only("code", "name", "name_en")}
    return sorted((public | gathered.sentra).values(), key=lambda one: (len(one.value), one.value))


def _for_each(trait: Trait, all_of: list[Named], at_least: int, at_most: int | None) -> list[RuleLine]:
    if not at_least and at_most is None:
        return []
    return [RuleLine(trait, one, at_least, at_most) for one in all_of]


def _special(rule: SelectionRule) -> RuleLine:
    about = rule.kecamatan or rule.sentra or rule.product_type
    if about is None:
        raise ValueError("a rule is about one thing: promotions_selectionrule_about_one_thing")
    trait = Trait.KECAMATAN if rule.kecamatan else Trait.SENTRA if rule.sentra else Trait.TYPE
    return RuleLine(trait, _named(about), rule.at_least, rule.at_most)


def _named(row: Kecamatan | Sentra | ProductType) -> Named:
    value = row.code if isinstance(row, Sentra) else row.slug
    return Named(value, row.name, getattr(row, "name_en", "") or row.name)
