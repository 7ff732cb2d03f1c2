"""What the admin pages of this app share: what follows a save goes through promotions.actions."""

from django.db.models import Model
from django.http import HttpRequest

from promotions.actions import saving
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.admin.records import RecordAdmin


class _Actions:
    def after_save(self, request: HttpRequest, record: Model, changed: frozenset[str]) -> None:
        saving.saved(record=record)

    def discard(self, record: Model) -> None:
        saving.delete(record=record)


class PromotionsRecordAdmin(_Actions, RecordAdmin):
    pass


class PromotionsPublishableAdmin(_Actions, PublishableAdmin):
    pass
