"""Today is where the office is."""

import datetime
from unittest import mock

import pytest

from semarang_ikm.shared.time import today


@pytest.mark.parametrize(
    ("utc", "expected"),
    [
        ("2026-11-24T16:59:59+00:00", datetime.date(2026, 11, 24)),
        ("2026-11-24T17:00:00+00:00", datetime.date(2026, 11, 25)),
        ("2026-12-31T20:00:00+00:00", datetime.date(2027, 1, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_semarang(utc: str, expected: datetime.date) -> None:
    moment = datetime.datetime.fromisoformat(utc)
    with mock.patch("django.utils.timezone.now", return_value=moment):
        assert today() == expected


def test_an_active_time_zone_of_a_request_changes_nothing() -> None:
    from django.utils import timezone

    moment = datetime.datetime(2026, 11, 24, 18, tzinfo=datetime.UTC)
    with mock.patch("django.utils.timezone.now", return_value=moment), timezone.override("UTC"):
        assert today() == datetime.date(2026, 11, 25)
