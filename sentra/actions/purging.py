"""Taking a person's data out for good: not only from the public, also from our own rows, files, log and history.

What stays is that there was a business with this code, and that an officer purged it on that day, and why.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.kept_files import empty_all
from sentra.actions.consent import withdraw_consent
from sentra.actions.forgetting import NOBODY, PURGED, Beside, beside, merged_codes
from sentra.actions.reports import erase_reports
from sentra.consent import Subject, relation_to
from sentra.history.redaction import redact
from sentra.indexing import refresh
from sentra.models import Change, Consent, Contact, DataReport, Ikm, PastSlug, SavedFilter, SentraPhoto
from sentra.personal_data.words import Words, words_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

__all__ = ["NOBODY", "Goes", "Plan", "Purger", "planned", "purge", "register"]
# What the trail no longer tells of the subject, besides what is personal anyway.
TOLD_OF_NOBODY = ("name", "slug", "story", "story_en")
FREE_TEXTS = {
    *("summary", "summary_en", "story", "story_en", "description", "description_en"),
    *("activity_note", "activity_note_en", "visiting_hours", "visiting_hours_en"),
    *("capacity_unit", "capacity_unit_en", "minimum_order", "minimum_order_en"),
}


@dataclass(frozen=True)
class Goes:
    """So many of one kind of thing go."""

    what: str
    count: int


@dataclass(frozen=True)
class Purger:
    """How one kind of thing is told and taken out. `erase` runs in the purge's transaction.

    `Words`: what the person is called and reached by, for what names nobody by a relation.
    """

    tell: Callable[[Subject, Words], Iterable[Goes]]
    erase: Callable[[Subject, Words], None]
    # (what it is, the text): what stays and may name a person.
    stays: Callable[[Subject], Iterable[tuple[str, str]]] = lambda subject: ()


_others: list[Purger] = []


def register(purger: Purger) -> None:
    """An upper room takes out what it holds."""
    _others.append(purger)


@dataclass(frozen=True)
class Plan:
    """What goes, and the free texts that a program cannot judge: an officer reads them first."""

    goes: tuple[Goes, ...]
    to_read: tuple[tuple[str, str], ...]


def planned(subject: Subject) -> Plan:
    words = words_of(subject)
    goes = [each for purger in (_OWN, *_others) for each in purger.tell(subject, words) if each.count]
    goes += [each for each in _tell_beside(beside(subject), words) if each.count]
    texts = [
        (str(field.verbose_name), getattr(subject, field.name))
        for field in subject._meta.concrete_fields
        if field.name in FREE_TEXTS and getattr(subject, field.name)
    ]
    texts += [text for purger in _others for text in purger.stays(subject)]
    return Plan(tuple(goes), tuple(texts))


@transaction.atomic
def purge(*, subject: Subject, by: "AbstractBaseUser | None", why: str) -> None:
    """Take out everything personal of this subject. Cannot be undone. Raises ValidationError without a reason."""
    if not why.strip():
        raise ValidationError(_("Tulis alasannya, misalnya: permintaan pemilik, surat tanggal 3 November 2026."))
    words, around = words_of(subject), beside(subject)
    for consent in Consent.objects.filter(**{relation_to(subject): subject}):
        withdraw_consent(consent=consent, by=by)
    for purger in (*_others, _OWN):
        purger.erase(subject, words)
    refresh(subject)
    redact(record=subject, fields=TOLD_OF_NOBODY)
    around.forget(words)
    transaction.on_commit(empty_all)
    note(record=subject, by=by, message=_(PURGED) % {"why": why.strip()[:300]})


def _tell_beside(around: Beside, words: Words) -> Iterator[Goes]:
    yield Goes(_("catatan permintaan pemeriksaan dan jawabannya"), around.requests.count())
    yield Goes(_("isi baris catatan admin"), around.log_lines.count())
    yield Goes(_("alasan perubahan dalam riwayat"), around.reasons(words).count())


def _tell(subject: Subject, words: Words) -> Iterator[Goes]:
    mine = {relation_to(subject): subject}
    receipts = Consent.objects.filter(**mine)
    yield Goes(_("kontak"), Contact.objects.filter(**mine).count())
    yield Goes(_("nama dan catatan pada persetujuan"), receipts.count())
    yield Goes(_("berkas bukti persetujuan"), receipts.exclude(evidence="").count())
    yield Goes(_("isi laporan masyarakat"), len(_reports(subject, words)))
    yield Goes(_("saringan tersimpan yang menyebut orangnya"), len(_filters(words)))
    if isinstance(subject, Ikm):
        yield Goes(_("nama usaha yang memuat nama orang"), int(subject.name_is_personal))
        yield Goes(_("NIB"), int(bool(subject.nib)))
    else:
        yield Goes(_("foto sentra dengan orang yang dikenali"), _photos(subject).count())


def _erase(subject: Subject, words: Words) -> None:
    mine = {relation_to(subject): subject}
    receipts = list(Consent.objects.filter(**mine))
    files = [file for receipt in receipts for file in own_files(receipt)]
    Contact.objects.filter(**mine).delete()
    Consent.objects.filter(**mine).update(person=NOBODY, note="", evidence="")
    erase_reports(_reports(subject, words))
    SavedFilter.objects.filter(pk__in=_filters(words)).delete()
    if isinstance(subject, Ikm):
        _unname(subject)
    else:
        photos = list(_photos(subject))
        files += [file for photo in photos for file in own_files(photo)]
        SentraPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    remove_after_commit(files, for_good=True)


def _unname(ikm: Ikm) -> None:
    """The business keeps its code; its number and a name that is a person's go, also from its addresses."""
    name, ikm.nib, was_personal = ikm.name, "", _was_personal(ikm)
    if ikm.name_is_personal:
        ikm.name, ikm.name_is_personal = f"Usaha {ikm.code}", False
        _silence_log(name, ikm.code)
    if was_personal:
        # Made anew of the name that is left.
        ikm.slug = ""
    ikm.save(update_fields=["nib", "name", "name_is_personal", "slug", "updated_at"])
    if was_personal:
        PastSlug.objects.filter(kind=Ikm.PAGE_KIND, target_id=ikm.pk).delete()


def _was_personal(ikm: Ikm) -> bool:
    """Whether its name is a person's, or one was that it, or a record merged into it, had."""
    told = Change.objects.filter(Q(object_id=ikm.pk) | Q(fields__code__0__in=merged_codes(ikm)), model="sentra.ikm")
    pairs = told.values_list("fields__name_is_personal", flat=True)
    return ikm.name_is_personal or any(pair is not None and True in pair for pair in pairs)


def _silence_log(name: str, code: str) -> None:
    """The admin's log keeps its lines, and the code instead of the name."""
    for line in LogEntry.objects.filter(Q(object_repr__contains=name) | Q(change_message__contains=name)):
        line.object_repr = line.object_repr.replace(name, code)
        line.change_message = line.change_message.replace(name, code)
        line.save(update_fields=["object_repr", "change_message"])


def _reports(subject: Subject, words: Words) -> list[DataReport]:
    """About it, and by it: an owner who reports leaves the number that is recorded here, too."""
    codes = {subject.code, *merged_codes(subject)}
    return [
        report
        for report in DataReport.objects.filter(erased_at__isnull=True)
        if report.subject_code in codes or words.stand_in_any([report.wrong, report.right, report.contact])
    ]


def _filters(words: Words) -> list[int]:
    """Filters of lists that an officer called so. What was searched for is in none."""
    return [each.pk for each in SavedFilter.objects.all() if words.stand_in(each.name)]


def _photos(subject: Subject) -> QuerySet[SentraPhoto]:
    return SentraPhoto.objects.filter(sentra__code=subject.code, shows_people=True)


_OWN = Purger(_tell, _erase)
