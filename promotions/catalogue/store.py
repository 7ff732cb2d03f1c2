"""Finished PDFs on disk, by the key of their document (semarang_ikm.shared.kept_files)."""

from collections.abc import Callable
from pathlib import Path

from semarang_ikm.shared.kept_files import Busy, KeptFiles

# Setting 500 products takes a processor and 400 MiB: whoever comes second waits this long.
WAIT_SECONDS = 45.0

documents = KeptFiles("pdf", (".pdf",), max_files=60)

__all__ = ["Busy", "documents", "get_or_make", "kept"]


def get_or_make(key: str, make: Callable[[], bytes], wait: float = WAIT_SECONDS) -> Path:
    """The PDF of this key; `make` is called only if there is none. Raises Busy, and whatever `make` raises."""
    return documents.get_or_make(f"{key}.pdf", make, wait)


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """A photo reduced for print."""
    return documents.by_product(name, make)
