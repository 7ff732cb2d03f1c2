"""The one door through which a record's publication status changes.

Who may publish a model may lead its records anywhere; who may only change it leads them between draft and review.
An app registers what its records need before the public may see them, and what follows once it does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.journal import note as write_note
from semarang_ikm.shared.models import Publishable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import Model
    from django_stubs_ext import StrOrPromise

# Each takes a record of the model that it is registered for.
Missing = Callable[[Any], Iterable["StrOrPromise"]]
Follow = Callable[[Any], None]

# What whoever may change a record works on; the rest belongs to whoever may publish.
OPEN = (PublicationStatus.DRAFT, PublicationStatus.IN_REVIEW)

_missing: dict[type[Publishable], Missing] = {}
_follow: dict[type[Publishable], Follow] = {}
_moved: dict[type[Publishable], Follow] = {}
_watchers: list[Callable[["Step"], None]] = []


class NotReady(ValidationError):
    """The record lacks something that the public page cannot do without; the messages name each."""


class NotAllowed(ValidationError):
    """This officer may not lead the record there; the message says who may."""


@dataclass(frozen=True)
class Step:
    """A change of status that has just been written. Without an officer: shipped content, or a command."""

    record: Publishable
    before: str
    to: PublicationStatus
    by: "User | None"
    note: str


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


def watch(watcher: Callable[[Step], None]) -> None:
    """Call `watcher(step)` after every change of status of every model, in its transaction."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def obstacles(record: Publishable) -> list[str]:
    """Why this record cannot be published now; empty when it can."""
    check = _missing.get(type(record))
    return [str(reason) for reason in check(record)] if check else []


# -- who may ----------------------------------------------------------------------------------------------------------


def may_publish(by: "User | AnonymousUser | None", model: "type[Model] | Model") -> bool:
    """Whether this officer may show rows of the model to the public and take them away. Nobody: a command, which may."""
    return by is None or by.has_perm(f"{model._meta.app_label}.publish_{model._meta.model_name}")


def may_work_on(by: "User | AnonymousUser | None", record: Publishable) -> bool:
    """Whether the status of the record leaves it to this officer, who may change the model otherwise."""
    return record.status in OPEN or may_publish(by, record)


def ways(record: Publishable, by: "User | AnonymousUser | None") -> list[PublicationStatus]:
    """The statuses to which this officer may lead the record, and the one that it has."""
    if may_publish(by, record):
        return list(PublicationStatus)
    return list(OPEN) if record.status in OPEN else [PublicationStatus(record.status)]


def _refuse_strangers(record: Publishable, to: PublicationStatus, by: "User | None") -> None:
    if to not in ways(record, by):
        raise NotAllowed(
            gettext(
                "Hanya penerbit yang dapat menerbitkan, mengarsipkan, atau mengubah yang sudah terbit. "
                "Pilih “Menunggu pemeriksaan” agar penerbit memeriksanya."
            )
            if record.status in OPEN
            else gettext("Data ini sudah terbit atau diarsipkan; hanya penerbit yang dapat mengubah statusnya.")
        )


# -- the ways ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def publish(*, record: Publishable, by: "User | None", note: str = "") -> None:
    """Show the record to the public. The first day on which it was public stays. Raises NotReady, NotAllowed."""
    _lock(record)
    _refuse_strangers(record, PublicationStatus.PUBLISHED, by)
    if reasons := obstacles(record):
        raise NotReady(reasons)
    if record.published_at is None:
        record.published_at = timezone.now()
    _set(record, PublicationStatus.PUBLISHED, by, note)
    if follow := _follow.get(type(record)):
        follow(record)


@transaction.atomic
def archive(*, record: Publishable, by: "User | None", note: str = "") -> None:
    """Take the record from the public; if it was ever public, its address now answers 410. Raises NotAllowed."""
    _lock(record)
    _set(record, PublicationStatus.ARCHIVED, by, note)


@transaction.atomic
def back_to_draft(*, record: Publishable, by: "User | None", note: str = "") -> None:
    """Take the record from the public, or from review, to work on it; `note` says what is wanted. Raises NotAllowed.

    Its address answers 404 until it is published again.
    """
    _lock(record)
    _set(record, PublicationStatus.DRAFT, by, note)


@transaction.atomic
def ask_review(*, record: Publishable, by: "User | None", note: str = "") -> None:
    """Hand the record to whoever may publish. Raises NotAllowed."""
    _lock(record)
    _set(record, PublicationStatus.IN_REVIEW, by, note)


ACTIONS = {
    PublicationStatus.PUBLISHED: publish,
    PublicationStatus.ARCHIVED: archive,
    PublicationStatus.DRAFT: back_to_draft,
    PublicationStatus.IN_REVIEW: ask_review,
}


def move(*, record: Publishable, to: str, by: "User | None", note: str = "") -> None:
    """The action that leads to status `to`; nothing happens when the record is there already."""
    if record.status != to:
        ACTIONS[PublicationStatus(to)](record=record, by=by, note=note)


def _lock(record: Publishable) -> None:
    """Hold the row until commit, and take over what another officer may just have done to it."""
    manager = type(record)._default_manager
    stored = manager.select_for_update().only("status", "published_at").get(pk=record.pk)
    record.status, record.published_at = stored.status, stored.published_at


def _set(record: Publishable, to: PublicationStatus, by: "User | None", note: str) -> None:
    _refuse_strangers(record, to, by)
    before, shown_before = record.status, record.get_status_display()
    record.status = to
    record.save(update_fields=["status", "published_at", "updated_at"])
    if moved := _moved.get(type(record)):
        moved(record)
    message = gettext("Status: %(before)s → %(after)s") % {"before": shown_before, "after": record.get_status_display()}
    write_note(record=record, by=by, message=f"{message}. {note}" if note else message)
    for watcher in _watchers:
        watcher(Step(record, before, to, by, note))
