"""The copy of everything that is held of a person, for that person (UU 27/2022 articles 5 to 7): tables in words.

Notes of officers are part of it. What others told us about the person (reports) is counted, not quoted: the words and
the contact are those others' own data.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sentra.actions.forgetting import beside
from sentra.consent import PublicContact, Subject, relation_to
from sentra.models import Consent, Contact, DataReport, Ikm
from sentra.personal_data.holdings import holdings


@dataclass(frozen=True)
class Section:
    """One table of the copy. No rows: nothing of this kind is held, and the copy says so."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


Sections = Callable[[Subject], Iterable[Section]]
_others: list[Sections] = []


def register(sections: Sections) -> None:
    """An upper room adds what it holds; in the order of the rooms."""
    _others.append(sections)


def copy_of(subject: Subject) -> list[Section]:
    """Every section, those of upper rooms last."""
    own = [_record(subject), _contacts(subject), _publication(subject), _receipts(subject), _reports(subject)]
    own += _beside(subject)
    return [*own, *(section for sections in _others for section in sections(subject))]


def day(value) -> str:
    """A date as the copy writes it; "–" where there is none."""
    return date_format(value, "j F Y") if value else "–"


def _record(subject: Subject) -> Section:
    rows = [(_("Kode"), subject.code), (_("Nama"), subject.name), (_("Status"), str(subject.get_status_display()))]
    if isinstance(subject, Ikm):
        rows += [
            (_("Bentuk"), str(subject.get_kind_display())),
            (_("Nama memuat nama orang"), _("Ya") if subject.name_is_personal else _("Tidak")),
            (_("NIB"), subject.nib or "–"),
            (_("Kelurahan"), str(subject.kelurahan) if subject.kelurahan else "–"),
            (_("Jumlah pekerja"), f"{subject.workers} ({day(subject.workers_as_of)})" if subject.workers else "–"),
            (_("Cerita"), subject.story or "–"),
        ]
    rows.append((_("Ringkasan"), subject.summary or "–"))
    rows += [(_("Dicatat pada"), day(subject.created_at)), (_("Terakhir diubah"), day(subject.updated_at))]
    return Section(_("Data usaha atau sentra"), (_("Data"), _("Isi")), rows)


def _contacts(subject: Subject) -> Section:
    rows = [
        (
            str(contact.get_kind_display()),
            PublicContact(contact.kind, contact.value).national or f"{contact.latitude}, {contact.longitude}",
            contact.note or "–",
            day(contact.created_at),
        )
        for contact in Contact.objects.filter(**{relation_to(subject): subject})
    ]
    return Section(_("Kontak"), (_("Macam"), _("Isi"), _("Catatan petugas"), _("Dicatat pada")), rows)


def _publication(subject: Subject) -> Section:
    """What leaves now, where, and on which ground."""
    rows = [
        (
            str(holding.field.label),
            str(leaving.channel.label),
            "; ".join(
                _("%(basis)s, diberikan %(day)s")
                % {"basis": scope.consent.get_legal_basis_display(), "day": day(scope.consent.given_on)}
                for scope in leaving.scopes
            )
            or _("Tidak ditampilkan"),
        )
        for holding in holdings([subject])[subject]
        for leaving in holding.leaving
    ]
    return Section(_("Yang boleh ditampilkan, di mana, dan dasarnya"), (_("Data"), _("Saluran"), _("Dasar")), rows)


def _receipts(subject: Subject) -> Section:
    receipts = (
        Consent.objects.filter(**{relation_to(subject): subject})
        .select_related("recorded_by")
        .prefetch_related("scopes")
    )
    rows = [
        (
            day(receipt.given_on),
            receipt.person,
            str(receipt.get_method_display()),
            str(receipt.get_legal_basis_display()),
            "; ".join(_scope(scope) for scope in receipt.scopes.all()),
            _("Ada") if receipt.evidence else _("Tidak ada"),
            receipt.note or "–",
        )
        for receipt in receipts
    ]
    columns = (
        _("Diberikan pada"),
        _("Oleh"),
        _("Cara"),
        _("Dasar hukum"),
        _("Cakupan"),
        _("Berkas bukti"),
        _("Catatan petugas"),
    )
    return Section(_("Persetujuan"), columns, rows)


def _scope(scope) -> str:
    if scope.withdrawn_on is None:
        return str(scope)
    return _("%(scope)s (ditarik %(day)s)") % {"scope": scope, "day": day(scope.withdrawn_on)}


def _reports(subject: Subject) -> Section:
    rows = [
        (report.code, str(report.get_kind_display()), day(report.created_at), str(report.get_status_display()))
        for report in DataReport.objects.filter(subject_code=subject.code)
    ]
    columns = (_("Nomor"), _("Macam"), _("Diterima"), _("Status"))
    return Section(_("Laporan tentang data ini (isi milik pelapor tidak disalin)"), columns, rows)


def _beside(subject: Subject) -> list[Section]:
    """What officers wrote to each other about it, and why they changed it. A purge takes both out."""
    around = beside(subject)
    requests = [
        (day(row.asked_at), str(row.get_kind_display()), row.wish or "–", day(row.answered_at), row.answer or "–")
        for row in around.requests
    ]
    columns = (_("Diminta"), _("Permintaan"), _("Catatan peminta"), _("Dijawab"), _("Catatan pemeriksa"))
    reasons = [(day(row.at), str(row.get_kind_display()), row.why) for row in around.reasons()]
    return [
        Section(_("Permintaan pemeriksaan"), columns, requests),
        Section(_("Alasan perubahan"), (_("Tanggal"), _("Macam"), _("Alasan")), reasons),
    ]
