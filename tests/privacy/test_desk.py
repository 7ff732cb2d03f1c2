"""The desk tells each officer what the role may know: every page, file and suggestion, walked as every role."""

import logging

import pytest
from django.test import Client

from semarang_ikm.roles import ROLES
from sentra.choices import PersonalField
from sentra.models import Ikm
from tests import officers
from tests.privacy import world
from tests.privacy.desk import pages
from tests.privacy.reading import text_of
from tests.privacy.values import INTERNAL, NAME, OF_CASES, OF_OWNER, OF_PEOPLE, PERSONAL, seen_in

pytestmark = pytest.mark.django_db

# The name of a business is what officers know it by.
HER_NAME = PERSONAL[PersonalField.NAME]
OF_A_PERSON = [value for value in [*OF_OWNER, *OF_PEOPLE] if value not in HER_NAME]
KEPT_FROM = {
    "Pelihat": [*OF_A_PERSON, *OF_CASES],
    "Penyunting": [*OF_A_PERSON, *OF_CASES],
    "Penerbit": [*OF_A_PERSON, *OF_CASES],
    "Petugas privasi": OF_CASES,
    "Petugas fasilitasi": OF_A_PERSON,
    "Pengelola akun": [*OF_A_PERSON, *OF_CASES, *HER_NAME],
}


def test_every_role_is_walked() -> None:
    assert set(KEPT_FROM) == {role.name for role in ROLES}


# A person's own copy holds the cases too, whoever may see cases otherwise (ADR 26).
COPIES = "/sentra/consent/orang/"


def found(client: Client, secrets: list[str]) -> set[tuple[str, str]]:
    seen = set()
    for address in pages():
        answer = client.get(address)
        assert answer.status_code in {200, 302, 400, 403, 404, 409, 503}, (address, answer.status_code)
        seen |= {(address, secret) for secret in seen_in(text_of(answer), secrets)}
    return seen


@pytest.mark.parametrize("role", list(KEPT_FROM))
def test_no_page_tells_a_role_what_it_may_not_know(role: str, owner: Ikm, caplog: pytest.LogCaptureFixture) -> None:
    world.consent(owner, "whatsapp", "name", channels=["web"])
    client = officers.signed_in(role)
    caplog.set_level(logging.DEBUG)
    assert {pair for pair in found(client, KEPT_FROM[role]) if COPIES not in pair[0]} == set()
    logged = [
        f"{record.getMessage()} {record.exc_text or ''}"
        for record in caplog.records
        if record.name != "django.db.backends"
    ]
    assert [(secret, line) for line in logged for secret in seen_in(line, [*OF_OWNER, *INTERNAL])] == []


def test_the_walk_finds_what_may_be_seen(owner: Ikm, officer_client: Client) -> None:
    """Whoever may see everything sees each planted value somewhere: the walk would notice it elsewhere."""
    world.consent(owner, "whatsapp", "name", channels=["web"])
    everything = [*OF_OWNER, *INTERNAL]
    seen = {secret for _address, secret in found(officer_client, everything)}
    # Files are named by chance, and pictures tell nothing of their making: nothing shows these.
    assert set(everything) - seen <= {"MetadataFoto"}
    assert NAME.split()[0] in seen
