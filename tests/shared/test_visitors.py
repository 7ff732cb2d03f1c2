"""Whom the site believes about a visitor's address."""

import pytest
from django.test import RequestFactory

from semarang_ikm.shared.time import today
from semarang_ikm.shared.visitors import address_of, daily_mark, network_of
from tests.factories import days_ago


def seen(remote: str, forwarded: str = "") -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, **headers))


def test_without_proxies_of_ours_the_header_is_only_a_claim(settings) -> None:
    settings.PROXY_COUNT = 0
    assert seen("198.51.100.7", "203.0.113.9") == "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", "10.0.0.2"),
        (1, "bohong", ""),
        (1, "203.0.113.9, <script>", ""),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_behind_proxies_counts_what_the_outermost_of_ours_saw(settings, proxies, forwarded, expected) -> None:
    settings.PROXY_COUNT = proxies
    assert seen("10.0.0.2", forwarded) == expected


@pytest.mark.parametrize("remote", ["", "unix:", "999.1.1.1", "[::1]", "x" * 500])
def test_what_is_no_address_is_none(settings, remote: str) -> None:
    settings.PROXY_COUNT = 0
    assert seen(remote) == ""


def test_a_mark_depends_on_the_day_the_address_and_the_secret(settings) -> None:
    mark = daily_mark("198.51.100.7", today())
    assert mark != daily_mark("198.51.100.8", today())
    assert mark != daily_mark("198.51.100.7", days_ago(1))
    settings.SECRET_KEY = "lain"
    assert mark != daily_mark("198.51.100.7", today())


@pytest.mark.parametrize(
    ("address", "network"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8:0:1:a:b:c:d", "2001:db8:0:1::"), ("::1", "::"), ("", "")],
)
def test_an_ipv6_network_is_one_household(address: str, network: str) -> None:
    assert network_of(address) == network
