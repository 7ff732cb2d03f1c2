"""Reporting wrong data as a visitor does: what the form shows, what it refuses, what it never loses, what comes back."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from semarang_ikm.reports.forms import CONTACT_LENGTH
from semarang_ikm.reports.views import RECEIPT_SALT
from sentra.actions.reports import MOST_PER_SENDER
from sentra.choices import PersonalField, ReportKind
from sentra.codes import issue_codes
from sentra.models import CodeRedirect, DataReport, Ikm, OfficeProfile
from sentra.models.data_report import TEXT_LENGTH, WITHDRAWAL_TERM
from sentra.querysets import KEPT_AFTER_CLOSING, KEPT_AT_MOST
from tests import factories
from tests.pages import Element, parse, read
from tests.semarang_ikm.test_headers import check_policy

pytestmark = pytest.mark.django_db

FORM = "/perbaiki/"


def send(client: Client, **typed: str) -> Element | str:
    """The page that answers, or the address that it leads to."""
    answer = client.post(FORM, {"wrong": "Nomornya mati", **typed}, follow=False)
    check_policy(answer)
    return answer["Location"] if answer.status_code == 302 else parse(answer.content.decode())


def receipt(client: Client, **typed: str) -> Element:
    address = send(client, **typed)
    assert isinstance(address, str), address.one("main").text
    return read(client, address)


def mistakes(page: Element) -> list[str]:
    return [line.text for line in page.one("div", role="alert").all("li")]


def typed_in(page: Element, name: str) -> str:
    for field in page.all("textarea", name=name):
        return field.text
    return page.one("input", name=name).get("value") or ""


# -- the form ---------------------------------------------------------------------------------------------------------


def test_the_form_names_the_record_and_leads_back_to_it(client: Client) -> None:
    ikm = factories.ikm("Sari Rasa", published=True)
    page = read(client, f"{FORM}?kode={ikm.code.lower()}")
    assert page.one("main").one("a", href=ikm.get_absolute_url()).text == "Sari Rasa"
    assert page.one("input", name="kode").get("value") == ikm.code
    assert len(page.one("main").all("textarea")) == 2
    assert page.one("meta", name="robots").get("content") == "noindex"


def test_a_personal_name_stays_behind_the_gate(client: Client) -> None:
    ikm = factories.ikm("Siti Rahayu", name_is_personal=True, published=True)
    assert f"Usaha {ikm.code}" in read(client, f"{FORM}?kode={ikm.code}").text
    assert "Rahayu" not in client.get(f"{FORM}?kode={ikm.code}").content.decode()
    factories.consent(ikm, PersonalField.NAME)
    assert "Siti Rahayu" in read(client, f"{FORM}?kode={ikm.code}").text


@pytest.mark.parametrize("make", [factories.sentra, factories.product])
def test_every_kind_of_record_can_be_named(client: Client, make) -> None:
    record = make("Kerupuk Udang", published=True)
    assert "Kerupuk Udang" in read(client, f"{FORM}?kode={record.code}").one("main").text


def test_a_merged_record_is_its_survivor(client: Client) -> None:
    ikm = factories.ikm(published=True)
    (merged,) = issue_codes("U")
    CodeRedirect.objects.create(code=merged, survivor_code=ikm.code)
    assert read(client, f"{FORM}?kode={merged}").one("input", name="kode").get("value") == ikm.code


def test_a_withdrawn_record_is_told_without_its_name(client: Client) -> None:
    ikm = factories.ikm("Usaha Arsip", published=True)
    Ikm.objects.update(status="archived")
    page = read(client, f"{FORM}?kode={ikm.code}")
    assert "tidak lagi tampil" in page.text and "Arsip" not in page.one("main").text
    assert page.one("input", name="kode").get("value") == ikm.code


@pytest.mark.parametrize("code", ["U-99999", "X-1", "'\"><b>", "%20", "S-" + "9" * 400, "R-01", "E-2026-2"])
def test_an_unknown_code_is_told_and_the_form_still_works(client: Client, code: str) -> None:
    draft = factories.ikm("Usaha Draf")
    for typed in (code, draft.code):
        answer = client.get(FORM, {"kode": typed})
        page = parse(answer.content.decode())
        assert answer.status_code == 200
        assert page.all(data_note="ignored")
        assert not page.all("input", name="kode")
        assert "Draf" not in page.text


def test_a_kelurahan_is_named_where_it_is_what_one_comes_from(client: Client) -> None:
    place = factories.kelurahan("Mijen", slug="mijen", kecamatan=factories.kecamatan("Mijen", slug="mijen"))
    page = read(client, place.get_absolute_url())
    (link,) = [a for a in page.one("main").all("a") if "perbaiki" in str(a.get("href"))]
    assert "Kelurahan Mijen" in read(client, str(link.get("href"))).one("main").text
    receipt(client, kel="mijen")
    assert DataReport.objects.get().kelurahan == place
    assert not read(client, f"{FORM}?kel=tidak-ada").all("input", name="kel")


def test_the_form_is_never_kept_by_a_cache_and_sets_one_cookie_that_ends_with_the_window(client: Client) -> None:
    answer = client.get(FORM)
    assert "no-store" in answer["Cache-Control"]
    assert list(answer.cookies) == ["csrftoken"]
    assert answer.cookies["csrftoken"]["max-age"] == ""
    assert answer.cookies["csrftoken"]["httponly"]


def test_every_record_leads_to_its_form_in_one_tap(client: Client) -> None:
    ikm = factories.ikm(published=True)
    for record in (ikm, factories.sentra(published=True), factories.product(published=True)):
        page = read(client, record.get_absolute_url())
        assert page.one("a", data_action="report").get("href") == f"/perbaiki/?kode={record.code}"
    owner = read(client, ikm.get_absolute_url()).one("a", href=f"/perbaiki/?kode={ikm.code}&perihal=tarik")
    assert "Tarik" in owner.text


@pytest.mark.parametrize(("days", "is_old"), [(364, False), (367, True)])
def test_a_check_of_more_than_a_year_ago_is_called_old(client: Client, officer, days: int, is_old: bool) -> None:
    ikm = factories.ikm(published=True, checked_on=factories.days_ago(days), checked_by=officer)
    foot = read(client, ikm.get_absolute_url()).one("footer", **{"class": "provenance stack"})
    assert ("Data lama" in foot.text) == is_old
    assert "Diperiksa" in foot.text


def test_the_pages_promise_what_the_rules_keep(client: Client) -> None:
    """The terms stand in sentences; whoever changes one of them changes the other."""
    assert (KEPT_AFTER_CLOSING.days, KEPT_AT_MOST.days, WITHDRAWAL_TERM.days) == (90, 365, 3)
    for address in (FORM, "/privasi/"):
        assert "90 hari" in (page := read(client, address).text) and "12 bulan" in page
    assert "3 × 24 jam" in read(client, "/privasi/").text


# -- sending ----------------------------------------------------------------------------------------------------------


def test_a_report_is_stored_and_answered_with_its_number_only(client: Client) -> None:
    ikm = factories.ikm("Sari Rasa", published=True)
    page = receipt(client, kode=ikm.code, right="0812-1555-0123", contact="0812-9999-0000")
    report = DataReport.objects.get()
    assert (report.subject_code, report.wrong, report.right) == (ikm.code, "Nomornya mati", "0812-1555-0123")
    assert (report.contact, report.language, report.kind) == ("+6281299990000", "id", ReportKind.CORRECTION)
    assert report.code in page.one("h1").text
    assert page.one("main").all("a", href=ikm.get_absolute_url())
    for secret in ("Nomornya", "1555", "99990000", "9999-0000"):
        assert secret not in page.text
    assert page.one("meta", name="robots").get("content") == "noindex"


def test_the_english_form_speaks_english_and_says_so_to_the_desk(client: Client) -> None:
    answer = client.post("/en/correct/", {"wrong": "Closed", "contact": "buyer@example.com"}, follow=True)
    page = parse(answer.content.decode())
    assert page.one("html").get("lang") == "en"
    assert "received" in page.one("h1").text
    assert DataReport.objects.get().language == "en"


def test_a_withdrawal_is_marked_and_promised_within_the_term(client: Client) -> None:
    page = receipt(client, perihal="tarik")
    assert DataReport.objects.get().kind == ReportKind.WITHDRAWAL
    assert "3 × 24 jam" in page.text
    assert "3 × 24 jam" in read(client, f"{FORM}?perihal=tarik").text


def test_an_answer_is_promised_only_as_the_office_promises_it(client: Client) -> None:
    assert "tidak ada jawaban" in receipt(client).text
    assert "belum dijanjikan" in receipt(client, contact="a@contoh.id").text
    OfficeProfile.objects.create(pk=1, reply_promise="paling lambat 3 hari kerja.")
    assert "Dinas menjawab paling lambat 3 hari kerja." in receipt(client, contact="b@contoh.id").text


def test_a_double_click_stores_once_and_shows_the_same_number(client: Client) -> None:
    first, second = receipt(client), receipt(client)
    assert first.one("h1").text == second.one("h1").text
    assert DataReport.objects.count() == 1


def test_a_receipt_that_was_made_up_leads_to_the_form(client: Client) -> None:
    for stamp in ("", "bohong", "a:b:c", signing.dumps(["R-01"], salt=RECEIPT_SALT), "x" * 3000):
        answer = client.get("/perbaiki/terkirim/", {"tanda": stamp})
        assert (answer.status_code, answer["Location"]) == (302, FORM), stamp


def test_a_receipt_is_over_after_an_hour(client: Client, monkeypatch) -> None:
    address = send(client)
    monkeypatch.setattr("semarang_ikm.reports.views.RECEIPT_SECONDS", -1)
    assert client.get(address).status_code == 302


def test_the_number_alone_opens_nothing(client: Client) -> None:
    receipt(client)
    for address in ("/k/R-01", "/perbaiki/R-01/", "/perbaiki/terkirim/?tanda=R-01", f"{FORM}?kode=R-01"):
        answer = client.get(address)
        assert answer.status_code in {302, 404, 200}
        assert b"Nomornya" not in answer.content


# -- what is refused, and kept ----------------------------------------------------------------------------------------


def test_mistakes_are_listed_first_in_the_words_of_their_fields(client: Client) -> None:
    page = send(client, wrong="  ", right="Sudah pindah", contact="12")
    assert isinstance(page, Element)
    assert page.one("title").text.startswith("Galat: ")
    summary = page.one("div", role="alert")
    for link in summary.all("a"):
        field = page.one(id=str(link.get("href"))[1:])
        assert field.get("aria-invalid") == "true"
        told = [
            page.one(id=part).text for part in str(field.get("aria-describedby")).split() if part.endswith("_error")
        ]
        assert told == [f"Galat: {link.text}"]
    assert len(summary.all("a")) == 2
    assert summary.get("autofocus") is not None
    assert (typed_in(page, "right"), typed_in(page, "contact")) == ("Sudah pindah", "12")
    assert not DataReport.objects.exists()


def test_the_english_form_names_its_mistakes_in_english(client: Client) -> None:
    page = parse(client.post("/en/correct/", {"wrong": "", "perihal": "tarik"}).content.decode())
    assert page.one("title").text.startswith("Error: ")
    assert "which data should go" in mistakes(page)[0]
    assert page.one("input", name="perihal").get("value") == "tarik"


def test_a_text_that_is_too_long_says_by_how_much_and_is_kept(client: Client) -> None:
    page = send(client, wrong="a" * (TEXT_LENGTH + 1))
    assert isinstance(page, Element)
    assert str(TEXT_LENGTH + 1) in mistakes(page)[0]
    assert typed_in(page, "wrong") == "a" * (TEXT_LENGTH + 1)
    assert send(client, wrong="b" * TEXT_LENGTH)


def test_a_megabyte_is_a_message_and_six_are_a_refusal(client: Client) -> None:
    assert isinstance(send(client, wrong="a" * 1_000_000), Element)
    assert client.post(FORM, {"wrong": "a" * 6_000_000}).status_code == 400
    assert not DataReport.objects.exists()


def test_line_breaks_count_once_as_the_browser_counts_them(client: Client) -> None:
    receipt(client, wrong="a\r\n" * (TEXT_LENGTH // 2))
    assert "\r" not in DataReport.objects.get().wrong


@pytest.mark.parametrize(
    "contact",
    ["0812", "bukan nomor", "a@b", "a@contoh.id\r\nBcc: b@contoh.id", "1" * (CONTACT_LENGTH + 1), "@", "'; DROP TABLE"],
)
def test_a_contact_that_cannot_be_used_is_told(client: Client, contact: str) -> None:
    page = send(client, contact=contact)
    assert isinstance(page, Element) and len(mistakes(page)) == 1
    assert not DataReport.objects.exists()


@pytest.mark.parametrize(
    ("contact", "stored"),
    [
        ("", ""),
        ("0812-1555-0123", "+6281215550123"),
        ("(024) 831 2345", "+62248312345"),
        (" nama@contoh.id ", "nama@contoh.id"),
        ("+65 9123 4567", "+6591234567"),
    ],
)
def test_a_contact_is_stored_so_that_it_can_be_dialled(client: Client, contact: str, stored: str) -> None:
    receipt(client, contact=contact)
    assert DataReport.objects.get().contact == stored


def test_the_trap_is_told_so_that_a_person_can_go_on(client: Client) -> None:
    page = send(client, website="https://iklan.example")
    assert isinstance(page, Element)
    assert not DataReport.objects.exists()
    assert typed_in(page, "wrong") == "Nomornya mati"
    assert typed_in(page, "website") == ""


def test_a_code_that_nobody_knows_is_no_report_about_nothing(client: Client) -> None:
    page = send(client, kode="U-4711")
    assert isinstance(page, Element)
    assert "U-4711" in mistakes(page)[0]
    assert typed_in(page, "wrong") == "Nomornya mati"
    assert not DataReport.objects.exists()


def test_a_record_withdrawn_meanwhile_is_still_reported(client: Client) -> None:
    ikm = factories.ikm(published=True)
    Ikm.objects.update(status="archived")
    receipt(client, kode=ikm.code, perihal="tarik")
    assert DataReport.objects.get().subject_code == ikm.code


def test_a_flood_is_told_when_to_come_back_and_loses_nothing(client: Client) -> None:
    for number in range(MOST_PER_SENDER):
        send(client, wrong=f"Laporan {number}")
    answer = client.post(FORM, {"wrong": "Satu lagi", "right": "Ini"})
    page = parse(answer.content.decode())
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    first = timezone.localtime(DataReport.objects.earliest("created_at").created_at)
    again = first.replace(second=0, microsecond=0) + timedelta(hours=1, minutes=1)
    assert f"{again:%-H.%M} WIB" in mistakes(page)[0]
    assert (typed_in(page, "wrong"), typed_in(page, "right")) == ("Satu lagi", "Ini")
    assert DataReport.objects.count() == MOST_PER_SENDER
    assert client.post(FORM, {"wrong": "Satu lagi"}, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_without_its_cookie_the_form_comes_back_with_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(FORM, {"wrong": "Nomornya mati", "right": "0812"})
    page = parse(answer.content.decode())
    assert answer.status_code == 403
    assert "cookie" in mistakes(page)[0]
    assert typed_in(page, "wrong") == "Nomornya mati"
    assert not DataReport.objects.exists()
    key = page.one("form", method="post").one("input", name="csrfmiddlewaretoken").get("value")
    assert client.post(FORM, {"wrong": "Nomornya mati", "csrfmiddlewaretoken": key}).status_code == 302


def test_elsewhere_a_missing_cookie_is_told_in_both_languages() -> None:
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    page = parse(answer.content.decode())
    assert answer.status_code == 403
    assert page.all("div", lang="en")


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)(FORM).status_code == 405
    assert client.post("/perbaiki/terkirim/").status_code == 405


typed = st.text(max_size=200) | st.sampled_from(["\x00", "\ud800".encode("utf-8", "replace").decode(), "‮", "\r\n" * 50])


@given(
    values=st.dictionaries(st.sampled_from(["wrong", "right", "contact", "kode", "kel", "perihal", "website"]), typed)
)
def test_whatever_is_posted_is_answered_with_a_page(values: dict[str, str]) -> None:
    client = Client()
    answer = client.post(FORM, values, REMOTE_ADDR=f"198.51.100.{len(values)}")
    assert answer.status_code in {200, 302, 429}
    for report in DataReport.objects.all():
        assert "\x00" not in report.wrong + report.right + report.contact
    DataReport.objects.all().delete()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"wrong=%ff%fe%00&right=%c0%80", "application/x-www-form-urlencoded"),
        (b"wrong=a&" * 6000, "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b'{"wrong": 1}', "application/json"),
        (b"wrong=+2AA-", "application/x-www-form-urlencoded; charset=utf-7"),
        (
            b'--x\r\nContent-Disposition: form-data; name="wrong"\r\n\r\n+2AA-\r\n--x--\r\n',
            "multipart/form-data; boundary=x; charset=utf-7",
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="wrong"; filename="a.exe"\r\n\r\nMZ\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
    ],
)
def test_broken_bodies_are_never_an_error_of_the_server(client: Client, body: bytes, content_type: str) -> None:
    assert client.post(FORM, body, content_type=content_type).status_code in {200, 302, 400}


def test_the_form_asks_the_database_as_often_for_every_report(client: Client, count_queries) -> None:
    ikm = factories.ikm(published=True)
    few = count_queries(lambda: client.get(f"{FORM}?kode={ikm.code}"))
    for _ in range(20):
        factories.report(subject_code=ikm.code)
    assert count_queries(lambda: client.get(f"{FORM}?kode={ikm.code}")) == few <= 10
