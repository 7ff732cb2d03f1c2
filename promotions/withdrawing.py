"""What a withdrawal of consent does to published editions, and what is told of copies that are printed (sentra.withdrawals)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from promotions.actions.holding import hold_all_unpublished
from promotions.editions.masking import lost
from promotions.models import CatalogueEdition, EditionDocument, EditionFile, EditionMask
from semarang_ikm.shared.time import today
from sentra.choices import PersonalField
from sentra.consent import Subject
from sentra.withdrawals import register


def carried_by(subject: Subject) -> Iterator[tuple[CatalogueEdition, frozenset[str]]]:
    """The frozen editions that carry personal data of this subject, with those fields."""
    rows = EditionDocument.objects.select_related("edition").order_by("edition__pk", "language")
    carried: dict[CatalogueEdition, set[str]] = {}
    for row in rows:
        if mine := row.content["personal"].get(subject.code):
            carried.setdefault(row.edition, set()).update(mine)
    for edition, fields in carried.items():
        yield edition, frozenset(fields)


def _frozen_with(subject: Subject) -> Iterator[tuple[CatalogueEdition, frozenset[str]]]:
    """The editions that carry data of this subject which paper may no longer show, with those fields."""
    for edition, fields in carried_by(subject):
        if gone := lost([{"personal": {subject.code: fields}}]).get(subject.code):
            yield edition, gone


def _follow(subject: Subject) -> None:
    """The web edition masks by itself at the next request; here the stored files are closed and the record is kept."""
    hold_all_unpublished()
    for edition, gone in _frozen_with(subject):
        mask, new = EditionMask.objects.get_or_create(
            edition=edition, code=subject.code, defaults={"fields": sorted(gone), "masked_on": today()}
        )
        if not new:
            EditionMask.objects.filter(pk=mask.pk).update(fields=sorted({*mask.fields, *gone}))
        EditionFile.objects.filter(edition=edition, restricted_on__isnull=True).update(restricted_on=today())


def _told(subject: Subject) -> Iterator[str]:
    for mask in EditionMask.objects.filter(code=subject.code).select_related("edition"):
        edition = mask.edition
        copies = edition.copies_printed or _("jumlah cetaknya belum dicatat")
        yield _(
            "Edisi %(code)s “%(title)s” (%(copies)s) yang sudah dicetak masih memuat data yang ditarik; edisi webnya disamarkan, unduhan PDF-nya ditutup."
        ) % {"code": edition.code, "title": edition.title, "copies": copies}


def _printed(subject: Subject) -> Iterator[str]:
    for edition, fields in carried_by(subject):
        names = ", ".join(str(PersonalField(name).label) for name in sorted(fields))
        yield _("Edisi %(code)s “%(title)s” memuat: %(fields)s.") % {
            "code": edition.code,
            "title": edition.title,
            "fields": names,
        }


register(follow=_follow, told=_told, printed=_printed)
