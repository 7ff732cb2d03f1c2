"""Which record an address means today: the current slug, a former one, or a permanent code."""

from typing import Any

from django.db.models import Model, QuerySet

from semarang_ikm.shared.addresses import Address
from semarang_ikm.shared.choices import PublicationStatus
from sentra.models import CodeRedirect, Ikm, PastSlug, Sentra

# A merged record may itself have been merged into; longer chains do not occur.
MAX_MERGES = 5


def by_slug(visible: QuerySet, slug: str) -> Address:
    """`visible` holds the rows that the public may see, with the joins of the page."""
    if (record := visible.filter(slug=slug).first()) is not None:
        return Address(record=record)
    hidden = visible.model._default_manager.filter(slug=slug).first()
    if hidden is not None:
        return Address(is_gone=is_withdrawn(hidden))
    past = PastSlug.objects.filter(kind=visible.model.PAGE_KIND, slug=slug).first()
    return _former(visible, past.target_id) if past else Address()


def by_code(visible: QuerySet, code: str) -> Address:
    """The record of a code, or of the one it was merged into. A deleted record gives no address at all."""
    target = visible.model._default_manager.filter(code=survivor_of(code)).values_list("pk", flat=True).first()
    return _former(visible, target)


def survivor_of(code: str) -> str:
    """The code itself, or that of the record which this one's record was merged into."""
    for _step in range(MAX_MERGES):
        survivor = CodeRedirect.objects.filter(code=code).values_list("survivor_code", flat=True).first()
        if survivor is None:
            break
        code = survivor
    return code


def _former(visible: QuerySet, target: int | None) -> Address:
    if (record := visible.filter(pk=target).first()) is not None:
        return Address(now_at=record)
    hidden = visible.model._default_manager.filter(pk=target).first()
    return Address(is_gone=hidden is None or is_withdrawn(hidden))


def is_withdrawn(record: Model) -> bool:
    """Whether a record was public and was taken back, by itself or with whom it belongs to. A draft never was."""
    status: Any = getattr(record, "status", None)
    if status == PublicationStatus.ARCHIVED:
        return True
    owners = (getattr(record, "ikm", None), getattr(record, "sentra", None))
    # `sentra` of a promotion are many, and none of them owns it.
    return status == PublicationStatus.PUBLISHED and any(
        isinstance(owner, Ikm | Sentra) and owner.status == PublicationStatus.ARCHIVED for owner in owners
    )
