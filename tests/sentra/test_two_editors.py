"""Two officers with one record open: nothing is written over unseen, nothing typed is lost, nothing is stored twice."""

import re

import pytest

from semarang_ikm.shared.admin.once import KEY
from semarang_ikm.shared.admin.together import VERSION
from sentra.history import changes_of, version_of
from sentra.models import Ikm, OfficeProfile
from tests import factories, officers
from tests.admin_forms import admin_url, rows
from tests.editing import ASKED, Opened, contact, ikm, stored, text

pytestmark = pytest.mark.django_db


# -- fields -----------------------------------------------------------------------------------------------------------


def test_what_each_changed_alone_stays(dewi, budi):
    record = ikm(name="Lama", minimum_order="1 buah", founded=1990)
    first, second = Opened(dewi, record), Opened(budi, record)
    assert stored(first.send(minimum_order="5 buah", summary="Kering dan renyah"))
    answer = second.send(name="Baru")
    assert stored(answer)
    record.refresh_from_db()
    assert (record.name, record.minimum_order, record.summary) == ("Baru", "5 buah", "Kering dan renyah")
    told = budi.get(answer.headers["Location"]).content.decode()
    assert "Dewi Lestari" in told
    assert "Yang diubahnya tetap: Ringkasan, Pesanan minimum." in told


def test_what_both_changed_is_asked_with_who_when_and_both_values(dewi, budi):
    record = ikm(name="Lama", minimum_order="1 buah")
    first, second = Opened(dewi, record), Opened(budi, record)
    assert stored(first.send(name="Nama dari Dewi", minimum_order="5 buah"))
    answer = second.send(name="Nama dari Budi", summary="Diketik Budi")
    assert answer.status_code == 200
    told = text(answer)
    assert ASKED in told
    assert re.search(r"Dewi Lestari \(\d+ \w+ \d{4}, \d\d\.\d\d\)", told)
    assert "Nama dari Dewi Nama dari Budi" in told
    assert "tetap seperti yang disimpannya: Pesanan minimum." in told
    record.refresh_from_db()
    assert (record.name, record.summary) == ("Nama dari Dewi", "")
    form = answer.context["adminform"].form
    typed = [form[name].value() for name in ("name", "summary", "minimum_order")]
    assert typed == ["Nama dari Budi", "Diketik Budi", "5 buah"]


def test_saved_again_the_own_words_win_knowingly(dewi, budi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(name="Nama dari Dewi", minimum_order="5 buah")
    second.send(name="Nama dari Budi")
    assert stored(second.send())
    record.refresh_from_db()
    assert (record.name, record.minimum_order) == ("Nama dari Budi", "5 buah")


def test_a_third_save_in_between_is_asked_about_again(dewi, budi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(name="Satu")
    assert ASKED in text(second.send(name="Budi"))
    Opened(dewi, record).send(name="Dua")
    assert "Dua Budi" in text(second.send())
    record.refresh_from_db()
    assert record.name == "Dua"


def test_the_same_change_by_both_is_no_question(dewi, budi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(name="Sama")
    assert stored(second.send(name="Sama", minimum_order="2 buah"))


def test_relations_and_ticks_left_alone_take_what_the_other_stored(dewi, budi):
    one, other = factories.product_type(), factories.product_type()
    record = ikm(types=[one], name_is_personal=False, sentra=factories.sentra())
    elsewhere = factories.kelurahan()
    first, second = Opened(dewi, record), Opened(budi, record)
    sent = first.send(product_types=[other.pk], name_is_personal="on", kelurahan=elsewhere.pk, sentra="")
    assert stored(sent)
    assert stored(second.send(minimum_order="2 buah"))
    record.refresh_from_db()
    assert list(record.product_types.all()) == [other]
    assert (record.name_is_personal, record.kelurahan, record.sentra) == (True, elsewhere, None)


def test_relations_that_both_changed_are_told_by_name(dewi, budi):
    types = [factories.product_type(name=name) for name in ("Batik", "Rotan", "Bambu")]
    record = ikm(types=types[:1])
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(product_types=[types[1].pk])
    told = text(second.send(product_types=[types[2].pk]))
    assert re.search(r"Rotan\S* Bambu", told)
    assert list(record.product_types.all()) == [types[1]]


def test_another_window_of_ones_own_is_told_as_that(dewi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(dewi, record)
    first.send(name="Satu")
    assert "Anda sendiri di jendela lain" in text(second.send(name="Dua"))


def test_a_mistake_beside_what_came_in_keeps_both(dewi, budi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(minimum_order="5 buah")
    answer = second.send(name="", summary="Diketik")
    assert "Data ini berubah sementara Anda menyuntingnya" in text(answer)
    assert ASKED not in text(answer)
    assert stored(second.send(name="Benar"))
    record.refresh_from_db()
    assert (record.name, record.summary, record.minimum_order) == ("Benar", "Diketik", "5 buah")


def test_a_profile_stored_first_by_the_other_is_not_written_over(dewi, budi):
    admin = officers.signed_in(is_superuser=True)
    profile = OfficeProfile(pk=1)
    first, second = Opened(admin, profile), Opened(officers.signed_in(is_superuser=True), profile)
    assert stored(first.send(name="Dinas Satu", hours="08-15"))
    assert "Dinas Satu Dinas Dua" in text(second.send(name="Dinas Dua"))
    assert stored(second.send())
    profile.refresh_from_db()
    assert (profile.name, profile.hours) == ("Dinas Dua", "08-15")


def test_a_form_without_a_version_is_stored_as_it_comes(dewi):
    record = ikm(name="Lama")
    form = Opened(dewi, record)
    Opened(dewi, record).send(name="Satu")
    assert stored(form.send(name="Dua", **{VERSION: None, KEY: None}))


# -- what speaks for the whole record -------------------------------------------------------------------------------------


def test_what_was_changed_since_it_was_looked_at_is_not_published_unseen(dewi, budi):
    record = ikm(name="Lama")
    first, second = Opened(dewi, record), Opened(budi, record)
    first.send(summary="Kalimat yang belum dibaca Budi")
    told = text(second.send(status="published"))
    assert "Status isinya berubah sejak Anda membukanya Terbit" in told
    record.refresh_from_db()
    assert not record.is_published
    assert stored(second.send())
    record.refresh_from_db()
    assert record.is_published


# -- who may read -----------------------------------------------------------------------------------------------------


def test_personal_values_of_the_other_are_not_told():
    record = ikm()
    keeper = officers.signed_in("Penyunting", "Petugas privasi", first_name="Dewi")
    editor = officers.signed_in("Penyunting")
    first, second = Opened(keeper, record), Opened(editor, record)
    number = {"kind": "whatsapp", "value": "081215550101", "note": "Rumah ibunya"}
    assert stored(first.send(nib="1234567890123", **rows("contacts", number)))
    answer = second.send(nib="9999999999999", **rows("contacts", {"kind": "email", "value": "b@contoh.id"}))
    page = answer.content.decode()
    for secret in ("1234567890123", "1215550101", "Rumah ibunya"):
        assert secret not in page
    told = text(answer)
    assert "NIB data pribadi, tidak ditampilkan 9999999999999 (tidak dapat Anda ubah lagi)" in told
    assert "ditambahkan: Nomor WhatsApp" in told
    assert stored(second.send())
    record.refresh_from_db()
    assert record.nib == "1234567890123"


def test_a_made_up_form_shows_no_row_that_the_officer_may_not_read():
    record = ikm()
    hidden = contact(record, "+6281215550101")
    editor = officers.signed_in("Penyunting")
    form = Opened(editor, record)
    typed = {"contacts-0-id": hidden.pk, "contacts-0-kind": "whatsapp", "contacts-0-value": "x", "founded": "kemarin"}
    answer = form.send(**{VERSION: 0, "contacts-TOTAL_FORMS": 1, "contacts-INITIAL_FORMS": 1}, **typed)
    assert answer.status_code == 200
    assert "1215550101" not in answer.content.decode()
    confined = officers.signed_in("Penyunting", kecamatan=[factories.kecamatan()])
    refused = confined.post(form.url, {VERSION: 0, "name": "x"})
    assert refused.status_code == 302
    assert Ikm.objects.get().name == record.name


# -- too late -----------------------------------------------------------------------------------------------------------


def test_what_was_typed_into_a_record_published_meanwhile_is_kept_to_copy(budi):
    record = ikm(name="Lama", sentra=factories.sentra(published=True))
    editor = officers.signed_in("Penyunting")
    first, second = Opened(budi, record), Opened(editor, record)
    assert stored(first.send(status="published"))
    answer = second.send(summary="Kalimat panjang penyunting", **rows("contacts", {"kind": "email", "value": "a@b.id"}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Budi Santoso" in page
    assert "<dt>Ringkasan</dt><dd>Kalimat panjang penyunting</dd>" in page
    assert "a@b.id" in page
    assert admin_url(Ikm, "change", record.pk) in page
    record.refresh_from_db()
    assert record.summary == ""
    assert not record.contacts.exists()


def test_what_was_typed_into_a_record_deleted_meanwhile_is_kept_to_copy(dewi, budi):
    record = ikm(name="Lama")
    contact(record)
    second = Opened(budi, record)
    dewi.post(admin_url(Ikm, "delete", record.pk), {"post": "yes"})
    answer = second.send(summary="Kalimat panjang", contacts__0__note="Sore saja")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Data ini dihapus" in page
    assert "<dt>Ringkasan</dt><dd>Kalimat panjang</dd>" in page
    assert "<dd>Sore saja</dd>" in page
    assert "1215550101" not in page
    assert not Ikm.objects.exists()


def test_who_never_might_change_it_is_refused_as_ever():
    record = ikm()
    answer = officers.signed_in("Pelihat").post(admin_url(Ikm, "change", record.pk), {VERSION: 0, "name": "x"})
    assert answer.status_code == 403


# -- once -------------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_answers_like_the_first_and_doubles_no_row(dewi):
    record = ikm()
    form = Opened(dewi, record)
    new = rows("contacts", {"kind": "email", "value": "a@contoh.id"})
    first, again = form.send(**new), form.send(**new, _continue="1")
    assert stored(first)
    assert stored(again)
    assert record.contacts.count() == 1
    assert version_of(record) == changes_of(record).get(model="sentra.contact").pk


def test_gone_back_to_and_corrected_a_form_is_heard(dewi):
    record = ikm(name="Lama")
    form = Opened(dewi, record)
    form.send(name="Satu")
    answer = form.send(name="Satu", minimum_order="3 buah")
    assert stored(answer)
    record.refresh_from_db()
    assert (record.name, record.minimum_order) == ("Satu", "3 buah")


def test_a_form_sent_again_after_a_colleague_saved_takes_nothing_back(dewi, budi):
    record = ikm(name="Lama")
    form = Opened(dewi, record)
    form.send(name="Satu")
    Opened(budi, record).send(name="Dua")
    assert stored(form.send(name="Satu"))
    record.refresh_from_db()
    assert record.name == "Dua"


# -- told when a page is opened -------------------------------------------------------------------------------------------


def test_a_page_tells_that_a_colleague_saved_just_now(dewi, budi):
    record = ikm(name="Lama")
    assert "mungkin masih menyuntingnya" not in dewi.get(admin_url(Ikm, "change", record.pk)).content.decode()
    Opened(budi, record).send(name="Baru")
    page = dewi.get(admin_url(Ikm, "change", record.pk)).content.decode()
    assert re.search(r"Budi Santoso menyimpan data ini .* yang lalu", page)
    assert "mungkin masih menyuntingnya" not in budi.get(admin_url(Ikm, "change", record.pk)).content.decode()
