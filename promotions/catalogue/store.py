"""Finished PDFs on disk, by the key of their document: made once, by one process at a time, thrown away when old."""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# A file can hold what its owner withdraws tomorrow, so none outlives two days.
MAX_AGE = 2 * 24 * 3600
MAX_FILES = 60
WAIT_SECONDS = 45.0


class Busy(Exception):
    """Another PDF is being made and takes longer than a reader should wait."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "pdf"


def get_or_make(key: str, make: Callable[[], bytes], wait: float = WAIT_SECONDS) -> Path:
    """The file of this key; `make` is called only if there is none. Raises Busy, and whatever `make` raises."""
    path = folder() / f"{key}.pdf"
    if not _fresh(path):
        with _turn(wait):
            if not _fresh(path):
                _write(path, make())
                prune(keep=path)
    return path


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """A by-product (a reduced photo) under a name that always means the same content."""
    path = folder() / name
    if not _fresh(path):
        folder().mkdir(parents=True, exist_ok=True)
        _write(path, make())
    return path.read_bytes()


def _fresh(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime < MAX_AGE
    except FileNotFoundError:
        return False


def _write(path: Path, content: bytes) -> None:
    """Readers see the whole file or none."""
    unfinished = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
    unfinished.write_bytes(content)
    unfinished.replace(path)


@contextmanager
def _turn(wait: float) -> Iterator[None]:
    """One PDF at a time on this machine: setting 500 products takes a processor and 400 MiB."""
    folder().mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait
    with (folder() / "lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy from None
                time.sleep(0.1)
        yield


def prune(keep: Path) -> None:
    """Remove what is old, the oldest documents beyond the number we keep, and leftovers of a crash."""
    now = time.time()
    documents = []
    for path in folder().iterdir():
        if path == keep or path.suffix not in {".pdf", ".part", ".jpg"}:
            continue
        changed = path.stat().st_mtime
        # Only the one whose turn it is writes documents; a photo's unfinished copy is seconds old.
        if now - changed >= (60 if path.suffix == ".part" else MAX_AGE):
            path.unlink(missing_ok=True)
        elif path.suffix == ".pdf":
            documents.append((changed, path))
    for _changed, path in sorted(documents, reverse=True)[MAX_FILES - 1 :]:
        path.unlink(missing_ok=True)
