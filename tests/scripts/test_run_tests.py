"""What the three runs of `make test` come to together."""

from pathlib import Path

from tests.scripts import load

run_tests = load("scripts/run_tests.py")

REPORT = '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>'


def test_runs_add_up(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    outcome = run_tests.Outcome()
    outcome.add("SQLite", False, report)
    outcome.add("PostgreSQL", True, report)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (8, 6, 6)
    assert outcome.runs == {"SQLite": False, "PostgreSQL": True}


def test_a_run_that_died_counts_as_failed(tmp_path: Path) -> None:
    outcome = run_tests.Outcome()
    outcome.add("SQLite", False, tmp_path / "never-written.xml")
    assert outcome.runs == {"SQLite": False}
    assert outcome.passed == 0


def test_every_need_says_what_to_install() -> None:
    assert all(need.packages and callable(need.present) for need in run_tests.NEEDS)
