"""What the admin pages of this app share: what follows a save goes through products.actions."""

from django.db.models import Model
from django.http import HttpRequest

from products.actions.saving import saved
from semarang_ikm.shared.admin.bulk_edit import BulkEdit
from semarang_ikm.shared.admin.merging import MergeViews
from semarang_ikm.shared.admin.publishable import PublishableAdmin
from semarang_ikm.shared.admin.records import RecordAdmin


class _Actions:
    def after_save(self, request: HttpRequest, record: Model, changed: frozenset[str]) -> None:
        saved(record=record, changed=changed)


class ProductsRecordAdmin(_Actions, RecordAdmin):
    pass


class ProductsPublishableAdmin(_Actions, MergeViews, BulkEdit, PublishableAdmin):
    pass
