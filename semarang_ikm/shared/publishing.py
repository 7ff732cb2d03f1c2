"""The one door through which a record's publication status changes.

An app registers what its records need before the public may see them, and what follows once it does.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.journal import note
from semarang_ikm.shared.models import Publishable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django_stubs_ext import StrOrPromise

# Each takes a record of the model that it is registered for.
Missing = Callable[[Any], Iterable["StrOrPromise"]]
Follow = Callable[[Any], None]

_missing: dict[type[Publishable], Missing] = {}
_follow: dict[type[Publishable], Follow] = {}
_moved: dict[type[Publishable], Follow] = {}


class NotReady(ValidationError):
    """The record lacks something that the public page cannot do without; the messages name each."""


def register(
    model: type[Publishable],
    *,
    missing: Missing | None = None,
    follow: Follow | None = None,
    moved: Follow | None = None,
) -> None:
    """`missing(record)` gives a sentence per obstacle; `follow(record)` runs after publishing, `moved(record)` after
    every change of status, both in its transaction."""
    if missing:
        _missing[model] = missing
    if follow:
        _follow[model] = follow
    if moved:
        _moved[model] = moved


def obstacles(record: Publishable) -> list[str]:
    """Why this record cannot be published now; empty when it can."""
    check = _missing.get(type(record))
    return [str(reason) for reason in check(record)] if check else []


@transaction.atomic
def publish(*, record: Publishable, by: "AbstractBaseUser | None") -> None:
    """Show the record to the public. The first day on which it was public stays. Raises NotReady."""
    _lock(record)
    if reasons := obstacles(record):
        raise NotReady(reasons)
    if record.published_at is None:
        record.published_at = timezone.now()
    _set(record, PublicationStatus.PUBLISHED, by)
    if follow := _follow.get(type(record)):
        follow(record)


@transaction.atomic
def archive(*, record: Publishable, by: "AbstractBaseUser | None") -> None:
    """Take the record from the public; if it was ever public, its address now answers 410."""
    _lock(record)
    _set(record, PublicationStatus.ARCHIVED, by)


@transaction.atomic
def back_to_draft(*, record: Publishable, by: "AbstractBaseUser | None") -> None:
    """Take the record from the public to work on it; its address answers 404 until it is published again."""
    _lock(record)
    _set(record, PublicationStatus.DRAFT, by)


@transaction.atomic
def ask_review(*, record: Publishable, by: "AbstractBaseUser | None") -> None:
    """Hand the record to whoever may publish."""
    _lock(record)
    _set(record, PublicationStatus.IN_REVIEW, by)


ACTIONS = {
    PublicationStatus.PUBLISHED: publish,
    PublicationStatus.ARCHIVED: archive,
    PublicationStatus.DRAFT: back_to_draft,
    PublicationStatus.IN_REVIEW: ask_review,
}


def move(*, record: Publishable, to: str, by: "AbstractBaseUser | None") -> None:
    """The action that leads to status `to`; nothing happens when the record is there already."""
    if record.status != to:
        ACTIONS[PublicationStatus(to)](record=record, by=by)


def _lock(record: Publishable) -> None:
    """Hold the row until commit, and take over what another officer may just have done to it."""
    manager = type(record)._default_manager
    stored = manager.select_for_update().only("status", "published_at").get(pk=record.pk)
    record.status, record.published_at = stored.status, stored.published_at


def _set(record: Publishable, status: PublicationStatus, by: "AbstractBaseUser | None") -> None:
    before = record.get_status_display()
    record.status = status
    record.save(update_fields=["status", "published_at", "updated_at"])
    if moved := _moved.get(type(record)):
        moved(record)
    after = record.get_status_display()
    note(record=record, by=by, message=gettext("Status: %(before)s → %(after)s") % {"before": before, "after": after})
