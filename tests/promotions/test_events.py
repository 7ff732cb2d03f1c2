"""When an event is coming, going on or over: the same in Python and in SQL, on every day."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotions.choices import EVENT_KINDS, PromotionKind
from promotions.models import Promotion
from semarang_ikm.shared.choices import DatePrecision
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
days = st.dates(datetime.date(2019, 1, 1), datetime.date(2031, 12, 31))


def test_only_what_can_be_attended_is_an_event() -> None:
    shown = [factories.promotion(kind=kind, published=True) for kind in PromotionKind]

    assert {promotion.kind for promotion in Promotion.objects.published().events()} == set(EVENT_KINDS)
    assert [promotion.is_event for promotion in shown] == [promotion.kind in EVENT_KINDS for promotion in shown]
    assert PromotionKind.ARTICLE not in EVENT_KINDS
    assert PromotionKind.CATALOGUE not in EVENT_KINDS


def test_the_nearest_comes_first_and_what_lasts_all_day_before_what_begins_at_an_hour() -> None:
    at = datetime.date(2027, 3, 1)
    late = factories.promotion(starts_on=at, starts_at="13:00")
    early = factories.promotion(starts_on=at, starts_at="08:00")
    all_day = factories.promotion(starts_on=at)
    tomorrow = factories.promotion(starts_on=at + DAY)
    running = factories.promotion(starts_on=at - DAY, ends_on=at)
    over = factories.promotion(starts_on=at - DAY)
    long_over = factories.promotion(starts_on=at - 40 * DAY)

    assert list(Promotion.objects.all().upcoming(at)) == [running, all_day, early, late, tomorrow]
    assert list(Promotion.objects.all().past(at)) == [over, long_over]


@given(at=days, starts_on=days, length=st.integers(0, 40), precision=st.sampled_from(DatePrecision.values))
def test_sql_and_python_agree_on_what_is_over(
    at: datetime.date, starts_on: datetime.date, length: int, precision: str
) -> None:
    exact = precision == DatePrecision.DAY
    ends_on = starts_on + length * DAY if exact and length else None
    event = factories.promotion(starts_on=starts_on, ends_on=ends_on, date_precision=precision)

    past = event in Promotion.objects.all().past(at)
    upcoming = event in Promotion.objects.all().upcoming(at)

    assert (past, upcoming) == (event.is_over(at), not event.is_over(at))
    assert event.starts_on <= event.last_day
    assert not (event.is_running(at) and past)


def test_it_goes_on_from_its_first_day_to_its_last() -> None:
    first, last = datetime.date(2027, 3, 14), datetime.date(2027, 3, 16)
    event = factories.promotion(starts_on=first, ends_on=last)

    assert [event.is_running(first + shift * DAY) for shift in (-1, 0, 2, 3)] == [False, True, True, False]
    event.cancelled_on = first
    assert not event.is_running(first)


def test_a_month_is_over_when_its_last_day_is() -> None:
    event = factories.promotion(starts_on=datetime.date(2024, 2, 1), date_precision=DatePrecision.MONTH)

    assert event.last_day == datetime.date(2024, 2, 29)
    assert not event.is_over(datetime.date(2024, 2, 29))
    assert event.is_over(datetime.date(2024, 3, 1))
    assert not event.is_running(datetime.date(2024, 2, 10))


def test_only_public_participants_are_counted_each_once() -> None:
    event = factories.promotion(sentra=[factories.sentra(published=True), factories.sentra()])
    twice = factories.ikm(published=True)
    for day in (3, 2):
        factories.appearance(promotion=event, ikm=twice, appeared_on=factories.days_ago(day))
    factories.appearance(promotion=event, ikm=factories.ikm())
    factories.appearance(ikm=factories.ikm(published=True))

    counted = Promotion.objects.for_list().get(pk=event.pk)

    assert (counted.business_count, counted.sentra_count) == (1, 1)
