"""What was measured, as one table for the terminal and for docs/benchmarks.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

HEAD = (
    "database", "rows", "page", "req/s", "× bare", "p95 ms", "alone ms", "queries", "kept req/s", "× const", "bytes", "gzip", "br",
)  # fmt: skip
MISSING = "–"


@dataclass(frozen=True)
class Round:
    """Requests a second of one page, made anew and kept, and of the yardstick of each, measured right after each other."""

    page: float
    bare: float
    kept: float
    const: float
    p95: float


@dataclass(frozen=True)
class Case:
    """One page on one database at one volume. Sizes are bytes of the body; `alone` is seconds without other load."""

    database: str
    rows: int
    name: str
    rounds: Sequence[Round]
    alone: float
    queries: int | None
    size: int
    gzip: int | None
    br: int | None

    def cells(self) -> tuple[str, ...]:
        """Ratios are made within a round, then the middle one is taken: a slow minute of the machine hits all three."""
        measured = self.rounds or ()
        return (
            self.database,
            f"{self.rows:,}",
            self.name,
            f"{median(r.page for r in measured):,.0f}" if measured else MISSING,
            f"{median(r.page / r.bare for r in measured):.3f}" if measured else MISSING,
            f"{median(r.p95 for r in measured) * 1000:,.0f}" if measured else MISSING,
            f"{self.alone * 1000:,.1f}",
            MISSING if self.queries is None else str(self.queries),
            f"{median(r.kept for r in measured):,.0f}" if measured else MISSING,
            f"{median(r.kept / r.const for r in measured):.2f}" if measured else MISSING,
            f"{self.size:,}",
            MISSING if self.gzip is None else f"{self.gzip:,}",
            MISSING if self.br is None else f"{self.br:,}",
        )


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]], words: int) -> str:
    """A table whose columns also line up in a terminal; the first `words` columns are text, the others numbers."""
    body = [list(row) for row in rows]
    widths = [max(len(row[index]) for row in [list(head), *body]) for index in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        aligned = (
            cell.ljust(width) if index < words else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(aligned)} |"

    rule = ["-" * width if index < words else "-" * (width - 1) + ":" for index, width in enumerate(widths)]
    return "\n".join([line(head), line(rule), *(line(row) for row in body)])


def cases_table(cases: Iterable[Case]) -> str:
    return markdown(HEAD, (case.cells() for case in cases), words=3)


def memory_table(rows: Iterable[tuple[str, int, tuple[float, float] | None]]) -> str:
    """Database, products, MiB of the workers and of workers with master."""
    return markdown(
        ("database", "rows", "workers MiB", "with master MiB"),
        (
            (database, f"{products:,}", *([f"{value:.0f}" for value in found] if found else [MISSING, MISSING]))
            for database, products, found in rows
        ),
        words=1,
    )
