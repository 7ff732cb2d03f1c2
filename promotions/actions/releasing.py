"""Publishing a small edition at once, and a large one by the worker, who looks once more before it freezes (ADR 17)."""

from enum import Enum, auto
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from promotions.actions import editions
from promotions.actions.holding import hold
from promotions.actions.preflight import must_be_fit
from promotions.editions.freezing import prepare
from promotions.models import CatalogueEdition, EditionFreezing
from promotions.models.edition_freezing import WHY_LENGTH
from semarang_ikm.shared.background import MESSAGE_LENGTH, WorkRefused, WorkState
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.publishing import may_publish
from sentra.choices import ChangeKind
from sentra.history import recording_if_any

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Products of an edition that is published while the officer waits: 60 photos take two seconds, 500 thirteen.
AT_ONCE = 60


class Release(Enum):
    PUBLISHED = auto()
    ASKED = auto()
    # It is published already, or being published.
    NOTHING = auto()


def is_large(edition: CatalogueEdition) -> bool:
    return edition.entries.count() > AT_ONCE


def release(*, edition: CatalogueEdition, by: "User", why: str = "") -> Release:
    """Publish the edition, or have it published. Raises what `editions.publish` raises; a second press does nothing."""
    if is_large(edition):
        return Release.ASKED if ask(edition=edition, by=by, why=why) else Release.NOTHING
    # Before the transaction, so that nobody waits for the photos.
    prepare(edition)
    return Release.PUBLISHED if editions.publish(edition=edition, by=by) else Release.NOTHING


@transaction.atomic
def ask(*, edition: CatalogueEdition, by: "User", why: str = "") -> bool:
    """Hand the publishing to the worker. False: it was asked for already, or done. Raises NotFit."""
    from promotions.tasks import freeze_edition  # it imports what the actions write

    hold(edition)
    work = EditionFreezing.objects.filter(edition=edition).first() or EditionFreezing(edition=edition)
    if edition.published_at or (work.pk and work.is_under_way):
        return False
    must_be_fit(edition=edition)
    work.asked_by, work.asked_at, work.why = by, timezone.now(), why.strip()[:WHY_LENGTH]
    work.language = get_language() or "id"
    work.work_state, work.work_message, work.work_changed_at = WorkState.WAITING, "", timezone.now()
    work.work_done = work.work_total = 0
    work.save()
    count = edition.entries.count()
    asked = ngettext("Diminta terbit: %(count)d produk", "Diminta terbit: %(count)d produk", count) % {"count": count}
    note(record=edition, by=by, message=f"{asked}. {work.why}" if work.why else asked)
    freeze_edition.enqueue(work.pk)
    return True


def carry_out(work: EditionFreezing) -> None:
    """Publish what was asked for, as it is now and while it may be. Raises WorkRefused; then nothing was published."""
    edition, by = work.edition, work.asked_by
    if not may_publish(by, edition):
        raise WorkRefused(_("Petugas yang meminta tidak boleh menerbitkan lagi. Penerbit lain dapat memintanya."))
    try:
        prepare(edition, work.report)
        with recording_if_any(kind=ChangeKind.EDIT, by=by, why=work.why):
            editions.publish(edition=edition, by=by)
    except ValidationError as refusal:
        raise WorkRefused(_briefly(refusal.messages)) from refusal
    except DatabaseError as collision:
        raise WorkRefused(
            _("Data berubah sementara edisi dibekukan, jadi belum terbit. Minta sekali lagi.")
        ) from collision


def not_published(work: EditionFreezing) -> None:
    """The edition's own log says why its publishing ended without it."""
    message = _("Tidak jadi terbit: %(why)s") % {"why": work.work_message}
    note(record=work.edition, by=work.asked_by, message=message)


def _briefly(messages: list[str]) -> str:
    """As many whole sentences as the record holds."""
    told = messages[0][:MESSAGE_LENGTH]
    for sentence in messages[1:]:
        if len(told) + len(sentence) < MESSAGE_LENGTH:
            told = f"{told} {sentence}"
    return told
