"""An officer keeps filters of a list under names of his own. Nobody else sees, opens or deletes them."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from sentra.models import Ikm, SavedFilter
from sentra.saved_filters import MOST
from tests import factories
from tests.officers import officer, saved_filter, signed_in

pytestmark = pytest.mark.django_db

IKM = "/admin/sentra/ikm/"
DRAFTS = "status__exact=draft"


@pytest.fixture
def client() -> Client:
    factories.ikm()
    return signed_in("Penyunting")


def save(client: Client, **sent: str) -> Any:
    sent = {"daftar": "sentra.ikm", "saringan": DRAFTS, "nama": "Draf saya"} | sent
    return client.post(reverse("admin:desk_filter_save"), sent)


def delete(client: Client, kept: SavedFilter) -> Any:
    return client.post(reverse("admin:desk_filter_delete", args=[kept.pk]), {"saringan": DRAFTS})


def test_a_chosen_filter_can_be_kept_and_then_stands_over_the_list(client: Client) -> None:
    page = client.get(f"{IKM}?{DRAFTS}")
    assert "Simpan saringan ini" in page.content.decode()
    answer = save(client)
    assert answer.url == f"{IKM}?{DRAFTS}"
    kept = SavedFilter.objects.get()
    assert (kept.officer, kept.page, kept.name, kept.query) == (client.user, "sentra.ikm", "Draf saya", DRAFTS)
    page = client.get(answer.url).content.decode()
    assert f'<a href="?{DRAFTS}" aria-current="true">Draf saya</a>' in page
    assert "Simpan saringan ini" not in page
    elsewhere = client.get("/admin/sentra/sentra/").content.decode()
    assert "Draf saya" not in elsewhere


def test_the_words_are_english_too(client: Client) -> None:
    saved_filter(officer=client.user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(f"{IKM}?{DRAFTS}&o=1").content.decode()
    assert "My filters" in page and "Save this filter" in page
    assert "Saringan saya" not in page


def test_a_list_without_a_chosen_filter_offers_nothing_to_keep(client: Client) -> None:
    page = client.get(IKM).content.decode()
    assert "Simpan saringan ini" not in page and "saringan-saya" not in page
    page = client.get(f"{IKM}?q=0812&p=1").content.decode()
    assert "Simpan saringan ini" not in page


def test_a_window_that_picks_a_record_shows_none(client: Client) -> None:
    saved_filter(officer=client.user)
    assert "saringan-saya" not in client.get(f"{IKM}?_popup=1&{DRAFTS}").content.decode()


def test_words_searched_for_and_unknown_keys_are_not_kept(client: Client) -> None:
    save(client, saringan=f"q=081215550123&{DRAFTS}&name__icontains=Sari&p=3&o=2&_popup=1")
    assert SavedFilter.objects.get().query == "o=2&status__exact=draft"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "q=081215550123",
        "name__icontains=Sari",
        "contacts__value__startswith=08",
        "status__exact__x=1",
        f"nib__startswith=02&{DRAFTS}",
        f"unknown=1&{DRAFTS}",
        "checked_by__password__startswith=a",
        "kelurahan__kecamatan__id__exact=abc",
        "%00=%00",
        f"o=1&{DRAFTS}&kind__exact={'x' * 600}",
    ],
)
def test_what_the_list_does_not_know_is_refused(typed: str, client: Client) -> None:
    answer = save(client, saringan=typed)
    assert urlsplit(answer.url).path == IKM
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "\n", "a\x00b"])
def test_a_filter_without_a_name_is_not_kept_and_stays_chosen(name: str, client: Client) -> None:
    assert save(client, nama=name).url == f"{IKM}?{DRAFTS}"
    assert not SavedFilter.objects.exists()


def test_a_long_name_is_shortened_and_markup_stays_text(client: Client) -> None:
    save(client, nama="<script>alert(1)</script>" + "x" * 100)
    assert len(SavedFilter.objects.get().name) == 60
    page = client.get(IKM).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page


def test_sent_twice_it_is_kept_once_and_the_same_name_takes_the_new_filter(client: Client) -> None:
    save(client)
    save(client)
    assert SavedFilter.objects.count() == 1
    save(client, saringan="status__exact=archived")
    assert SavedFilter.objects.get().query == "status__exact=archived"


def test_there_is_an_end_to_the_number_of_filters(client: Client) -> None:
    for number in range(MOST):
        saved_filter(officer=client.user, name=f"Draf {number}")
    save(client, nama="Satu lagi")
    assert not SavedFilter.objects.filter(name="Satu lagi").exists()
    save(client, nama="Draf 3", saringan="status__exact=archived")
    assert SavedFilter.objects.get(name="Draf 3").query == "status__exact=archived"


def test_nobody_sees_or_deletes_what_another_officer_kept(client: Client) -> None:
    theirs = saved_filter(name="Milik orang lain")
    assert "Milik orang lain" not in client.get(IKM).content.decode()
    delete(client, theirs)
    assert SavedFilter.objects.filter(pk=theirs.pk).exists()
    save(client, nama="Milik orang lain")
    assert SavedFilter.objects.filter(officer=client.user).count() == 1
    assert SavedFilter.objects.get(pk=theirs.pk).query == DRAFTS


def test_one_is_deleted_and_the_list_stays_as_it_was(client: Client) -> None:
    kept, other = saved_filter(officer=client.user), saved_filter(officer=client.user, name="Lain")
    assert delete(client, kept).url == f"{IKM}?{DRAFTS}"
    assert list(SavedFilter.objects.all()) == [other]
    again = delete(client, kept)
    assert again.status_code == 302
    assert list(SavedFilter.objects.all()) == [other]


def test_a_list_that_an_officer_may_not_open_keeps_no_filter_of_his() -> None:
    client = signed_in("Pelihat")
    assert save(client, daftar="sentra.consent", saringan="o=1").status_code == 403
    assert save(client, daftar="sentra.nothing").status_code == 404
    assert not SavedFilter.objects.exists()


def test_looking_at_the_address_changes_nothing_and_nobody_passes_without_an_account(client: Client) -> None:
    kept = saved_filter(officer=client.user)
    for address in (reverse("admin:desk_filter_save"), reverse("admin:desk_filter_delete", args=[kept.pk])):
        assert client.get(address).status_code == 405
        assert Client().post(address, {"daftar": "sentra.ikm"}).status_code == 302
    assert SavedFilter.objects.get() == kept


def test_filters_go_with_the_account() -> None:
    who = officer("Pelihat")
    saved_filter(officer=who)
    other = saved_filter()
    User.objects.filter(pk=who.pk).delete()
    assert list(SavedFilter.objects.all()) == [other]


def test_a_list_asks_as_often_with_many_filters_as_with_one(client: Client, count_queries: Any) -> None:
    saved_filter(officer=client.user)
    client.get(IKM)
    few = count_queries(lambda: client.get(IKM))
    for number in range(10):
        saved_filter(officer=client.user, name=f"Draf {number}")
    assert count_queries(lambda: client.get(IKM)) == few


def test_the_filter_that_is_kept_shows_the_rows_that_it_showed(client: Client) -> None:
    factories.ikm(name="Usaha Terbit", published=True)
    save(client)
    kept = SavedFilter.objects.get()
    shown = client.get(f"{IKM}?{kept.query}").context["cl"].queryset
    assert set(shown) == set(Ikm.objects.filter(status="draft"))
    assert "Usaha Terbit" not in {ikm.name for ikm in shown}
