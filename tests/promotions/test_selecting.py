"""A selection from the register: who is a candidate, what keeps one out, which rules stand, and what is kept of it."""

import datetime

import pytest

from promotions.choices import DecisionKind, Obstacle
from promotions.fair_selection import ReasonKind
from promotions.models import FairSelection
from promotions.selecting.gathering import gather
from promotions.selecting.proposing import food_at_most, propose
from promotions.selecting.record import Line, Record, mark_of, read, stored
from semarang_ikm.shared.choices import Channel
from sentra.choices import ActivityStatus
from sentra.models import Ikm
from tests import factories
from tests.selection_factories import fair_selection, selection_decision, selection_rule

pytestmark = pytest.mark.django_db

EVENT = 30
ANYTHING = {
    "needs_photo": False,
    "needs_price": False,
    "needs_print_consent": False,
    "needs_certificate": False,
    "each_kecamatan_at_least": 0,
    "food_at_most_percent": None,
    "each_sentra_at_most": None,
}


def anybody(**fields) -> FairSelection:
    """A selection that asks for nothing but places."""
    return fair_selection(**ANYTHING | fields)


def ready_business(**fields) -> Ikm:
    """With everything that a new selection asks for."""
    ikm = factories.ikm(published=True, **fields)
    product = factories.product(published=True, ikm=ikm, price_min=10_000)
    factories.product_photo(product=product)
    factories.consent(ikm, "whatsapp", "name", channels=[Channel.PRINT])
    return ikm


def obstacles(ikm: Ikm, selection: FairSelection | None = None) -> set[str]:
    found = {candidate.code: candidate for candidate in gather(selection or fair_selection()).candidates}
    return set(found[ikm.code].obstacles)


def line_of(record: Record, ikm: Ikm) -> Line:
    return next(line for line in (*record.chosen, *record.others) if line.code == ikm.code)


def chosen(record: Record) -> list[str]:
    return [line.code for line in record.chosen]


# -- who waited how long ----------------------------------------------------------------------------------------------


def test_only_past_appearances_before_the_event_that_took_place_count() -> None:
    ikm = factories.ikm(published=True)
    selection = anybody()
    shown = factories.days_ago(400)
    factories.appearance(ikm=ikm, appeared_on=shown)
    factories.appearance(ikm=ikm, appeared_on=factories.days_ago(-5))
    factories.appearance(
        ikm=ikm,
        appeared_on=factories.days_ago(3),
        promotion=factories.promotion(cancelled_on=factories.days_ago(4)),
    )
    factories.appearance(ikm=ikm, appeared_on=selection.promotion.starts_on, promotion=selection.promotion)

    assert line_of(propose(selection), ikm).last == shown


def test_what_came_after_a_past_event_does_not_count_for_it() -> None:
    ikm = factories.ikm(published=True)
    factories.appearance(ikm=ikm, appeared_on=factories.days_ago(5))
    selection = anybody(promotion=factories.promotion(starts_on=factories.days_ago(20)))

    assert line_of(propose(selection), ikm).last is None


def test_a_business_that_is_not_public_is_no_candidate() -> None:
    draft, shown = factories.ikm(), factories.ikm(published=True)

    assert chosen(propose(anybody())) == [shown.code]
    assert draft.code not in str(stored(propose(anybody())))


# -- readiness --------------------------------------------------------------------------------------------------------


def test_a_complete_business_is_ready() -> None:
    assert obstacles(ready_business()) == set()


@pytest.mark.parametrize("condition", ["needs_photo", "needs_price", "needs_print_consent"])
def test_what_is_not_asked_for_keeps_nobody_out(condition: str) -> None:
    bare = factories.ikm(published=True)
    factories.product(published=True, ikm=bare)
    told = {"needs_photo": "no_photo", "needs_price": "no_price", "needs_print_consent": "no_print_consent"}

    assert obstacles(bare, fair_selection()) == set(told.values())
    assert obstacles(bare, fair_selection(**{condition: False})) == set(told.values()) - {told[condition]}


def test_a_business_without_products_has_none_to_show() -> None:
    ikm = factories.ikm(published=True)
    factories.product(ikm=ikm)
    assert obstacles(ikm, fair_selection(needs_print_consent=False)) == {Obstacle.NO_PRODUCT}
    assert obstacles(ikm, anybody()) == set()


def test_photo_and_price_must_belong_to_one_product() -> None:
    ikm = factories.ikm(published=True)
    factories.product_photo(product=factories.product(published=True, ikm=ikm))
    factories.product(published=True, ikm=ikm, price_min=1000)

    assert obstacles(ikm, fair_selection(needs_print_consent=False)) == {Obstacle.NO_COMPLETE_PRODUCT}


def test_a_price_of_more_than_a_year_ago_is_no_price() -> None:
    ikm = factories.ikm(published=True)
    factories.product(published=True, ikm=ikm, price_min=1000, price_on=factories.days_ago(366))

    asks = fair_selection(needs_photo=False, needs_print_consent=False)
    assert obstacles(ikm, asks) == {Obstacle.NO_PRICE}


@pytest.mark.parametrize(
    ("personal", "fields", "channel", "ready"),
    [
        (False, ["whatsapp"], Channel.PRINT, True),
        (False, ["whatsapp"], Channel.WEB, False),
        (True, ["whatsapp"], Channel.PRINT, False),
        (True, ["name"], Channel.PRINT, True),
    ],
)
def test_consent_for_paper_is_asked_for_the_name_too_where_it_is_a_persons(personal, fields, channel, ready) -> None:
    ikm = factories.ikm(published=True, name_is_personal=personal)
    factories.consent(ikm, *fields, channels=[channel])
    asks = fair_selection(needs_photo=False, needs_price=False)

    assert (obstacles(ikm, asks) == set()) == ready


def test_food_needs_a_checked_food_certificate_in_force_on_the_day() -> None:
    food = factories.product_type("Pangan Uji", is_food=True)
    below = factories.product_type("Tempe Uji", parent=food)
    kind = factories.certificate_kind(for_food_only=True)
    event = datetime.date.fromordinal(factories.days_ago(-EVENT).toordinal())
    asks = fair_selection(needs_photo=False, needs_price=False, needs_print_consent=False)

    def maker(**certificate) -> Ikm:
        ikm = factories.ikm(published=True)
        product = factories.product(published=True, ikm=ikm, product_type=below)
        if certificate:
            own = certificate.pop("of_the_business", False)
            factories.certification(ikm=ikm, products=[] if own else [product], **{"kind": kind} | certificate)
        return ikm

    lasting = maker(expires_on=event)
    of_the_business = maker(of_the_business=True)
    refused = [
        maker(),
        maker(expires_on=event - datetime.timedelta(days=1)),
        maker(checked=False),
        maker(kind=factories.certificate_kind()),
    ]

    assert obstacles(lasting, asks) == obstacles(of_the_business, asks) == set()
    assert [obstacles(ikm, asks) for ikm in refused] == [{Obstacle.NO_CERTIFICATE}] * 4


def test_a_closed_business_is_not_chosen() -> None:
    ikm = factories.ikm(published=True, activity=ActivityStatus.CLOSED)
    assert obstacles(ikm, anybody()) == {Obstacle.CLOSED}


def test_only_the_types_asked_for_with_all_below_them() -> None:
    cloth = factories.product_type("Kain")
    batik = factories.product_type("Batik Uji", parent=cloth)
    inside, outside = factories.ikm(published=True, types=[batik]), factories.ikm(published=True)
    selection = anybody()
    selection.product_types.set([cloth])

    record = propose(selection)

    assert chosen(record) == [inside.code]
    assert line_of(record, outside).words == (Obstacle.OTHER_TYPE,)


# -- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("places", "percent", "most"), [(48, 50, 24), (47, 50, 23), (3, 33, 0), (10, 0, 0)])
def test_a_share_of_food_is_whole_places_rounded_down(places: int, percent: int, most: int) -> None:
    assert food_at_most(FairSelection(places=places, food_at_most_percent=percent)) == most


def test_food_is_bounded_however_deep_its_type_stands() -> None:
    food = factories.product_type("Pangan Uji", is_food=True)
    kinds = [food, factories.product_type("Tempe Uji", parent=food)]
    makers = [factories.ikm(published=True, types=[kind]) for kind in kinds]
    smith = factories.ikm(published=True, types=[factories.product_type("Logam Uji")])

    record = propose(anybody(places=3, food_at_most_percent=50))

    assert set(chosen(record)) == {makers[0].code, smith.code}
    assert line_of(record, makers[1]).kind == ReasonKind.GROUP_FULL


def test_every_kecamatan_means_also_one_without_any_business() -> None:
    empty, home = factories.kecamatan(), factories.kelurahan()
    factories.ikm(published=True, kelurahan=home)

    record = propose(anybody(each_kecamatan_at_least=1))

    assert [(record.rules[missed.rule].of.value, missed.missing) for missed in record.missed] == [(empty.slug, 1)]


def test_a_special_rule_stands_in_place_of_the_general_one() -> None:
    sentra = factories.sentra(published=True)
    for _number in range(4):
        factories.ikm(published=True, sentra=sentra)
    selection = anybody(each_sentra_at_most=1)
    assert len(chosen(propose(selection))) == 1

    selection_rule(selection=selection, sentra=sentra, at_least=0, at_most=3)
    assert len(chosen(propose(selection))) == 3


def test_a_sentra_that_is_not_public_is_bounded_like_any_other() -> None:
    sentra = factories.sentra()
    for _number in range(3):
        factories.ikm(published=True, sentra=sentra)
    assert len(chosen(propose(anybody(each_sentra_at_most=2)))) == 2


def test_decisions_come_with_their_reason() -> None:
    selection = anybody(places=1)
    first, second, third = (factories.ikm(published=True) for _number in range(3))
    selection_decision(selection=selection, ikm=third, reason="Tuan rumah.")
    selection_decision(selection=selection, ikm=first, kind=DecisionKind.EXCLUDE, reason="Mundur.")

    record = propose(selection)

    assert chosen(record) == [third.code]
    assert line_of(record, first).words == ("Mundur.",)
    assert line_of(record, second).kind == ReasonKind.OTHERS_WAITED_LONGER


# -- what is kept -----------------------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was_kept_and_names_nobody() -> None:
    ikm = ready_business(name="Batik Bu Sri", name_is_personal=True, kelurahan=factories.kelurahan())
    selection = fair_selection()
    selection_rule(selection=selection)

    record = propose(selection)

    assert read(stored(record)) == record
    assert ikm.code in str(stored(record))
    assert "Sri" not in str(stored(record))


def test_the_same_data_give_the_same_answer_and_other_data_another_mark() -> None:
    ikm = ready_business()
    selection = fair_selection()
    before = mark_of(propose(selection))

    assert mark_of(propose(FairSelection.objects.get(pk=selection.pk))) == before
    factories.appearance(ikm=ikm, appeared_on=factories.days_ago(50))
    assert mark_of(propose(selection)) != before


def test_many_businesses_ask_the_database_as_often_as_one(count_queries) -> None:
    selection = fair_selection()
    ready_business(sentra=factories.sentra(published=True), kelurahan=factories.kelurahan())
    one = count_queries(lambda: propose(selection))
    for _number in range(6):
        ready_business(sentra=factories.sentra(published=True), kelurahan=factories.kelurahan())
    assert count_queries(lambda: propose(selection)) == one <= 15


def test_ready_products_come_with_flagships_first_and_without_what_lacks_something() -> None:
    ikm = ready_business()
    plain = ikm.products.get()
    flagship = factories.product(published=True, ikm=ikm, price_min=5, is_flagship=True)
    factories.product_photo(product=flagship)
    factories.product(published=True, ikm=ikm)

    assert gather(fair_selection()).ready_products[ikm.code] == (flagship.pk, plain.pk)
