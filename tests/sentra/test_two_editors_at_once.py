"""Officers who save one record at the same moment, on either database."""

import pytest
from django.test import Client

from sentra.models import Ikm
from tests import factories
from tests.admin_forms import rows
from tests.editing import Opened
from tests.sentra.conftest import ROUNDS, WRITERS


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
