"""How long what is kept: what is over ends by itself, what an officer must judge only shows, the rest stays."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from sentra.actions.consent import withdraw_consent
from sentra.choices import ContactKind
from sentra.models import Consent, Contact
from sentra.personal_data.retention import end_what_is_over, spent_receipts, terms, uncovered_contacts
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO, LATELY = factories.days_ago(800), factories.days_ago(700)


def withdrawn(on, *, still_given: bool = False) -> Consent:
    receipt = factories.consent(
        factories.ikm(), "whatsapp", channels=["web", "print"], person="PemberiIzin", note="catatan"
    )
    receipt.evidence.save("bukti.pdf", ContentFile(b"%PDF-1.4 bukti"))
    given = receipt.scopes.filter(channel="web") if still_given else None
    withdraw_consent(consent=receipt, by=None, on=on, scopes=given)
    return receipt


def test_a_receipt_withdrawn_long_ago_forgets_the_person_and_keeps_the_fact(django_capture_on_commit_callbacks):
    receipt = withdrawn(LONG_AGO)
    storage, name = receipt.evidence.storage, receipt.evidence.name
    with django_capture_on_commit_callbacks(execute=True):
        end_what_is_over()
    receipt.refresh_from_db()
    assert (receipt.person, receipt.note, receipt.evidence.name) == ("–", "", "")
    assert not storage.exists(name)
    assert receipt.scopes.count() == 2
    assert receipt.given_on and receipt.recorded_by


@pytest.mark.parametrize(
    "receipt", [lambda: withdrawn(LATELY), lambda: withdrawn(LONG_AGO, still_given=True)], ids=["lately", "in part"]
)
def test_a_receipt_that_may_still_have_to_be_shown_stays_whole(receipt):
    kept = receipt()
    end_what_is_over()
    kept.refresh_from_db()
    assert kept.person == "PemberiIzin"
    assert kept.evidence


def test_a_forgotten_receipt_is_not_counted_again():
    withdrawn(LONG_AGO)
    now = timezone.now()
    assert spent_receipts(now).count() == 1
    end_what_is_over()
    assert spent_receipts(now).count() == 0


def old_contact(**fields) -> Contact:
    contact = factories.contact(ContactKind.WHATSAPP, "+6281298765432", ikm=factories.ikm(), **fields)
    Contact.objects.filter(pk=contact.pk).update(updated_at=timezone.now() - timedelta(days=800))
    return contact


def test_an_old_contact_without_any_receipt_is_shown_for_review_and_not_deleted(admin_client):
    contact = old_contact()
    other = factories.contact(ContactKind.WHATSAPP, "+6281298765433", ikm=factories.ikm())
    end_what_is_over()
    assert list(uncovered_contacts(timezone.now())) == [contact]
    page = admin_client.get(reverse("admin:sentra_contact_changelist"), {"tinjau": "1"}).content.decode()
    assert contact.value in page
    assert other.value not in page


def test_a_contact_that_was_ever_covered_is_not_reviewed():
    contact = old_contact()
    withdraw_consent(consent=factories.consent(contact.ikm, "whatsapp"), by=None)
    assert not uncovered_contacts(timezone.now()).exists()


def test_a_receipt_for_another_field_does_not_cover_the_contact():
    contact = old_contact()
    factories.consent(contact.ikm, "address")
    assert list(uncovered_contacts(timezone.now())) == [contact]


def test_old_wrong_passwords_go_and_new_ones_stay():
    for days in (100, 10):
        row = AccessAttempt.objects.create(username=f"u{days}", ip_address="10.0.0.1", failures_since_start=1)
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=timezone.now() - timedelta(days=days))
    end_what_is_over()
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["u10"]


def test_each_line_counts_what_it_ends():
    """What a line says is over is what ending it ends."""
    withdrawn(LONG_AGO)
    now = timezone.now()
    said = {str(term.what): term.over(now) for term in terms() if term.end}
    assert end_what_is_over(now) == said
    assert sum(said.values()) == 1


def test_the_page_shows_the_terms_and_ends_what_is_over(admin_client):
    receipt = withdrawn(LONG_AGO)
    address = reverse("admin:sentra_retention")
    assert "24 bulan" in admin_client.get(address).content.decode()
    admin_client.post(address)
    receipt.refresh_from_db()
    assert receipt.person == "–"


def test_an_officer_without_the_right_sees_no_terms(client):
    client.force_login(factories.user(is_staff=True))
    assert client.get(reverse("admin:sentra_retention")).status_code == 403
