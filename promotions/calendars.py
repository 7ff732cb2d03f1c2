"""Events as calendar files (RFC 5545), in the reader's language, without anybody's personal data.

The same event gives the same bytes until it changes: every stamp is the row's own.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext, pgettext
from icalendar import Calendar, Event, Timezone, TimezoneStandard

from promotions.models import Promotion
from semarang_ikm.shared.bilingual import in_language

CONTENT_TYPE = "text/calendar; charset=utf-8"
# How often a subscribed calendar asks again.
REFRESH = timedelta(hours=12)
# Signs that no text of a calendar may hold; line ends and tabs may.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
CITY = "Semarang"


def calendar_file(events: Iterable[Promotion], site: str, name: str = "") -> bytes:
    """One file of all these events. `site`: the address of the site without a trailing slash; `name`: of the calendar."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Sentra Semarang//Acara//{(get_language() or 'id').upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT12H")
    entries = [_entry(event, site) for event in events]
    if any(isinstance(entry.DTSTART, datetime) for entry in entries):
        calendar.add_component(_western_indonesia())
    for entry in entries:
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entry(event: Promotion, site: str) -> Event:
    entry = Event()
    entry.add("uid", f"acara-{event.pk}@{urlsplit(settings.SITE_URL).hostname or 'sentra-semarang.invalid'}")
    entry.add("dtstamp", _stamp(event.updated_at))
    entry.add("last-modified", _stamp(event.updated_at))
    _add_span(entry, event)
    name = in_language(event, "name")
    entry.add("summary", _clean(gettext("Dibatalkan: %(name)s") % {"name": name} if event.cancelled_on else name))
    entry.add("status", "CANCELLED" if event.cancelled_on else "CONFIRMED")
    if where := place_of(event):
        entry.add("location", _clean(where))
    address = f"{site}{event.get_absolute_url()}"
    entry.add("description", _clean("\n\n".join(filter(None, (in_language(event, "description"), address)))))
    entry.add("url", address)
    entry.add("categories", [_clean(str(event.get_kind_display()))])
    return entry


def _add_span(entry: Event, event: Promotion) -> None:
    """Whole days, or the hours of the first day repeated on the others."""
    last = event.last_day
    if event.starts_at is None:
        entry.add("dtstart", event.starts_on)
        # The day after the last, as the standard wants it.
        entry.add("dtend", last + timedelta(days=1))
        entry.add("transp", "TRANSPARENT")
        return
    entry.add("dtstart", _in_the_city(event.starts_on, event.starts_at))
    if event.ends_at is not None:
        entry.add("dtend", _in_the_city(event.starts_on, event.ends_at))
    if last > event.starts_on:
        entry.add("rrule", {"freq": "daily", "count": (last - event.starts_on).days + 1})


def place_of(event: Promotion) -> str:
    """Where it is, as an address line: "Balai Kota, Kelurahan Pandansari, Semarang"; "" when nothing is known."""
    parts = [event.place]
    if event.kelurahan:
        parts.append(pgettext("tempat acara", "Kelurahan %(name)s") % {"name": event.kelurahan.name})
        parts.append(CITY)
    return ", ".join(part for part in parts if part)


def _in_the_city(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo("Asia/Jakarta"))


def _stamp(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _western_indonesia() -> Timezone:
    """WIB: seven hours ahead of Greenwich all year round."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "Asia/Jakarta")
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "WIB")
    zone.add_component(standard)
    return zone
