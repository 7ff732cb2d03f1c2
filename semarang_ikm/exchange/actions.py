"""What officers do with a proposal: bring it, choose, approve or discard. Keyword-only, atomic, each done once."""

from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from semarang_ikm.exchange.choices import RowState, Stage
from semarang_ikm.exchange.comparing import Judged, Line, compare
from semarang_ikm.exchange.files import form_of, read_file
from semarang_ikm.exchange.kinds import KINDS
from semarang_ikm.exchange.kinds.base import CHUNK
from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from semarang_ikm.exchange.workbooks import WrongLine
from semarang_ikm.exchange.world import World
from semarang_ikm.shared import bulk
from semarang_ikm.shared.background import WorkState
from semarang_ikm.shared.files import own_files, remove_after_commit

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# What a comparison says of a row.
DESCRIBED = ("state", "cells", "candidates", "ticked", "code", "name")


def propose(*, kind: str, data: bytes, name: str, by: "User") -> tuple[ImportProposal, bool]:
    """A proposal whose rows a worker reads. Returns it, and whether it is new: a file that still waits is not read twice.

    Raises FileRefused, before anything is stored, for what cannot be read as this kind.
    """
    form = form_of(data)
    read_file(data, KINDS[kind].columns, whole=False)
    digest = sha256(data).hexdigest()
    with transaction.atomic():
        waiting = ImportProposal.objects.filter(
            kind=kind, digest=digest, created_by=by, stage__in=[Stage.READING, Stage.READY, Stage.APPLYING]
        ).exclude(work_state=WorkState.FAILED)
        if (former := waiting.first()) is not None:
            return former, False
        proposal = ImportProposal(
            kind=kind, form=form, file_name=name[-120:], digest=digest, created_by=by, language=get_language() or "id"
        )
        proposal.file.save(f"impor.{form}", ContentFile(data), save=False)
        proposal.save()
        from semarang_ikm.exchange.tasks import read_proposal

        read_proposal.enqueue(proposal.pk)
    return proposal, True


@transaction.atomic
def choose(*, proposal: ImportProposal, shown: list[int], ticked: set[int], answers: dict[int, str]) -> None:
    """Keep what was ticked and answered among the rows `shown` (primary keys). A changed answer is judged at once."""
    _locked_open(proposal)
    rows = list(proposal.rows.filter(pk__in=shown))
    asked = [row for row in rows if answers.get(row.pk, row.answer) != row.answer]
    for row in asked:
        row.answer = answers[row.pk][:20]
        row.save(update_fields=["answer"])
    if asked:
        judge_again(proposal, asked)
    for row in rows:
        if row in asked:
            continue
        wanted = row.can_be_written and row.pk in ticked
        if row.ticked != wanted:
            row.ticked = wanted
            row.save(update_fields=["ticked"])


@transaction.atomic
def tick_all(*, proposal: ImportProposal, state: str, ticked: bool) -> None:
    """Tick, or not, every row of one state ("": of every state that can be written)."""
    _locked_open(proposal)
    states = [state] if state in {RowState.NEW, RowState.CHANGED} else [RowState.NEW, RowState.CHANGED]
    proposal.rows.filter(state__in=states).update(ticked=ticked)


def judge_again(proposal: ImportProposal, rows: list[ProposalRow]) -> list[Judged]:
    """Compare these rows with what is there now, and store what they would do. Rows that can be written are ticked."""
    judged, world = compare(KINDS[proposal.kind], lines_of_rows(rows), proposal.created_by)
    changed = []
    for row, found in zip(rows, judged, strict=True):
        before = [getattr(row, name) for name in DESCRIBED]
        describe(row, found, KINDS[proposal.kind], world)
        if before != [getattr(row, name) for name in DESCRIBED]:
            changed.append(row)
    bulk.put(changed, DESCRIBED)
    if changed:
        transaction.on_commit(partial(_mark_anew, proposal.pk))
    return judged


def _mark_anew(pk: int) -> None:
    from semarang_ikm.exchange.tasks import mark_proposal

    mark_proposal.enqueue(pk)


def lines_of_rows(rows: list[ProposalRow]) -> list[Line]:
    return [Line(row.number, row.raw, row.answer) for row in rows]


def describe(row: ProposalRow, found: Judged, kind, world: World) -> ProposalRow:
    """Give the stored row what was found about it."""
    row.state = found.state
    row.name = found.name[:160]
    row.cells = [cell.as_json() for cell in found.cells]
    row.code = found.code[:80]
    row.ticked = row.can_be_written
    if found.match.candidates or not row.answer:
        row.candidates = [
            {"code": kind.identity_of(pk, world), "name": kind.title_of(pk, world), "why": str(why)}
            for pk, why in found.match.candidates
        ]
    return row


@transaction.atomic
def approve(*, proposal: ImportProposal, by: "User") -> bool:
    """Have the ticked rows written by a worker. False: somebody was quicker. Raises ValidationError when none is ticked."""
    if not proposal.rows.filter(ticked=True).exists():
        raise ValidationError(_("Tidak ada baris yang dicentang. Centang baris yang akan disimpan."))
    if not _decide(proposal, Stage.APPLYING, by):
        return False
    from semarang_ikm.exchange.tasks import apply_proposal

    ImportProposal.objects.filter(pk=proposal.pk).update(work_state=WorkState.WAITING, work_done=0, work_total=0)
    apply_proposal.enqueue(proposal.pk)
    return True


@transaction.atomic
def discard(*, proposal: ImportProposal, by: "User") -> bool:
    """Close without writing; its rows go. False: it was decided on already."""
    if not _decide(proposal, Stage.DISCARDED, by):
        return False
    proposal.rows.all().delete()
    drop_files([proposal])
    return True


@transaction.atomic
def drop_files(proposals: Iterable[ImportProposal]) -> None:
    """What was uploaded, and what was made of it."""
    for proposal in proposals:
        remove_after_commit(own_files(proposal), for_good=True)
        proposal.file, proposal.marked = "", ""
        ImportProposal.objects.filter(pk=proposal.pk).update(file="", marked="")


def wrong_lines(proposal: ImportProposal) -> list[WrongLine]:
    return [
        WrongLine(row.number, row.raw, {cell["key"]: cell["error"] for cell in row.cells if cell.get("error")})
        for row in proposal.rows.filter(state=RowState.WRONG).iterator(chunk_size=CHUNK)
    ]


def _decide(proposal: ImportProposal, stage: Stage, by: "User") -> bool:
    """Only what was read can be approved; what could not be read can still be closed."""
    waiting = ImportProposal.objects.filter(pk=proposal.pk)
    ready = Q(stage=Stage.READY)
    if stage == Stage.DISCARDED:
        ready |= Q(stage=Stage.READING, work_state=WorkState.FAILED)
    return bool(waiting.filter(ready).update(stage=stage, decided_by=by, decided_at=timezone.now()))


def _locked_open(proposal: ImportProposal) -> None:
    """Raises ValidationError when the proposal is not, or no longer, to be decided on."""
    if not ImportProposal.objects.select_for_update().filter(pk=proposal.pk, stage=Stage.READY).exists():
        raise ValidationError(_("Impor ini sudah diputuskan. Muat ulang halamannya."))
