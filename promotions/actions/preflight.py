"""The gate before publishing, and the reasons that open it (promotions.preflight)."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from promotions.actions.holding import hold
from promotions.models import CatalogueEdition, EditionWaiver, LayoutCheck
from promotions.preflight.checks import Report, examine
from semarang_ikm.shared.background import WorkState
from semarang_ikm.shared.journal import note

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# Sentences in a refusal; the page "Periksa" has them all.
TOLD = 3


class NotFit(ValidationError):
    """The edition has findings that nobody mended or gave a reason for."""

    def __init__(self, report: Report) -> None:
        counts = _("Belum dapat terbit: %(red)s, %(amber)s.") % {
            "red": ngettext("%(n)d harus diperbaiki", "%(n)d harus diperbaiki", len(report.red))
            % {"n": len(report.red)},
            "amber": ngettext("%(n)d menunggu alasan", "%(n)d menunggu alasan", len(report.amber))
            % {"n": len(report.amber)},
        }
        says = [finding.says for finding in (report.red or report.amber)[:TOLD]]
        super().__init__([counts, *says, _("Semuanya ada di halaman Periksa.")])


def must_be_fit(*, edition: CatalogueEdition) -> None:
    """Raises NotFit unless every finding is mended or has a reason."""
    report = examine(edition)
    if not report.is_fit:
        raise NotFit(report)


@transaction.atomic
def measure(*, edition: CatalogueEdition) -> bool:
    """Have the pages laid out and looked at in the background. Returns False while that is already going on."""
    from promotions.tasks import measure_layout  # it imports what the actions write

    check, _new = LayoutCheck.objects.select_for_update().get_or_create(
        edition=edition, defaults={"work_state": WorkState.DONE}
    )
    if check.is_under_way:
        return False
    LayoutCheck.objects.filter(pk=check.pk).update(work_state=WorkState.WAITING, work_message="")
    transaction.on_commit(partial(measure_layout.enqueue, check.pk))
    return True


@transaction.atomic
def waive(*, edition: CatalogueEdition, keys: Collection[str], reason: str, by: "AbstractBaseUser") -> int:
    """Keep why these amber findings may pass. Returns how many are new; red ones and what is no finding stay as they are."""
    if not reason.strip():
        raise ValidationError(_("Tulis alasannya."))
    hold(edition)
    if edition.published_at:
        raise ValidationError(_("Edisi ini sudah terbit; alasannya tidak dapat diubah lagi."))
    wanted = [finding.key for finding in examine(edition).amber if finding.key in keys]
    EditionWaiver.objects.bulk_create(
        [EditionWaiver(edition=edition, finding=key, reason=reason.strip(), given_by_id=by.pk) for key in wanted],
        ignore_conflicts=True,
    )
    if wanted:
        message = _("Alasan untuk %(count)d temuan: %(reason)s") % {"count": len(wanted), "reason": reason.strip()}
        note(record=edition, by=by, message=message)
    return len(wanted)


@transaction.atomic
def take_back(*, edition: CatalogueEdition, keys: Collection[str], by: "AbstractBaseUser") -> int:
    """Take back reasons given before the edition is published. Returns how many."""
    hold(edition)
    if edition.published_at:
        raise ValidationError(_("Edisi ini sudah terbit; alasannya tidak dapat diubah lagi."))
    count, _models = edition.waivers.filter(finding__in=keys).delete()
    if count:
        note(record=edition, by=by, message=_("Alasan untuk %(count)d temuan dicabut") % {"count": count})
    return count
