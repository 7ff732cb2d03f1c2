"""What a sentra needs before the public sees it. A business needs its name alone: much about it may be unknown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from semarang_ikm.shared.publishing import (
    NotReady,
    archive,
    ask_review,
    back_to_draft,
    move,
    obstacles,
    publish,
    register,
)
from sentra.indexing import refresh
from sentra.models import Sentra

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = ["NotReady", "archive", "ask_review", "back_to_draft", "move", "obstacles", "publish"]


def _missing(sentra: Sentra) -> "Iterator[StrOrPromise]":
    if not sentra.product_types.exists():
        yield _("Jenis produknya belum diisi.")
    if not sentra.locations.exists():
        yield _("Lokasinya belum diisi: tambahkan sedikitnya satu kelurahan.")


# What belongs to a sentra is found by its name only while the sentra is public.
register(Sentra, missing=_missing, moved=refresh)
