"""What stays when a record with an address is deleted: the memory that its address once led somewhere.

A receiver, so that deletions through querysets and relations leave it too. It writes rows only.
"""

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver

from sentra.models import Addressable, PastSlug


@receiver(pre_delete, dispatch_uid="sentra_tombstone")
def leave_tombstone(sender: type, instance: Any, **kwargs: Any) -> None:
    """A record that was ever public answers 410 under its slug and all former ones; a mere draft leaves nothing."""
    if not issubclass(sender, Addressable):
        return
    former = PastSlug.objects.filter(kind=instance.PAGE_KIND, target_id=instance.pk)
    # Product types have no draft state: they are public from the start.
    if not getattr(instance, "was_ever_public", True):
        former.delete()
        return
    former.update(target_id=None, deleted_id=instance.pk)
    PastSlug.objects.update_or_create(
        kind=instance.PAGE_KIND, slug=instance.slug, defaults={"target_id": None, "deleted_id": instance.pk}
    )


def take_tombstone(record: Addressable) -> None:
    """A record that comes back has its address again, and the former ones lead to it."""
    mine = PastSlug.objects.filter(kind=record.PAGE_KIND, deleted_id=record.pk)
    mine.filter(slug=record.slug).delete()
    mine.update(target_id=record.pk, deleted_id=None)
