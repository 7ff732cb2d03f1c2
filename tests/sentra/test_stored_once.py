"""A form for a new record is stored once, however often it is sent."""

import secrets

import pytest
from django.test import Client
from django.utils import timezone

from semarang_ikm.shared.admin.once import KEY
from sentra.admin.once import KEPT
from sentra.models import SentForm, Source
from sentra.personal_data.retention import end_what_is_over
from tests.admin_forms import admin_url, shown
from tests.sentra.conftest import ROUNDS, WRITERS

pytestmark = pytest.mark.django_db


def source() -> dict[str, str]:
    """A source that could stand beside any other."""
    name = secrets.token_hex(4)
    return {"key": name, "title": "Buku Uji", "publisher": "Penerbit Uji", "confidence": "A", "date_precision": "day"}


def opened(client: Client) -> dict:
    answer = client.get(admin_url(Source, "add"))
    typed = shown(answer) | {KEY: answer.context["once"]["value"]} | source()
    return {name: value for name, value in typed.items() if value is not None}


def test_the_same_form_sent_again_stores_nothing_and_leads_to_the_first(officer_client):
    form = opened(officer_client)
    assert f'name="{KEY}"' in officer_client.get(admin_url(Source, "add")).content.decode()
    assert officer_client.post(admin_url(Source, "add"), form).status_code == 302
    again = officer_client.post(admin_url(Source, "add"), form | source() | {"title": "Buku Lain"}, follow=True)
    stored = Source.objects.get()
    assert stored.title == "Buku Uji"
    assert again.redirect_chain[0][0] == admin_url(Source, "change", stored.pk)
    assert "tidak ada yang disimpan dua kali" in again.content.decode()


def test_a_refused_form_is_mended_and_sent_with_the_same_key(officer_client):
    form = opened(officer_client)
    refused = officer_client.post(admin_url(Source, "add"), form | {"title": ""})
    assert refused.context["once"]["value"] == form[KEY]
    assert not SentForm.objects.exists()
    assert officer_client.post(admin_url(Source, "add"), form).status_code == 302
    assert Source.objects.count() == 1


def test_two_forms_store_two_records(officer_client):
    for _form in range(2):
        form = opened(officer_client)
        officer_client.post(admin_url(Source, "add"), form)
    assert Source.objects.count() == 2


def test_keys_end_with_their_term(officer_client):
    SentForm.objects.create(key="lama", model="sentra.source", object_id=1, at=timezone.now() - KEPT * 2)
    SentForm.objects.create(key="baru", model="sentra.source", object_id=1)
    end_what_is_over()
    assert SentForm.objects.get().key == "baru"


@pytest.mark.django_db(transaction=True)
def test_writers_at_once_store_one_record(officer, writers):
    counts: list[int] = []

    def send() -> None:
        client = Client()
        client.force_login(officer)
        client.post(admin_url(Source, "add"), source() | {KEY: "satu-kunci"})
        counts.append(Source.objects.count())

    assert writers(send) == []
    assert counts == [1] * (WRITERS * ROUNDS)
