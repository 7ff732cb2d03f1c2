"""Fonts that are installed on this machine. None is shipped: they come from the system's packages."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)


def files_in(folders: Iterable[Path]) -> dict[str, Path]:
    """Every font file by its name without ending."""
    return {path.stem: path for folder in folders for path in sorted(folder.rglob("*.[to]tf"))}


@lru_cache(maxsize=1)
def installed_files() -> dict[str, Path]:
    """Looked up once per process."""
    return files_in(FOLDERS)
