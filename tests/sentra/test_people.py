"""One person's data: found by what the person tells, shown with ground and place, withdrawn, copied, purged."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sentra.actions.consent import withdraw_fields
from sentra.actions.purging import planned, purge
from sentra.choices import ContactKind, PersonalField
from sentra.consent import disclose_one
from sentra.models import Consent, Contact, DataReport, Ikm, PastSlug
from sentra.personal_data.access import copy_of
from sentra.personal_data.finding import find_subjects
from sentra.personal_data.holdings import holdings
from tests import factories

pytestmark = pytest.mark.django_db

PERSON, NUMBER, HOLDER, OWNER = "Zubaidah Wiryo", "+6281298765432", "Xaverius", "Qomariyah"


@pytest.fixture
def ikm() -> Ikm:
    """A business of a person, with something personal in every place that can hold it."""
    ikm = factories.ikm(PERSON, name_is_personal=True, nib="0220009876543", published=True, indexed=True)
    factories.contact(ContactKind.WHATSAPP, NUMBER, ikm=ikm, note="CatatanKontak")
    factories.contact(ContactKind.OWNER_NAME, OWNER, ikm=ikm)
    receipt = factories.consent(ikm, "whatsapp", "name", channels=["web", "print"], person="PemberiIzin")
    receipt.evidence.save("bukti.pdf", ContentFile(b"%PDF-1.4 bukti"))
    product = factories.product("Wingko", ikm=ikm, published=True)
    factories.product_photo(product=product, shows_people=True, portrait_consent_on=factories.days_ago(5))
    certificate = factories.certification(products=[product], ikm=ikm, holder_name=HOLDER, note="CatatanSertifikat")
    certificate.scan.save("pindaian.pdf", ContentFile(b"%PDF-1.4 pindaian"))
    factories.report(subject_code=ikm.code, wrong="SalahMenurutPelapor", contact="+6281377712345")
    return ikm


def everything_stored() -> Iterator[str]:
    """Every row of every table of ours and of the admin's log, as text."""
    for model in apps.get_models():
        if model._meta.app_label in {"sentra", "products", "promotions", "admin"}:
            yield from (f"{model.__name__} {row}" for row in model._base_manager.values())


def other_business() -> Ikm:
    other = factories.ikm("Tahu Maju", nib="1111111111111")
    factories.contact(ContactKind.WHATSAPP, "+6281200000001", ikm=other)
    factories.consent(other, "whatsapp")
    return other


# -- what is held, and where it leaves --------------------------------------------------------------------------------


def test_every_personal_value_stands_beside_the_channels_it_leaves_on(ikm):
    held = {holding.field: holding for holding in holdings([ikm])[ikm]}
    leaves = {name: {each.channel.value for each in holding.leaving if each.scopes} for name, holding in held.items()}
    assert leaves == {
        PersonalField.NAME: {"web", "print"},
        PersonalField.OWNER_NAME: set(),
        PersonalField.WHATSAPP: {"web", "print"},
        PersonalField.NIB: set(),
        PersonalField.CERTIFICATE_HOLDER: set(),
        PersonalField.PORTRAIT: set(),
    }
    assert held[PersonalField.WHATSAPP].values == ("0812-9876-5432",)
    assert held[PersonalField.CERTIFICATE_HOLDER].values == (HOLDER,)


def test_the_screen_says_what_the_gate_does(ikm):
    """Two ways to one answer: what the screen calls shown is what the gate lets out."""
    factories.consent(ikm, "owner_name", channels=["open_data"], given_on=factories.days_ago(1))
    for channel in ("web", "print", "open_data"):
        shown = {
            holding.field.value
            for holding in holdings([ikm])[ikm]
            for each in holding.leaving
            if each.channel == channel and each.scopes
        }
        assert shown == disclose_one(ikm, channel).allowed


def test_a_receipt_without_a_value_is_told_too():
    ikm = factories.ikm()
    factories.consent(ikm, "email")
    (held,) = holdings([ikm])[ikm]
    assert (held.field, held.values, held.leaves) == (PersonalField.EMAIL, (), True)


def test_twenty_subjects_cost_as_many_queries_as_one(ikm, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        holdings([ikm])
    more = [other_business(), factories.ikm(nib="2222222222222"), ikm]
    with django_assert_num_queries(len(one)):
        holdings(more)


# -- whose data it is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["zubaidah", "0812 9876 5432", "+62 812-9876-5432", "qomariyah", "pemberiizin", "xaver", "0220009876543"]
)
def test_a_person_is_found_by_whatever_place_holds_the_words(ikm, words):
    other = other_business()
    found, total = find_subjects(words)
    assert (found, total) == ([ikm], 1)
    assert other not in found


def test_nothing_asked_finds_nobody(ikm):
    assert find_subjects("   ") == ([], 0)


# -- withdrawing ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_pair_leaves_the_other_channel_alone(ikm, officer):
    factories.consent(ikm, "whatsapp", channels=["web"], given_on=factories.days_ago(2))
    assert withdraw_fields(subject=ikm, pairs=[("whatsapp", "web")], by=officer) == 2
    assert "whatsapp" not in disclose_one(ikm, "web").allowed
    assert "whatsapp" in disclose_one(ikm, "print").allowed


def test_the_ticked_boxes_are_withdrawn_at_once(ikm, admin_client):
    page = reverse("admin:sentra_person", args=[ikm.code])
    admin_client.post(page, {"tarik": ["whatsapp|print", "nonsense", "name|nowhere"]})
    assert "whatsapp" not in disclose_one(ikm, "print").allowed
    assert disclose_one(ikm, "web").allowed == {"whatsapp", "name"}
    admin_client.post(page, {"semua": "1"})
    assert not disclose_one(ikm, "web").allowed


# -- the copy ---------------------------------------------------------------------------------------------------------


def test_the_copy_holds_everything_of_the_person_and_nothing_of_another(ikm):
    other_business()
    told = json.dumps([[section.title, section.columns, *section.rows] for section in copy_of(ikm)], ensure_ascii=False)
    for value in (PERSON, "0812-9876-5432", OWNER, HOLDER, "PemberiIzin", "CatatanKontak", ikm.nib):
        assert value in told
    for value in ("Tahu Maju", "1111111111111", "SalahMenurutPelapor", "81377712345"):
        assert value not in told


def test_every_row_of_the_copy_fits_its_columns(ikm):
    for section in copy_of(ikm):
        assert all(len(row) == len(section.columns) for row in section.rows), section.title
        assert all(isinstance(cell, str) for row in section.rows for cell in row), section.title


def test_making_a_copy_is_noted(ikm, admin_client):
    answer = admin_client.get(reverse("admin:sentra_person_json", args=[ikm.code]))
    assert "no-store" in answer.headers["Cache-Control"]
    assert PERSON in answer.content.decode()
    assert LogEntry.objects.filter(object_id=str(ikm.pk), change_message__contains="Salinan").exists()


# -- the purge --------------------------------------------------------------------------------------------------------


def test_a_purge_leaves_nothing_personal_in_any_row_file_or_log(ikm, officer, django_capture_on_commit_callbacks):
    LogEntry.objects.log_actions(officer.pk, [ikm], 2, change_message=f"Nama: {PERSON}", single_object=True)
    files = [
        (ikm.consents.get().evidence.storage, ikm.consents.get().evidence.name),
        (ikm.certifications.get().scan.storage, ikm.certifications.get().scan.name),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        purge(subject=ikm, by=officer, why="permintaan pemilik")
    ikm.refresh_from_db()
    assert (ikm.name, ikm.name_is_personal, ikm.nib) == (f"Usaha {ikm.code}", False, "")
    assert not Contact.objects.filter(ikm=ikm).exists()
    assert not any(storage.exists(name) for storage, name in files)
    for text in everything_stored():
        for value in (PERSON, "Zubaidah", "zubaidah", "81298765432", OWNER, HOLDER, "PemberiIzin", "SalahMenurut"):
            assert value not in text, (value, text[:200])


def test_a_purge_keeps_the_business_its_products_and_the_neighbour(ikm, officer):
    other = other_business()
    purge(subject=ikm, by=officer, why="permintaan pemilik")
    assert ikm.certifications.get().number
    assert disclose_one(other).allowed == {"whatsapp"}
    assert other.contacts.count() == 1
    assert Consent.objects.filter(ikm=ikm, scopes__withdrawn_on__isnull=True).count() == 0
    assert DataReport.objects.get().wrong == ""


def test_a_purge_needs_a_reason(ikm, officer):
    with pytest.raises(ValidationError):
        purge(subject=ikm, by=officer, why="  ")
    assert ikm.contacts.count() == 2


def test_a_former_address_with_the_name_is_forgotten(officer):
    ikm = factories.ikm("Batik Zubaidah", published=True)
    PastSlug.objects.create(kind=Ikm.PAGE_KIND, slug="batik-zubaidah-lama", target_id=ikm.pk)
    Ikm.objects.filter(pk=ikm.pk).update(name_is_personal=True)
    ikm.refresh_from_db()
    purge(subject=ikm, by=officer, why="permintaan pemilik")
    assert not PastSlug.objects.filter(slug__contains="zubaidah").exists()
    assert "zubaidah" not in Ikm.objects.get().slug


def test_the_plan_counts_what_goes_and_shows_free_texts(ikm):
    Ikm.objects.filter(pk=ikm.pk).update(summary="Dirintis Bu Zubaidah.")
    ikm.refresh_from_db()
    plan = planned(ikm)
    assert sum(each.count for each in plan.goes) == 10
    assert [text for _name, text in plan.to_read] == ["Dirintis Bu Zubaidah.", "Wingko"]


def test_the_purge_asks_for_the_code_and_loses_nothing_when_it_is_wrong(ikm, admin_client):
    page = reverse("admin:sentra_person_purge", args=[ikm.code])
    answer = admin_client.post(page, {"kode": "U-99", "alasan": "permintaan pemilik"})
    assert "permintaan pemilik" in answer.content.decode()
    assert ikm.contacts.count() == 2
    admin_client.post(page, {"kode": ikm.code.lower(), "alasan": "permintaan pemilik"})
    assert not ikm.contacts.exists()


# -- who may ----------------------------------------------------------------------------------------------------------

PAGES = ["sentra_person", "sentra_person_copy", "sentra_person_json", "sentra_person_purge"]


@pytest.mark.parametrize("page", PAGES)
def test_an_officer_without_the_right_sees_none_of_it(ikm, client, page):
    client.force_login(factories.user(is_staff=True))
    answer = client.get(reverse(f"admin:{page}", args=[ikm.code]))
    assert answer.status_code == 403
    assert PERSON not in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("code", ["U-999", "P-01", "x"])
def test_an_unknown_code_is_not_found(admin_client, page, code):
    assert admin_client.get(reverse(f"admin:{page}", args=[code])).status_code == 404


def test_the_search_page_shows_tables_of_whom_it_found(ikm, admin_client):
    other_business()
    page = admin_client.get(reverse("admin:sentra_people"), {"q": "zubaidah"}).content.decode()
    assert ikm.code in page
    assert "0812-9876-5432" in page
    assert "Tahu Maju" not in page
