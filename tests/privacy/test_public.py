"""Values that occur nowhere else are planted in every private place, then looked for in every public answer."""

import json
import logging
from collections.abc import Callable, Iterable

import pytest
from django.test import Client

from products.models import Product
from promotions.editions.freezing import freeze
from semarang_ikm.shared.choices import Channel
from sentra.actions.consent import withdraw_consent
from sentra.choices import PersonalField
from sentra.indexing import refresh
from sentra.models import Ikm
from tests import factories
from tests.privacy import world
from tests.privacy.addresses import OF_EDITIONS, addresses, answers, is_for_paper, unfilled
from tests.privacy.reading import text_of
from tests.privacy.values import EVERYTHING, HIDDEN, INTERNAL, OF_OWNER, PERSONAL, seen_in

pytestmark = pytest.mark.django_db

# Setting the catalogue into type takes seconds: its words are read in test_papers.
WALKED_ELSEWHERE = {"catalogue_pdf"}


def leaks(client: Client, secrets: Iterable[str], asked: Iterable[str] | None = None) -> list[tuple[str, str]]:
    if asked is None:
        asked = addresses(without=WALKED_ELSEWHERE)
    return [(address, secret) for address, text in answers(client, asked) for secret in seen_in(text, secrets)]


def test_every_address_is_asked_for() -> None:
    assert unfilled() == []


def test_without_a_receipt_nothing_personal_leaves(
    client: Client, owner: Ikm, printed: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    printed(owner)
    caplog.set_level(logging.DEBUG)
    assert leaks(client, EVERYTHING) == []
    _nothing_logged(caplog)


def test_with_every_receipt_each_value_is_found_and_nothing_else(
    client: Client, owner: Ikm, printed: Callable, caplog: pytest.LogCaptureFixture
) -> None:
    """The search itself works: each value is found where it may be; what is the office's is not. A log has no consent."""
    world.consent(owner, *PersonalField, channels=list(Channel))
    refresh(owner)
    printed(owner)
    caplog.set_level(logging.DEBUG)
    found = {secret for _address, secret in leaks(client, EVERYTHING)}
    assert found == set(OF_OWNER)
    _nothing_logged(caplog)


def _nothing_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The words of a search stand in its address; they are the asker's. Queries are logged by a debugging server alone."""
    logged = [
        f"{record.getMessage()} {record.exc_text or ''} {record.args}"
        for record in caplog.records
        if record.name != "django.db.backends" and "q=" not in record.getMessage()
    ]
    assert any("/tidak-ada/" in line for line in logged)
    assert [(secret, line) for line in logged for secret in seen_in(line, EVERYTHING)] == []


def test_consent_for_the_web_is_none_for_paper(client: Client, owner: Ikm, printed: Callable) -> None:
    factories.consent(owner, *PersonalField, channels=[Channel.WEB, Channel.OPEN_DATA])
    printed(owner)
    paper = [address for address in addresses(without=WALKED_ELSEWHERE) if is_for_paper(address)]
    assert paper
    assert [(address, secret) for address, secret in leaks(client, OF_OWNER, paper) if address in paper] == []


def test_consent_for_paper_is_none_for_the_web(client: Client, owner: Ikm) -> None:
    factories.consent(owner, *PersonalField, channels=[Channel.PRINT])
    screens = [address for address in addresses(without=WALKED_ELSEWHERE | OF_EDITIONS) if not is_for_paper(address)]
    assert leaks(client, OF_OWNER, screens) == []


@pytest.mark.parametrize("field", [field for field in PERSONAL if field != PersonalField.NAME])
def test_a_receipt_for_every_other_field_does_not_open_this_one(client: Client, owner: Ikm, field: str) -> None:
    factories.consent(owner, *[other for other in PersonalField if other != field], channels=list(Channel))
    for page in (owner, owner.products.get()):
        assert seen_in(text_of(client.get(page.get_absolute_url())), PERSONAL[field]) == []


def test_after_withdrawal_nothing_is_left(client: Client, owner: Ikm, printed: Callable) -> None:
    """Neither on pages nor in what was printed before, as far as the shelf shows it."""
    receipt = factories.consent(owner, *PersonalField, channels=list(Channel))
    refresh(owner)
    printed(owner)
    assert "zubaidah" in Ikm.objects.get(pk=owner.pk).search_text
    withdraw_consent(consent=receipt, by=receipt.recorded_by)

    assert leaks(client, OF_OWNER) == []


def test_what_a_printed_edition_is_set_from_holds_nothing_of_a_person(owner: Ikm) -> None:
    """The files of an edition are made of its frozen documents alone."""
    edition = factories.edition()
    for product in Product.objects.published():
        factories.edition_entry(edition=edition, product=product)
    frozen = json.dumps(freeze(edition).documents, ensure_ascii=False)

    assert "Wingko" in frozen
    assert seen_in(frozen, [*OF_OWNER, *INTERNAL, *HIDDEN]) == []
