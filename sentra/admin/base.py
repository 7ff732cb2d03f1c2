"""What the admin pages of this app share: saves and deletions go through sentra.actions."""

from contextlib import AbstractContextManager
from typing import Any

from django.db.models import Field, Model
from django.http import HttpRequest

from semarang_ikm.shared.admin.bulk_edit import BulkEdit
from semarang_ikm.shared.admin.merging import MergeViews
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.admin.records import RecordAdmin
from sentra.actions import merging
from sentra.actions.deletion import delete
from sentra.actions.saving import saved
from sentra.choices import ChangeKind
from sentra.history import recording
from sentra.models import ChangeSet
from sentra.models.addressable import Coded


class _Actions:
    def after_save(self, request: HttpRequest, record: Model, changed: frozenset[str]) -> None:
        saved(record=record)

    def discard(self, record: Model) -> None:
        delete(record=record)


class Merging(MergeViews):
    """Records with codes of this app, made one through sentra.actions.merging."""

    def mergeable(self, record: Coded) -> list[Field]:
        return merging.choices(record)

    def moving(self, gone: Coded) -> list[merging.Moving]:
        return merging.moving(gone)

    def merge(self, *, kept: Coded, gone: Coded, take: list[str], by: Any, why: str) -> None:
        merging.merge(kept=kept, gone=gone, take=take, by=by, why=why)


class ManyAtOnce(BulkEdit):
    """One field of many records, as one set of changes."""

    def recording_many(self, by: Any, why: str) -> AbstractContextManager[ChangeSet]:
        return recording(kind=ChangeKind.BULK, by=by, why=why)


class SentraRecordAdmin(_Actions, RecordAdmin):
    pass


class SentraPublishableAdmin(_Actions, PublishableAdmin):
    pass
