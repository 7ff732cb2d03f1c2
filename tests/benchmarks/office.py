"""The officer's pages and heavy deeds: the desk, long lists, a bulk edit of thousands of rows and its undo."""

from statistics import median
from typing import Any

from tests.benchmarks.inside import ask, peak, timed
from tests.benchmarks.table import markdown

TIMES = 3
EDITED = 2_000
PAGES = {
    "desk": "/admin/",
    "list of products": "/admin/products/product/",
    "list of businesses": "/admin/sentra/ikm/",
    "list of certificates": "/admin/products/certification/",
    "products, searched": "/admin/products/product/?q=kerupuk",
    "queue of certificates": "/admin/products/certification/antrean/",
    "who was never promoted": "/admin/promotions/ledgerbusiness/",
}


def measure(database: str, rows_before: int, url: str, media: str) -> list[list[str]]:
    found = ask(url, media, "office")
    return [[database, f"{rows_before:,}", *line] for line in found]


def table(lines: list[list[str]]) -> str:
    return markdown(("database", "products", "what", "CPU", "clock", "queries", "peak"), lines, words=3)


def main() -> list[list[str]]:
    from django.contrib.auth.models import User
    from django.test import Client

    officer = User.objects.create_superuser("petugas-ukur")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return [*(_page(client, name, path) for name, path in PAGES.items()), *_edited_and_undone(officer)]


def _page(client: Any, name: str, path: str) -> list[str]:
    """The middle one of a few, when nothing has to be warmed."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if (status := client.get(path).status_code) != 200:
        raise SystemExit(f"{path} answered {status}")
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    # The next request empties the log.
    queries = len(asked)
    taken: list[dict[str, Any]] = [{} for _ in range(TIMES)]
    for found in taken:
        with timed(found, "page"):
            client.get(path)
    cpu, clock = (median(found[key] for found in taken) * 1000 for key in ("page_cpu", "page"))
    return [name, f"{cpu:,.0f} ms", f"{clock:,.0f} ms", str(queries), f"{peak():.0f} MiB"]


def _edited_and_undone(officer: Any) -> list[list[str]]:
    from products.models import Product
    from semarang_ikm.shared import bulk
    from sentra.choices import ChangeKind
    from sentra.history import recording
    from sentra.history.undoing import undo

    keys = list(Product.objects.published().order_by("pk").values_list("pk", flat=True)[:EDITED])
    found: dict[str, Any] = {}
    with timed(found, "edit"), recording(kind=ChangeKind.EDIT, by=officer, why="ukur") as change_set:
        bulk.update(Product.objects.filter(pk__in=keys), price_unit="diukur")
    edit_peak = peak()
    with timed(found, "undo"):
        undo(change_set, by=officer, why="ukur", progress=lambda _done, _total: None)
    if left := Product.objects.filter(price_unit="diukur").count():
        raise SystemExit(f"{left} products were not put back")
    return [
        [f"{len(keys):,} rows, {name}", f"{found[f'{key}_cpu']:.1f} s", f"{found[key]:.1f} s", "–", f"{most:.0f} MiB"]
        for key, name, most in (("edit", "edited at once", edit_peak), ("undo", "undone", peak()))
    ]
