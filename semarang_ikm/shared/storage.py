"""The private room of the file store: scans and evidence that only staff may open."""

import secrets
from pathlib import PurePosixPath

from django.core.files.storage import Storage, storages
from django.db import models


def private_storage() -> Storage:
    """Called lazily by file fields, so that a test can point MEDIA_ROOT elsewhere."""
    return storages["private"]


def evidence_path(instance: models.Model, filename: str) -> str:
    """An own name; only the ending of the uploaded one is kept, since it decides how a browser opens it."""
    ending = PurePosixPath(filename).suffix.lower()[:5]
    return f"{instance._meta.model_name}/{secrets.token_hex(16)}{ending}"
