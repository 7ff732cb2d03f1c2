"""Every named constraint of the products app, violated behind the forms' back and in front of an officer."""

import pytest

from products.choices import CertificationStage, PackagingKind
from semarang_ikm.shared.choices import PublicationStatus
from tests import factories, help_given
from tests.constraints import Violation, all_constraints, refused_by_database, refused_by_validation

pytestmark = pytest.mark.django_db


def _second_number():
    first = factories.certification(number="ID00110000000001")
    return factories.certification(kind=first.kind)


def _second_support():
    first = factories.packaging_support(kind=PackagingKind.DESIGN)
    return factories.packaging_support(ikm=first.ikm, given_on=first.given_on, kind=PackagingKind.TOOLS)


def _second_photo():
    first = help_given.packaging_photo("before")
    return help_given.packaging_photo("after", support=first.support)


def _priced():
    return factories.product(price_min=5000)


VIOLATIONS = {
    "products_rule_period_in_order": Violation(
        factories.certification_rule, {"in_force_from": "2023-01-01", "in_force_until": "2022-01-01"}
    ),
    "products_rule_months_need_fixed_end": Violation(factories.certification_rule, {"validity_months": 48}),
    "products_certification_checked_by_with_date": Violation(factories.certification, {"checked_by": None}),
    "products_certification_number_once": Violation(_second_number, {"number": "ID00110000000001"}),
    "products_certification_dates_in_order": Violation(
        factories.certification, {"expires_on": factories.days_ago(300)}
    ),
    "products_certification_issued_has_number": Violation(factories.certification, {"number": ""}),
    "products_certification_renews_another": Violation(factories.certification, lambda row: {"successor": row}),
    "products_packaging_once_a_day": Violation(_second_support, {"kind": PackagingKind.DESIGN}),
    "products_packagingphoto_once_a_moment": Violation(_second_photo, {"moment": "before"}),
    "products_packagingphoto_people_consented": Violation(help_given.packaging_photo, {"shows_people": True}),
    "products_packagingphoto_cleared_has_right": Violation(
        lambda: help_given.packaging_photo(credit=""), {"is_cleared": True}
    ),
    "products_product_published_has_date": Violation(factories.product, {"status": PublicationStatus.PUBLISHED}),
    "products_product_checked_by_with_date": Violation(factories.product, {"checked_on": factories.days_ago(1)}),
    "products_product_one_maker": Violation(factories.product, lambda row: {"sentra": factories.sentra()}),
    "products_product_price_in_order": Violation(_priced, {"price_max": 4000}),
    "products_product_price_with_unit_and_date": Violation(_priced, {"price_unit": ""}),
    "products_product_capacity_in_order": Violation(
        factories.product, {"monthly_capacity_min": 200, "monthly_capacity_max": 100}
    ),
    "products_productphoto_people_consented": Violation(factories.product_photo, {"shows_people": True}),
}

FURTHER = [
    ("products_product_one_maker", Violation(factories.product, {"ikm": None})),
    ("products_product_price_with_unit_and_date", Violation(_priced, {"price_on": None})),
    ("products_product_price_with_unit_and_date", Violation(factories.product, {"price_on": factories.days_ago(1)})),
    ("products_product_price_in_order", Violation(factories.product, {"price_max": 4000})),
    (
        "products_rule_months_need_fixed_end",
        Violation(factories.certification_rule, {"has_fixed_end": False, "validity_months": 48}),
    ),
]


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses_the_violation(name: str) -> None:
    refused_by_database(name, VIOLATIONS[name])


@pytest.mark.parametrize("name", VIOLATIONS)
def test_validation_says_what_is_wrong(name: str) -> None:
    refused_by_validation(name, VIOLATIONS[name])


@pytest.mark.parametrize(("name", "violation"), FURTHER)
def test_no_side_door_is_open(name: str, violation: Violation) -> None:
    refused_by_database(name, violation)
    refused_by_validation(name, violation)


def test_every_constraint_of_the_app_is_violated_here() -> None:
    assert set(VIOLATIONS) == set(all_constraints("products"))


def test_certificates_without_number_are_many_while_requested() -> None:
    kind = factories.certificate_kind()
    for _time in range(2):
        request = factories.certification(
            kind=kind, stage=CertificationStage.REQUESTED, number="", issued_on=None, checked=False
        )
        request.full_clean()


def test_the_same_number_may_belong_to_two_kinds() -> None:
    factories.certification(number="123").full_clean()
    factories.certification(number="123").full_clean()
