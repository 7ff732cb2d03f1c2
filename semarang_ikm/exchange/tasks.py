"""What the worker does for imports (docs/adr/0016-background-work.md): read and compare a file; write approved rows."""

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from semarang_ikm.exchange.actions import describe, drop_files, judge_again, lines_of_rows, wrong_lines
from semarang_ikm.exchange.choices import Outcome, RowState, Stage
from semarang_ikm.exchange.comparing import Judged, compare, lines_of
from semarang_ikm.exchange.files import read_file
from semarang_ikm.exchange.kinds import KINDS
from semarang_ikm.exchange.models import ImportProposal, ProposalRow
from semarang_ikm.exchange.problems import FileRefused
from semarang_ikm.exchange.returned import marked
from semarang_ikm.exchange.world import World
from semarang_ikm.shared import bulk
from semarang_ikm.shared.background import WorkRefused, WorkState, working
from semarang_ikm.shared.files import remove_after_commit
from sentra.choices import ChangeKind
from sentra.history import recording
from sentra.models import DataVersion

CHUNK = 500


@task()
def read_proposal(pk: int) -> None:
    """Read the file of a proposal and store what each row would do. A file without a wrong row goes then."""
    proposal = ImportProposal.objects.filter(pk=pk, stage=Stage.READING).exclude(file="").first()
    if proposal is None:
        return
    with override(proposal.language), working(proposal):
        kind = KINDS[proposal.kind]
        try:
            with proposal.file.open() as stored:
                read = read_file(stored.read(), kind.columns)
        except FileRefused as refusal:
            raise WorkRefused(str(refusal)) from refusal
        lines, notes = lines_of(read, kind)
        if not lines:
            raise WorkRefused(_("Tidak ada baris data di bawah judul kolom. Isi tabelnya, lalu unggah lagi."))
        judged, world = compare(kind, lines, proposal.created_by, proposal.report)
        with transaction.atomic():
            for start in range(0, len(judged), CHUNK):
                ProposalRow.objects.bulk_create(
                    describe(ProposalRow(proposal=proposal, number=row.line.number, raw=row.line.raw), row, kind, world)
                    for row in judged[start : start + CHUNK]
                )
            if not any(row.state == RowState.WRONG for row in judged):
                drop_files([proposal])
            proposal.headings = [list(pair) for pair in zip(read.headings.texts, read.headings.keys, strict=True)]
            proposal.notes = [*read.sheet.notes, *notes]
            proposal.stage = Stage.READY
            proposal.save(update_fields=["headings", "notes", "stage", "updated_at"])

        mark(proposal)


@task()
def mark_proposal(pk: int) -> None:
    """Mark the file anew: other rows are wrong now."""
    proposal = ImportProposal.objects.filter(pk=pk).exclude(file="").first()
    if proposal is not None:
        mark(proposal)


def mark(proposal: ImportProposal) -> None:
    """Keep the officer's file with its wrong rows marked. One that cannot be is given back as a table of those rows."""
    former = proposal.marked.name
    lines = wrong_lines(proposal)
    proposal.marked = ""
    if lines and proposal.file:
        with proposal.file.open() as stored, override(proposal.language):
            data = marked(stored.read(), proposal.form, KINDS[proposal.kind], lines)
        if data is not None:
            proposal.marked.save(f"ditandai.{proposal.form}", ContentFile(data), save=False)
    with transaction.atomic():
        ImportProposal.objects.filter(pk=proposal.pk).update(marked=proposal.marked.name or "")
        if former:
            remove_after_commit([(proposal.marked.storage, former)], for_good=True)


@task()
def apply_proposal(pk: int) -> None:
    """Write the ticked rows in one transaction. Rows about which something changed since are held back, and said."""
    proposal = ImportProposal.objects.filter(pk=pk, stage=Stage.APPLYING).first()
    if proposal is None:
        return
    with override(proposal.language), working(proposal):
        try:
            why = _("Impor %(file)s") % {"file": proposal.file_name}
            # Compared before the transaction, so that other officers can save meanwhile; again inside it if they did.
            version = DataVersion.now()
            rows = list(proposal.rows.filter(ticked=True))
            judged, _world = compare(KINDS[proposal.kind], lines_of_rows(rows), proposal.created_by)
            with recording(kind=ChangeKind.IMPORT, by=proposal.decided_by, why=why) as change_set:
                proposal.change_set = change_set
                _hold(judged)
                if version != DataVersion.now():
                    judged, _world = compare(KINDS[proposal.kind], lines_of_rows(rows), proposal.created_by)
                _write(proposal, rows, judged)
        except DatabaseError as error:
            told = _("Data berubah sementara baris disimpan, jadi tidak ada yang disimpan. Coba simpan sekali lagi.")
            raise WorkRefused(told) from error
    if proposal.work_state == WorkState.FAILED:
        ImportProposal.objects.filter(pk=pk).update(stage=Stage.READY, decided_by=None, decided_at=None)


def _hold(judged: list[Judged]) -> None:
    """The records that would be changed, until the commit, in one order for everybody: whoever saves one of them either
    did so before the versions are compared, or waits."""
    records = [found.record for found in judged if found.record is not None]
    keys = sorted(record.pk for record in records)
    for start in range(0, len(keys), CHUNK):
        rows = type(records[0])._base_manager.filter(pk__in=keys[start : start + CHUNK])
        list(rows.order_by("pk").select_for_update().values_list("pk"))


def _write(proposal: ImportProposal, rows: list[ProposalRow], judged: list[Judged]) -> None:
    kind = KINDS[proposal.kind]
    may_change_public = kind.may_change_public(proposal.decided_by)
    fine: list[tuple[ProposalRow, Judged]] = []
    held: list[ProposalRow] = []
    for row, found in zip(rows, judged, strict=True):
        approved = _would_do(row.state, row.code, row.cells)
        does = _would_do(found.state, found.code, [cell.as_json() for cell in found.cells])
        if approved == does and (may_change_public or not kind.is_public(found.record)):
            fine.append((row, found))
        else:
            held.append(row)
    new = [(row, found) for row, found in fine if found.state == RowState.NEW]
    changed = [(row, found) for row, found in fine if found.state == RowState.CHANGED]
    world = World(by=proposal.decided_by)
    for (row, _found), record in zip(new, kind.create([found.given for _row, found in new], world), strict=True):
        row.code = kind.identity(record)[:80]
    kind.update([(found.record, found.given) for _row, found in changed], world)
    bulk.put([row for row, _found in new], ["code"])
    _mark([row for row, _found in fine], Outcome.APPLIED)
    if held:
        # Then they show what they would do now.
        judge_again(proposal, held)
        _mark(held, Outcome.HELD)
    proposal.stage = Stage.APPLIED
    proposal.save(update_fields=["stage", "change_set", "updated_at"])


def _mark(rows: list[ProposalRow], outcome: Outcome) -> None:
    """A row stays ticked: it tells that its officer wanted it written."""
    for start in range(0, len(rows), CHUNK):
        chunk = [row.pk for row in rows[start : start + CHUNK]]
        ProposalRow.objects.filter(pk__in=chunk).update(outcome=outcome)


def _would_do(state: str, code: str, cells: list[dict]) -> tuple:
    """What an officer approved: the kind of change, whom it meets, and every cell before and after."""
    return str(state), code, [(cell["key"], cell.get("before"), cell.get("after")) for cell in cells]
