"""What the purge of a person takes out of frozen editions and cases (sentra.actions.purging).

An edition stays on its shelf, without that person; its stored files can no longer be what was printed, so they go. Of a case
stay its number, kind, title, partner, stage and days, which are counted; what was written about it and its papers go.
"""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from promotions.actions.editions import purge_files
from promotions.editions.masking import masked
from promotions.models import (
    Appearance,
    CaseDocument,
    CatalogueEdition,
    EditionDocument,
    EditionFile,
    EditionPhoto,
    FacilitationCase,
)
from promotions.withdrawing import carried_by
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.time import today
from sentra.actions.purging import NOBODY, Goes, Purger, register
from sentra.choices import PersonalField
from sentra.consent import Subject, relation_to
from sentra.history.redaction import redact
from sentra.models import Ikm

# Columns of cases and of what belongs to them that officers write freely.
WRITTEN = ("description", "outcome", "text", "facts", "request", "file")


def _tell(subject: Subject) -> Iterator[Goes]:
    editions = [edition.pk for edition, _fields in carried_by(subject)]
    yield Goes(_("edisi katalog yang memuatnya, dengan berkas PDF-nya"), len(editions))
    cases = _cases(subject)
    yield Goes(_("uraian, langkah, dan surat perkara fasilitasi"), cases.count())
    yield Goes(_("berkas perkara fasilitasi"), CaseDocument.objects.filter(case__in=cases).count())


def _stays(subject: Subject) -> Iterator[tuple[str, str]]:
    for case in _cases(subject):
        yield _("pokok perkara %(number)s") % {"number": case.number}, case.title


def _erase(subject: Subject) -> None:
    for edition, fields in list(carried_by(subject)):
        _rewrite(edition, subject.code, fields)
        EditionFile.objects.filter(edition=edition, restricted_on__isnull=True).update(restricted_on=today())
        purge_files(edition=edition, by=None)
    for case in _cases(subject):
        _empty(case)
    if isinstance(subject, Ikm):
        Appearance.objects.filter(ikm=subject).update(note="")


def _empty(case: FacilitationCase) -> None:
    """What an officer must not leave blank says that it was taken out."""
    documents = list(case.documents.all())
    files = [file for document in documents for file in own_files(document)]
    CaseDocument.objects.filter(pk__in=[document.pk for document in documents]).delete()
    case.steps.update(text=NOBODY)
    case.letters.update(facts=NOBODY, request=NOBODY, personal=[])
    outcome = NOBODY if case.outcome else ""
    FacilitationCase.objects.filter(pk=case.pk).update(description="", outcome=outcome)
    for row in (*case.steps.all(), *case.letters.all(), *documents):
        redact(record=row, fields=WRITTEN)
    redact(record=case, fields=WRITTEN)
    remove_after_commit(files, for_good=True)


def _cases(subject: Subject) -> QuerySet[FacilitationCase]:
    return FacilitationCase.objects.filter(**{relation_to(subject): subject})


def _rewrite(edition: CatalogueEdition, code: str, fields: frozenset[str]) -> None:
    portraits: set[str] = set()
    for row in EditionDocument.objects.filter(edition=edition):
        content = row.content
        portraits |= set(content["personal"].get(code, {}).get(PersonalField.PORTRAIT, ()))
        kept = {other: values for other, values in content["personal"].items() if other != code}
        row.content = {**content, "catalogue": masked(content, {code: fields}), "personal": kept}
        row.redacted_on = today()
        row.save(update_fields=["content", "redacted_on"])
    photos = list(EditionPhoto.objects.filter(edition=edition, code__in=portraits))
    EditionPhoto.objects.filter(pk__in=[photo.pk for photo in photos]).delete()
    remove_after_commit([file for photo in photos for file in own_files(photo)], for_good=True)


register(Purger(_tell, _erase, _stays))
