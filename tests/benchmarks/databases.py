"""Databases filled with synthetic rows: SQLite files that are kept between runs, PostgreSQL clusters that are not."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.benchmarks.servers import ROOT

KEPT = ROOT / "var" / "bench"
# A kept file is made anew when one of these changes.
FILLED_BY = ("*/migrations/*.py", "semarang_ikm/synthetic/*.py", "semarang_ikm/content/**/*", "fixtures/**/*")
SEED = 1


def manage(url: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, env={**os.environ, "DATABASE_URL": url}
    )


def fill(url: str, products: int) -> None:
    """Tables, the shipped content, and that many synthetic products on top."""
    manage(url, "migrate", "--verbosity=0", "--no-input")
    manage(url, "seed", "--verbosity=0")
    manage(url, "seed_synthetic", f"--products={products}", f"--seed={SEED}", "--verbosity=0")


def fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in FILLED_BY:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and ".venv" not in path.parts:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextlib.contextmanager
def sqlite(products: int) -> Iterator[str]:
    """Yields the address of a copy of a kept file with that many synthetic products: what is measured may write."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{products}-{fingerprint()}.sqlite3"
    if not path.exists():
        for old in KEPT.glob(f"{products}-*.sqlite3*"):
            old.unlink()
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        fill(f"sqlite:///{unfinished}", products)
        unfinished.rename(path)
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        yield f"sqlite:///{shutil.copy(path, folder)}"


@contextlib.contextmanager
def postgres(products: int) -> Iterator[str]:
    """Yields the address of a throw-away cluster with that many synthetic products, its statistics up to date."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from postgres import cluster

    with cluster() as url:
        fill(url, products)
        # A living server does this by itself within a minute.
        analyse = "from django.db import connection; connection.cursor().execute('ANALYZE')"
        manage(url, "shell", "--verbosity=0", f"--command={analyse}")
        yield url


KINDS = {"sqlite": sqlite, "postgres": postgres}
