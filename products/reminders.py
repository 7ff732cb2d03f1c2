"""Reminders to owners before a certificate ends: who is written to about what, as letters, a table and a calendar."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Case, F, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from icalendar import Calendar, Event

from products.models import CertificateKind, Certification, CertificationRule
from semarang_ikm.shared.cells import Cell
from semarang_ikm.shared.choices import Channel
from semarang_ikm.shared.phones import InvalidPhone, Phone, parse_phone
from semarang_ikm.shared.time import today
from sentra.choices import ContactKind
from sentra.models import Ikm
from sentra.querysets import public_name

ICS_TYPE = "text/calendar; charset=utf-8"
# A certificate with `addressee`, as `with_addressee` gives it.
Row = Any
NUMBERS = (ContactKind.WHATSAPP, ContactKind.TELEPHONE)


@dataclass
class Letter:
    """To one business, about its certificates that end. `address`: "" where none is known or may be seen."""

    ikm: Ikm
    name: str
    address: str = ""
    certificates: list[Certification] = field(default_factory=list)

    @property
    def rules(self) -> list[tuple[CertificateKind, CertificationRule | None]]:
        """Each kind once, with the rule that a renewal falls under today."""
        kinds = dict.fromkeys(row.kind for row in self.certificates)
        return [(kind, kind.rule_on(today())) for kind in kinds]


def with_addressee(rows: QuerySet[Certification], *, sees_people: bool, channel: str) -> QuerySet[Certification]:
    """Everything a line or letter shows, with `addressee`: the business's name as this reader may know it.

    `sees_people`: an officer who may see personal data; the contacts come along then. A fixed number of queries.
    """
    name: F | Case = F("ikm__name") if sees_people else public_name(channel, "ikm__")
    people = ["ikm__contacts"] if sees_people else []
    return (
        rows.annotate(addressee=name)
        .select_related("kind", "ikm__kelurahan__kecamatan", "ikm__sentra")
        .prefetch_related("products", "kind__rules", *people)
    )


def for_paper(rows: QuerySet[Certification], *, sees_people: bool) -> QuerySet[Certification]:
    """In the order in which letters are carried out: by kecamatan, kelurahan and business."""
    return with_addressee(rows, sees_people=sees_people, channel=Channel.PRINT).order_by(
        F("ikm__kelurahan__kecamatan__name").asc(nulls_last=True),
        F("ikm__kelurahan__name").asc(nulls_last=True),
        "ikm__sort_name",
        "ikm",
        "expires_on",
        "pk",
    )


def letters(rows: Iterable[Row], *, sees_people: bool) -> list[Letter]:
    """One a business, however many of its certificates end. `rows` as `for_paper` gives them."""
    found: dict[int, Letter] = {}
    for row in rows:
        address = next(_values(row.ikm, (ContactKind.ADDRESS,)), "") if sees_people else ""
        letter = found.setdefault(row.ikm_id, Letter(row.ikm, row.addressee, address))
        letter.certificates.append(row)
    return list(found.values())


def mobile_of(ikm: Ikm) -> Phone | None:
    """The number that a reminder by WhatsApp goes to; None without one. For officers who may see it."""
    for value in _values(ikm, NUMBERS):
        try:
            phone = parse_phone(value)
        except InvalidPhone:
            continue
        if phone.is_mobile:
            return phone
    return None


def chat_text(row: Row, day: date, office: str) -> str:
    """What a message to its owner begins with, in Indonesian whatever the officer reads. `office`: "" leaves it out."""
    kind, number = row.kind.name, row.number
    with override("id"):
        last_day = date_format(row.expires_on, "j F Y") if row.expires_on else ""
    if not number:
        text = f"kami menanyakan permohonan sertifikat {kind} Anda: sudah sampai mana, dan apa yang dapat kami bantu?"
    elif row.needs_recheck or row.expires_on is None:
        text = (
            f"kami menanyakan sertifikat {kind} nomor {number}: apakah bahan atau proses pembuatannya berubah "
            "sejak terbit?"
        )
    elif row.expires_on < day:
        text = (
            f"sertifikat {kind} nomor {number} berakhir pada {last_day}. Sudahkah diperpanjang? Bila belum, kami "
            "dapat membantu mengurusnya."
        )
    else:
        text = (
            f"sertifikat {kind} nomor {number} akan berakhir pada {last_day}. Kami dapat membantu mengurus "
            "perpanjangannya; balas pesan ini bila perlu."
        )
    return f"Yth. {row.addressee}, {text}" + (f"\n\n{office}" if office else "")


def _values(ikm: Ikm, kinds: Sequence[str]) -> Iterator[str]:
    return (contact.value for kind in kinds for contact in ikm.contacts.all() if contact.kind == kind)


HEADINGS = (
    gettext_lazy("Kecamatan"),
    gettext_lazy("Kelurahan"),
    gettext_lazy("Kode usaha"),
    gettext_lazy("Usaha"),
    gettext_lazy("Produk"),
    gettext_lazy("Jenis sertifikat"),
    gettext_lazy("Nomor"),
    gettext_lazy("Diterbitkan pada"),
    gettext_lazy("Berlaku sampai"),
    gettext_lazy("Hari tersisa"),
)


def table(rows: Iterable[Row], day: date) -> Iterator[Sequence[Cell]]:
    for row in rows:
        place = row.ikm.kelurahan
        yield (
            place.kecamatan.name if place else None,
            place.name if place else None,
            row.ikm.code,
            row.addressee,
            ", ".join(product.name for product in row.products.all()),
            row.kind.name,
            row.number,
            row.issued_on,
            row.expires_on,
            (row.expires_on - day).days if row.expires_on else None,
        )


def calendar(rows: Iterable[Row]) -> bytes:
    """The last days of these certificates as whole-day entries (RFC 5545)."""
    made = Calendar()
    made.add("prodid", "-//Sentra Semarang//Sertifikat//ID")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", _("Sertifikat yang berakhir"))
    for row in rows:
        if row.expires_on is not None:
            made.add_component(_deadline(row, row.expires_on))
    return bytes(made.to_ical())


def _deadline(row: Row, last_day: date) -> Event:
    entry = Event()
    entry.add("uid", f"sertifikat-{row.pk}@{urlsplit(settings.SITE_URL).hostname or 'sentra-semarang.invalid'}")
    entry.add("dtstamp", row.updated_at.astimezone(UTC).replace(microsecond=0))
    entry.add("dtstart", last_day)
    entry.add("dtend", last_day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    named = {"kind": row.kind.name, "number": row.number, "business": row.addressee}
    entry.add("summary", _("%(kind)s berakhir: %(business)s") % named)
    entry.add("description", _("%(kind)s %(number)s, %(business)s") % named)
    if row.ikm.kelurahan:
        entry.add("location", str(row.ikm.kelurahan))
    return entry
