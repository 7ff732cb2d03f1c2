"""The dated rules fill in the last day, and a change of composition asks for another look at halal."""

import datetime

import pytest

from products.actions.certificates import add_months, composition_changed, default_expiry
from products.choices import CertificationStage
from semarang_ikm.shared.time import today
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2020, 2, 29)


def test_a_rule_with_a_fixed_end_gives_the_last_day():
    rule = factories.certification_rule(has_fixed_end=True, validity_months=60)
    assert default_expiry(kind=rule.kind, issued_on=DAY) == datetime.date(2025, 2, 28)


def test_the_rule_of_the_day_of_issue_counts_not_todays():
    former = factories.certification_rule(
        has_fixed_end=True, validity_months=48, in_force_until=datetime.date(2023, 3, 30)
    )
    factories.certification_rule(kind=former.kind, has_fixed_end=False, in_force_from=datetime.date(2023, 3, 31))
    assert default_expiry(kind=former.kind, issued_on=DAY) == datetime.date(2024, 2, 29)
    assert default_expiry(kind=former.kind, issued_on=datetime.date(2024, 1, 1)) is None


def test_without_a_rule_nothing_is_invented():
    assert default_expiry(kind=factories.certificate_kind(), issued_on=DAY) is None


def test_months_are_added_at_the_end_of_a_year():
    assert add_months(datetime.date(2026, 12, 31), 2) == datetime.date(2027, 2, 28)
    assert add_months(datetime.date(2026, 11, 15), 1) == datetime.date(2026, 12, 15)


def test_a_changed_recipe_flags_the_halal_of_that_product_only():
    halal, p_irt = factories.certificate_kind("halal"), factories.certificate_kind("p-irt")
    product, sibling = factories.product(), factories.product()
    mine = factories.certification(kind=halal, products=[product])
    untouched = [
        factories.certification(kind=p_irt, products=[product]),
        factories.certification(kind=halal, products=[sibling]),
        factories.certification(kind=halal, ikm=product.ikm),
        factories.certification(kind=halal, products=[product], issued_on=today() + datetime.timedelta(days=1)),
        factories.certification(
            kind=halal, products=[product], stage=CertificationStage.REQUESTED, number="", issued_on=None
        ),
    ]
    assert composition_changed(product=product, on=today()) == 1
    mine.refresh_from_db()
    assert mine.needs_recheck
    for other in untouched:
        other.refresh_from_db()
        assert not other.needs_recheck
