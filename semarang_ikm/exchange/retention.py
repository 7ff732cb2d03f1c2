"""How long rows of imports are kept: they hold what somebody typed of others (sentra.personal_data.retention)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from semarang_ikm.exchange.choices import Stage
from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from semarang_ikm.shared.files import own_files, remove_after_commit
from sentra.actions.purging import Goes, Purger
from sentra.actions.purging import register as register_purger
from sentra.consent import Subject
from sentra.personal_data.retention import Term, register

# Long enough to mend the wrong rows and to look at what was written.
KEPT_AFTER_DECISION = timedelta(days=30)
KEPT_OPEN = timedelta(days=90)


def due(at: datetime) -> QuerySet[ImportProposal]:
    """Proposals whose rows or file are still here and should not be."""
    over = Q(decided_at__lt=at - KEPT_AFTER_DECISION) | Q(decided_at__isnull=True, updated_at__lt=at - KEPT_OPEN)
    return ImportProposal.objects.filter(over).filter(Q(rows__isnull=False) | ~Q(file="")).distinct()


def forget(at: datetime) -> int:
    """The line that there was an import stays; one that nobody decided on goes as a whole."""
    found = list(due(at))
    files = [file for proposal in found for file in own_files(proposal)]
    ProposalRow.objects.filter(proposal__in=found).delete()
    open_ones = [proposal.pk for proposal in found if proposal.stage in {Stage.READING, Stage.READY}]
    ImportProposal.objects.filter(pk__in=open_ones).delete()
    remove_after_commit(files, for_good=True)
    return len(found)


def _of(subject: Subject) -> QuerySet[ProposalRow]:
    return ProposalRow.objects.filter(Q(code=subject.code) | Q(name__iexact=subject.name))


def _tell(subject: Subject) -> Iterator[Goes]:
    yield Goes(gettext("baris impor"), _of(subject).count())


def _erase(subject: Subject) -> None:
    _of(subject).delete()


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
