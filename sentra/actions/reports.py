"""Reports of wrong data: received once, worked through by officers, emptied when their time is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from semarang_ikm.shared.journal import note
from semarang_ikm.shared.visitors import daily_mark, keyed_mark
from sentra.choices import OPEN_REPORTS, ReportStatus
from sentra.codes import issue_codes
from sentra.models import DataReport
from sentra.querysets import MARKS_KEPT

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# One address may be that of a whole mobile network: far above what people send, far below what a program does.
MOST_PER_SENDER, WINDOW = 30, timedelta(hours=1)
ERASED = {"wrong": "", "right": "", "contact": "", "note": "", "answer_note": ""}


@dataclass(frozen=True)
class TooManyReports(Exception):
    """This sender has sent as many as may be; `again_at` is when the next one is taken."""

    again_at: datetime


@transaction.atomic
def receive(*, report: DataReport, address: str, at: datetime | None = None) -> DataReport:
    """Store a new report and give it its number; the same one sent again within a day is the one already stored.

    `address` is the sender's (semarang_ikm.shared.visitors) and is not kept. Raises TooManyReports.
    """
    at = at or timezone.now()
    erase_due(at=at)
    report.sender_mark = daily_mark(address, timezone.localdate(at))
    about = report.subject_code or str(report.kelurahan_id or "")
    report.text_mark = keyed_mark(address, report.kind, about, report.wrong, report.right, report.contact)
    with transaction.atomic():
        # Locks the counter's row until the end, so that a double click goes through one after the other.
        (report.code,) = issue_codes(DataReport.CODE_PREFIX)
        sent_before = DataReport.objects.filter(text_mark=report.text_mark, created_at__gt=at - MARKS_KEPT).first()
        if sent_before is not None:
            # The number that was taken goes back.
            transaction.set_rollback(True)
            return sent_before
        _refuse_floods(address, at)
        report.save()
    return report


def _refuse_floods(address: str, at: datetime) -> None:
    """The window may have begun yesterday, under another mark."""
    days = {timezone.localdate(at), timezone.localdate(at - WINDOW)}
    recent = DataReport.objects.recent(at - WINDOW, [daily_mark(address, day) for day in days])
    times = list(recent.order_by("-created_at").values_list("created_at", flat=True)[:MOST_PER_SENDER])
    if len(times) == MOST_PER_SENDER:
        raise TooManyReports(times[-1] + WINDOW)


@transaction.atomic
def move_report(*, report: DataReport, to: str, by: "User", at: datetime | None = None) -> bool:
    """Lead a report to this status, noting who did it; whether anything changed. Back to new means: nobody's."""
    report.refresh_from_db(fields=["status", "handled_by", "closed_at"])
    if report.status == to:
        return False
    report.status = ReportStatus(to)
    report.handled_by = None if to == ReportStatus.NEW else by
    report.closed_at = None if to in OPEN_REPORTS else at or timezone.now()
    report.save(update_fields=["status", "handled_by", "closed_at", "updated_at"])
    note(record=report, by=by, message=report.get_status_display())
    return True


@transaction.atomic
def erase_due(*, at: datetime | None = None) -> int:
    """Empty every report whose time is over, and the marks that have served; returns how many were emptied."""
    at = at or timezone.now()
    DataReport.objects.with_old_marks(at).update(sender_mark="", text_mark="")
    return DataReport.objects.due_for_erasure(at).update(**ERASED, erased_at=at)


def erase_reports(reports: Iterable[DataReport], *, at: datetime | None = None) -> int:
    """Empty these reports now; an open one is closed by nobody and stays in the queue, empty."""
    at = at or timezone.now()
    keys = [report.pk for report in reports]
    return DataReport.objects.filter(pk__in=keys, erased_at__isnull=True).update(**ERASED, erased_at=at)
