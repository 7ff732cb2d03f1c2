"""Every named constraint of the promotions app, violated behind the forms' back and in front of an officer."""

import pytest
from django.utils import timezone

from promotions.choices import CaseStage, EditionStatus, Paper
from promotions.models import (
    CatalogueEdition,
    EditionDocument,
    EditionFreezing,
    EditionMask,
    EditionPhoto,
    EditionWaiver,
    LayoutCheck,
)
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from tests import factories, help_given, selection_factories
from tests.constraints import Violation, all_constraints, refused_by_database, refused_by_validation

pytestmark = pytest.mark.django_db


def _second_appearance():
    first = factories.appearance(appeared_on="2026-05-01")
    return factories.appearance(promotion=first.promotion, ikm=first.ikm, appeared_on="2026-05-02")


def _closed_case():
    return factories.case(stage=CaseStage.SOLVED, closed_on=factories.days_ago(1))


def _sentra_case():
    return factories.case(sentra=factories.sentra())


def _second_letter():
    first = help_given.case_letter(key="a")
    return help_given.case_letter(case=first.case, key="b")


def _second_printing():
    first = factories.edition(published=True)
    factories.edition(reprint_of=first, printing=2)
    return factories.edition(reprint_of=factories.edition(published=True), printing=2), first


def _second_entry():
    entry = factories.edition_entry()
    return factories.edition_entry(edition=entry.edition), entry


def _document(language="id", **fields):
    return EditionDocument.objects.create(language=language, content={}, sha256="0" * 64, **fields)


def _photo(key="a", **fields):
    return EditionPhoto.objects.create(key=key, code="P-01", image="edisi/a.jpg", **fields)


def _mask(code="U-01", **fields):
    return EditionMask.objects.create(code=code, masked_on=factories.days_ago(1), **fields)


def _waiver(finding="stale:U-01", **fields):
    fields = {"edition": factories.edition(), "given_by": factories.user(), "reason": "Sudah ditanyakan."} | fields
    return EditionWaiver.objects.create(finding=finding, **fields)


def _another(make, changes):
    edition = factories.edition()
    make(edition=edition, **changes)
    return make(edition=edition)


def _second_rule(name, make):
    rule = selection_factories.selection_rule(**{name: make()})
    return selection_factories.selection_rule(selection=rule.selection, **{name: make()})


def _of_the_first_rule(name):
    return lambda row: {name: row.selection.rules.exclude(pk=row.pk).values_list(name, flat=True).get()}


def _second_decision():
    first = selection_factories.selection_decision()
    return selection_factories.selection_decision(selection=first.selection)


def _second_withdrawal(**fields):
    first = selection_factories.withdrawal(**fields)
    return selection_factories.withdrawal(selection=first.selection)


def _freezing():
    return EditionFreezing.objects.create(edition=factories.edition(), asked_by=factories.user())


def _layout_check(**fields):
    return LayoutCheck.objects.create(**({"edition": factories.edition()} | fields))


VIOLATIONS = {
    "promotions_editionfreezing_work_done_within_total": Violation(_freezing, {"work_done": 3, "work_total": 2}),
    "promotions_layoutcheck_work_done_within_total": Violation(_layout_check, {"work_done": 3, "work_total": 2}),
    "promotions_selection_places_in_range": Violation(selection_factories.fair_selection, {"places": 501}),
    "promotions_selection_food_share_is_a_share": Violation(
        selection_factories.fair_selection, {"food_at_most_percent": 101}
    ),
    "promotions_selection_kecamatan_in_order": Violation(
        selection_factories.fair_selection, {"each_kecamatan_at_least": 2, "each_kecamatan_at_most": 1}
    ),
    "promotions_selection_sentra_in_order": Violation(
        selection_factories.fair_selection, {"each_sentra_at_least": 2, "each_sentra_at_most": 1}
    ),
    "promotions_selection_accepted_by_somebody": Violation(
        selection_factories.fair_selection, {"accepted_at": timezone.now()}
    ),
    "promotions_selectionrule_about_one_thing": Violation(selection_factories.selection_rule, {"kecamatan": None}),
    "promotions_selectionrule_in_order": Violation(selection_factories.selection_rule, {"at_least": 2, "at_most": 1}),
    "promotions_selectionrule_kecamatan_once": Violation(
        lambda: _second_rule("kecamatan", factories.kecamatan), _of_the_first_rule("kecamatan_id")
    ),
    "promotions_selectionrule_sentra_once": Violation(
        lambda: _second_rule("sentra", factories.sentra), _of_the_first_rule("sentra_id")
    ),
    "promotions_selectionrule_product_type_once": Violation(
        lambda: _second_rule("product_type", factories.product_type), _of_the_first_rule("product_type_id")
    ),
    "promotions_decision_once_a_business": Violation(
        _second_decision,
        lambda row: {"ikm_id": row.selection.decisions.exclude(pk=row.pk).get().ikm_id},
    ),
    "promotions_decision_has_a_reason": Violation(selection_factories.selection_decision, {"reason": ""}),
    "promotions_withdrawal_once_a_business": Violation(
        lambda: _second_withdrawal(),
        lambda row: {"ikm_id": row.selection.withdrawals.exclude(pk=row.pk).get().ikm_id},
    ),
    "promotions_withdrawal_one_place_each": Violation(
        lambda: _second_withdrawal(replaced_by=factories.ikm()),
        lambda row: {"replaced_by_id": row.selection.withdrawals.exclude(pk=row.pk).get().replaced_by_id},
    ),
    "promotions_withdrawal_has_a_reason": Violation(selection_factories.withdrawal, {"reason": ""}),
    "promotions_withdrawal_by_another": Violation(
        selection_factories.withdrawal, lambda row: {"replaced_by_id": row.ikm_id}
    ),
    "promotions_reopening_has_a_reason": Violation(selection_factories.reopening, {"reason": ""}),
    "promotions_edition_published_is_frozen": Violation(factories.edition, {"status": EditionStatus.PUBLISHED}),
    "promotions_edition_reprint_is_numbered": Violation(factories.edition, {"printing": 2}),
    "promotions_edition_one_successor": Violation(
        lambda: _second_printing()[0],
        lambda row: {"reprint_of": CatalogueEdition.objects.filter(reprints__isnull=False).exclude(reprints=row).get()},
    ),
    "promotions_entry_once_an_edition": Violation(
        lambda: _second_entry()[0], lambda row: {"code": row.edition.entries.exclude(pk=row.pk).get().code}
    ),
    "promotions_document_once_a_language": Violation(
        lambda: _another(_document, {"language": "en"}), {"language": "en"}
    ),
    "promotions_photo_once_a_key": Violation(lambda: _another(_photo, {"key": "b"}), {"key": "b"}),
    "promotions_mask_once_a_code": Violation(lambda: _another(_mask, {"code": "U-02"}), {"code": "U-02"}),
    "promotions_waiver_once_a_finding": Violation(lambda: _another(_waiver, {"finding": "b"}), {"finding": "b"}),
    "promotions_waiver_has_a_reason": Violation(_waiver, {"reason": ""}),
    "promotions_file_once_a_kind": Violation(
        lambda: _another(factories.edition_file, {"paper": Paper.A5}), {"paper": Paper.A5}
    ),
    "promotions_file_has_its_hash": Violation(factories.edition_file, {"sha256": "0" * 64}),
    "promotions_editionfile_work_done_within_total": Violation(
        factories.edition_file, {"work_done": 3, "work_total": 2}
    ),
    "promotions_appearance_once_a_day": Violation(_second_appearance, {"appeared_on": "2026-05-01"}),
    "promotions_case_one_subject": Violation(factories.case, lambda row: {"sentra": factories.sentra()}),
    "promotions_case_closed_has_date": Violation(factories.case, {"stage": CaseStage.SOLVED, "outcome": "Ada."}),
    "promotions_case_closed_has_outcome": Violation(_closed_case, {"outcome": ""}),
    "promotions_case_running_has_partner": Violation(factories.case, {"stage": CaseStage.RUNNING}),
    "promotions_case_only_businesses_join": Violation(_sentra_case, lambda row: {"parent": _sentra_case()}),
    "promotions_letter_once_a_form": Violation(_second_letter, {"key": "a"}),
    "promotions_case_dates_in_order": Violation(_closed_case, {"closed_on": factories.days_ago(100)}),
    "promotions_promotion_published_has_date": Violation(factories.promotion, {"status": PublicationStatus.PUBLISHED}),
    "promotions_promotion_times_in_order": Violation(
        lambda: factories.promotion(starts_at="09:00", ends_at="16:00"), {"ends_at": "09:00"}
    ),
    "promotions_promotion_times_need_days": Violation(
        lambda: factories.promotion(starts_at="09:00"), {"date_precision": DatePrecision.MONTH}
    ),
    "promotions_promotion_dates_in_order": Violation(factories.promotion, {"ends_on": factories.days_ago(100)}),
}

FURTHER = [
    ("promotions_case_one_subject", Violation(factories.case, {"ikm": None})),
    ("promotions_promotion_times_in_order", Violation(factories.promotion, {"ends_at": "16:00"})),
    (
        "promotions_promotion_times_need_days",
        Violation(lambda: factories.promotion(ends_on=factories.days_ago(9)), {"date_precision": DatePrecision.YEAR}),
    ),
    ("promotions_case_closed_has_date", Violation(factories.case, {"closed_on": factories.days_ago(1)})),
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
    assert set(VIOLATIONS) >= set(all_constraints("promotions"))
