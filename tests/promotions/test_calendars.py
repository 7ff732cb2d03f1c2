"""Calendar files: valid for a strict reader, the same bytes each time, whatever the texts hold."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from promotions.calendars import calendar_file
from promotions.choices import PromotionKind
from promotions.models import Promotion
from semarang_ikm.shared.choices import DatePrecision, PublicationStatus
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind
from sentra.models import OfficeProfile
from tests import factories

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
DAY = datetime.timedelta(days=1)
SITE = "https://sentra.example"


def read(content: bytes) -> list[Event]:
    """The events of a file that keeps every rule of the format that can be seen in bytes."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    calendar = Calendar.from_ical(content)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert not calendar.errors
    events = calendar.events
    for event in events:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event)
    uids = [str(event["uid"]) for event in events]
    assert len(uids) == len(set(uids))
    return events


def only(event: Promotion) -> Event:
    (entry,) = read(calendar_file([event], SITE))
    return entry


def test_a_day_without_hours_is_a_whole_day() -> None:
    entry = only(factories.promotion(starts_on=datetime.date(2027, 3, 14), ends_on=datetime.date(2027, 3, 16)))

    assert (datetime.date(2027, 3, 14), datetime.date(2027, 3, 17)) == (entry.DTSTART, entry.DTEND)
    assert entry["transp"] == "TRANSPARENT"
    assert "RRULE" not in entry


def test_hours_are_those_of_the_city_and_repeat_on_each_day() -> None:
    event = factories.promotion(
        starts_on=datetime.date(2027, 3, 14),
        ends_on=datetime.date(2027, 3, 16),
        starts_at=datetime.time(9),
        ends_at=datetime.time(16, 30),
    )

    entry = only(event)
    content = calendar_file([event], SITE)

    assert datetime.datetime(2027, 3, 14, 9, tzinfo=WIB) == entry.DTSTART
    assert datetime.datetime(2027, 3, 14, 16, 30, tzinfo=WIB) == entry.DTEND
    assert entry["rrule"]["COUNT"] == [3]
    assert b"BEGIN:VTIMEZONE" in content
    assert b"DTSTART;TZID=Asia/Jakarta:20270314T090000" in content


def test_an_end_that_is_not_known_is_not_invented() -> None:
    entry = only(factories.promotion(starts_at=datetime.time(9)))

    assert "DTEND" not in entry
    assert "DURATION" not in entry


def test_the_place_the_address_and_the_stamps(settings) -> None:
    settings.SITE_URL = SITE
    place = factories.kelurahan("Pandansari")
    event = factories.promotion("Pameran; besar, sekali", place="Balai Kota", kelurahan=place, description="Dua\nbaris")

    entry = only(event)

    assert entry["summary"] == "Pameran; besar, sekali"
    assert entry["location"] == "Balai Kota, Kelurahan Pandansari, Semarang"
    assert entry["url"] == f"{SITE}{event.get_absolute_url()}"
    assert entry["description"] == f"Dua\nbaris\n\n{SITE}{event.get_absolute_url()}"
    assert entry["uid"] == f"acara-{event.pk}@sentra.example"
    assert entry.DTSTAMP == entry.LAST_MODIFIED == event.updated_at.replace(microsecond=0)
    assert calendar_file([event], SITE) == calendar_file([Promotion.objects.get(pk=event.pk)], SITE)


def test_it_stays_the_same_entry_when_its_address_changes() -> None:
    event = factories.promotion(slug="nama-lama")
    before = only(event)["uid"]
    event.slug = "nama-baru"
    event.save()

    assert only(event)["uid"] == before


def test_a_cancelled_event_says_so() -> None:
    entry = only(factories.promotion("Pameran", cancelled_on=today()))

    assert entry["status"] == "CANCELLED"
    assert entry["summary"] == "Dibatalkan: Pameran"


def test_english_readers_get_english_words() -> None:
    event = factories.promotion("Pameran", name_en="Fair", cancelled_on=today())
    with override("en"):
        entry = only(event)

    assert entry["summary"] == "Cancelled: Fair"
    assert "/en/events/" in entry["url"]


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=120)


@given(name=texts, place=texts, description=texts)
def test_no_text_breaks_the_file_or_adds_a_line_of_its_own(name: str, place: str, description: str) -> None:
    event = factories.promotion(name=f"A{name}\r\nATTENDEE:mailto:a@b.example", place=place, description=description)

    entry = only(event)

    assert "ATTENDEE" not in entry
    assert str(entry["summary"]).startswith("A")
    assert [component.name for component in Calendar.from_ical(calendar_file([event], SITE)).walk()] == [
        "VCALENDAR",
        "VEVENT",
    ]


# -- over the web ------------------------------------------------------------------------------------------------------


def test_the_file_of_one_event(client: Client) -> None:
    event = factories.promotion("Pameran", published=True, starts_on=today() + DAY)

    answer = client.get(event.get_calendar_url())

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f'filename="{event.slug}.ics"' in answer["Content-Disposition"]
    assert answer["Content-Language"] == "id"
    assert [entry["summary"] for entry in read(answer.content)] == ["Pameran"]


def test_a_file_goes_where_its_page_goes(client: Client) -> None:
    event = factories.promotion(published=True, slug="nama-lama")
    old = event.get_calendar_url()
    event.slug = "nama-baru"
    event.save()

    assert client.get(old)["Location"] == event.get_calendar_url()
    assert client.get(event.get_calendar_url().replace(str(event.starts_on.year), "1999"))["Location"] == (
        event.get_calendar_url()
    )
    Promotion.objects.filter(pk=event.pk).update(status=PublicationStatus.ARCHIVED)
    assert client.get(event.get_calendar_url()).status_code == 410
    Promotion.objects.filter(pk=event.pk).update(status=PublicationStatus.DRAFT)
    assert client.get(event.get_calendar_url()).status_code == 404
    assert client.post(event.get_calendar_url()).status_code == 405


def test_no_file_where_the_day_is_not_known(client: Client) -> None:
    event = factories.promotion(published=True, date_precision=DatePrecision.MONTH)

    assert client.get(event.get_calendar_url()).status_code == 404
    assert client.get(event.get_absolute_url()).status_code == 200


def test_the_calendar_holds_what_is_coming_and_nothing_else(client: Client) -> None:
    coming = factories.promotion("Datang", published=True, starts_on=today() + DAY)
    cancelled = factories.promotion("Batal", published=True, starts_on=today() + 2 * DAY, cancelled_on=today())
    factories.promotion("Lewat", published=True)
    factories.promotion("Draf", starts_on=today() + DAY)
    factories.promotion("Arsip", starts_on=today() + DAY, status=PublicationStatus.ARCHIVED)
    factories.promotion("Katalog", published=True, starts_on=today() + DAY, kind=PromotionKind.CATALOGUE)
    month = (today() + 40 * DAY).replace(day=1)
    factories.promotion("Bulan", published=True, starts_on=month, date_precision=DatePrecision.MONTH)

    entries = read(client.get(reverse("event_calendar")).content)

    assert [entry["summary"] for entry in entries] == [coming.name, f"Dibatalkan: {cancelled.name}"]


def test_an_empty_calendar_can_be_subscribed_to(client: Client) -> None:
    answer = client.get(reverse("event_calendar"))

    assert read(answer.content) == []
    assert Calendar.from_ical(answer.content)["x-wr-calname"] == "Acara Sentra Semarang"


def test_no_person_and_no_office_stands_in_a_file(client: Client) -> None:
    OfficeProfile.objects.create(pk=1, name="Dinas Uji", email="dinas@sentinel.example", telephone="(024) 8312345")
    owner = factories.ikm("Zubaidah", published=True, name_is_personal=True)
    factories.contact(ContactKind.EMAIL, "rahasia@sentinel.example", ikm=owner)
    event = factories.promotion(published=True, starts_on=today())
    factories.appearance(promotion=event, ikm=owner)

    for address in (event.get_calendar_url(), reverse("event_calendar")):
        content = client.get(address).content.decode()
        assert not [word for word in ("Zubaidah", "sentinel", "8312345", "ORGANIZER", "ATTENDEE") if word in content]


def test_calendars_cost_as_many_queries_for_many_events(client: Client, django_assert_num_queries) -> None:
    for number in range(8):
        factories.promotion(published=True, starts_on=today() + number * DAY, kelurahan=factories.kelurahan())
    with django_assert_num_queries(1):
        client.get(reverse("event_calendar"))
