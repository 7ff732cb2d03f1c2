"""Two officers with one record open, and its rows: added, changed and deleted by either."""

import pytest

from sentra.models import Contact
from tests import factories
from tests.admin_forms import rows
from tests.editing import Opened, contact, ikm, notes, stored, text

pytestmark = pytest.mark.django_db


def test_rows_that_others_changed_or_deleted_stay_so(dewi, budi):
    record = ikm()
    kept, changed, gone = (contact(record, f"+628121555010{number}") for number in range(3))
    first, second = Opened(dewi, record), Opened(budi, record)
    assert stored(first.send(contacts__1__note="Pagi saja", contacts__2__DELETE="on"))
    assert stored(second.send(name="Baru", contacts__0__note="Sore saja"))
    assert notes(record) == ["Sore saja", "Pagi saja"]
    assert set(record.contacts.all()) == {kept, changed}
    assert not Contact.objects.filter(pk=gone.pk).exists()


def test_a_row_deleted_in_the_middle_leaves_the_others_with_their_values(dewi, budi):
    record = ikm()
    rows_now = [contact(record, f"+628121555010{number}") for number in range(3)]
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(contacts__0__DELETE="on")
    new = {"contacts-3-kind": "email", "contacts-3-value": "a@contoh.id", "contacts-TOTAL_FORMS": 4}
    assert stored(second.send(contacts__2__note="Yang ketiga", **new))
    assert notes(record) == ["", "Yang ketiga", ""]
    assert rows_now[0] not in record.contacts.all()
    assert record.contacts.get(kind="email").value == "a@contoh.id"


def test_rows_that_others_added_stay_without_a_question_for_who_left_the_list_alone(dewi, budi):
    record = ikm()
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(**rows("contacts", {"kind": "email", "value": "a@contoh.id"}))
    assert stored(second.send(name="Baru"))
    assert record.contacts.get().value == "a@contoh.id"


def test_rows_that_both_added_are_asked_about_before_there_are_two(dewi, budi):
    record = ikm()
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(**rows("contacts", {"kind": "whatsapp", "value": "081215550101"}))
    answer = second.send(**rows("contacts", {"kind": "whatsapp", "value": "081215550101", "note": "Diketik Budi"}))
    assert "ditambahkan: Nomor WhatsApp" in text(answer)
    assert record.contacts.count() == 1
    assert "Diketik Budi" in answer.content.decode()
    assert "Kontak ini sudah tercatat." in second.send().content.decode()
    assert stored(second.send(contacts__0__value="081215550102"))
    assert record.contacts.count() == 2


def test_one_row_changed_by_both_is_asked_about_field_by_field(dewi, budi):
    record = ikm()
    contact(record)
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(contacts__0__note="Pagi saja")
    told = text(second.send(contacts__0__note="Sore saja"))
    assert "Kontak Nomor WhatsApp: Catatan Pagi saja Sore saja" in told
    assert notes(record) == ["Pagi saja"]
    assert stored(second.send())
    assert notes(record) == ["Sore saja"]


def test_one_row_changed_by_both_in_different_fields_is_asked_about_too(dewi, budi):
    record = ikm()
    contact(record)
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(contacts__0__note="Pagi saja")
    assert "Kontak Nomor WhatsApp Catatan" in text(second.send(contacts__0__value="081215550199"))
    assert stored(second.send())
    kept = record.contacts.get()
    assert (kept.value, kept.note) == ("+6281215550199", "Pagi saja")


def test_a_row_that_the_other_deleted_and_i_changed_comes_back_only_knowingly(dewi, budi):
    record = ikm()
    contact(record)
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(contacts__0__DELETE="on")
    answer = second.send(contacts__0__note="Sore saja")
    assert "Kontak Nomor WhatsApp dihapus" in text(answer)
    assert not record.contacts.exists()
    assert stored(second.send())
    assert notes(record) == ["Sore saja"]


def test_a_row_that_the_other_changed_is_not_deleted_unseen(dewi, budi):
    record = ikm()
    contact(record)
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(contacts__0__note="Pagi saja")
    assert "diubah Anda hapus" in text(second.send(contacts__0__DELETE="on"))
    assert notes(record) == ["Pagi saja"]
    assert stored(second.send(contacts__0__DELETE="on"))
    assert not record.contacts.exists()


def test_a_main_place_that_the_other_added_stays_the_main_one(dewi, budi):
    record = factories.sentra(kelurahan=[factories.kelurahan()], types=[factories.product_type()])
    other = factories.kelurahan()
    first, second = Opened(dewi, record), Opened(budi, record)
    new = {"kelurahan": other.pk, "role": "showroom", "is_main": "on"}
    typed = {f"locations-1-{name}": value for name, value in new.items()}
    assert stored(first.send(locations__0__is_main=None, **typed, **{"locations-TOTAL_FORMS": 2}))
    assert stored(second.send(summary="Kerajinan bambu"))
    assert record.locations.get(is_main=True).kelurahan == other
