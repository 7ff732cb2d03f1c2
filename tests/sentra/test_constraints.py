"""Every named constraint of the sentra app, violated once behind the forms' back and once in front of an officer."""

import pytest
from django.utils import timezone

from semarang_ikm.shared.choices import Channel, PublicationStatus
from sentra.choices import ContactKind, LocationRole, PersonalField
from sentra.models import (
    ChangeSet,
    ConsentScope,
    KeptFile,
    NotDuplicate,
    OfficeProfile,
    PastSlug,
    SeedRecord,
    UndoWork,
)
from tests import factories, officers
from tests.constraints import Violation, all_constraints, refused_by_database, refused_by_validation

pytestmark = pytest.mark.django_db

OUTSIDE = {"latitude": "-6.200000", "longitude": "106.800000"}  # Jakarta
HALF = {"latitude": "-6.990000", "longitude": None}


def _second_kelurahan():
    first = factories.kelurahan("Purwosari")
    return factories.kelurahan("Lain", kecamatan=first.kecamatan)


def _second_alias(**area):
    factories.area_alias("Malon", **area)
    return factories.area_alias("Lain", **area)


def _second_boundary_shape():
    first = factories.boundary_shape()
    return factories.boundary_shape(boundary_set=first.boundary_set)


def _second_contact(**subject):
    factories.contact(value="+6281215550001", **subject)
    return factories.contact(value="+6281215550002", **subject)


def _second_scope():
    receipt = factories.consent(factories.ikm(), PersonalField.WHATSAPP, PersonalField.EMAIL)
    return receipt.scopes.get(field=PersonalField.EMAIL)


def _second_variant():
    factories.search_variant("kerupuk", "krupuk")
    return factories.search_variant("kerupuk", "kropok")


def _second_main_location():
    main = factories.location(is_main=True)
    return factories.location(sentra=main.sentra, role=LocationRole.SHOWROOM)


def _second_role():
    first = factories.location()
    return factories.location(sentra=first.sentra, kelurahan=first.kelurahan, role=LocationRole.SHOWROOM)


def _second_past_slug():
    PastSlug.objects.create(kind="usaha", slug="lama", target_id=1)
    return PastSlug.objects.create(kind="usaha", slug="lain", target_id=1)


def _second_apart():
    """Two pairs of one first business."""
    one, two, three = factories.ikm(), factories.ikm(), factories.ikm()
    NotDuplicate.objects.create(first=one, second=two, said_by=factories.user())
    return NotDuplicate.objects.create(first=one, second=three, said_by=factories.user())


def _second_seed_record():
    SeedRecord.objects.create(model="sentra", key="satu", object_id=1, written={"name": "x"})
    return SeedRecord.objects.create(model="sentra", key="dua", object_id=1, written={"name": "x"})


def _undo_work():
    user = factories.user()
    return UndoWork.objects.create(change_set=ChangeSet.objects.create(), asked_by=user)


def _second_kept_file():
    KeptFile.objects.create(room="private", name="satu.pdf")
    return KeptFile.objects.create(room="private", name="dua.pdf")


def _closed_report():
    return factories.report(status="done", handled_by=factories.user(), closed_at=timezone.now())


def _erased_report():
    return factories.report(wrong="", right="", erased_at=timezone.now())


def _second_review():
    first = officers.review()
    return officers.review(record=first.record, asked_by=first.asked_by, kind="publication")


def _second_saved_filter():
    first = officers.saved_filter()
    return officers.saved_filter(officer=first.officer, name="Draf lain")


def _second_nib():
    factories.ikm(nib="0220001234567")
    return factories.ikm()


VIOLATIONS = {
    "sentra_savedfilter_once": Violation(_second_saved_filter, {"name": "Draf"}),
    "sentra_review_one_open_each": Violation(_second_review, {"kind": "change"}),
    "sentra_review_answered_by_somebody": Violation(officers.review, {"outcome": "done"}),
    "sentra_kecamatan_point_in_city": Violation(factories.kecamatan, OUTSIDE),
    "sentra_kelurahan_point_in_city": Violation(factories.kelurahan, OUTSIDE),
    "sentra_kelurahan_name_once_per_kecamatan": Violation(_second_kelurahan, {"name": "Purwosari"}),
    "sentra_areaalias_one_area": Violation(factories.area_alias, lambda row: {"kecamatan": row.kelurahan.kecamatan}),
    "sentra_areaalias_once_per_kecamatan": Violation(
        lambda: _second_alias(kecamatan=factories.kecamatan()), {"name": "Malon"}
    ),
    "sentra_areaalias_once_per_kelurahan": Violation(
        lambda: _second_alias(kelurahan=factories.kelurahan()), {"name": "Malon"}
    ),
    "sentra_boundaryset_single": Violation(factories.boundary_set, {"id": 2}),
    "sentra_boundaryshape_once": Violation(
        _second_boundary_shape, lambda row: {"kecamatan": row.boundary_set.shapes.first().kecamatan}
    ),
    "sentra_producttype_kbli_with_edition": Violation(factories.product_type, {"kbli_code": "13134"}),
    "sentra_searchvariant_once": Violation(_second_variant, {"variant": "krupuk"}),
    "sentra_pastslug_once_per_kind": Violation(_second_past_slug, {"slug": "lama"}),
    "sentra_undowork_work_done_within_total": Violation(_undo_work, {"work_done": 3, "work_total": 2}),
    "sentra_keptfile_once": Violation(_second_kept_file, {"name": "satu.pdf"}),
    "sentra_seedrecord_once": Violation(_second_seed_record, {"key": "satu"}),
    "sentra_officeprofile_single": Violation(lambda: OfficeProfile.objects.create(pk=1), {"id": 2}),
    "sentra_officeprofile_licence_whole": Violation(
        lambda: OfficeProfile.objects.create(pk=1), {"data_licence": "CC BY 4.0"}
    ),
    "sentra_sentra_published_has_date": Violation(factories.sentra, {"status": PublicationStatus.PUBLISHED}),
    "sentra_sentra_checked_by_with_date": Violation(factories.sentra, {"checked_on": factories.days_ago(1)}),
    "sentra_location_point_in_city": Violation(factories.location, OUTSIDE),
    "sentra_location_years_in_order": Violation(factories.location, {"used_from": 2020, "used_until": 2010}),
    "sentra_location_one_main": Violation(_second_main_location, {"is_main": True}),
    "sentra_location_once_per_role": Violation(_second_role, {"role": LocationRole.PRODUCTION}),
    "sentra_figure_range_in_order": Violation(factories.figure, {"value_min": 40, "value_max": 36}),
    "sentra_figure_not_negative": Violation(factories.figure, {"value_min": -1}),
    "sentra_ikm_published_has_date": Violation(factories.ikm, {"status": PublicationStatus.PUBLISHED}),
    "sentra_ikm_checked_by_with_date": Violation(factories.ikm, lambda row: {"checked_by": factories.user()}),
    "sentra_ikm_nib_once": Violation(_second_nib, {"nib": "0220001234567"}),
    "sentra_ikm_capacity_in_order": Violation(
        factories.ikm, {"monthly_capacity_min": 200, "monthly_capacity_max": 100}
    ),
    "sentra_ikm_workers_with_date": Violation(factories.ikm, {"workers": 5}),
    "sentra_contact_one_subject": Violation(factories.contact, lambda row: {"sentra": factories.sentra()}),
    "sentra_contact_point_in_city": Violation(lambda: factories.contact(ContactKind.MAP_POINT), OUTSIDE),
    "sentra_contact_value_fits_kind": Violation(factories.contact, {"value": ""}),
    "sentra_contact_once_per_ikm": Violation(lambda: _second_contact(ikm=factories.ikm()), {"value": "+6281215550001"}),
    "sentra_contact_once_per_sentra": Violation(
        lambda: _second_contact(sentra=factories.sentra()), {"value": "+6281215550001"}
    ),
    "sentra_consent_one_subject": Violation(
        lambda: factories.consent(factories.ikm()), lambda row: {"sentra": factories.sentra()}
    ),
    "sentra_consentscope_once": Violation(_second_scope, {"field": PersonalField.WHATSAPP}),
    "sentra_notduplicate_once": Violation(
        _second_apart, lambda row: {"second": NotDuplicate.objects.exclude(pk=row.pk).get().second}
    ),
    "sentra_notduplicate_in_order": Violation(_second_apart, lambda row: {"first": row.second, "second": row.first}),
    "sentra_datareport_handled_by_somebody": Violation(factories.report, {"status": "in_hand"}),
    "sentra_datareport_closed_has_date": Violation(_closed_report, {"closed_at": None}),
    "sentra_datareport_erased_is_empty": Violation(factories.report, {"wrong": ""}),
    "sentra_datareport_one_subject": Violation(
        lambda: factories.report(subject_code="U-01"), lambda row: {"kelurahan": factories.kelurahan()}
    ),
    "sentra_sentraphoto_people_consented": Violation(factories.sentra_photo, {"shows_people": True}),
}

# Further ways to break the same rules: each was, or could be, overlooked.
FURTHER = [
    (
        "sentra_datareport_handled_by_somebody",
        Violation(factories.report, lambda row: {"handled_by": factories.user()}),
    ),
    ("sentra_datareport_closed_has_date", Violation(factories.report, {"closed_at": timezone.now()})),
    ("sentra_datareport_erased_is_empty", Violation(_erased_report, {"contact": "+6281215550123"})),
    ("sentra_datareport_erased_is_empty", Violation(_erased_report, {"erased_at": None})),
    ("sentra_location_point_in_city", Violation(factories.location, HALF)),
    ("sentra_location_point_in_city", Violation(factories.location, {"longitude": "110.420000"})),
    ("sentra_contact_point_in_city", Violation(lambda: factories.contact(ContactKind.MAP_POINT), HALF)),
    ("sentra_contact_value_fits_kind", Violation(factories.contact, {"latitude": "-7.0", "longitude": "110.4"})),
    ("sentra_contact_one_subject", Violation(factories.contact, {"ikm": None})),
    ("sentra_consent_one_subject", Violation(lambda: factories.consent(factories.ikm()), {"ikm": None})),
    ("sentra_areaalias_one_area", Violation(factories.area_alias, {"kelurahan": None})),
    ("sentra_figure_range_in_order", Violation(factories.figure, {"value_min": 2, "value_max": 1})),
    ("sentra_ikm_capacity_in_order", Violation(factories.ikm, {"monthly_capacity_max": 100})),
    ("sentra_ikm_workers_with_date", Violation(factories.ikm, {"workers_as_of": factories.days_ago(1)})),
    ("sentra_producttype_kbli_with_edition", Violation(factories.product_type, {"kbli_edition": 2020})),
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
    assert set(VIOLATIONS) == set(all_constraints("sentra"))


def test_blank_nib_and_missing_coordinates_are_shared_by_many() -> None:
    factories.ikm(nib="")
    factories.ikm(nib="")
    first = factories.location()
    factories.location(sentra=first.sentra, role=LocationRole.OFFICE).full_clean()


def test_withdrawn_scope_can_be_given_again_under_a_new_receipt() -> None:
    ikm = factories.ikm()
    factories.consent(ikm, PersonalField.WHATSAPP)
    second = factories.consent(ikm)

    ConsentScope(consent=second, field=PersonalField.WHATSAPP, channel=Channel.WEB).full_clean()
