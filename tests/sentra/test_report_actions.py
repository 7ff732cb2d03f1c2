"""Reports: stored once, held back when they flood, worked through by somebody, emptied in time."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.utils import timezone

from sentra.actions.reports import MOST_PER_SENDER, WINDOW, TooManyReports, erase_due, move_report, receive
from sentra.choices import ReportKind, ReportStatus
from sentra.codes import parse_code
from sentra.models import DataReport
from tests import factories
from tests.sentra.conftest import ROUNDS, WRITERS

pytestmark = pytest.mark.django_db

HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"


def sent(text: str = "Nomornya mati", address: str = HERE, at: datetime | None = None, **fields) -> DataReport:
    return receive(report=DataReport(wrong=text, **fields), address=address, at=at)


def many(at: datetime | None = None) -> None:
    for number in range(MOST_PER_SENDER):
        sent(f"Laporan {number}", at=at)


# -- receiving --------------------------------------------------------------------------------------------------------


def test_numbers_are_issued_one_after_the_other_and_lead_to_no_page() -> None:
    assert [sent("satu").code, sent("dua").code] == ["R-01", "R-02"]
    assert parse_code("R-01") is None


def test_a_number_is_never_given_again() -> None:
    sent("satu").delete()
    assert sent("dua").code == "R-02"


def test_the_same_report_sent_twice_is_one_and_takes_no_number() -> None:
    first, second = sent(), sent()
    assert first.pk == second.pk
    assert DataReport.objects.count() == 1
    assert sent("lain").code == "R-02"


@pytest.mark.parametrize("change", [{"right": "lain"}, {"contact": "+6281215550123"}, {"subject_code": "U-02"}])
def test_whoever_goes_back_and_changes_something_sends_another_one(change: dict) -> None:
    assert sent().pk != sent(**change).pk


def test_the_same_words_about_two_kelurahan_are_two_reports() -> None:
    assert sent(kelurahan=factories.kelurahan()).pk != sent(kelurahan=factories.kelurahan()).pk


def test_after_a_day_the_same_words_are_a_new_report() -> None:
    old = sent()
    DataReport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert sent().pk != old.pk


def test_a_flood_from_one_network_is_held_back_and_told_until_when() -> None:
    many()
    with pytest.raises(TooManyReports) as refusal:
        sent("satu lagi")
    first = DataReport.objects.earliest("created_at")
    assert refusal.value.again_at == first.created_at + WINDOW
    assert DataReport.objects.count() == MOST_PER_SENDER
    assert sent("dari tempat lain", address=ELSEWHERE).code == f"R-{MOST_PER_SENDER + 1}"


def test_what_is_held_back_can_be_repeated_as_often_as_one_likes() -> None:
    """A person who taps "send" again must get the old answer, not a refusal."""
    many()
    assert sent("Laporan 0").code == "R-01"


def test_an_hour_later_the_network_is_open_again() -> None:
    many()
    DataReport.objects.update(created_at=timezone.now() - WINDOW - timedelta(seconds=1))
    assert sent("sekarang").pk


def test_midnight_opens_no_second_door() -> None:
    """The fingerprint changes with the day; the hour does not begin anew."""
    zone = timezone.get_default_timezone()
    before, after = datetime(2026, 11, 24, 23, 50, tzinfo=zone), datetime(2026, 11, 25, 0, 5, tzinfo=zone)
    many(at=before)
    DataReport.objects.update(created_at=before)
    with pytest.raises(TooManyReports):
        sent("lewat tengah malam", at=after)


def test_two_addresses_of_one_ipv6_network_are_one_sender() -> None:
    marks = {sent("a", "2001:db8:1:2::1").sender_mark, sent("b", "2001:db8:1:2:ffff::9").sender_mark}
    other = sent("c", "2001:db8:1:3::1").sender_mark
    assert len(marks) == 1 and other not in marks


def test_no_address_is_kept() -> None:
    report = sent()
    stored = DataReport.objects.filter(pk=report.pk).values().get()
    assert HERE not in str(stored)
    assert stored["sender_mark"] and stored["text_mark"]


# -- working ----------------------------------------------------------------------------------------------------------


def test_an_officer_leads_a_report_on_and_is_noted(officer) -> None:
    report = factories.report()
    assert move_report(report=report, to=ReportStatus.IN_HAND, by=officer)
    report.refresh_from_db()
    assert (report.status, report.handled_by, report.closed_at) == ("in_hand", officer, None)
    assert move_report(report=report, to=ReportStatus.DONE, by=officer)
    report.refresh_from_db()
    assert report.closed_at is not None
    assert LogEntry.objects.filter(object_id=str(report.pk)).count() == 2


def test_doing_it_again_changes_nothing(officer) -> None:
    report = factories.report()
    move_report(report=report, to=ReportStatus.DONE, by=officer)
    closed = DataReport.objects.get().closed_at
    assert not move_report(report=report, to=ReportStatus.DONE, by=factories.user())
    assert (DataReport.objects.get().closed_at, DataReport.objects.get().handled_by) == (closed, officer)


def test_opened_again_a_report_is_nobodys(officer) -> None:
    report = factories.report()
    move_report(report=report, to=ReportStatus.REJECTED, by=officer)
    move_report(report=report, to=ReportStatus.NEW, by=officer)
    assert (report.handled_by, report.closed_at, report.is_open) == (None, None, True)


def test_only_an_open_withdrawal_has_a_term() -> None:
    withdrawal = factories.report(kind=ReportKind.WITHDRAWAL)
    assert withdrawal.act_by == withdrawal.created_at + timedelta(hours=72)
    assert not withdrawal.is_late
    late = factories.report(kind=ReportKind.WITHDRAWAL, created_at=timezone.now() - timedelta(hours=73))
    assert late.is_late
    closed = factories.report(
        kind=ReportKind.WITHDRAWAL, status="done", handled_by=factories.user(), closed_at=timezone.now()
    )
    assert closed.act_by is None and factories.report().act_by is None


def test_the_queue_begins_with_withdrawals_and_ends_with_what_is_closed(officer) -> None:
    done = factories.report(status="done", handled_by=officer, closed_at=timezone.now())
    in_hand = factories.report(status="in_hand", handled_by=officer)
    new = factories.report()
    withdrawal = factories.report(kind=ReportKind.WITHDRAWAL)
    queue = DataReport.objects.for_queue().order_by("urgency", "created_at")
    assert list(queue) == [withdrawal, new, in_hand, done]
    assert set(DataReport.objects.open()) == {withdrawal, new, in_hand}


# -- erasing ----------------------------------------------------------------------------------------------------------


def closed(days: int) -> DataReport:
    moment = timezone.now() - timedelta(days=days)
    return factories.report(
        status="done", handled_by=factories.user(), closed_at=moment, created_at=moment, contact="+6281215550123"
    )


def test_words_and_contact_go_90_days_after_closing() -> None:
    kept, over = closed(89), closed(91)
    over.note = "catatan"
    over.save()
    assert erase_due() == 1
    over.refresh_from_db()
    assert (over.wrong, over.right, over.contact, over.note) == ("", "", "", "")
    assert over.erased_at is not None and over.status == "done"
    kept.refresh_from_db()
    assert kept.contact and kept.erased_at is None


def test_they_go_after_twelve_months_whatever_became_of_the_report() -> None:
    now = timezone.now()
    kept = factories.report(created_at=now - timedelta(days=364))
    over = factories.report(created_at=now - timedelta(days=366))
    assert erase_due() == 1
    over.refresh_from_db()
    assert over.wrong == "" and over.is_open
    kept.refresh_from_db()
    assert kept.wrong


def test_the_day_on_which_they_go_is_told_beforehand() -> None:
    for report in (closed(10), closed(300), factories.report()):
        just_before, then = report.erased_from - timedelta(seconds=1), report.erased_from
        assert report not in DataReport.objects.due_for_erasure(just_before)
        assert report in DataReport.objects.due_for_erasure(then)


def test_fingerprints_go_after_a_day() -> None:
    fresh, old = sent("a"), sent("b")
    DataReport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    erase_due()
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.sender_mark, old.text_mark) == ("", "")
    assert fresh.sender_mark and fresh.text_mark and old.wrong


def test_the_command_erases_and_says_how_many(capsys) -> None:
    closed(91)
    call_command("apply_retention")
    assert "1" in capsys.readouterr().out
    call_command("apply_retention", verbosity=0)
    assert capsys.readouterr().out == ""


def test_a_new_report_erases_what_is_due() -> None:
    over = closed(91)
    sent()
    over.refresh_from_db()
    assert over.erased_at is not None


# -- at the same moment -----------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_same_report_sent_at_the_same_moment_is_stored_once(writers) -> None:
    numbers: list[str] = []

    assert writers(lambda: numbers.append(sent().code)) == []

    assert len(numbers) == WRITERS * ROUNDS
    assert set(numbers) == {"R-01"}


@pytest.mark.django_db(transaction=True)
def test_no_flood_slips_through_between_two_workers(writers, monkeypatch) -> None:
    monkeypatch.setattr("sentra.actions.reports.MOST_PER_SENDER", 5)
    stored: list[str] = []

    def flood() -> None:
        with suppress(TooManyReports):
            stored.append(sent(f"Laporan {factories.number()}").code)

    assert writers(flood) == []

    assert len(stored) == len(set(stored)) == 5
