"""The officers' queue: exactly what needs a hand, on any day, with renewing in place and reminders to owners."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from products.actions.certificate_steps import move
from products.choices import CertificationStage
from products.models import CertificateKind, Certification, Product
from semarang_ikm.shared.time import today
from sentra.choices import ActivityStatus
from sentra.models import OfficeProfile
from tests import factories, officers
from tests.admin_forms import errors, rows, submit

pytestmark = pytest.mark.django_db
QUEUE, LETTERS, TABLE, CALENDAR = (
    f"admin:products_certification_{name}" for name in ("queue", "letters", "table", "calendar")
)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def listed(client: Client, **asked: str) -> list[Certification]:
    return list(client.get(reverse(QUEUE), asked).context["page"])


def ending(days: int = 10, **fields) -> Certification:
    return factories.certification(expires_on=in_days(days), issued_on=in_days(-400), **fields)


@pytest.fixture
def viewer() -> Client:
    """Who may read certificates and nothing else."""
    user = factories.user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_certification"))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


# -- what stands in it ------------------------------------------------------------------------------------------------


def test_each_reason_shows_its_own_rows_and_its_number(officer_client: Client) -> None:
    soon = ending(60)
    ended = factories.certification(expires_on=in_days(-1), issued_on=in_days(-900))
    marked = factories.certification(stage=CertificationStage.EXPIRED, expires_on=None)
    asked = factories.certification(needs_recheck=True)
    waiting = factories.certification(stage="requested", number="", issued_on=None, checked=False)
    move(certification=waiting, to="facilitated", by=None, on=in_days(-90))
    for quiet in (
        {"expires_on": in_days(61)},
        {"expires_on": None},
        {"stage": "revoked", "expires_on": in_days(-5)},
        {"stage": "requested", "number": "", "issued_on": None},
        {"expires_on": in_days(5), "ikm": factories.ikm(activity=ActivityStatus.CLOSED)},
    ):
        factories.certification(**{"issued_on": in_days(-900)} | quiet)

    expected = {"segera": [soon], "habis": [ended, marked], "tanya": [asked], "lama": [waiting]}
    page = officer_client.get(reverse(QUEUE))
    counts = {tab["address"]: tab["count"] for tab in page.context["tabs"]}

    for reason, found in expected.items():
        assert listed(officer_client, antrean=reason) == found
        assert counts[f"?antrean={reason}"] == len(found)
    assert set(page.context["page"]) == {soon, ended, marked, asked, waiting}
    assert counts["?antrean="] == 5


def test_each_kind_has_its_own_lead_time(officer_client: Client) -> None:
    early = factories.certificate_kind(lead_time_days=183)
    inside, outside = ending(183, kind=early), ending(184, kind=early)
    assert listed(officer_client) == [inside]
    assert outside not in listed(officer_client)


def test_what_was_renewed_is_gone_from_it(officer_client: Client) -> None:
    old = ending(3)
    old.successor = factories.certification(kind=old.kind, ikm=old.ikm)
    old.save()
    assert listed(officer_client) == []


def test_the_queue_is_asked_for_any_day(officer_client: Client) -> None:
    later = ending(200)
    assert listed(officer_client) == []
    assert listed(officer_client, pada=in_days(150).isoformat()) == [later]
    page = officer_client.get(reverse(QUEUE), {"pada": in_days(150).isoformat()})
    assert "50 hari lagi" in page.content.decode()


def test_what_was_in_force_is_told_for_any_day(officer_client: Client) -> None:
    always = factories.certification(issued_on=in_days(-900))
    ended = factories.certification(issued_on=in_days(-900), expires_on=in_days(-100), stage="expired")
    revoked = factories.certification(issued_on=in_days(-900))
    move(certification=revoked, to="revoked", by=None, on=in_days(-50))
    factories.certification(stage="requested", number="", issued_on=None)

    def held(days: int) -> set[Certification]:
        return set(listed(officer_client, antrean="berlaku", pada=in_days(days).isoformat()))

    assert held(-200) == {always, ended, revoked}
    assert held(-100) == {always, ended, revoked}
    assert held(-99) == {always, revoked}
    assert held(-50) == {always}
    assert held(-901) == set()


def test_it_is_narrowed_by_kind_place_and_sentra(officer_client: Client) -> None:
    kelurahan, sentra = factories.kelurahan(), factories.sentra()
    mine = ending(ikm=factories.ikm(kelurahan=kelurahan, sentra=sentra))
    other = ending(ikm=factories.ikm(kelurahan=factories.kelurahan()))
    for asked in (
        {"kec": kelurahan.kecamatan.slug},
        {"kel": kelurahan.slug},
        {"sentra": sentra.code},
        {"jenis": mine.kind.slug},
    ):
        assert listed(officer_client, **asked) == [mine]
    assert set(listed(officer_client)) == {mine, other}


def test_a_wrong_question_is_told_and_nothing_breaks(officer_client: Client) -> None:
    row = ending()
    page = officer_client.get(reverse(QUEUE), {"pada": "kemarin", "kec": "'\"", "antrean": "x", "hal": "z"})
    assert list(page.context["page"]) == [row]
    assert page.context["asked"].form.errors.keys() == {"pada", "kec", "antrean"}


def test_many_rows_ask_as_often_as_few(officer_client: Client, count_queries) -> None:
    def more() -> None:
        ikm = factories.ikm(kelurahan=factories.kelurahan(), sentra=factories.sentra())
        factories.contact(ikm=ikm)
        ending(products=[factories.product(ikm=ikm)])

    pages = [reverse(name) for name in (QUEUE, LETTERS, TABLE, CALENDAR)]
    more()
    few = [count_queries(lambda url=url: officer_client.get(url)) for url in pages]
    for _ in range(5):
        more()
    assert [count_queries(lambda url=url: officer_client.get(url)) for url in pages] == few
    assert max(few) <= 20


# -- who may --------------------------------------------------------------------------------------------------------


def test_without_permission_nothing_is_shown(client: Client, viewer: Client) -> None:
    row = ending()
    stranger = Client()
    stranger.force_login(factories.user(is_staff=True), backend="django.contrib.auth.backends.ModelBackend")
    for name in (QUEUE, LETTERS, TABLE, CALENDAR):
        assert client.get(reverse(name)).status_code == 302
        assert stranger.get(reverse(name)).status_code == 403
        assert viewer.get(reverse(name)).status_code == 200
    for name, args in (("renew", [row.pk]), ("recheck", [row.pk]), ("step", [row.pk, "habis"])):
        assert viewer.post(reverse(f"admin:products_certification_{name}", args=args)).status_code == 403


def test_who_may_not_see_people_sees_neither_name_nor_number(viewer: Client, officer_client: Client) -> None:
    ikm = factories.ikm("Ibu Rahasia", name_is_personal=True)
    factories.contact(ikm=ikm)
    factories.contact("address", "Jalan Rahasia 1", ikm=ikm)
    ending(ikm=ikm)
    for name in (QUEUE, LETTERS, CALENDAR):
        page = viewer.get(reverse(name)).content.decode()
        assert not re.search("Rahasia|6281215550123", page)
        assert ikm.code in page
        assert "Ibu Rahasia" in officer_client.get(reverse(name)).content.decode()
    editor = officers.signed_in("Penyunting")
    assert "Rahasia" not in editor.get(renewal(Certification.objects.get())).content.decode()
    page = officer_client.get(reverse(QUEUE)).content.decode()
    assert "https://wa.me/6281215550123?text=Yth.%20Ibu%20Rahasia" in page
    assert "Jalan Rahasia 1" in officer_client.get(reverse(LETTERS)).content.decode()


# -- renewing in place ----------------------------------------------------------------------------------------------


def renewal(row: Certification) -> str:
    return reverse("admin:products_certification_renew", args=[row.pk])


def typed(**more: object) -> dict[str, object]:
    return {"number": "BARU-9", "issued_on": today().isoformat(), "legal_basis": "", "kembali": "antrean=segera"} | more


def test_a_row_is_renewed_and_the_officer_is_back_at_the_list(officer_client: Client, officer: User) -> None:
    old = ending(3)
    scan = SimpleUploadedFile("baru.pdf", b"%PDF-1.4 uji")

    answer = officer_client.post(renewal(old), typed(expires_on=in_days(1000).isoformat(), scan=scan))

    assert answer.url == reverse(QUEUE) + "?antrean=segera"
    old.refresh_from_db()
    assert (old.successor.number, old.successor.expires_on) == ("BARU-9", in_days(1000))
    assert old.successor.checked_by == officer
    assert old.successor.scan.read() == b"%PDF-1.4 uji"
    assert listed(officer_client) == []


def test_the_form_proposes_what_the_rule_in_force_says(officer_client: Client) -> None:
    rule = factories.certification_rule(has_fixed_end=False, legal_basis="UU Uji 1")
    form = officer_client.get(renewal(ending(kind=rule.kind))).context["form"]
    assert (form["no_end"].value(), form["legal_basis"].value()) == (True, "UU Uji 1")


def test_a_blank_end_follows_the_rule_of_the_day_of_issue(officer_client: Client) -> None:
    former = factories.certification_rule(
        has_fixed_end=True, validity_months=24, legal_basis="Lama", in_force_until=in_days(-11)
    )
    factories.certification_rule(
        kind=former.kind, has_fixed_end=True, validity_months=60, legal_basis="Baru", in_force_from=in_days(-10)
    )
    old = ending(3, kind=former.kind)
    officer_client.post(renewal(old), typed(issued_on=in_days(-20).isoformat(), legal_basis="Baru"))
    old.refresh_from_db()
    assert old.successor.legal_basis == "Lama"
    assert old.successor.expires_on.year == in_days(-20).year + 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": ""}, "number"),
        ({}, "expires_on"),
        ({"no_end": "on"}, "legal_basis"),
        ({"no_end": "on", "legal_basis": "UU", "expires_on": "2099-01-01"}, "no_end"),
        ({"expires_on": "2001-01-01"}, "expires_on"),
        ({"expires_on": "bukan tanggal"}, "expires_on"),
        ({"issued_on": "2099-01-01", "expires_on": "2099-02-01"}, "issued_on"),
        ({"expires_on": "2099-01-01", "scan": SimpleUploadedFile("x.pdf", b"MZ")}, "scan"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(officer_client: Client, wrong: dict, field: str) -> None:
    answer = officer_client.post(renewal(ending(3)), typed(**wrong))
    assert field in answer.context["form"].errors
    assert Certification.objects.count() == 1


def test_a_taken_number_is_told_beside_the_number(officer_client: Client) -> None:
    old = ending(3)
    factories.certification(kind=old.kind, number="BARU-9")
    answer = officer_client.post(renewal(old), typed(expires_on="2099-01-01"))
    assert "number" in answer.context["form"].errors


def test_no_end_against_the_rule_needs_another_ground(officer_client: Client) -> None:
    rule = factories.certification_rule(has_fixed_end=True, validity_months=60, legal_basis="Aturan Uji")
    old = ending(3, kind=rule.kind)
    answer = officer_client.post(renewal(old), typed(no_end="on", legal_basis="Aturan Uji"))
    assert "no_end" in answer.context["form"].errors
    assert officer_client.post(renewal(old), typed(no_end="on", legal_basis="Aturan lain")).status_code == 302


def test_the_way_back_leads_nowhere_else(officer_client: Client) -> None:
    back = "//jahat.test/?x=1"
    answer = officer_client.post(renewal(ending(3)), typed(expires_on="2099-01-01", kembali=back))
    assert answer.url.startswith(reverse(QUEUE) + "?")


# -- steps and the page -----------------------------------------------------------------------------------------------


def test_the_stage_is_led_by_its_steps_not_typed(officer_client: Client, officer: User) -> None:
    row = factories.certification(stage="requested", number="", issued_on=None, checked=False)
    submit(officer_client, Certification, {"stage": "issued", "note": "Dicatat"}, row)
    row.refresh_from_db()
    assert (row.stage, row.note) == ("requested", "Dicatat")

    step = reverse("admin:products_certification_step", args=[row.pk, "difasilitasi"])
    answer = officer_client.post(step, {"reached_on": in_days(-2).isoformat(), "note": "Kelas halal"}, follow=True)
    page = answer.content.decode()
    assert "Kelas halal" in page
    assert officer.username in page


def test_a_new_certificate_begins_its_journey(officer_client: Client, officer: User) -> None:
    given = {"kind": factories.certificate_kind().pk, "ikm": factories.ikm().pk, "stage": "requested"}
    assert submit(officer_client, Certification, given).status_code == 302
    assert [line.moved_by for line in Certification.objects.get().steps.all()] == [officer]


def test_a_revocation_needs_its_reason(officer_client: Client) -> None:
    row = factories.certification()
    step = reverse("admin:products_certification_step", args=[row.pk, "dicabut"])
    assert "note" in officer_client.post(step, {"reached_on": today().isoformat()}).context["form"].errors
    officer_client.post(step, {"reached_on": today().isoformat(), "note": "Dicabut lembaganya"})
    row.refresh_from_db()
    assert row.stage == "revoked"


def test_a_flagged_one_is_cleared_with_a_reason(officer_client: Client) -> None:
    row = factories.certification(needs_recheck=True)
    url = reverse("admin:products_certification_recheck", args=[row.pk])
    assert "note" in officer_client.post(url, {}).context["form"].errors
    assert officer_client.post(url, {"note": "Bahan tetap", "kembali": ""}).url == reverse(QUEUE)
    row.refresh_from_db()
    assert not row.needs_recheck


def test_an_officer_hears_what_a_new_composition_flagged(officer_client: Client) -> None:
    product = factories.product()
    halal = factories.certification(kind=factories.certificate_kind("halal"), products=[product])

    saved = submit(officer_client, Product, {"materials": "Bahan lain"}, product)
    assert "benar-benar berubah" in officer_client.get(saved.url).content.decode()
    assert listed(officer_client) == []

    saved = submit(officer_client, Product, {"composition_changed_on": today().isoformat()}, product)
    assert "1 sertifikat halal kini masuk antrean" in officer_client.get(saved.url).content.decode()
    assert listed(officer_client, antrean="tanya") == [halal]


def test_rules_that_overlap_are_refused_beside_the_period(officer_client: Client) -> None:
    rule = factories.certification_rule(in_force_from=in_days(-900))
    more = {"in_force_from": in_days(-1).isoformat(), "rule_checked_on": today().isoformat()}
    own = {"id": rule.pk, "kind": rule.kind.pk, "in_force_from": in_days(-900).isoformat()}
    own |= {"rule_checked_on": today().isoformat()}

    refused = submit(officer_client, CertificateKind, rows("rules", own, more, initial=1), rule.kind)
    assert "bertumpang" in str(errors(refused)["rules-1-in_force_from"])

    own["in_force_until"] = in_days(-2).isoformat()
    assert submit(officer_client, CertificateKind, rows("rules", own, more, initial=1), rule.kind).status_code == 302
    assert rule.kind.rules.count() == 2


# -- reminders --------------------------------------------------------------------------------------------------------


def test_each_business_gets_one_letter_about_all_that_ends(officer_client: Client) -> None:
    rule = factories.certification_rule(condition="Bawa label.", legal_basis="Aturan Uji 5")
    ikm = factories.ikm("Kelompok Gurih")
    first, second = ending(5, ikm=ikm, kind=rule.kind), ending(9, ikm=ikm)
    ending(400, ikm=ikm)
    ending(7)

    page = officer_client.get(reverse(LETTERS))

    assert [len(letter.certificates) for letter in page.context["letters"]] == [2, 1]
    text = page.content.decode()
    assert all(part in text for part in (first.number, second.number, "Bawa label.", "Aturan Uji 5", "Kelompok Gurih"))
    assert text.count('<article class="surat"') == 2


def test_the_letterhead_writes_numbers_as_one_dials_them_here(officer_client: Client) -> None:
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", telephone="+62243584000", whatsapp="+6281215550123")
    ending(5)
    text = officer_client.get(reverse(LETTERS)).content.decode()
    assert "Telepon (024) 3584000" in text and "WhatsApp 0812-1555-0123" in text and "+62" not in text


def test_the_table_keeps_zeros_and_runs_nothing(officer_client: Client) -> None:
    ending(5, number="0012", ikm=factories.ikm("=HYPERLINK(1)"))
    answer = officer_client.get(reverse(TABLE))
    sheet = load_workbook(BytesIO(answer.content)).active
    values = [cell.value for cell in sheet[2]]
    assert "0012" in values
    assert "'=HYPERLINK(1)" in values
    assert {cell.data_type for row in sheet for cell in row}.isdisjoint({"f"})


def test_the_calendar_holds_each_last_day_as_a_whole_day(officer_client: Client) -> None:
    row = ending(5)
    entry = Calendar.from_ical(officer_client.get(reverse(CALENDAR)).content).walk("VEVENT")[0]
    assert entry.decoded("dtstart") == row.expires_on
    assert entry.decoded("dtend") == row.expires_on + timedelta(days=1)
    assert row.number in entry["description"]
