"""The file store: what is written is on the disk, and its private room holds what only staff may open."""

import os
import secrets
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import models


class DurableFileSystemStorage(FileSystemStorage):
    """A file is on the disk, not only in memory, before the row that names it can commit."""

    def _save(self, name: str, content: Any) -> str:
        stored: str = super()._save(name, content)  # type: ignore[misc]  # Storage.save calls it; the stubs leave it out
        path = self.path(stored)
        _sync(path, os.O_RDONLY)
        _sync(str(PurePosixPath(path).parent), os.O_RDONLY | os.O_DIRECTORY)
        return stored


def _sync(path: str, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def private_storage() -> Storage:
    """Called lazily by file fields, so that a test can point MEDIA_ROOT elsewhere."""
    return storages["private"]


def evidence_path(instance: models.Model, filename: str) -> str:
    """An own name; only the ending of the uploaded one is kept, since it decides how a browser opens it."""
    ending = PurePosixPath(filename).suffix.lower()[:5]
    return f"{instance._meta.model_name}/{secrets.token_hex(16)}{ending}"
