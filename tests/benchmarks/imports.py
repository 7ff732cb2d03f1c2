"""An import of 10,000 rows as the worker does it: seconds and memory of its own process, on the database of that round."""

import io
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass

from tests.benchmarks.servers import ROOT

ROWS = 10_000
# What the project promises for the preview: seconds, MiB.
PREVIEW_SECONDS, PREVIEW_MIB = 20, 300
HEADINGS = ("Nama usaha", "Bentuk", "Kelurahan", "NIB", "WhatsApp", "Jumlah pekerja", "Jumlah pekerja pada", "Keadaan")


@dataclass(frozen=True)
class Measured:
    database: str
    rows_before: int
    preview_seconds: float
    preview_mib: float
    approval_seconds: float
    peak_mib: float
    applied: int
    wrong: int


def measure(database: str, rows_before: int, url: str, media: str) -> Measured:
    """In a process of its own, so that its peak of memory is the import's."""
    inside = "import django; django.setup(); from tests.benchmarks.imports import main; main()"
    finished = subprocess.run(
        [sys.executable, "-c", inside],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": media, "DJANGO_SETTINGS_MODULE": "semarang_ikm.settings"},
    )
    return Measured(database, rows_before, **json.loads(finished.stdout.splitlines()[-1]))


def main() -> None:
    from django.contrib.auth.models import User

    from semarang_ikm.exchange import actions, tasks

    officer = User.objects.create_superuser("pengukur")
    data = book()
    proposal, _is_new = actions.propose(kind="usaha", data=data, name="ukur.xlsx", by=officer)
    started = time.perf_counter()
    tasks.read_proposal.call(proposal.pk)
    preview, preview_mib = time.perf_counter() - started, peak()
    actions.approve(proposal=proposal, by=officer)
    started = time.perf_counter()
    tasks.apply_proposal.call(proposal.pk)
    found = {
        "preview_seconds": preview,
        "preview_mib": preview_mib,
        "approval_seconds": time.perf_counter() - started,
        "peak_mib": peak(),
        "applied": proposal.rows.filter(outcome="applied").count(),
        "wrong": proposal.rows.filter(state="wrong").count(),
    }
    print(json.dumps(found))


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def book() -> bytes:
    """One row in twenty is faulty."""
    from openpyxl import Workbook

    from sentra.models import Kelurahan

    names = Counter(Kelurahan.objects.values_list("name", flat=True))
    places = sorted(name for name, count in names.items() if count == 1)
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Usaha")
    sheet.append(HEADINGS)
    for number in range(ROWS):
        place = places[number % len(places)]
        nib = f"{9_120_000_000_000 + number}" if number % 20 else "912"
        sheet.append(
            [f"KUB Ukur {number:05d}", "KUB", place, nib, f"0812{34_560_000 + number}", 7, "5 Januari 2026", "Aktif"]
        )
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def table(found: list[Measured]) -> str:
    lines = [
        f"An import of {ROWS:,} rows, one in twenty faulty (goal: preview within {PREVIEW_SECONDS} s and {PREVIEW_MIB} MiB).",
        "",
        "| database | products there | preview | its peak | approval | peak | written | wrong |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for one in found:
        lines.append(
            f"| {one.database} | {one.rows_before:,} | {one.preview_seconds:.1f} s | {one.preview_mib:.0f} MiB"
            f" | {one.approval_seconds:.1f} s | {one.peak_mib:.0f} MiB | {one.applied:,} | {one.wrong:,} |"
        )
    return "\n".join(lines)
