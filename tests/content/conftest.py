"""The shipped files, and a small world of files that a test may change."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from semarang_ikm.content import CONTENT_FOLDER, Content, load, read_content

# The kelurahan that the two sentra and the tests name.
AREAS = ",gunungpati,tandang,jomblang,kandri,sukorejo,miroto,"
SHIPPED_SENTRA = sorted(path.name for path in (CONTENT_FOLDER / "sentra").glob("*.toml"))


@pytest.fixture(scope="session")
def shipped() -> Content:
    """The content as it ships."""
    return read_content()


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped files with the first two sentra and few areas and words, so that a test is quick."""
    small = tmp_path_factory.mktemp("content") / "fixtures"
    shutil.copytree(CONTENT_FOLDER, small)
    for name in SHIPPED_SENTRA[2:]:
        (small / "sentra" / name).unlink()
    keep_lines(small / "areas.csv", lambda line: line.startswith("kecamatan") or f",{line.split(',')[3]}," in AREAS)
    keep_lines(small / "area_aliases.csv", lambda line: ",gunungpati," in line)
    keep_lines(small / "search_variants.csv", lambda line: line.startswith("kerupuk,"))
    return small


def keep_lines(path: Path, is_kept: Callable[[str], bool]) -> None:
    head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *filter(is_kept, lines)]), encoding="utf-8")


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small folder that the test may change."""
    return Path(shutil.copytree(small_folder, tmp_path / "fixtures"))


@pytest.fixture
def edit(folder: Path) -> Callable[[str, str, str], None]:
    """`edit("sentra/01-...", old, new)` changes a file of the copy; the old text must be there."""

    def change(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.fixture
def seeded(db, folder: Path) -> Path:
    """The copy, loaded."""
    load(read_content(folder))
    return folder
