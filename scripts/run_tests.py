"""`make test`: the suite on SQLite with coverage, on a real PostgreSQL, and in a real Chromium.

What a machine lacks is installed where that is allowed (apt-get as root); what could not be is said plainly and left
out, except in CI (CI=true), where nothing may be left out.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import postgres

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI") == "true" or os.environ.get("REQUIRE_ALL") == "1"


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


# What is needed: a name, Debian's packages, and how to see that it is there.
NEEDS = {
    "PostgreSQL": (["postgresql"], lambda: postgres.binaries() is not None),
    "Chromium": (["chromium", "fonts-noto-core"], lambda: chromium() is not None),
    "PDF libraries": (
        ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"],
        lambda: all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")),
    ),
    "PDF tools": (["poppler-utils", "zbar-tools"], lambda: bool(shutil.which("pdftoppm") and shutil.which("zbarimg"))),
}


def install_missing() -> set[str]:
    """Install what is missing where possible; returns the names of what is still missing."""
    missing = [name for name, (_packages, present) in NEEDS.items() if not present()]
    packages = sorted({package for name in missing for package in NEEDS[name][0]})
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"==> Installing {' '.join(packages)}", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", "update"], check=False, env=quiet, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages],
            check=False,
            env=quiet,
            stdout=subprocess.DEVNULL,
        )
    return {name for name in missing if not NEEDS[name][1]()}


def run(title: str, arguments: list[str], **environment: str) -> bool:
    print(f"\n==> {title}", flush=True)
    command = [sys.executable, "-m", "pytest", *arguments]
    finished = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, **environment})
    return finished.returncode == 0


def main() -> int:
    missing = install_missing()
    if missing and CI:
        print(f"Missing, and in CI nothing may be left out: {', '.join(sorted(missing))}.", file=sys.stderr)
        return 1
    plain = ["-q", "-n", "2", "-m", "not e2e and not pdf" if "PDF libraries" in missing else "not e2e"]
    sqlite = {"DATABASE_URL": ""}
    outcomes = {"SQLite": run("The suite on SQLite, with branch coverage", [*plain, "--cov", "--cov-report=term:skip-covered"], **sqlite)}
    if "PostgreSQL" not in missing:
        with postgres.cluster() as url:
            outcomes["PostgreSQL"] = run("The suite on PostgreSQL", plain, DATABASE_URL=url)
    if "Chromium" not in missing:
        outcomes["Chromium"] = run(
            "The browser tests in Chromium", ["-q", "-m", "e2e", "tests/e2e"], CHROMIUM=chromium() or "", **sqlite
        )
    print()
    for name in sorted(missing):
        print(f"NOT RUN: {name} is missing and could not be installed (Debian: {' '.join(NEEDS[name][0])}).")
    for name, passed in outcomes.items():
        print(f"{name}: {'passed' if passed else 'FAILED'}")
    return 0 if all(outcomes.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
