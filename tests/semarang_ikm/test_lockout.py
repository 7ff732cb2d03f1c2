"""Wrong passwords lock one account for one network address, also behind a proxy of ours, and nobody else."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "benar-sekali-7"


@pytest.fixture(autouse=True)
def behind_one_proxy(settings: LazySettings) -> None:
    settings.PROXY_COUNT = 1


@pytest.fixture
def name() -> str:
    account = factories.user(is_staff=True, is_superuser=True)
    account.set_password(PASSWORD)
    account.save()
    return account.get_username()


def try_from(address: str, name: str, password: str) -> int:
    """What the sign-in page answers to somebody at that address; the proxy itself is always the same machine."""
    typed = {"username": name, "password": password}
    answer = Client().post(reverse("admin:login"), typed, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=address)
    return answer.status_code


def lock(name: str, address: str, limit: int) -> None:
    assert [try_from(address, name, "salah") for _try in range(limit)] == [200] * (limit - 1) + [429]


def test_ten_wrong_passwords_lock_that_visitor_and_not_the_next_one(name: str, settings: LazySettings) -> None:
    lock(name, "203.0.113.7", settings.AXES_FAILURE_LIMIT)
    assert try_from("203.0.113.7", name, PASSWORD) == 429
    assert try_from("203.0.113.8", name, PASSWORD) == 302


def test_an_address_that_is_only_claimed_opens_nothing(name: str, settings: LazySettings) -> None:
    lock(name, "203.0.113.7", settings.AXES_FAILURE_LIMIT)
    assert try_from("198.51.100.1, 203.0.113.7", name, PASSWORD) == 429


def test_addresses_that_are_only_claimed_do_not_spread_the_guesses(name: str, settings: LazySettings) -> None:
    claims = [f"198.51.100.{number}, 203.0.113.7" for number in range(settings.AXES_FAILURE_LIMIT)]
    assert [try_from(claim, name, "salah") for claim in claims][-1] == 429
    assert try_from("203.0.113.7", name, PASSWORD) == 429


def test_addresses_of_one_ipv6_network_are_one_visitor(name: str, settings: LazySettings) -> None:
    """A household, and whoever rents a server, has 2 ** 64 of them."""
    tries = [try_from(f"2001:db8:0:1::{number}", name, "salah") for number in range(settings.AXES_FAILURE_LIMIT)]
    assert tries[-1] == 429
    assert try_from("2001:db8:0:1:ffff::1", name, PASSWORD) == 429
    assert try_from("2001:db8:0:2::1", name, PASSWORD) == 302


def test_an_address_that_cannot_be_read_is_counted_too(name: str, settings: LazySettings) -> None:
    assert [try_from("bohong", name, "salah") for _try in range(settings.AXES_FAILURE_LIMIT)][-1] == 429


@pytest.mark.parametrize("spelt", [" {name} ", "{name}\u200b", "\uff50{rest}", "{upper}"])
def test_another_spelling_of_the_name_gives_no_further_guesses(name: str, spelt: str, settings: LazySettings) -> None:
    """What is the same account is counted together; what is not opens nothing."""
    other = spelt.format(name=name, rest=name[1:], upper=name.upper())
    lock(name, "203.0.113.7", settings.AXES_FAILURE_LIMIT)
    assert try_from("203.0.113.7", other, PASSWORD) != 302


def test_another_browser_gives_no_further_guesses(name: str, settings: LazySettings) -> None:
    for number in range(settings.AXES_FAILURE_LIMIT):
        Client().post(
            reverse("admin:login"),
            {"username": name, "password": "salah"},
            HTTP_USER_AGENT=f"Peramban {number}",
            HTTP_X_FORWARDED_FOR="203.0.113.7",
        )
    assert try_from("203.0.113.7", name, PASSWORD) == 429
