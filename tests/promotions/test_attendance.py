"""Many participants at once: each gets one line, however often and by whomever it is asked for."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from promotions.actions.attendance import enter_businesses
from promotions.models import Appearance
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_business_gets_one_line_on_the_first_day() -> None:
    promotion = factories.promotion(starts_on=date(2027, 3, 14), ends_on=date(2027, 3, 16))
    businesses = [factories.ikm(), factories.ikm()]

    assert enter_businesses(promotion=promotion, businesses=businesses, by=None) == 2

    lines = Appearance.objects.filter(promotion=promotion)
    assert {line.ikm for line in lines} == set(businesses)
    assert {line.appeared_on for line in lines} == {promotion.starts_on}


def test_a_second_time_adds_only_who_is_new() -> None:
    promotion, old, new = factories.promotion(), factories.ikm(), factories.ikm()
    factories.appearance(promotion=promotion, ikm=old, appeared_on=factories.days_ago(9), note="Meja 4")

    assert enter_businesses(promotion=promotion, businesses=[old, new, new], by=None) == 1
    assert enter_businesses(promotion=promotion, businesses=[old, new], by=None) == 0

    assert Appearance.objects.filter(promotion=promotion).count() == 2
    assert Appearance.objects.get(ikm=old).note == "Meja 4"


def test_other_promotions_keep_their_lines() -> None:
    elsewhere = factories.appearance()
    promotion = factories.promotion()

    assert enter_businesses(promotion=promotion, businesses=[elsewhere.ikm], by=None) == 1
    assert Appearance.objects.filter(ikm=elsewhere.ikm).count() == 2


def test_who_entered_whom_is_written_down_by_code() -> None:
    promotion, ikm, officer = factories.promotion(), factories.ikm("Zubaidah", name_is_personal=True), factories.user()

    enter_businesses(promotion=promotion, businesses=[ikm], by=officer)
    enter_businesses(promotion=promotion, businesses=[ikm], by=officer)

    entry = LogEntry.objects.get(user=officer)
    assert ikm.code in entry.change_message
    assert "Zubaidah" not in entry.change_message
