"""Deleting for good. What the public sees is archived first, and files go only after the rows are gone."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext

from semarang_ikm.shared.choices import PublicationStatus
from semarang_ikm.shared.files import files_of, remove_after_commit
from semarang_ikm.shared.models import Publishable


class StillPublished(ValidationError):
    """A published record cannot be deleted; the message says how to archive it."""


def refusal(record: models.Model) -> str:
    """Why this record may not be deleted now; "" when it may."""
    if isinstance(record, Publishable) and record.is_published:
        return gettext(
            "“%(record)s” sedang terbit, jadi tidak dapat dihapus. Arsipkan dahulu: pilih status Arsip, lalu simpan."
        ) % {"record": record}
    return ""


@transaction.atomic
def delete(*, record: models.Model) -> None:
    """Delete the record, all that it owns, and their files. Raises StillPublished, or Django's ProtectedError.

    Who did it stands in the admin's log, which keeps its line when the row is gone.
    """
    if isinstance(record, Publishable):
        stored = type(record)._default_manager.select_for_update().only("status").filter(pk=record.pk).first()
        record.status = stored.status if stored else PublicationStatus.DRAFT
    if reason := refusal(record):
        raise StillPublished(reason)
    files = files_of([record])
    record.delete()
    remove_after_commit(files)
