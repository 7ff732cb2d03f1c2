"""Open data is a channel of its own: what was consented to elsewhere is not in it, and what was withdrawn is gone."""

import pytest
from django.test import Client

from semarang_ikm.opendata.datasets import DATASETS, IN_API
from semarang_ikm.opendata.forms import FORMS
from semarang_ikm.shared.choices import Channel
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.models import Ikm
from tests import factories
from tests.privacy import world
from tests.privacy.reading import text_of
from tests.privacy.values import EVERYTHING, HIDDEN, INTERNAL, OF_OWNER, PERSONAL, seen_in

pytestmark = pytest.mark.django_db


def texts(client: Client) -> dict[str, str]:
    """All files and lists as text, workbooks unpacked."""
    addresses = [f"/data/{dataset}.{form}" for dataset in DATASETS for form in FORMS]
    return {address: text_of(client.get(address)) for address in addresses + [f"/api/v1/{name}/" for name in IN_API]}


def leaks(client: Client, secrets: list[str]) -> list[tuple[str, str]]:
    return [(address, secret) for address, text in texts(client).items() for secret in seen_in(text, secrets)]


def test_without_a_receipt_nothing_personal_leaves(client: Client, owner: Ikm) -> None:
    assert leaks(client, EVERYTHING) == []


def test_consent_for_web_and_paper_is_none_for_open_data(client: Client, owner: Ikm) -> None:
    factories.consent(owner, *PersonalField, channels=[Channel.WEB, Channel.PRINT])
    assert leaks(client, OF_OWNER) == []


@pytest.mark.parametrize("form", FORMS)
def test_what_was_consented_to_is_in_every_form(client: Client, owner: Ikm, form: str) -> None:
    """The search itself works: each field is found where it belongs."""
    world.consent(owner, *PersonalField, channels=[Channel.OPEN_DATA])
    text = texts(client)[f"/data/usaha.{form}"]

    for field, values in PERSONAL.items():
        # A table names a certificate by its number only.
        if field != PersonalField.CERTIFICATE_HOLDER or form in ("json", "geojson"):
            assert seen_in(text, values), field
    assert leaks(client, [*INTERNAL, *HIDDEN]) == []


@pytest.mark.parametrize("field", list(PERSONAL))
def test_a_receipt_for_every_other_field_does_not_open_this_one(client: Client, owner: Ikm, field: str) -> None:
    factories.consent(owner, *[other for other in PersonalField if other != field], channels=list(Channel))
    assert leaks(client, PERSONAL[PersonalField(field)]) == []


def test_after_withdrawal_nothing_is_left(client: Client, owner: Ikm) -> None:
    receipt = factories.consent(owner, *PersonalField, channels=list(Channel))
    assert leaks(client, OF_OWNER)
    withdraw_consent(consent=receipt, by=receipt.recorded_by)
    assert leaks(client, OF_OWNER) == []


def test_no_key_asks_for_what_is_not_given(client: Client, owner: Ikm) -> None:
    """An answer that depends on a hidden value would give it away bit by bit."""
    factories.consent(owner, PersonalField.OWNER_NAME, channels=[Channel.WEB])
    all_rows = client.get("/api/v1/usaha/").json()["count"]
    for key in ("owner_name", "nib", "contacts__value", "name_is_personal", "search_text", "telephone"):
        assert client.get(f"/api/v1/usaha/?{key}=Qomariyah").json()["count"] == all_rows, key
    for words in ("Qomariyah", "0220009876543", "Kelinci", "81298765432"):
        assert client.get("/api/v1/usaha/", {"q": words}).json()["count"] == 0, words
