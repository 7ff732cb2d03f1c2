"""Contacts as columns: of businesses and of sentra."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.columns import Column
from semarang_ikm.exchange.readers import Contacts
from semarang_ikm.shared import bulk
from sentra.choices import ContactKind
from sentra.models import Contact

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Given = dict[str, Any]
KINDS = tuple(
    kind.value
    for kind in (
        ContactKind.OWNER_NAME,
        ContactKind.WHATSAPP,
        ContactKind.TELEPHONE,
        ContactKind.EMAIL,
        ContactKind.ADDRESS,
        ContactKind.WEBSITE,
    )
)
_SEVERAL = _("Beberapa nilai dipisahkan titik koma. Tersembunyi sampai persetujuan dicatat.")
_COVERED = _(
    "Data ini sedang tampil dengan persetujuan. Isinya hanya diganti di halaman datanya, bersama persetujuan baru."
)


def _column(kind: str, heading: "StrOrPromise", example: str, *synonyms: str) -> Column:
    kind = str(kind)
    return Column(
        kind, heading, Contacts(kind), example=example, told=_SEVERAL, synonyms=synonyms, personal=kind, width=22
    )


CONTACT_COLUMNS = (
    _column(ContactKind.OWNER_NAME, _("Nama pemilik"), "Sri Contoh", "pemilik", "nama pengurus", "pengurus", "ketua"),
    _column(ContactKind.WHATSAPP, _("WhatsApp"), "0812-0000-0000", "nomor whatsapp", "no wa", "wa", "no hp", "hp"),
    _column(ContactKind.TELEPHONE, _("Telepon"), "(024) 000-0000", "nomor telepon", "no telepon", "telp", "no telp"),
    _column(ContactKind.EMAIL, _("Surel"), "usaha@contoh.id", "email", "e-mail", "alamat surel"),
    _column(ContactKind.ADDRESS, _("Alamat"), "Jl. Contoh No. 1, RT 01/RW 02", "alamat jalan", "alamat usaha"),
    _column(ContactKind.WEBSITE, _("Situs web"), "https://contoh.id", "website", "situs", "toko daring"),
)


def contact_values(record: Any) -> Given:
    """Of a record whose contacts are loaded."""
    found: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for contact in record.contacts.all():
        if contact.kind in found:
            found[contact.kind].append((contact.value, contact.typed))
    return {kind: tuple(sorted(values)) for kind, values in found.items()}


def refuse_covered(record: Any, before: Given, given: Given) -> Iterator[tuple[str, "StrOrPromise"]]:
    """A receipt covers what was there when it was given: another value would be public at once, without one."""
    covered = {
        scope.field for consent in record.consents.all() for scope in consent.scopes.all() if not scope.withdrawn_on
    }
    for kind in KINDS:
        if kind in given and kind in covered:
            known = {stored for stored, _typed in before[kind]}
            if any(stored not in known for stored, _typed in given[kind]):
                yield kind, _COVERED


def write_contacts(relation: str, rows: Iterable[tuple[Any, Given]], before: dict[int, Given] | None = None) -> None:
    """Give each record the contacts of its row. `before`: what records that are not new hold."""
    made: list[Contact] = []
    gone: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for record, given in rows:
        for kind in KINDS:
            if kind not in given:
                continue
            held = {stored for stored, _typed in before[record.pk][kind]} if before else set()
            wanted = dict(given[kind])
            made += [
                Contact(**{relation: record}, kind=kind, value=stored, typed=typed)
                for stored, typed in wanted.items()
                if stored not in held
            ]
            gone[kind] += [(record.pk, stored) for stored in held - wanted.keys()]
    bulk.create(made)
    for kind, pairs in gone.items():
        for pk, stored in pairs:
            for contact in Contact.objects.filter(**{f"{relation}_id": pk}, kind=kind, value=stored):
                contact.delete()
