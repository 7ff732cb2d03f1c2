"""The life of a case: its stages, the case of a sentra that several become, the letters it sends."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from promotions.cases.proposals import proposals
from promotions.choices import OPEN_STAGES, CaseStage, ObstacleKind, StepKind
from promotions.models import CaseLetter, CaseStep, FacilitationCase
from semarang_ikm.shared.time import today
from sentra.choices import PersonalField
from sentra.models import Sentra

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def advance(*, case: FacilitationCase, to: CaseStage, by: "AbstractBaseUser | None") -> bool:
    """Move an open case on. False when it is there already. ValidationError when it is closed, or has no agency to go to."""
    _hold(case)
    if case.stage == to:
        return False
    if not case.is_open:
        raise ValidationError(_("Perkara ini sudah ditutup. Buka lagi dahulu."))
    if to == CaseStage.RUNNING and case.partner_id is None:
        raise ValidationError(_("Pilih mitranya dahulu, simpan, lalu serahkan."))
    _move(case, to, by)
    return True


@transaction.atomic
def close(
    *,
    case: FacilitationCase,
    to: CaseStage,
    on: date,
    outcome: str,
    by: "AbstractBaseUser | None",
    children: Iterable[FacilitationCase] = (),
) -> int:
    """Close a case with its outcome, and those of its businesses that were chosen with it. Returns how many were closed.

    Whatever was closed before stays as it was, so pressing twice closes once.
    """
    chosen = {child.pk for child in children}
    joined = list(case.children.filter(pk__in=chosen)) if chosen else []
    return sum(_close(each, to, on, outcome, by) for each in (case, *joined))


@transaction.atomic
def reopen(*, case: FacilitationCase, by: "AbstractBaseUser | None") -> bool:
    """Take a closed case up again; its outcome stays to be read. False when it is open."""
    _hold(case)
    if case.is_open:
        return False
    case.closed_on = None
    _move(case, CaseStage.RUNNING if case.partner_id else CaseStage.VERIFIED, by)
    return True


@transaction.atomic
def join(*, sentra: Sentra, kind: str, by: "AbstractBaseUser | None") -> tuple[FacilitationCase | None, int]:
    """Make of what is proposed one case of the sentra, or let it join the one there is.

    Returns that case and how many joined now. A second press finds nothing proposed and joins none.
    """
    # Two officers who press at once wait for each other here.
    Sentra.objects.select_for_update().only("pk").get(pk=sentra.pk)
    proposed = next((each for each in proposals(FacilitationCase.objects.all(), sentra) if each.kind == kind), None)
    if proposed is None:
        return FacilitationCase.objects.open().filter(sentra=sentra, kind=kind).order_by("opened_on", "pk").first(), 0
    shared = proposed.joins or FacilitationCase.objects.create(
        sentra=sentra,
        kind=kind,
        title=_("%(kind)s: perkara bersama") % {"kind": ObstacleKind(kind).label},
        description="\n".join(dict.fromkeys(case.title for case in proposed.cases)),
        # The obstacle is as old as the first report of it.
        opened_on=min(case.opened_on for case in proposed.cases),
    )
    for case in proposed.cases:
        case.parent = shared
        case.save(update_fields=["parent", "updated_at"])
        _note(case, StepKind.STAGE, _("Digabung ke %(number)s") % {"number": shared.number}, by)
    numbers = ", ".join(case.number for case in proposed.cases)
    _note(shared, StepKind.STAGE, _("Perkara digabung: %(numbers)s") % {"numbers": numbers}, by)
    return shared, len(proposed.cases)


@transaction.atomic
def leave(*, case: FacilitationCase, by: "AbstractBaseUser | None") -> bool:
    """Let a case of a business stand alone again. False when it does."""
    held = FacilitationCase.objects.select_for_update().get(pk=case.pk)
    if held.parent is None:
        return False
    _note(held, StepKind.STAGE, _("Dilepas dari %(number)s") % {"number": held.parent.number}, by)
    _note(held.parent, StepKind.STAGE, _("Perkara dilepas: %(numbers)s") % {"numbers": held.number}, by)
    case.parent = held.parent = None
    held.save(update_fields=["parent", "updated_at"])
    return True


@transaction.atomic
def write_letter(*, letter: CaseLetter, by: "AbstractBaseUser | None") -> CaseLetter:
    """Store a letter under the next number of its case, and note as a step what it hands to the agency.

    Sent a second time by the same form, the letter that is there already is returned.
    """
    case = letter.case
    _hold(case)
    if (there := case.letters.filter(key=letter.key).first()) is not None:
        return there
    last = max((int(each.rpartition("/")[2]) for each in case.letters.values_list("number", flat=True)), default=0)
    letter.number = f"{case.number}/{last + 1}"
    letter.written_by_id = by.pk if by else None
    letter.save()
    _note(case, StepKind.LETTER, _account(letter), by)
    return letter


def _account(letter: CaseLetter) -> str:
    """What a letter tells to whom, in a step."""
    to = letter.addressed_to.splitlines()[0]
    text = _("Surat %(number)s kepada %(to)s.") % {"number": letter.number, "to": to[:120]}
    if letter.codes:
        text += " " + _("Usaha disebut: %(count)d.") % {"count": len(letter.codes)}
    names = ", ".join(str(PersonalField(value).label) for value in letter.personal)
    return text + " " + (_("Data pribadi: %(names)s.") % {"names": names} if names else _("Tanpa data pribadi."))


def _hold(case: FacilitationCase) -> None:
    """Hold the row until commit, and take over what another officer may just have done to it."""
    stored = FacilitationCase.objects.select_for_update().only("stage", "closed_on", "partner").get(pk=case.pk)
    case.stage, case.closed_on, case.partner_id = stored.stage, stored.closed_on, stored.partner_id


def _close(case: FacilitationCase, to: CaseStage, on: date, outcome: str, by: "AbstractBaseUser | None") -> bool:
    _hold(case)
    if not case.is_open:
        return False
    case.closed_on, case.outcome, case.due_on = max(on, case.opened_on), outcome, None
    _move(case, to, by)
    return True


def _move(case: FacilitationCase, to: CaseStage, by: "AbstractBaseUser | None") -> None:
    before = case.get_stage_display()
    case.stage = to
    if to in OPEN_STAGES:
        fields = ["stage", "closed_on", "updated_at"]
    else:
        fields = ["stage", "closed_on", "outcome", "due_on", "updated_at"]
    case.save(update_fields=fields)
    _note(case, StepKind.STAGE, f"{before} → {case.get_stage_display()}", by)


def _note(case: FacilitationCase, kind: StepKind, text: str, by: "AbstractBaseUser | None") -> None:
    CaseStep.objects.create(case=case, kind=kind, done_on=today(), text=text[:500], done_by_id=by.pk if by else None)
