"""What the admin refuses, asks first, keeps private, and does by itself."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from products.models import Certification, Product
from promotions.models import FacilitationCase
from semarang_ikm.shared.time import today
from sentra.models import Consent, DataReport, Ikm, Kecamatan, Kelurahan, OfficeProfile, ProductType, Sentra
from tests import factories
from tests.admin_forms import admin_url, errors, rows, submit
from tests.sentra.test_admin_walk import photo, picture

pytestmark = pytest.mark.django_db


def act(client: Client, model, action: str, records, **more):
    data = {"action": action, "_selected_action": [record.pk for record in records]} | more
    return client.post(admin_url(model, "changelist"), data, follow=True)


# -- deleting and archiving -------------------------------------------------------------------------------------------


def test_a_published_record_is_not_deleted_from_its_page(officer_client):
    sentra = factories.sentra(published=True)
    for call in (officer_client.get, officer_client.post):
        response = call(admin_url(Sentra, "delete", sentra.pk), {"post": "yes"}, follow=True)
        assert "Arsipkan dahulu" in response.content.decode()
    assert Sentra.objects.filter(pk=sentra.pk).exists()


def test_one_published_record_stops_the_deletion_of_all_chosen(officer_client):
    draft, public = factories.ikm(), factories.ikm(published=True)
    response = act(officer_client, Ikm, "delete_selected", [draft, public], post="yes")
    assert "Arsipkan dahulu" in response.content.decode()
    assert Ikm.objects.count() == 2


def test_drafts_are_deleted_after_asking(officer_client):
    draft = factories.ikm()
    assert "Usaha Uji" in act(officer_client, Ikm, "delete_selected", [draft]).content.decode()
    assert Ikm.objects.exists()
    act(officer_client, Ikm, "delete_selected", [draft], post="yes")
    assert not Ikm.objects.exists()


def test_many_are_published_after_asking_and_the_unready_are_named(officer_client):
    ready = factories.product(ikm=factories.ikm(published=True))
    waiting = factories.product("Produk Menunggu")
    asked = act(officer_client, Product, "publish_selected", [ready, waiting]).content.decode()
    assert "1 data akan berstatus Terbit" in asked
    assert "Produk Menunggu" in asked
    assert not Product.objects.published().exists()
    done = act(officer_client, Product, "publish_selected", [ready, waiting], confirmed="1").content.decode()
    assert list(Product.objects.published()) == [ready]
    assert "Produk Menunggu" in done


def test_many_are_archived_after_asking(officer_client):
    public = [factories.sentra(published=True) for _ in range(2)]
    asked = act(officer_client, Sentra, "archive_selected", public).content.decode()
    assert "2 di antaranya sedang terbit" in asked
    act(officer_client, Sentra, "archive_selected", public, confirmed="1")
    assert Sentra.objects.archived().count() == 2


def test_the_status_field_archives_and_takes_the_record_from_the_public(officer_client):
    ikm = factories.ikm(published=True)
    submit(officer_client, Ikm, {"status": "archived"}, record=ikm)
    assert ikm not in Ikm.objects.published()
    assert ikm in Ikm.objects.archived()


def test_marking_as_checked_notes_who_and_when(officer_client, officer):
    ikm = factories.ikm()
    act(officer_client, Ikm, "check_selected", [ikm])
    ikm.refresh_from_db()
    assert (ikm.checked_on, ikm.checked_by) == (today(), officer)


# -- areas, types, office ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Kecamatan, Kelurahan])
def test_areas_are_neither_added_nor_deleted(officer_client, model):
    record = factories.kelurahan() if model is Kelurahan else factories.kecamatan()
    assert officer_client.get(admin_url(model, "add")).status_code == 403
    assert officer_client.post(admin_url(model, "delete", record.pk), {"post": "yes"}).status_code == 403


def test_a_kelurahan_is_found_by_the_names_that_people_use(officer_client):
    wanted = factories.kelurahan("Sumurrejo", kecamatan=factories.kecamatan("Gunungpati"))
    factories.area_alias("Sumurejo", kelurahan=wanted)
    factories.area_alias("Kampung Sumur", kelurahan=wanted)
    factories.kelurahan("Krobokan")
    for term in ("sumurrejo", "sumurejo", "kampung sumur", "gunungpati"):
        answer = officer_client.get(
            reverse("admin:autocomplete"),
            {"app_label": "sentra", "model_name": "sentralocation", "field_name": "kelurahan", "term": term},
        )
        assert [row["text"] for row in json.loads(answer.content)["results"]] == ["Sumurrejo – Gunungpati"], term


def test_a_moved_type_takes_its_lineage_along(officer_client):
    craft, cloth, batik = (factories.product_type(name) for name in ("Kerajinan", "Kain", "Batik"))
    submit(officer_client, ProductType, {"parent": craft.pk}, record=cloth)
    submit(officer_client, ProductType, {"parent": cloth.pk}, record=batik)
    assert set(batik.ancestors.all()) == {craft, cloth, batik}
    assert "parent" in errors(submit(officer_client, ProductType, {"parent": batik.pk}, record=craft))


def test_the_office_is_stored_once_and_its_numbers_are_checked(officer_client):
    url = admin_url(OfficeProfile, "change", 1)
    assert officer_client.post(url, {"name": "Dinas Uji", "whatsapp": "0812-1555-0123"}).status_code == 302
    assert OfficeProfile.load().whatsapp == "0812-1555-0123"
    refused = officer_client.post(url, {"name": "Dinas Uji", "whatsapp": "(024) 760-1234", "telephone": "12"})
    assert set(errors(refused)) == {"whatsapp", "telephone"}
    assert officer_client.get(admin_url(OfficeProfile, "add")).status_code == 403


# -- consent ----------------------------------------------------------------------------------------------------------


def test_consent_is_withdrawn_on_the_page_of_the_business(officer_client):
    ikm = factories.ikm()
    receipt = factories.consent(ikm, "whatsapp", "telephone", channels=["web", "print"])
    scopes = receipt.scopes.filter(channel="print")
    response = submit(
        officer_client, Ikm, {"consents-0-withdraw": [scope.pk for scope in scopes], "name": "Nama Baru"}, record=ikm
    )
    assert response.status_code == 302, errors(response)
    assert set(receipt.scopes.filter(withdrawn_on=today())) == set(scopes)
    assert receipt.scopes.filter(withdrawn_on=None).count() == 2


def test_a_stored_receipt_is_not_rewritten(officer_client):
    receipt = factories.consent(factories.ikm(), "whatsapp", person="Bu Sri")
    submit(
        officer_client,
        Consent,
        {"person": "Orang Lain", "data": ["nib"], "channels": ["open_data"], "note": "lewat telepon"},
        record=receipt,
    )
    receipt.refresh_from_db()
    assert (receipt.person, receipt.note) == ("Bu Sri", "lewat telepon")
    assert [(s.field, s.channel) for s in receipt.scopes.all()] == [("whatsapp", "web")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"data": []}, "data"),
        ({"channels": []}, "channels"),
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"person": ""}, "person"),
    ],
)
def test_half_a_receipt_is_refused_beside_the_field(officer_client, typed, field):
    entry = {
        "data": ["whatsapp"],
        "channels": ["web"],
        "person": "Bu Sri",
        "method": "signed_form",
        "legal_basis": "consent",
        "given_on": today(),
    } | typed
    response = submit(officer_client, Ikm, {"name": "Usaha"} | rows("consents", entry))
    assert f"consents-0-{field}" in errors(response)
    assert not Consent.objects.exists()


# -- files ------------------------------------------------------------------------------------------------------------


def evidence(content: bytes = b"%PDF-1.7 bukti", name: str = "bukti.html") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def test_evidence_is_private_and_downloaded_only_by_staff(officer_client):
    receipt = factories.consent(factories.ikm(), "whatsapp")
    response = submit(officer_client, Consent, {"evidence": evidence()}, record=receipt)
    assert response.status_code == 302, errors(response)
    receipt.refresh_from_db()
    assert receipt.evidence.name.endswith(".pdf")
    assert storages["private"].exists(receipt.evidence.name)
    assert not default_storage.exists(receipt.evidence.name)

    url = reverse("admin:sentra_consent_evidence", args=[receipt.pk])
    assert url in officer_client.get(admin_url(Consent, "change", receipt.pk)).content.decode()
    answer = officer_client.get(url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 bukti"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]

    visitor, clerk = Client(), Client()
    assert visitor.get(url).status_code == 302
    clerk.force_login(factories.user(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert clerk.get(url).status_code in {403, 404}
    assert visitor.get(f"/media/{receipt.evidence.name}").status_code == 404


def test_a_scan_that_is_a_page_is_refused(officer_client):
    certificate = factories.certification()
    response = submit(officer_client, Certification, {"scan": evidence(b"<html>")}, record=certificate)
    assert set(errors(response)) == {"scan"}
    assert officer_client.get(reverse("admin:products_certification_scan", args=[certificate.pk])).status_code == 404


def test_a_replaced_and_a_removed_photo_leave_no_file(officer_client, django_capture_on_commit_callbacks):
    sentra = factories.sentra(types=[factories.product_type()])
    submit(officer_client, Sentra, rows("photos", photo()), record=sentra)
    first = sentra.photos.get()
    files = [first.image.name, first.copy_name(320)]
    assert all(default_storage.exists(name) for name in files)
    with django_capture_on_commit_callbacks(execute=True):
        response = submit(officer_client, Sentra, {"photos-0-image": picture(size=(400, 300))}, record=sentra)
    assert response.status_code == 302, errors(response)
    assert not any(default_storage.exists(name) for name in files)
    second = sentra.photos.get()
    assert default_storage.exists(second.copy_name(320))
    with django_capture_on_commit_callbacks(execute=True):
        submit(officer_client, Sentra, {"photos-0-DELETE": "on"}, record=sentra)
    assert not sentra.photos.exists()
    assert not default_storage.exists(second.image.name)
    assert not default_storage.exists(second.copy_name(320))


def test_people_in_a_photo_need_the_date_of_their_consent(officer_client):
    typed = {"name": "S", "product_types": [factories.product_type().pk]} | rows("photos", photo(shows_people="on"))
    assert "photos-0-portrait_consent_on" in errors(submit(officer_client, Sentra, typed))


# -- certificates and cases -------------------------------------------------------------------------------------------


def test_the_last_day_is_filled_in_from_the_rule(officer_client):
    rule = factories.certification_rule(has_fixed_end=True, validity_months=60)
    typed = {"kind": rule.kind.pk, "ikm": factories.ikm().pk, "stage": "issued", "number": "P-1"}
    submit(officer_client, Certification, typed | {"issued_on": "2024-03-01"})
    assert Certification.objects.get().expires_on.isoformat() == "2029-03-01"


def test_a_certificate_covers_products_of_its_holder_only(officer_client):
    typed = {
        "kind": factories.certificate_kind().pk,
        "ikm": factories.ikm().pk,
        "stage": "requested",
        "products": [factories.product().pk],
    }
    assert set(errors(submit(officer_client, Certification, typed))) == {"products"}


def test_an_issued_certificate_needs_its_number_and_a_number_exists_once(officer_client):
    held = factories.certification(number="ID-1")
    typed = {"kind": held.kind.pk, "ikm": factories.ikm().pk, "stage": "issued"}
    assert set(errors(submit(officer_client, Certification, typed))) == {"number"}
    assert set(errors(submit(officer_client, Certification, typed | {"number": "ID-1"}))) == {"number"}


def test_a_changed_recipe_saved_on_the_product_flags_its_halal(officer_client):
    product = factories.product()
    halal = factories.certification(kind=factories.certificate_kind("halal"), products=[product])
    submit(officer_client, Product, {"composition_changed_on": today()}, record=product)
    halal.refresh_from_db()
    assert halal.needs_recheck


def test_a_step_of_a_case_notes_its_officer(officer_client, officer):
    typed = {"ikm": factories.ikm().pk, "kind": "water", "title": "Air kecil", "opened_on": "2026-01-05"}
    submit(
        officer_client,
        FacilitationCase,
        typed | rows("steps", {"done_on": "2026-01-06", "text": "Surat ke PDAM"}),
    )
    assert FacilitationCase.objects.get().steps.get().done_by == officer


# -- language, lock, media --------------------------------------------------------------------------------------------


def test_the_language_of_the_admin_is_a_choice_that_stays_and_leads_nowhere_else(officer_client):
    response = officer_client.post("/admin/bahasa/", {"language": "en", "next": "https://evil.example/"})
    assert response.url == "/en/"
    cookie = response.cookies["django_language"]
    assert (cookie["path"], cookie["httponly"]) == ("/admin/", True)
    assert '<html lang="en"' in officer_client.get("/admin/").content.decode()
    assert officer_client.post("/admin/bahasa/", {"language": "id", "next": "/admin/sentra/"}).url == "/admin/sentra/"


def test_ten_wrong_passwords_lock_with_a_page_that_says_so(officer):
    client = Client()
    for _ in range(10):
        answer = client.post("/admin/login/", {"username": "petugas", "password": "salah"})
    assert answer.status_code == 429
    assert "Masuk ditahan" in answer.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "foto/../../private/consent/x.pdf",
        "foto/ab/%2e%2e/%2e%2e/x.jpg",
        "consent/x.pdf",
        "foto/ab/zz.jpg",
        "",
        "foto/ab/abcdefabcdefabcdefabcdef.jpg",
        "foto/ab/abcdefabcdefabcdefabcdef.svg",
    ],
)
def test_no_other_file_has_an_address(path):
    assert Client().get(f"/media/{path}").status_code == 404


# -- reports of wrong data --------------------------------------------------------------------------------------------


def test_an_officer_finishes_a_report_from_its_page_and_changes_no_word_of_it(officer, officer_client):
    report = factories.report(contact="+6281215550123")
    response = submit(
        officer_client,
        DataReport,
        {"status": "done", "note": "Sudah dicek", "answer_note": "WA 24 Nov", "wrong": "diubah", "contact": "lain"},
        report,
    )
    assert response.status_code == 302, errors(response)
    report.refresh_from_db()
    assert (report.status, report.handled_by, report.note) == ("done", officer, "Sudah dicek")
    assert (report.wrong, report.contact) == ("Nomornya sudah mati", "+6281215550123")
    assert report.closed_at is not None


def test_reports_are_taken_up_and_rejected_together(officer, officer_client):
    first, second = factories.report(), factories.report()
    act(officer_client, DataReport, "take_selected", [first, second])
    assert set(DataReport.objects.values_list("status", "handled_by")) == {("in_hand", officer.pk)}
    page = act(officer_client, DataReport, "reject_selected", [first, second]).content.decode()
    assert "2 laporan" in page
    assert not DataReport.objects.open().exists()
    act(officer_client, DataReport, "finish_selected", [first])
    assert DataReport.objects.get(pk=first.pk).status == "done"


def test_a_report_leads_to_the_desk_and_to_the_site(officer_client):
    for record in (factories.ikm(published=True), factories.sentra(), factories.product()):
        report = factories.report(subject_code=record.code, kind="withdrawal", contact="a@contoh.id")
        page = officer_client.get(admin_url(DataReport, "change", report.pk)).content.decode()
        assert admin_url(type(record), "change", record.pk) in page
        assert f"/k/{record.code}" in page
        assert "mailto:a@contoh.id" in page
        assert "persetujuan" in page
    new = factories.report()
    late = factories.report(kind="withdrawal", created_at=timezone.now() - timedelta(hours=80))
    page = officer_client.get(admin_url(DataReport, "changelist"), {"terbuka": "1"}).content.decode()
    assert "Terlambat" in page and page.index(late.code) < page.index(new.code)


def test_a_hostile_report_does_not_run_at_the_desk(officer_client):
    report = factories.report(wrong="<script>alert(1)</script>", right='"><img src=x onerror=alert(1)>', contact="")
    for url in (admin_url(DataReport, "changelist"), admin_url(DataReport, "change", report.pk)):
        page = officer_client.get(url).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page


def test_the_queue_shows_nothing_past_its_time(officer_client):
    report = factories.report(wrong="KataLama", created_at=timezone.now() - timedelta(days=400))
    assert "KataLama" not in officer_client.get(admin_url(DataReport, "changelist")).content.decode()
    page = officer_client.get(admin_url(DataReport, "change", report.pk))
    assert page.status_code == 200
    assert "KataLama" not in page.content.decode()


def test_a_report_opened_by_its_address_shows_nothing_past_its_time(officer_client):
    report = factories.report(wrong="KataLama", sender_mark="a" * 64, created_at=timezone.now() - timedelta(days=400))
    page = officer_client.get(admin_url(DataReport, "change", report.pk))
    assert page.status_code == 200
    assert "KataLama" not in page.content.decode()
    report.refresh_from_db()
    assert (report.wrong, report.sender_mark) == ("", "")


def test_nobody_adds_a_report_at_the_desk(officer_client):
    assert officer_client.get(admin_url(DataReport, "add")).status_code == 403
