"""What the admin pages of this app share: saves and deletions go through sentra.actions."""

from functools import partial

from django.db.models import Model
from django.http import HttpRequest

from semarang_ikm.shared.admin import bulk_edit
from semarang_ikm.shared.admin import merging as merge_pages
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.admin.records import RecordAdmin
from sentra.actions import merging
from sentra.actions.deletion import delete
from sentra.actions.saving import saved
from sentra.choices import ChangeKind
from sentra.history import recording


class _Actions:
    def after_save(self, request: HttpRequest, record: Model, changed: frozenset[str]) -> None:
        saved(record=record)

    def discard(self, record: Model) -> None:
        delete(record=record)


class SentraRecordAdmin(_Actions, RecordAdmin):
    pass


class SentraPublishableAdmin(_Actions, PublishableAdmin):
    pass


merge_pages.register(merging)
bulk_edit.register(partial(recording, kind=ChangeKind.BULK))
