"""Every write leaves who, when, what and why, field by field, whichever way it was made."""

import pytest
from django.db import transaction

from products.actions.certificates import composition_changed
from promotions.actions.attendance import enter_businesses
from semarang_ikm.shared import bulk
from semarang_ikm.shared.checking import mark_checked
from semarang_ikm.shared.time import today
from semarang_ikm.shared.tracing import traced_models, unrecorded
from sentra.actions.consent import record_consent, withdraw_consent
from sentra.choices import ChangeAction, ChangeKind
from sentra.history import changes_of, recording, recording_if_any, version_of
from sentra.models import Change, ChangeSet, Consent, Ikm
from tests import factories

pytestmark = pytest.mark.django_db


def last_of(record) -> Change:
    return changes_of(record).first()


def test_a_declaration_names_fields_that_exist():
    for model, declared in traced_models().items():
        names = {field.name for field in model._meta.get_fields()}
        assert set(declared.of) <= names, model
        assert declared.personal | declared.leave | declared.by_actions <= names, model


def test_a_new_row_is_told_with_what_was_entered():
    sentra = factories.sentra(name="Batik Uji")
    first = changes_of(sentra).filter(model="sentra.sentra").last()
    assert first.action == ChangeAction.CREATE
    assert first.fields["name"] == [None, "Batik Uji"]
    assert "search_text" not in first.fields
    assert "summary" not in first.fields


def test_a_change_is_told_field_by_field_with_what_stood_there_before():
    sentra = factories.sentra(name="Lama")
    sentra.name, sentra.bus_parking = "Baru", True
    sentra.save()
    change = last_of(sentra)
    assert change.action == ChangeAction.UPDATE
    assert change.fields == {"name": ["Lama", "Baru"], "bus_parking": [None, True]}


def test_a_save_that_changes_nothing_leaves_nothing():
    ikm = factories.ikm()
    before = Change.objects.count(), ChangeSet.objects.count()
    Ikm.objects.get(pk=ikm.pk).save()
    assert (Change.objects.count(), ChangeSet.objects.count()) == before


def test_values_that_mean_the_same_are_no_change():
    ikm = factories.ikm(monthly_capacity_min=5)
    before = version_of(ikm)
    ikm.monthly_capacity_min = "5.000"
    ikm.save()
    assert version_of(ikm) == before


def test_before_is_what_is_stored_not_what_was_read():
    """Two officers read the same row; the second one's change says what the first one left."""
    ikm = factories.ikm(name="Satu")
    stale = Ikm.objects.get(pk=ikm.pk)
    Ikm.objects.filter(pk=ikm.pk).update(name="Dua")
    stale.name = "Tiga"
    stale.save()
    assert last_of(ikm).fields["name"] == ["Dua", "Tiga"]


def test_a_relation_to_many_is_told_from_both_sides():
    kind = factories.product_type()
    sentra = factories.sentra()
    sentra.product_types.set([kind])
    assert last_of(sentra).fields == {"product_types": [[], [kind.pk]]}
    kind.sentra.remove(sentra)
    assert last_of(sentra).fields == {"product_types": [[kind.pk], []]}
    kind.sentra.add(sentra)
    kind.sentra.clear()
    assert last_of(sentra).fields == {"product_types": [[kind.pk], []]}


def test_a_row_is_told_on_the_page_of_its_record():
    ikm = factories.ikm()
    consent = factories.consent(ikm, "whatsapp")
    scope = consent.scopes.get()
    scope.withdrawn_on = today()
    scope.save()
    assert last_of(ikm).model == "sentra.consentscope"
    assert last_of(consent).object_id == scope.pk
    assert version_of(ikm) == version_of(consent)


def test_a_deletion_keeps_the_whole_row_and_its_relations():
    kind = factories.product_type()
    sentra = factories.sentra(name="Hilang", types=[kind], kelurahan=[factories.kelurahan()])
    key = sentra.pk
    sentra.delete()
    gone = Change.objects.get(model="sentra.sentra", object_id=key, action=ChangeAction.DELETE)
    assert gone.fields["name"] == ["Hilang", None]
    assert gone.fields["product_types"] == [[kind.pk], None]
    assert "Hilang" in gone.title
    assert Change.objects.filter(model="sentra.sentralocation", root_id=key, action=ChangeAction.DELETE).exists()


def test_what_a_deletion_takes_from_others_is_told_too():
    sentra = factories.sentra()
    promotion = factories.promotion(sentra=[sentra])
    heir = factories.sentra(successor=sentra)
    key = sentra.pk
    sentra.delete()
    assert last_of(heir).fields == {"successor": [key, None]}
    assert last_of(promotion).fields == {"sentra": [[key], []]}


def test_everything_inside_a_recording_is_one_change_set():
    officer = factories.user()
    with recording(kind=ChangeKind.IMPORT, by=officer, why="  Daftar 2026 ") as change_set:
        ikm = factories.ikm()
        with recording(kind=ChangeKind.EDIT, by=None):
            ikm.name = "Lain"
            ikm.save()
    assert {change.change_set for change in changes_of(ikm)} == {change_set}
    assert (change_set.who, change_set.kind, change_set.why) == (officer, "import", "Daftar 2026")
    assert change_set.who_name == officer.get_username()


def test_what_fails_inside_a_recording_leaves_nothing():
    before = ChangeSet.objects.count()
    with pytest.raises(RuntimeError), recording(kind=ChangeKind.IMPORT, by=None):
        factories.ikm()
        raise RuntimeError
    assert ChangeSet.objects.count() == before


def test_a_set_is_stored_only_when_something_is_written():
    ikm = factories.ikm()
    before = ChangeSet.objects.count()
    with recording_if_any(kind=ChangeKind.EDIT, by=factories.user()):
        ikm.save()
    assert ChangeSet.objects.count() == before


def test_after_a_rollback_inside_a_request_the_next_write_has_a_set_again():
    officer = factories.user()
    ikm = factories.ikm(name="Satu")
    with recording_if_any(kind=ChangeKind.EDIT, by=officer, why="uji"):
        with pytest.raises(RuntimeError), transaction.atomic():
            ikm.name = "Dua"
            ikm.save()
            raise RuntimeError
        ikm.name = "Tiga"
        ikm.save()
    assert last_of(ikm).change_set.who == officer
    assert last_of(ikm).fields["name"] == ["Satu", "Tiga"]


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_of_everything_is_a_system_change_of_its_own():
    ikm = factories.ikm(name="Satu")
    first = last_of(ikm).change_set
    ikm.name = "Dua"
    ikm.save()
    second = last_of(ikm).change_set
    assert (second.kind, second.who, second.who_name) == (ChangeKind.SYSTEM, None, "")
    assert second != first


@pytest.mark.django_db(transaction=True)
def test_transactions_of_one_request_are_one_change_set():
    ikm = factories.ikm(name="Satu")
    with recording_if_any(kind=ChangeKind.EDIT, by=factories.user()):
        for name in ("Dua", "Tiga"):
            with transaction.atomic():
                ikm.name = name
                ikm.save()
    assert len({change.change_set_id for change in changes_of(ikm)[:2]}) == 1


def test_nothing_is_told_of_rows_that_nobody_entered():
    with unrecorded():
        sentra = factories.sentra(name="Bawaan", types=[factories.product_type()])
    assert version_of(sentra) == 0
    sentra.name = "Diubah"
    sentra.save()
    assert last_of(sentra).fields == {"name": ["Bawaan", "Diubah"]}


# -- many rows at once ------------------------------------------------------------------------------------------------


def test_bulk_writes_leave_the_same_trail():
    sentra = factories.sentra()
    made = bulk.create([Ikm(name=f"Uji {n}", code=f"I-{n}", slug=f"uji-{n}", kind="formal") for n in range(3)])
    assert last_of(made[0]).fields["name"] == [None, "Uji 0"]
    assert bulk.update(Ikm.objects.filter(pk__in=[ikm.pk for ikm in made]), sentra=sentra) == 3
    assert last_of(made[1]).fields == {"sentra": [None, sentra.pk]}
    made[2].name = "Lain"
    bulk.change(made, ["name"])
    assert last_of(made[2]).fields == {"name": ["Uji 2", "Lain"]}
    assert last_of(made[0]).fields == {"sentra": [None, sentra.pk]}


def test_bulk_writes_ask_as_often_for_many_rows_as_for_one(count_queries):
    few, many = [factories.ikm()], [factories.ikm() for _ in range(6)]
    officer = factories.user()

    def check(rows):
        with recording(kind=ChangeKind.BULK, by=officer):
            mark_checked(records=Ikm.objects.filter(pk__in=[row.pk for row in rows]), by=officer)

    assert count_queries(lambda: check(few)) == count_queries(lambda: check(many))


def test_consent_and_its_withdrawal_are_told():
    ikm, officer = factories.ikm(), factories.user()
    consent = Consent(ikm=ikm, person="Uji", given_on=today())
    record_consent(consent=consent, fields=["whatsapp"], channels=["web"], by=officer)
    scope = consent.scopes.get()
    assert Change.objects.filter(model="sentra.consentscope", object_id=scope.pk, root_id=ikm.pk).exists()
    withdraw_consent(consent=consent, by=officer)
    assert last_of(ikm).fields == {"withdrawn_on": [None, today().isoformat()]}


def test_actions_on_many_rows_are_told():
    product = factories.product()
    certificate = factories.certification(kind=factories.certificate_kind(slug="halal"), products=[product])
    assert composition_changed(product=product, on=today()) == 1
    told = Change.objects.filter(model="products.certification", object_id=certificate.pk)
    assert told.first().fields == {"needs_recheck": [False, True]}
    assert last_of(certificate).model == "products.certificationstep"
    promotion, ikm = factories.promotion(), factories.ikm()
    enter_businesses(promotion=promotion, businesses=[ikm], by=None)
    assert last_of(promotion).fields["ikm"] == [None, ikm.pk]


def test_a_report_leaves_no_words_of_its_sender():
    report = factories.report(wrong="Nomor saya 0812", contact="+6281215550123")
    told = str([change.fields for change in changes_of(report)])
    assert "0812" not in told
    assert "+62812" not in told
