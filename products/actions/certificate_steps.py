"""A certificate's journey: requested, facilitated, issued, then expired or revoked, or renewed by another one.

Every step is taken here, under a lock, once however often it is sent, and leaves a line that says when and who.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.choices import CertificationStage
from products.models import Certification, CertificationStep
from semarang_ikm.shared import bulk
from semarang_ikm.shared.time import today

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_WORDS = CertificationStep._meta.get_field("note").max_length
NUMBER_TAKEN = gettext_lazy("Nomor sertifikat ini sudah tercatat.")
NEXT: dict[str, tuple[CertificationStage, ...]] = {
    CertificationStage.REQUESTED: (CertificationStage.FACILITATED, CertificationStage.ISSUED),
    CertificationStage.FACILITATED: (CertificationStage.ISSUED,),
    CertificationStage.ISSUED: (CertificationStage.EXPIRED, CertificationStage.REVOKED),
    CertificationStage.EXPIRED: (),
    CertificationStage.REVOKED: (),
}

# Stages of a certificate that somebody has in hand, or had.
OUT = (CertificationStage.ISSUED, CertificationStage.EXPIRED, CertificationStage.REVOKED)


@dataclass(frozen=True)
class Paper:
    """What stands on a certificate that was issued. `expires_on` None: no fixed end, on the ground of `legal_basis`."""

    number: str
    issued_on: date
    expires_on: date | None
    legal_basis: str = ""
    scan: File | None = None


def next_stages(certification: Certification) -> tuple[CertificationStage, ...]:
    """Where it can go from here, today. What still lasts, or never ends by itself, cannot have ended."""
    lasts = certification.expires_on is not None and certification.expires_on >= today()
    ends = not lasts and not never_ends(certification)
    return tuple(stage for stage in NEXT[certification.stage] if ends or stage != CertificationStage.EXPIRED)


def never_ends(certification: Certification) -> bool:
    """Whether it has no end by the rule of its day, or on a ground of its own. An end that nobody recorded is one."""
    if certification.expires_on is not None:
        return False
    rule = certification.kind.rule_on(certification.issued_on or today())
    if rule is not None and rule.has_fixed_end is False:
        return True
    ground = certification.legal_basis
    return bool(ground) and (rule is None or ground != rule.legal_basis)


@transaction.atomic
def begin(*, certifications: Iterable[Certification], by: "User | None") -> None:
    """The first lines of certificates that were just recorded, at whatever stage they are."""
    bulk.create(line for each in certifications for line in first_lines(each, by))


def first_lines(certification: Certification, by: "User | None") -> list[CertificationStep]:
    """What its own dates tell of it: when it was issued, when it ended; the day of recording where they are silent."""
    stage, issued_on = certification.stage, certification.issued_on
    days: dict[str, date] = {}
    if issued_on is not None and stage in OUT:
        days[CertificationStage.ISSUED] = issued_on
    if stage == CertificationStage.EXPIRED and certification.expires_on is not None:
        days[stage] = min(certification.expires_on + timedelta(days=1), today())
    days.setdefault(stage, today())
    return [
        CertificationStep(certification=certification, stage=each, reached_on=day, moved_by=by)
        for each, day in days.items()
    ]


@transaction.atomic
def move(*, certification: Certification, to: str, by: "User | None", on: date, note: str = "") -> bool:
    """Lead it to the next stage as of that day. False when it is there already; ValidationError when no way leads there."""
    locked = _lock(certification)
    if locked.stage == to:
        return False
    if to not in next_stages(locked):
        raise ValidationError(_no_way(locked, to))
    locked.stage = to
    locked.save(update_fields=["stage", "updated_at"])
    _write(locked, on, by, note)
    return True


@transaction.atomic
def issue(*, certification: Certification, paper: Paper, by: "User") -> bool:
    """It was issued: what stands on the paper is stored, and the officer who saw it has checked it."""
    locked = _lock(certification)
    if locked.stage == CertificationStage.ISSUED:
        return False
    if CertificationStage.ISSUED not in NEXT[locked.stage]:
        raise ValidationError(_no_way(locked, CertificationStage.ISSUED))
    if Certification.objects.filter(kind=locked.kind, number=paper.number).exclude(pk=locked.pk).exists():
        raise ValidationError({"number": NUMBER_TAKEN})
    locked.stage = CertificationStage.ISSUED
    _fill(locked, paper, by)
    _write(locked, paper.issued_on, by)
    return True


@transaction.atomic
def renew(*, certification: Certification, paper: Paper, by: "User") -> Certification:
    """The certificate that follows this one, for the same products. The old one stays and points at it.

    A number that this business already has recorded is linked, not stored twice. Sent twice, it renews once.
    """
    old = _lock(certification)
    if old.successor is not None:
        return old.successor
    if old.stage not in (CertificationStage.ISSUED, CertificationStage.EXPIRED):
        raise ValidationError(_("Hanya sertifikat yang sudah terbit dapat diperpanjang."))
    new = _recorded(old, paper.number)
    if new is None:
        new = Certification(kind=old.kind, ikm=old.ikm, holder_name=old.holder_name, stage=CertificationStage.ISSUED)
        _fill(new, paper, by)
        new.products.set(old.products.all())
        _write(new, paper.issued_on, by, _("Perpanjangan dari %(number)s") % {"number": old.number})
    old.successor = new
    old.needs_recheck = False
    old.save(update_fields=["successor", "needs_recheck", "updated_at"])
    if CertificationStage.EXPIRED in next_stages(old) and old.expires_on is not None:
        move(certification=old, to=CertificationStage.EXPIRED, by=None, on=old.expires_on + timedelta(days=1))
    return new


@transaction.atomic
def answer_recheck(*, certification: Certification, by: "User", reason: str) -> bool:
    """An officer asked, and it still holds: the flag goes, the reason stays. False when it was not flagged."""
    locked = _lock(certification)
    if not locked.needs_recheck:
        return False
    locked.needs_recheck = False
    locked.checked_on, locked.checked_by = today(), by
    locked.save(update_fields=["needs_recheck", "checked_on", "checked_by", "updated_at"])
    _write(locked, today(), by, reason)
    return True


@transaction.atomic
def flag(certifications: QuerySet[Certification], *, on: date, note: str) -> int:
    """Their ground has changed on that day: somebody has to ask. Returns how many were flagged anew."""
    anew = certifications.filter(needs_recheck=False)
    lines = [
        CertificationStep(certification=row, stage=row.stage, reached_on=on, note=note[:MOST_WORDS]) for row in anew
    ]
    count = bulk.update(anew, needs_recheck=True)
    bulk.create(lines)
    return count


def _lock(certification: Certification) -> Certification:
    return Certification.objects.select_for_update().get(pk=certification.pk)


def _no_way(certification: Certification, to: str) -> str:
    return _("Dari “%(before)s” tidak ada langkah ke “%(after)s”.") % {
        "before": certification.get_stage_display(),
        "after": CertificationStage(to).label,
    }


def _fill(certification: Certification, paper: Paper, by: "User") -> None:
    """Store what the paper says. Raises ValidationError by field where it breaks a rule of the model."""
    certification.number, certification.legal_basis = paper.number, paper.legal_basis
    certification.issued_on, certification.expires_on = paper.issued_on, paper.expires_on
    certification.checked_on, certification.checked_by = today(), by
    if paper.scan is not None:
        certification.scan = paper.scan
    certification.full_clean(exclude=["scan"])
    certification.save()


def _recorded(old: Certification, number: str) -> Certification | None:
    """The certificate of the same business that already bears the new number, or None."""
    found = Certification.objects.filter(kind=old.kind, number=number).first()
    if found is None:
        return None
    if found.pk == old.pk:
        raise ValidationError({"number": _("Ini nomor sertifikat yang lama. Tulis nomor pada sertifikat yang baru.")})
    if found.ikm_id != old.ikm_id or hasattr(found, "predecessor") or _leads_to(found, old):
        raise ValidationError({"number": NUMBER_TAKEN})
    return found


def _leads_to(first: Certification, other: Certification) -> bool:
    """Whether the chain of renewals from the first comes to the other."""
    following = first.successor
    while following is not None:
        if following.pk == other.pk:
            return True
        following = following.successor
    return False


def _write(certification: Certification, on: date, by: "User | None", note: str = "") -> None:
    CertificationStep.objects.create(
        certification=certification, stage=certification.stage, reached_on=on, moved_by=by, note=note[:MOST_WORDS]
    )
