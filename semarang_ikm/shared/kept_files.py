"""Made files on disk, by the key of their content: made once, by one process at a time, thrown away when old.

The key is a hash of all that a file shows, so what was withdrawn is asked for under no key any more; the file itself
goes with the next one that is made after its two days.
"""

import fcntl
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# Seconds.
MAX_AGE = 2 * 24 * 3600


_all: list["KeptFiles"] = []


def empty_all() -> None:
    """Throw every made file away: a person's data were taken out for good, and any of them may show some."""
    for kept in _all:
        kept.empty()


class Busy(Exception):
    """Another file is being made and takes longer than a reader should wait."""


class KeptFiles:
    """A folder under var/. `endings`: of the files that are made in turn; by-products have others."""

    def __init__(self, name: str, endings: tuple[str, ...], max_files: int) -> None:
        self.name, self.endings, self.max_files = name, endings, max_files
        _all.append(self)

    @property
    def folder(self) -> Path:
        return Path(settings.VAR_DIR) / self.name

    def get_or_make(self, name: str, make: Callable[[], bytes], wait: float) -> Path:
        """The file of this name; `make` is called only if there is none. Raises Busy, and whatever `make` raises."""
        path = self.folder / name
        if not _fresh(path):
            with self._turn(wait):
                if not _fresh(path):
                    _write(path, make())
                    self.prune(keep=path)
        return path

    def by_product(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Something small (a reduced photo) under a name that always means the same content; no turn is needed."""
        path = self.folder / name
        if not _fresh(path):
            self.folder.mkdir(parents=True, exist_ok=True)
            _write(path, make())
        return path.read_bytes()

    @contextmanager
    def _turn(self, wait: float) -> Iterator[None]:
        """One at a time on this machine, for at most `wait` seconds of standing in line."""
        self.folder.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + wait
        with (self.folder / "lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise Busy from None
                    time.sleep(0.1)
            yield

    def empty(self) -> None:
        """A file that is being made meanwhile is made of data as they are."""
        for path in self.folder.glob("*"):
            if path.name != "lock" and path.suffix != ".part":
                path.unlink(missing_ok=True)

    def prune(self, keep: Path) -> None:
        """Remove what is old, the oldest files beyond the number we keep, and leftovers of a crash."""
        now = time.time()
        kept = []
        for path in self.folder.iterdir():
            if path == keep or path.name == "lock":
                continue
            changed = path.stat().st_mtime
            # Only the one whose turn it is makes files; a by-product's unfinished copy is seconds old.
            if now - changed >= (60 if path.suffix == ".part" else MAX_AGE):
                path.unlink(missing_ok=True)
            elif path.suffix in self.endings:
                kept.append((changed, path))
        for _changed, path in sorted(kept, reverse=True)[self.max_files - 1 :]:
            path.unlink(missing_ok=True)


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
