"""After a selection was accepted: who does not come, who is next in line, and opening all of it again (ADR 19)."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.actions.attendance import enter_businesses
from promotions.actions.holding import hold_all_unpublished
from promotions.actions.selections import Changed, coming, hold
from promotions.choices import DecisionKind
from promotions.models import Appearance, FairSelection, SelectionDecision, SelectionReopening, SelectionWithdrawal
from promotions.selecting.proposing import Standing, propose
from promotions.selecting.record import Line, Record, mark_of
from semarang_ikm.shared import publishing
from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.time import today
from sentra.models import Ikm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class NotAccepted(ValidationError):
    """There is nobody yet who could withdraw."""

    def __init__(self) -> None:
        super().__init__(_("Seleksi ini belum diterima. Ubah usulannya dengan “Tidak ikut”."))


def standing(selection: FairSelection) -> Standing:
    changes = list(selection.withdrawals.select_related("ikm"))
    gone = frozenset(change.ikm.code for change in changes)
    return Standing(frozenset(coming(selection)), gone, sum(change.replaced_by_id is None for change in changes))


def next_in_line(selection: FairSelection) -> tuple[list[Line], Record]:
    """Who is next for the places that became free, by the same rules and today's data; and the record it is read from."""
    stands = standing(selection)
    record = propose(selection, standing=stands)
    return [line for line in record.chosen if line.code not in stands.coming], record


@transaction.atomic
def withdraw(*, selection: FairSelection, business: Ikm, reason: str, by: "User") -> bool:
    """Record that a participant does not come: the line in the ledger goes. False: it was recorded before."""
    _hold_accepted(selection)
    _must_be_allowed(selection, by)
    if selection.withdrawals.filter(ikm=business).exists():
        return False
    if business.code not in coming(selection):
        raise ValidationError(_("Usaha ini bukan peserta seleksi ini."))
    row = SelectionWithdrawal(selection=selection, ikm=business, reason=" ".join(reason.split()), recorded_by=by)
    row.full_clean()
    row.save()
    for line in Appearance.objects.filter(promotion=selection.promotion, ikm=business):
        line.delete()
    _note(selection, by, _("%(code)s mundur: %(reason)s") % {"code": business.code, "reason": row.reason})
    return True


@transaction.atomic
def stay(*, selection: FairSelection, business: Ikm, by: "User") -> bool:
    """The participant comes after all; only while nobody else has the place. False: nothing was recorded."""
    _hold_accepted(selection)
    row = selection.withdrawals.filter(ikm=business).first()
    if row is None:
        return False
    if row.replaced_by_id is not None:
        raise ValidationError(_("Tempatnya sudah diberikan kepada penggantinya."))
    row.delete()
    enter_businesses(promotion=selection.promotion, businesses=[business], by=by)
    _note(selection, by, _("%(code)s jadi ikut") % {"code": business.code})
    return True


@transaction.atomic
def replace(*, selection: FairSelection, seen: str, by: "User") -> int:
    """Give the free places to whoever is next in line; `seen` is the mark of the record on the page. Returns how many."""
    _hold_accepted(selection)
    if not selection.withdrawals.filter(replaced_by__isnull=True).exists():
        return 0
    lines, record = next_in_line(selection)
    if mark_of(record) != seen:
        raise Changed
    businesses = {row.code: row for row in Ikm.objects.filter(code__in=[line.code for line in lines])}
    for row, line in zip(selection.withdrawals.filter(replaced_by__isnull=True), lines, strict=False):
        row.replaced_by = businesses[line.code]
        row.full_clean()
        row.save()
        _note(selection, by, _("%(new)s menggantikan %(old)s") % {"new": line.code, "old": row.ikm.code})
    enter_businesses(promotion=selection.promotion, businesses=businesses.values(), by=by)
    return len(businesses)


# -- opening again ----------------------------------------------------------------------------------------------------


def why_closed(selection: FairSelection) -> list[str]:
    """What rests on an accepted selection, a sentence for each; empty where it can be opened again."""
    promotion, told = selection.promotion, []
    codes = promotion.editions.filter(published_at__isnull=False).order_by("pk").values_list("code", flat=True)
    if codes:
        printed = ngettext(
            "Edisi %(codes)s untuk acara ini sudah terbit dengan peserta ini.",
            "Edisi %(codes)s untuk acara ini sudah terbit dengan peserta ini.",
            len(codes),
        )
        told.append(printed % {"codes": ", ".join(codes)})
    if promotion.status == PublicationStatus.PUBLISHED:
        told.append(_("Halaman acaranya sudah terbit dan menyebut peserta ini; kembalikan dulu menjadi draf."))
    if promotion.starts_on <= today():
        told.append(_("Acaranya sudah dimulai."))
    return told


@transaction.atomic
def reopen(*, selection: FairSelection, reason: str, by: "User") -> bool:
    """Take the acceptance back: its outcome is kept, the lines it entered go, who withdrew stays out. False: it is open.

    Lines that somebody wrote on since stay. Raises ValidationError while something rests on it, or without a reason.
    """
    # An edition that is being published comes first, and is found then.
    hold_all_unpublished()
    hold(selection)
    if selection.accepted_at is None:
        return False
    _must_be_allowed(selection, by)
    if told := why_closed(selection):
        raise ValidationError(told)
    changes = list(selection.withdrawals.select_related("ikm", "replaced_by"))
    withdrawn = [[row.ikm.code, row.replaced_by.code if row.replaced_by else ""] for row in changes]
    row = SelectionReopening(
        selection=selection,
        outcome={**selection.outcome, "withdrawn": withdrawn},
        accepted_at=selection.accepted_at,
        accepted_by=selection.accepted_by,
        reason=" ".join(reason.split()),
        reopened_by=by,
    )
    row.full_clean()
    row.save()
    _remove_entered(selection)
    for change in changes:
        _exclude(change)
    selection.outcome, selection.accepted_at, selection.accepted_by = {}, None, None
    selection.save(update_fields=["outcome", "accepted_at", "accepted_by", "updated_at"])
    _note(selection, by, _("Dibuka lagi: %(reason)s") % {"reason": row.reason})
    return True


def _remove_entered(selection: FairSelection) -> None:
    chosen = {line["code"] for line in selection.outcome["chosen"]}
    by_hand = chosen - set(selection.outcome.get("entered", chosen))
    lines = Appearance.objects.filter(promotion=selection.promotion, ikm__code__in=set(coming(selection)) - by_hand)
    for line in lines.filter(note="", products__isnull=True):
        line.delete()


def _exclude(change: SelectionWithdrawal) -> None:
    """Who withdrew is not chosen again, and says why."""
    kept = SelectionDecision.objects.filter(selection=change.selection, ikm=change.ikm).first()
    kept = kept or SelectionDecision(selection=change.selection, ikm=change.ikm)
    kept.kind, kept.reason, kept.decided_by = DecisionKind.EXCLUDE, change.reason, change.recorded_by
    kept.save()
    change.delete()


def _hold_accepted(selection: FairSelection) -> None:
    hold(selection)
    if selection.is_open:
        raise NotAccepted
    if selection.promotion.starts_on < today():
        raise ValidationError(_("Acaranya sudah dimulai. Catat perubahannya pada daftar peserta di halaman acaranya."))


def _must_be_allowed(selection: FairSelection, by: "User") -> None:
    if not publishing.may_work_on(by, selection.promotion):
        raise publishing.NotAllowed(_("Acara ini sudah terbit, jadi pesertanya dicatat oleh penerbit."))


def _note(selection: FairSelection, by: "User", message: str) -> None:
    note(record=selection, by=by, message=message)
