"""scripts/environment.sh on a machine that lacks something: a sentence, and nothing half-made."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.scripts import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """As much of a bare clone as the script looks at, and an empty PATH folder for a pretended python3."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "scripts/environment.sh", tmp_path / "scripts")
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    for tool in ("dirname", "cat", "cksum", "rm"):
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def run(clone: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [shutil.which("sh"), "scripts/environment.sh", *arguments],
        cwd=clone,
        env={**os.environ, "PATH": str(clone / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def pretend(clone: Path, script: str) -> None:
    python = clone / "bin/python3"
    python.write_text(f"#!{shutil.which('sh')}\n{script}\n")
    python.chmod(0o755)


def test_no_python(clone: Path) -> None:
    outcome = run(clone)
    assert outcome.returncode == 1
    assert "python3 is not installed" in outcome.stderr


def test_an_old_python(clone: Path) -> None:
    pretend(clone, 'case "$1" in -c) exit 1 ;; --version) echo "Python 3.9.2" ;; esac')
    outcome = run(clone)
    assert outcome.returncode == 1
    assert "needs Python 3.11 or newer as python3; here it is Python 3.9.2." in outcome.stderr
    assert not (clone / ".venv").exists()


def test_no_pip(clone: Path) -> None:
    pretend(clone, 'case "$1$2" in -mpip) exit 1 ;; esac')
    outcome = run(clone)
    assert outcome.returncode == 1
    assert "apt-get install python3-pip" in outcome.stderr


def test_an_unknown_word(clone: Path) -> None:
    assert "not produksi" in run(clone, "produksi").stderr
