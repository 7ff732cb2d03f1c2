"""The throw-away PostgreSQL is gone afterwards, whatever happened."""

import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.scripts import load

postgres = load("scripts/postgres.py")
pytestmark = pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL's server is not installed")


def test_it_is_stopped_and_removed_also_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []
    make = tempfile.mkdtemp

    def remember(*arguments, **options) -> str:
        made.append(Path(make(*arguments, **options)))
        return str(made[-1])

    monkeypatch.setattr(tempfile, "mkdtemp", remember)
    with pytest.raises(KeyboardInterrupt), postgres.cluster() as url:
        port = url.rpartition(":")[2].partition("/")[0]
        # Not root: PostgreSQL itself would refuse.
        assert made[0].owner() != "root"
        raise KeyboardInterrupt
    assert not made[0].exists()
    ready = [postgres.binaries() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", port]
    assert subprocess.run(ready, check=False).returncode != 0
