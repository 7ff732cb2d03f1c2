"""What the purge of a person takes out of frozen editions and cases (sentra.actions.purging).

An edition stays on its shelf, without that person; its stored files can no longer be what was printed, so they go. Of a case
stay its number, kind, title, partner, stage and days, which are counted; what was written about it and its papers go. A
selection keeps whom it chose, by code; what an officer wrote of this business in it goes, and so does what was written of its pages.
"""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from products.models import Product
from promotions.actions.editions import purge_files
from promotions.actions.holding import hold_all_unpublished
from promotions.editions.masking import masked
from promotions.models import (
    Appearance,
    CaseDocument,
    CatalogueEdition,
    EditionDocument,
    EditionFile,
    EditionFreezing,
    EditionPhoto,
    EditionWaiver,
    FacilitationCase,
    FairSelection,
    LayoutCheck,
    SelectionDecision,
    SelectionReopening,
    SelectionWithdrawal,
)
from promotions.selecting.record import without_words
from promotions.withdrawing import carried_by
from semarang_ikm.shared.files import own_files, remove_after_commit
from semarang_ikm.shared.time import today
from sentra.actions.purging import NOBODY, Goes, Purger, register
from sentra.choices import PersonalField
from sentra.consent import Subject, relation_to
from sentra.history.redaction import redact
from sentra.models import Ikm
from sentra.personal_data.words import Words

# Columns of cases and of what belongs to them that officers write freely.
WRITTEN = ("description", "outcome", "text", "subject", "facts", "request", "file")


def _tell(subject: Subject, words: Words) -> Iterator[Goes]:
    editions = [edition.pk for edition, _fields in carried_by(subject)]
    yield Goes(_("edisi katalog yang memuatnya, dengan berkas PDF-nya"), len(editions))
    cases = _cases(subject)
    yield Goes(_("uraian, langkah, dan surat perkara fasilitasi"), cases.count())
    yield Goes(_("berkas perkara fasilitasi"), CaseDocument.objects.filter(case__in=cases).count())
    yield Goes(_("alasan petugas atas temuan sebelum terbit"), _waivers(subject).count())
    if isinstance(subject, Ikm):
        yield Goes(_("alasan petugas dalam seleksi peserta"), _decisions(subject).count())
        yield Goes(_("catatan penampilan"), Appearance.objects.filter(ikm=subject).exclude(note="").count())


def _stays(subject: Subject) -> Iterator[tuple[str, str]]:
    for case in _cases(subject):
        yield _("pokok perkara %(number)s") % {"number": case.number}, case.title
        if case.parent is not None:
            yield _("perkara bersama %(number)s") % {"number": case.parent.number}, case.parent.description


def _erase(subject: Subject, words: Words) -> None:
    hold_all_unpublished()
    for edition, fields in list(carried_by(subject)):
        _rewrite(edition, subject.code, fields)
        EditionFile.objects.filter(edition=edition, restricted_on__isnull=True).update(restricted_on=today())
        purge_files(edition=edition, by=None)
    for case in _cases(subject):
        _empty(case)
    _waivers(subject).update(reason=NOBODY)
    _forget_flaws(_codes(subject))
    _forget_naming(words)
    if isinstance(subject, Ikm):
        Appearance.objects.filter(ikm=subject).update(note="")
        _forget_decisions(subject)


def _codes(subject: Subject) -> list[str]:
    products = Product.objects.filter(**{relation_to(subject): subject})
    return [subject.code, *products.values_list("code", flat=True)]


def _waivers(subject: Subject) -> QuerySet[EditionWaiver]:
    about = Q(pk__in=())
    for code in _codes(subject):
        about |= Q(finding__contains=f":{code}:")
    return EditionWaiver.objects.filter(about).exclude(reason=NOBODY)


def _forget_flaws(codes: list[str]) -> None:
    """What was measured quotes the pages; it is measured anew."""
    for check in LayoutCheck.objects.exclude(flaws=[]):
        if any(flaw["code"] in codes for flaw in check.flaws):
            LayoutCheck.objects.filter(pk=check.pk).update(flaws=[], digest="")


def _decisions(ikm: Ikm) -> QuerySet[SelectionDecision]:
    return SelectionDecision.objects.filter(ikm=ikm).exclude(reason=NOBODY)


def _forget_decisions(ikm: Ikm) -> None:
    """Also in the record of a selection that was accepted: there the officer's reason is the first of the words."""
    for selection in FairSelection.objects.filter(decisions__ikm=ikm):
        FairSelection.objects.filter(pk=selection.pk).update(outcome=without_words(selection.outcome, ikm.code, NOBODY))
    for row in SelectionReopening.objects.filter(selection__decisions__ikm=ikm).distinct():
        SelectionReopening.objects.filter(pk=row.pk).update(outcome=without_words(row.outcome, ikm.code, NOBODY))
    _decisions(ikm).update(reason=NOBODY)
    SelectionWithdrawal.objects.filter(ikm=ikm).update(reason=NOBODY)


def _forget_naming(words: Words) -> None:
    """Reasons that are about no business, and yet name this person."""
    for freezing in EditionFreezing.objects.exclude(why="", work_message=""):
        if words.stand_in_any([freezing.why, freezing.work_message]):
            EditionFreezing.objects.filter(pk=freezing.pk).update(why="", work_message="")
    for reopening in SelectionReopening.objects.exclude(reason=NOBODY):
        if words.stand_in(reopening.reason):
            SelectionReopening.objects.filter(pk=reopening.pk).update(reason=NOBODY)


def _empty(case: FacilitationCase) -> None:
    """What an officer must not leave blank says that it was taken out."""
    documents = list(case.documents.all())
    files = [file for document in documents for file in own_files(document)]
    CaseDocument.objects.filter(pk__in=[document.pk for document in documents]).delete()
    case.steps.update(text=NOBODY)
    case.letters.update(subject=NOBODY, facts=NOBODY, request=NOBODY, personal=[])
    outcome = NOBODY if case.outcome else ""
    FacilitationCase.objects.filter(pk=case.pk).update(description="", outcome=outcome)
    for row in (*case.steps.all(), *case.letters.all()):
        redact(record=row, fields=WRITTEN)
    for document in documents:
        redact(record=document, fields=(*WRITTEN, "title"))
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
