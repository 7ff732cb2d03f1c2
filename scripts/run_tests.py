"""`make test`: the suite on SQLite with coverage, on a real PostgreSQL, and in a real Chromium.

What a machine lacks is installed where that is allowed (apt-get as root); what could not be is said plainly and left
out, except in CI (CI=true or REQUIRE_ALL=1), where nothing may be left out.
`make test-fast` (--fast) runs the suite on SQLite alone; further words go to pytest. `make axe` (--axe) shows every page
kind to axe in every language and scheme, of which `make test` takes a sample. --install only installs.
"""

import ctypes.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import node_tools
import postgres

ROOT = Path(__file__).resolve().parent.parent
NOTHING_LEFT_OUT = os.environ.get("CI") == "true" or os.environ.get("REQUIRE_ALL") == "1"
# What a developer's `.env` or shell says plays no part: an empty value is a value.
NEUTRAL = {"DATABASE_URL": "", "SITE_URL": "", "DEBUG": "", "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]"}
# Each takes half of the files in their order, so that rows which stand for a whole file are made once; who is done helps.
TWO_AT_ONCE = ["-n", "2", "--dist", "worksteal"]


@dataclass(frozen=True)
class Need:
    """A part of the tests' machine: Debian's packages for it, and how to see that it is there."""

    name: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def chromium() -> str:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")


def has_libraries(*names: str) -> bool:
    return all(ctypes.util.find_library(name) for name in names)


CHROMIUM = Need("Chromium", ("chromium", "fonts-noto-core"), lambda: bool(chromium()))
NEEDS = (
    Need("PostgreSQL", ("postgresql",), lambda: postgres.binaries() is not None),
    CHROMIUM,
    Need(
        "PDF libraries",
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core"),
        lambda: has_libraries("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"),
    ),
    Need(
        "PDF tools", ("poppler-utils", "zbar-tools"), lambda: bool(shutil.which("pdftoppm") and shutil.which("zbarimg"))
    ),
    Need(
        "HTML checker",
        ("default-jre-headless", "npm"),
        # The packages bring the means; the checker itself comes through npm, once.
        lambda: bool(shutil.which("java")) and node_tools.install("html"),
    ),
)


def apt_get(*arguments: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-qq", *arguments]
    subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def install_missing(needs: tuple[Need, ...] = NEEDS) -> list[Need]:
    """Install what is missing where possible; returns what is still missing."""
    missing = [need for need in needs if not need.present()]
    packages = sorted({package for need in missing for package in need.packages})
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"==> Installing {' '.join(packages)}", flush=True)
        apt_get("update")
        apt_get("install", "-y", "--no-install-recommends", *packages)
    return [need for need in missing if not need.present()]


@dataclass
class Outcome:
    """What the runs came to, together."""

    runs: dict[str, bool] = field(default_factory=dict)
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, name: str, succeeded: bool, report: Path) -> None:
        self.runs[name] = succeeded
        if not report.exists():
            return
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            tests, skipped, failures, errors = (
                int(suite.get(key, "0")) for key in ("tests", "skipped", "failures", "errors")
            )
            self.failed += failures + errors
            self.skipped += skipped
            self.passed += tests - skipped - failures - errors


def run(outcome: Outcome, name: str, title: str, arguments: list[str], **environment: str) -> None:
    print(f"\n==> {title}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *arguments]
        tests = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **NEUTRAL, **environment})
        try:
            status = tests.wait()
        except KeyboardInterrupt:
            # pytest hears Ctrl-C too, and stops the servers and browsers that it started: give it the time.
            tests.send_signal(signal.SIGINT)
            try:
                tests.wait(timeout=30)
            except subprocess.TimeoutExpired:
                tests.kill()
            raise
        outcome.add(name, status == 0, report)


def run_everything(missing: list[Need]) -> Outcome:
    outcome, lacking = Outcome(), {need.name for need in missing}
    without_pdf = any(name.startswith("PDF") for name in lacking)
    plain = [*TWO_AT_ONCE, "-m", "not e2e and not pdf" if without_pdf else "not e2e"]
    coverage = ["--cov", "--cov-report=term:skip-covered"]
    run(outcome, "SQLite", "The suite on SQLite, with branch coverage", [*plain, *coverage])
    if "PostgreSQL" not in lacking:
        with postgres.cluster() as url:
            run(outcome, "PostgreSQL", "The suite on PostgreSQL", plain, DATABASE_URL=url)
    if "Chromium" not in lacking:
        run(
            outcome,
            "Chromium",
            "The browser tests in Chromium",
            ["-m", f"e2e and not thorough{' and not pdf' if without_pdf else ''}", "tests/e2e"],
            CHROMIUM=chromium(),
        )
    return outcome


def run_axe(arguments: list[str]) -> int:
    if install_missing((CHROMIUM,)):
        print("NOT RUN: Chromium is missing and could not be installed.", file=sys.stderr)
        return 1
    outcome = Outcome()
    walk = ["-m", "e2e", "tests/e2e/test_axe.py", "tests/e2e/test_access.py", *arguments]
    run(outcome, "axe", "axe and the proofs of access on every page kind", walk, CHROMIUM=chromium())
    return 0 if outcome.runs["axe"] else 1


def main(arguments: list[str]) -> int:
    # Ended from outside (a CI's time limit), the same is tidied up as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if arguments[:1] == ["--fast"]:
        fast = Outcome()
        run(fast, "SQLite", "The suite on SQLite", [*TWO_AT_ONCE, "-m", "not e2e", *arguments[1:]])
        return 0 if fast.runs["SQLite"] else 1
    if arguments[:1] == ["--axe"]:
        return run_axe(arguments[1:])

    missing = install_missing()
    if arguments[:1] == ["--install"]:
        return 0
    for need in missing:
        print(
            f"NOT RUN: {need.name} is missing and could not be installed (Debian: {' '.join(need.packages)}).",
            file=sys.stderr,
        )
    if missing and NOTHING_LEFT_OUT:
        print("Here nothing may be left out.", file=sys.stderr)
        return 1
    outcome = run_everything(missing)
    print()
    for need in missing:
        print(f"NOT RUN: what needs {need.name}.")
    for name, succeeded in outcome.runs.items():
        print(f"{name}: {'passed' if succeeded else 'FAILED'}")
    print(f"Total: {outcome.passed} passed, {outcome.failed} failed, {outcome.skipped} skipped", flush=True)
    return 0 if all(outcome.runs.values()) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
