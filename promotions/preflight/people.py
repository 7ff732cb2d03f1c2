"""Persons in the book: what a reader would look for and paper may not show, and what slipped past the gate into a text."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.preflight.findings import Finding, Level
from promotions.preflight.plan import Plan
from promotions.preflight.texts import texts_of
from sentra.choices import ContactKind, PersonalField
from sentra.consent import Subject
from sentra.models import Ikm

# What a reader of a catalogue looks for first.
EXPECTED: list[str] = [PersonalField.OWNER_NAME, PersonalField.WHATSAPP, PersonalField.TELEPHONE]
# Nine digits or more that begin as Indonesian numbers do, however they are grouped.
_NUMBER = re.compile(r"(?<![\w.,])(?:\+?62|0)[ .()-]{0,2}\d(?:[ .()-]{0,2}\d){7,12}(?!\d)")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Shorter ones are words of the language too.
LEAST_NAME = 6


def print_consent(plan: Plan) -> Iterator[Finding]:
    """Names, numbers and faces that are known and stay out of the book, because nobody allowed paper."""
    for subject, contacts in plan.contacts.items():
        told = plan.material.disclosures[subject]
        known = [kind for kind in EXPECTED if any(contact.kind == kind for contact in contacts)]
        if isinstance(subject, Ikm) and subject.name_is_personal:
            known.insert(0, PersonalField.NAME)
        if _has_faces(plan, subject):
            known.append(PersonalField.PORTRAIT)
        if missing := [kind for kind in known if kind not in told.allowed]:
            labels = ", ".join(str(PersonalField(kind).label) for kind in missing)
            on_web = plan.on_web[subject].allowed
            yield Finding(
                "print-consent",
                Level.AMBER,
                subject.code,
                says=_("%(name)s belum mengizinkan ini dicetak: %(fields)s.") % {"name": told.name, "fields": labels},
                do=_("Persetujuannya hanya untuk situs. Mintakan juga untuk cetak.")
                if on_web.issuperset(missing)
                else _("Mintakan persetujuan untuk cetak, atau biarkan tidak dimuat."),
                facts=tuple(missing),
                mend=subject,
            )


def personal_data_in_texts(plan: Plan) -> Iterator[Finding]:
    """A number, address or name written into a text would be printed without anybody's consent."""
    secrets, office = _secrets(plan), plan.material.office
    # The office's own numbers are no secret.
    known = {_digits(number) for number in (office.whatsapp, office.telephone) if number} | {office.email}
    for text in texts_of(plan):
        numbers = [number for number in _NUMBER.findall(text.words) if _digits(number) not in known]
        found = [*numbers, *(address for address in _ADDRESS.findall(text.words) if address not in known)]
        found += [name for name in secrets if re.search(rf"\b{re.escape(name)}\b", text.words, re.IGNORECASE)]
        if found:
            yield Finding(
                "personal-data-in-texts",
                Level.RED,
                text.code,
                says=_("Di dalam “%(field)s” tertulis %(found)s.")
                % {"field": text.label, "found": ", ".join(dict.fromkeys(found))},
                do=_("Hapus dari teks itu; kontak hanya dimuat dari bagian kontak, dengan persetujuan cetak."),
                facts=(text.field, *found),
                mend=text.record,
            )


def _secrets(plan: Plan) -> list[str]:
    """Names of persons that paper may not show."""
    names = []
    for subject, contacts in plan.contacts.items():
        allowed = plan.material.disclosures[subject].allowed
        if isinstance(subject, Ikm) and subject.name_is_personal and PersonalField.NAME not in allowed:
            names.append(subject.name)
        if PersonalField.OWNER_NAME not in allowed:
            names += [contact.value for contact in contacts if contact.kind == ContactKind.OWNER_NAME]
    return [name for name in names if len(name) >= LEAST_NAME]


def _digits(number: str) -> str:
    """As it is dialled within the country, however it is written."""
    digits = re.sub(r"\D", "", number)
    return "0" + digits.removeprefix("62") if digits.startswith("62") else digits


def _has_faces(plan: Plan, subject: Subject) -> bool:
    """Whether a photo of its products shows somebody."""
    relation = "ikm_id" if isinstance(subject, Ikm) else "sentra_id"
    return any(
        photo.shows_people
        for product in plan.material.products
        if getattr(product, relation) == subject.pk
        for photo in product.photos.all()
    )
