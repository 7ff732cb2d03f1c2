"""How long rows of imports are kept: they hold what somebody typed of others (sentra.personal_data.retention)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.actions import drop_files
from semarang_ikm.exchange.choices import Stage
from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from sentra.actions.purging import NOBODY, Goes, Purger
from sentra.actions.purging import register as register_purger
from sentra.consent import Subject
from sentra.personal_data import access
from sentra.personal_data.access import Section, day
from sentra.personal_data.retention import Term, register
from sentra.personal_data.words import Words, texts_in, words_of

# Long enough to mend the wrong rows and to look at what was written.
KEPT_AFTER_DECISION = timedelta(days=30)
KEPT_OPEN = timedelta(days=90)
CHUNK = 500


def due(at: datetime) -> QuerySet[ImportProposal]:
    """Proposals whose rows or file are still here and should not be."""
    over = Q(decided_at__lt=at - KEPT_AFTER_DECISION) | Q(decided_at__isnull=True, updated_at__lt=at - KEPT_OPEN)
    return ImportProposal.objects.filter(over).filter(Q(rows__isnull=False) | ~Q(file="") | ~Q(marked="")).distinct()


def forget(at: datetime) -> int:
    """The line that there was an import stays; one that nobody decided on goes as a whole."""
    found = list(due(at))
    drop_files(found)
    ProposalRow.objects.filter(proposal__in=found).delete()
    open_ones = [proposal.pk for proposal in found if proposal.stage in {Stage.READING, Stage.READY}]
    ImportProposal.objects.filter(pk__in=open_ones).delete()
    return len(found)


def _rows_about(subject: Subject, words: Words) -> list[ProposalRow]:
    """By its code, by its name, or by anything that the row says: a certificate's names its holder."""
    found = []
    for row in ProposalRow.objects.select_related("proposal").iterator(CHUNK):
        said = [row.name, row.raw, row.cells, row.candidates]
        named = {row.code, row.name.casefold(), *(text.casefold() for text in texts_in(said))}
        if named & {subject.code, subject.code.casefold(), subject.name.casefold()} or words.stand_in_any(said):
            found.append(row)
    return found


def _proposals_telling(rows: list[ProposalRow], words: Words) -> list[ImportProposal]:
    """Imports whose file had such a row, or that could not be read, or whose own words name the person."""
    whose = {row.proposal_id for row in rows}
    return [
        each
        for each in ImportProposal.objects.all()
        if each.pk in whose
        or (each.file and each.stage == Stage.READING and not each.is_at_work)
        or words.stand_in_any([each.file_name, each.work_message, each.notes, each.headings])
    ]


def _tell(subject: Subject, words: Words) -> Iterator[Goes]:
    rows = _rows_about(subject, words)
    yield Goes(gettext("baris impor"), len(rows))
    yield Goes(gettext("berkas dan catatan impor"), len(_proposals_telling(rows, words)))


def _erase(subject: Subject, words: Words) -> None:
    rows = _rows_about(subject, words)
    proposals = _proposals_telling(rows, words)
    drop_files(proposals)
    for proposal in proposals:
        name = NOBODY if words.stand_in(proposal.file_name) else proposal.file_name
        ImportProposal.objects.filter(pk=proposal.pk).update(file_name=name, work_message="", notes=[])
    ProposalRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _sections(subject: Subject) -> Iterator[Section]:
    """Rows of imports as they stood in the files."""
    rows = _rows_about(subject, words_of(subject))
    told = [
        (
            day(row.proposal.created_at),
            row.proposal.file_name,
            str(row.number),
            "; ".join(texts_in(row.raw)) or row.name,
        )
        for row in rows
    ]
    columns = (gettext("Tanggal"), gettext("Berkas"), gettext("Baris"), gettext("Isi"))
    yield Section(gettext("Baris impor"), columns, told)


access.register(_sections)
register(
    Term(
        what=_("Baris dan berkas impor"),
        how_long=_("30 hari sesudah diputuskan; 90 hari bila tidak diputuskan"),
        why=_("Selama itu baris yang salah diperbaiki dan hasilnya masih dapat dilihat."),
        over=lambda at: due(at).count(),
        end=forget,
    )
)
register_purger(Purger(_tell, _erase))
