"""What the admin pages of this app share: what follows a save goes through products.actions."""

from contextlib import AbstractContextManager
from typing import Any

from django.db.models import Field, Model
from django.http import HttpRequest

from products.actions.saving import saved
from semarang_ikm.shared.admin.bulk_edit import BulkEdit
from semarang_ikm.shared.admin.merging import MergeViews
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.admin.records import RecordAdmin
from sentra.actions import merging
from sentra.choices import ChangeKind
from sentra.history import recording
from sentra.models import ChangeSet
from sentra.models.addressable import Coded


class _Actions:
    def after_save(self, request: HttpRequest, record: Model, changed: frozenset[str]) -> None:
        saved(record=record, changed=changed)


class ProductsRecordAdmin(_Actions, RecordAdmin):
    pass


class ProductsPublishableAdmin(_Actions, MergeViews, BulkEdit, PublishableAdmin):
    """What the public may see, and what two records of one thing become."""

    def mergeable(self, record: Coded) -> list[Field]:
        return merging.choices(record)

    def moving(self, gone: Coded) -> list[merging.Moving]:
        return merging.moving(gone)

    def merge(self, *, kept: Coded, gone: Coded, take: list[str], by: Any, why: str) -> None:
        merging.merge(kept=kept, gone=gone, take=take, by=by, why=why)

    def recording_many(self, by: Any, why: str) -> AbstractContextManager[ChangeSet]:
        return recording(kind=ChangeKind.BULK, by=by, why=why)
