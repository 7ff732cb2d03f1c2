"""Receipts are given once and withdrawn piece by piece; search follows at once."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from semarang_ikm.shared.time import today
from sentra.actions.consent import record_consent, withdraw_consent
from sentra.consent import disclose_one
from sentra.models import Consent, Ikm
from tests import factories

pytestmark = pytest.mark.django_db


def receipt(ikm, officer, fields=("whatsapp", "name"), channels=("web", "print"), **values) -> Consent:
    values = {"person": "Bu Sri", "given_on": today()} | values
    return record_consent(consent=Consent(ikm=ikm, **values), fields=fields, channels=channels, by=officer)


def test_a_receipt_covers_each_field_on_each_channel(officer):
    given = receipt(factories.ikm(), officer)
    assert {(s.field, s.channel) for s in given.scopes.all()} == {
        ("whatsapp", "web"),
        ("whatsapp", "print"),
        ("name", "web"),
        ("name", "print"),
    }
    assert given.recorded_by == officer


@pytest.mark.parametrize(("fields", "channels"), [((), ("web",)), (("whatsapp",), ())])
def test_a_receipt_for_nothing_is_refused(officer, fields, channels):
    with pytest.raises(ValidationError):
        receipt(factories.ikm(), officer, fields, channels)
    assert not Consent.objects.exists()


def test_a_receipt_of_tomorrow_is_refused(officer):
    with pytest.raises(ValidationError):
        receipt(factories.ikm(), officer, given_on=today() + datetime.timedelta(days=1))


def test_a_stored_receipt_is_never_recorded_again(officer):
    given = receipt(factories.ikm(), officer)
    with pytest.raises(ValidationError):
        record_consent(consent=given, fields=["nib"], channels=["web"], by=officer)


def test_a_personal_name_is_found_only_while_the_receipt_holds(officer):
    ikm = factories.ikm("Batik Bu Sri", name_is_personal=True)
    assert "sri" not in Ikm.objects.get(pk=ikm.pk).search_text
    given = receipt(ikm, officer)
    assert "sri" in Ikm.objects.get(pk=ikm.pk).search_text
    withdraw_consent(consent=given, by=officer)
    assert "sri" not in Ikm.objects.get(pk=ikm.pk).search_text


def test_withdrawing_one_channel_leaves_the_other(officer):
    ikm = factories.ikm()
    factories.contact(ikm=ikm)
    given = receipt(ikm, officer)
    count = withdraw_consent(consent=given, by=officer, scopes=given.scopes.filter(channel="print"))
    assert count == 2
    assert disclose_one(ikm, "web").whatsapp
    assert disclose_one(ikm, "print").whatsapp is None


def test_a_scope_withdrawn_earlier_keeps_its_date(officer):
    given = receipt(factories.ikm(), officer)
    early = today() - datetime.timedelta(days=3)
    withdraw_consent(consent=given, by=officer, on=early, scopes=given.scopes.filter(channel="print"))
    assert withdraw_consent(consent=given, by=officer) == 2
    assert set(given.scopes.filter(channel="print").values_list("withdrawn_on", flat=True)) == {early}
