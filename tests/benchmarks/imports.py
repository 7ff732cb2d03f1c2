"""An import of 10,000 rows as the worker does it: seconds and memory of its own process, on the database of that round."""

import io
import time
from collections import Counter

from tests.benchmarks.inside import ask, peak
from tests.benchmarks.table import markdown

ROWS = 10_000
# What the project promises for the preview: seconds, MiB.
PREVIEW_SECONDS, PREVIEW_MIB = 20, 300
HEADINGS = ("Nama usaha", "Bentuk", "Kelurahan", "NIB", "WhatsApp", "Jumlah pekerja", "Jumlah pekerja pada", "Keadaan")


TITLE = (
    f"An import of {ROWS:,} rows, one in twenty faulty (goal: preview within {PREVIEW_SECONDS} s and {PREVIEW_MIB} MiB)"
)


def measure(database: str, rows_before: int, url: str, media: str) -> list[list[str]]:
    """In a process of its own, so that its peak of memory is the import's."""
    one = ask(url, media, "imports")
    seconds, mib = ({key: f"{value:.{digits}f}" for key, value in one.items()} for digits in (1, 0))
    cells = [f"{seconds['preview_seconds']} s", f"{mib['preview_mib']} MiB"]
    cells += [f"{seconds['approval_seconds']} s", f"{mib['peak_mib']} MiB"]
    return [[database, f"{rows_before:,}", *cells, f"{one['applied']:,}", f"{one['wrong']:,}"]]


def table(lines: list[list[str]]) -> str:
    head = ("database", "products there", "preview", "its peak", "approval", "peak", "written", "wrong")
    return markdown(head, lines, words=1)


def main() -> dict[str, float]:
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
    return {
        "preview_seconds": preview,
        "preview_mib": preview_mib,
        "approval_seconds": time.perf_counter() - started,
        "peak_mib": peak(),
        "applied": proposal.rows.filter(outcome="applied").count(),
        "wrong": proposal.rows.filter(state="wrong").count(),
    }


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
