"""What officers do to a fair selection: decide about a business, accept the proposal, fill an edition from it."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from products.models import Product
from promotions.actions.attendance import enter_businesses
from promotions.actions.editions import add_products
from promotions.choices import DecisionKind
from promotions.models import CatalogueEdition, FairSelection, SelectionDecision
from promotions.selecting.gathering import gather
from promotions.selecting.proposing import propose
from promotions.selecting.record import mark_of, read, stored
from semarang_ikm.shared.journal import note
from sentra.models import Ikm

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class AlreadyAccepted(ValidationError):
    """Nothing of an accepted selection changes; the message says what can be done instead."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Seleksi ini sudah diterima, jadi tidak dapat diubah lagi. Catat siapa yang mundur, atau buka lagi seleksinya."
            )
        )


class Changed(ValidationError):
    """The data or the rules changed between the look and the acceptance."""

    def __init__(self) -> None:
        super().__init__(_("Data berubah sejak usulan ini dibuka, jadi belum diterima. Periksa usulan yang baru ini."))


@transaction.atomic
def decide(*, selection: FairSelection, business: Ikm, kind: str, reason: str, by: "User") -> SelectionDecision:
    """Put the business in or leave it out, with a reason; a former decision about it is replaced."""
    _hold_open(selection)
    reason = " ".join(reason.split())
    decision = SelectionDecision.objects.filter(selection=selection, ikm=business).first()
    decision = decision or SelectionDecision(selection=selection, ikm=business)
    decision.kind, decision.reason, decision.decided_by_id = kind, reason, by.pk
    decision.full_clean()
    decision.save()
    told = {"code": business.code, "decision": DecisionKind(kind).label, "reason": reason}
    note(record=selection, by=by, message=_("%(code)s: %(decision)s (%(reason)s)") % told)
    return decision


@transaction.atomic
def take_back(*, selection: FairSelection, business: Ikm, by: "User | None") -> bool:
    """Let the rules decide about the business again. Returns False when there was no decision."""
    _hold_open(selection)
    count, _models = SelectionDecision.objects.filter(selection=selection, ikm=business).delete()
    if count:
        note(record=selection, by=by, message=_("%(code)s: keputusan ditarik") % {"code": business.code})
    return bool(count)


@transaction.atomic
def accept(*, selection: FairSelection, seen: str, by: "User") -> bool:
    """Enter the chosen in the ledger and keep the outcome for good; `seen` is the mark of the proposal on the page.

    Returns False when the selection was accepted before: a second press does nothing.
    """
    hold(selection)
    if not selection.is_open:
        return False
    if selection.promotion.cancelled_on is not None:
        raise ValidationError(_("Acara ini dibatalkan, jadi pesertanya tidak dicatat."))
    record = propose(selection)
    if mark_of(record) != seen:
        raise Changed
    if not record.chosen:
        raise ValidationError(_("Belum ada usaha yang dapat dipilih. Ubah aturannya atau lengkapi data usaha."))
    codes = [line.code for line in record.chosen]
    there = set(selection.promotion.appearances.values_list("ikm__code", flat=True))
    enter_businesses(promotion=selection.promotion, businesses=Ikm.objects.filter(code__in=codes), by=by)
    selection.outcome = {**stored(record), "entered": [code for code in codes if code not in there]}
    selection.accepted_at, selection.accepted_by_id = timezone.now(), by.pk
    selection.save(update_fields=["outcome", "accepted_at", "accepted_by", "updated_at"])
    note(record=selection, by=by, message=_("Diterima: %(count)d peserta") % {"count": len(codes)})
    return True


@transaction.atomic
def fill_edition(*, selection: FairSelection, edition: CatalogueEdition, at_most: int, by: "User | None") -> int:
    """Add to a draft edition what the chosen have ready, at most so many products of each, in the order of the choice.

    Returns how many are new. Ready is what meets the conditions today, so that nothing comes in that a pre-flight refuses.
    """
    if selection.is_open:
        raise ValidationError(_("Terima dulu usulannya; sesudah itu katalog dapat diisi."))
    ready = gather(selection).ready_products
    wanted = [pk for code in coming(selection) for pk in ready.get(code, ())[:at_most]]
    products = Product.objects.in_bulk(wanted)
    return add_products(edition=edition, products=[products[pk] for pk in wanted], by=by)


def coming(selection: FairSelection) -> list[str]:
    """Codes of who takes part as things stand: as chosen, without who withdrew, and last who came instead."""
    changes = list(selection.withdrawals.select_related("ikm", "replaced_by"))
    gone = {change.ikm.code for change in changes}
    chosen = [line.code for line in read(selection.outcome).chosen]
    instead = [change.replaced_by.code for change in changes if change.replaced_by]
    return [code for code in (*chosen, *instead) if code not in gone]


def hold(selection: FairSelection) -> None:
    """Hold the row until commit, and take over what another officer may just have done to it."""
    FairSelection.objects.select_for_update().only("pk").get(pk=selection.pk)
    selection.refresh_from_db()


def _hold_open(selection: FairSelection) -> None:
    hold(selection)
    if not selection.is_open:
        raise AlreadyAccepted
