"""Words and numbers as the page's language writes them: Rp150.000 or IDR 150,000, 14 Maret 2027 or 14 March 2027."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format, time_format

from semarang_ikm.shared.bilingual import in_language, is_english, is_untranslated
from semarang_ikm.shared.choices import DATE_SHAPES, DatePrecision
from semarang_ikm.shared.days import days_in_words
from semarang_ikm.shared.geometry import kilometres
from semarang_ikm.shared.images import copy_widths
from semarang_ikm.shared.phones import InvalidPhone, Phone, parse_phone
from semarang_ikm.shared.photos import Photo
from semarang_ikm.shared.qr import Qr, lasting_site, permanent_address, qr_of
from semarang_ikm.shared.time import today

register = template.Library()


CHECK_LASTS_DAYS = 365


@register.filter
def number(value: int | Decimal | float | None) -> str:
    """Thousands and decimals as the language marks them, without trailing zeros; "" for None."""
    if value is None:
        return ""
    exact = Decimal(str(value)).normalize()
    text = f"{exact:,f}"
    return text if is_english() else text.translate(str.maketrans(",.", ".,"))


@register.filter
def rupiah(value: int | Decimal | None) -> str:
    """Whole rupiah: "Rp150.000", "IDR 150,000"; "" for None."""
    if value is None:
        return ""
    return f"IDR {number(value)}" if is_english() else f"Rp{number(value)}"


@register.simple_tag
def rupiah_range(low: Decimal | int | None, high: Decimal | int | None = None) -> str:
    """A price or the two ends of one: "Rp250–Rp300", "IDR 250–300"."""
    if high is None or high == low:
        return rupiah(low)
    return f"{rupiah(low)}–{number(high)}" if is_english() else f"{rupiah(low)}–{rupiah(high)}"


@register.simple_tag
def number_range(low: Decimal | None, high: Decimal | None = None) -> str:
    return number(low) if high is None or high == low else f"{number(low)}–{number(high)}"


@register.filter
def distance(squared_degrees: float | None) -> str:
    """A distance as roughly as it is known: "± 2,3 km", whole kilometres from ten; "" for None and below one."""
    if squared_degrees is None or (km := kilometres(squared_degrees)) < 1:
        return ""
    return f"± {number(round(km, 1) if km < 9.95 else round(km))} km"


@register.filter
def on_date(value: date | None, precision: str = DatePrecision.DAY) -> str:
    """As much of the date as is known: "14 Maret 2027", "Maret 2027" or "2027"; "" for None. Moments are in WIB."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return date_format(value, DATE_SHAPES[DatePrecision(precision)]) if value else ""


days = register.simple_tag(days_in_words, name="days")


@register.simple_tag
def hours(start: time | None, end: time | None = None) -> str:
    """Wall clock in Semarang: "pukul 09.00–16.00 WIB", "09:00–16:00 WIB"; "" when no time is given."""
    if start is None:
        return ""
    shape = "H:i" if is_english() else "H.i"
    span = "–".join(time_format(moment, shape) for moment in (start, end) if moment is not None)
    return f"{span} WIB" if is_english() else f"pukul {span} WIB"


@register.filter
def is_old(checked_on: date | None) -> bool:
    """Whether the last check is more than a year ago, so that it is wiser to ask first. Never checked is not old."""
    return checked_on is not None and checked_on < today() - timedelta(days=CHECK_LASTS_DAYS)


@register.filter
def phone(typed: str) -> str:
    """A number as readers of this language dial it; what cannot be read as a number stays as it is."""
    found = _read_phone(typed)
    if found is None:
        return typed
    return found.international() if is_english() else found.national()


@register.filter
def phone_link(typed: str) -> str:
    """The number for `tel:`; "" when it cannot be dialled, and then no link may stand there."""
    found = _read_phone(typed)
    return found.e164 if found else ""


@register.filter
def whatsapp_number(typed: str) -> str:
    """The digits for wa.me; "" for a landline or no number at all: no WhatsApp button then."""
    found = _read_phone(typed)
    return found.digits if found and found.is_mobile else ""


def _read_phone(typed: str) -> Phone | None:
    try:
        return parse_phone(str(typed))
    except InvalidPhone:
        return None


@register.filter
def whatsapp_url(contact: Any, message: str) -> str:
    """The chat link of a consented contact (sentra.consent.PublicContact) with a prepared message."""
    return str(contact.whatsapp_url(message))


@register.filter
def text(record: Any, field: str) -> str:
    """A record's text in the page's language, else in Indonesian; mark that with `untranslated`."""
    return in_language(record, field)


@register.filter
def untranslated(record: Any, fields: str) -> bool:
    """Whether an English page shows one of these fields ("summary description") in Indonesian."""
    return any(is_untranslated(record, field) for field in fields.split())


@register.filter
def initials(name: str) -> str:
    """Up to two first letters, for the plaque on a pattern: "Batik Warna Alam Malon" -> "BW"."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return "".join(word[0] for word in words[:2]).upper()


@register.filter
def pattern_shift(code: str) -> int:
    """0 to 4, from a code's last digit: neighbours on a page show different cuts of the same pattern."""
    return int(code[-1]) % 5 if code and code[-1].isdigit() else 0


@register.filter
def srcset(photo: Photo) -> str:
    """The WebP copies with their widths; "" for a photo too small to have any."""
    copies = ((default_storage.url(photo.copy_name(width)), width) for width in copy_widths(photo.width))
    return ", ".join(f"{url} {width}w" for url, width in copies)


@register.filter
def ratio_height(photo: Photo, width: int) -> int:
    """The height (px) that belongs to a width, so that the page never jumps."""
    return round(width * photo.height / photo.width) if photo.width else width


@register.simple_tag
def map_url(latitude: Decimal, longitude: Decimal) -> str:
    """A point (degrees) in the visitor's usual map; a plain link, nothing is loaded from there."""
    return f"https://www.google.com/maps/search/?api=1&query={latitude:.6f}%2C{longitude:.6f}"


@register.simple_tag
def permanent_qr(code: str) -> Qr | None:
    """The QR of a permanent code for print; None where the site has no address that lasts (docs/contract.md)."""
    return qr_of(permanent_address(lasting_site(settings.SITE_URL), code))


@register.filter
def lookup(table: dict[str, int], key: str) -> int:
    """The number of a key in a tally; 0 when absent."""
    return table.get(key, 0) if table else 0
