"""Two officers with one record open: nothing is written over unseen, nothing typed is lost, nothing is stored twice."""

import html
import re
from typing import Any

import pytest
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from semarang_ikm.shared.admin.once import KEY
from semarang_ikm.shared.admin.together import VERSION
from sentra.history import changes_of, version_of
from sentra.models import Contact, Ikm, OfficeProfile
from tests import factories, officers
from tests.admin_forms import admin_url, rows, shown
from tests.sentra.conftest import ROUNDS, WRITERS

pytestmark = pytest.mark.django_db

ASKED = "Belum disimpan: data ini berubah sementara Anda menyuntingnya"


class Opened:
    """A page that an officer has open; sent later, it is still as it was."""

    def __init__(self, client: Client, record: Model) -> None:
        self.client, self.url = client, admin_url(type(record), "change", record.pk)
        self.data = self._read(client.get(self.url))

    @staticmethod
    def _read(page: HttpResponse) -> dict[str, Any]:
        hidden = {KEY: page.context["once"]["value"], VERSION: page.context["version"]["value"]}
        return {name: value for name, value in (shown(page) | hidden).items() if value is not None}

    def send(self, **typed: Any) -> HttpResponse:
        sent = self.data | {name.replace("__", "-"): value for name, value in typed.items()}
        answer = self.client.post(self.url, {name: value for name, value in sent.items() if value is not None})
        if answer.status_code == 200:
            self.data = self._read(answer)
        return answer


def stored(answer: HttpResponse) -> bool:
    return answer.status_code == 302


def text(answer: HttpResponse) -> str:
    main = answer.content.decode().split('class="bertemu"', 1)[1].split("</section>", 1)[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def dewi() -> Client:
    return officers.signed_in("Penerbit", "Petugas privasi", first_name="Dewi", last_name="Lestari")


@pytest.fixture
def budi() -> Client:
    return officers.signed_in("Penerbit", "Petugas privasi", first_name="Budi", last_name="Santoso")


def ikm(**fields: Any) -> Ikm:
    return factories.ikm(**{"kelurahan": factories.kelurahan(), "types": [factories.product_type()]} | fields)


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


# -- rows -------------------------------------------------------------------------------------------------------------


def contact(record: Ikm, value: str = "+6281215550101") -> Contact:
    return factories.contact(ikm=record, kind="whatsapp", value=value, typed=value)


def notes(record: Ikm) -> list[str]:
    return list(record.contacts.order_by("pk").values_list("note", flat=True))


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


# -- at the same moment -----------------------------------------------------------------------------------------------


@pytest.fixture
def shared(transactional_db, dewi) -> tuple[Client, Ikm]:
    return dewi, factories.ikm(name="Bersama", kelurahan=factories.kelurahan(), types=[factories.product_type()])


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_lose_nothing_of_each_other(shared, writers):
    """Four with one page open, each at a field of its own."""
    client, record = shared
    form = Opened(client, record)
    left = ["minimum_order", "summary", "capacity_unit", "story"]
    answers: list[int] = []
    kept: list[dict[str, str]] = []

    def write() -> None:
        if left:
            browser, name = Client(), left.pop()
            browser.cookies = client.cookies
            answers.append(browser.post(form.url, form.data | {name: "Baru"}).status_code)
            kept.append(Ikm.objects.values("minimum_order", "summary", "capacity_unit", "story").get(pk=record.pk))

    assert writers(write) == []
    assert answers == [302] * 4
    assert dict.fromkeys(kept[0], "Baru") in kept


@pytest.mark.django_db(transaction=True)
def test_of_writers_with_one_page_the_first_stores_and_the_others_are_asked(shared, writers):
    client, record = shared
    form = Opened(client, record)
    answers: list[int] = []
    turn = iter(range(WRITERS * ROUNDS))

    def write() -> None:
        browser = Client()
        browser.cookies = client.cookies
        answers.append(browser.post(form.url, form.data | {"name": f"Nama {next(turn)}"}).status_code)

    assert writers(write) == []
    assert sorted(answers) == [200] * (WRITERS * ROUNDS - 1) + [302]


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_by_several_at_once_adds_its_row_once(shared, writers):
    client, record = shared
    form = Opened(client, record)
    new = rows("contacts", {"kind": "email", "value": "a@contoh.id"})
    answers: list[tuple[int, int]] = []

    def send() -> None:
        browser = Client()
        browser.cookies = client.cookies
        answer = browser.post(form.url, form.data | new)
        answers.append((answer.status_code, record.contacts.count()))

    assert writers(send) == []
    assert answers == [(302, 1)] * (WRITERS * ROUNDS)
