"""How long a fair selection among 5,000 businesses takes, with everything it asks the database: at most 5 seconds.

.venv/bin/python -m tests.benchmarks.selection                        SQLite
.venv/bin/python -m tests.benchmarks.selection sqlite postgres
"""

import contextlib
import random
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

from tests.benchmarks import databases
from tests.benchmarks.inside import ask
from tests.benchmarks.table import markdown

# One synthetic business for four products; seven in eight of them are public.
PRODUCTS = 23_200
MOST_SECONDS = 5.0
PLACES = (48, 300)


class _Measured(Exception):
    """Undoes the rows that were added for measuring."""


def measure(database: str, rows_before: int, url: str, media: str) -> list[list[str]]:
    return [
        [
            database,
            *(f"{row[name]:,}" for name in ("candidates", "ready", "rules", "places")),
            *(f"{row[name]:.2f} s" for name in ("seconds", "cpu", "page", "minutes")),
            str(row["queries"]),
        ]
        for row in ask(url, media, "selection")
    ]


def table(lines: list[list[str]]) -> str:
    head = ("database", "businesses", "ready", "rules", "places", "clock", "CPU", "its page", "minutes", "queries")
    return markdown(head, lines, words=1)


def alone() -> int:
    slow = False
    for kind in sys.argv[1:] or ["sqlite"]:
        with databases.KINDS[kind](PRODUCTS) as url, tempfile.TemporaryDirectory() as media:
            found = ask(url, media, "selection")
        for row in found:
            slow |= row["seconds"] > MOST_SECONDS
            print(
                f"{kind}: {row['candidates']:,} businesses, {row['ready']:,} ready, {row['rules']} rules,"
                f" {row['places']} places: {row['seconds']:.2f} s ({row['cpu']:.2f} s CPU here),"
                f" {row['queries']} queries; page {row['page']:.2f} s, minutes {row['minutes']:.2f} s"
            )
    return int(slow)


def main() -> list[dict[str, Any]]:
    """Asked inside the site's own settings. What is written is undone."""
    from django.db import transaction

    found: list[dict[str, Any]] = []
    with contextlib.suppress(_Measured), transaction.atomic():
        client, selection = _prepared()
        for places in PLACES:
            selection.places = places
            selection.save()
            found.append(_measured(client, selection))
        raise _Measured
    return found


def _prepared() -> tuple[Any, Any]:
    """Most businesses with a photo, a price, consent for print and a past on several occasions; no file is written."""
    from django.contrib.auth.models import User
    from django.test import Client

    from products.models import Product, ProductPhoto
    from promotions.choices import PromotionKind
    from promotions.models import Appearance, FairSelection, Promotion
    from semarang_ikm.shared.choices import Channel
    from semarang_ikm.shared.time import today
    from sentra.models import Consent, ConsentScope, Ikm

    chance, day = random.Random(1), today()
    officer = User.objects.create_superuser("pemilih")
    businesses = list(Ikm.objects.published())
    products = list(Product.objects.published().filter(ikm__isnull=False))
    for product in products:
        product.price_min, product.price_unit = product.price_min or 5000, product.price_unit or "buah"
        product.price_on = day - timedelta(days=chance.choice([1, 100, 300, 400]))
    Product.objects.bulk_update(products, ["price_min", "price_unit", "price_on"], batch_size=500)
    photo = {"image": "foto/x.jpg", "width": 9, "height": 9, "alt": "x", "credit": "x", "usage_right": "x"}
    ProductPhoto.objects.bulk_create(ProductPhoto(product=one, **photo) for one in products if chance.random() < 0.9)
    receipts = Consent.objects.bulk_create(
        Consent(ikm=one, person="x", given_on=day, recorded_by=officer) for one in businesses
    )
    ConsentScope.objects.bulk_create(
        ConsentScope(consent=receipt, field=field, channel=Channel.PRINT)
        for receipt in receipts
        for field in ("name", "whatsapp")
    )
    for year in range(1, 11):
        shown = Promotion.objects.create(
            name=f"Pameran {year}", kind=PromotionKind.EXHIBITION, starts_on=day - timedelta(days=365 * year)
        )
        Appearance.objects.bulk_create(
            Appearance(promotion=shown, ikm=one, appeared_on=shown.starts_on)
            for one in chance.sample(businesses, len(businesses) // 8)
        )
    coming = Promotion.objects.create(name="Pameran", kind=PromotionKind.EXHIBITION, starts_on=day + timedelta(days=60))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client, FairSelection.objects.create(promotion=coming, needs_certificate=False)


def _measured(client: Any, selection: Any) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from promotions.fair_selection import ReasonKind
    from promotions.models import FairSelection
    from promotions.selecting.proposing import propose

    fresh = FairSelection.objects.select_related("promotion").get(pk=selection.pk)
    with CaptureQueriesContext(connection) as asked:
        began, cpu = time.perf_counter(), time.process_time()
        record = propose(fresh)
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    # A request empties the log.
    queries = len(asked)
    pages = []
    for name in ("proposal", "minutes"):
        began = time.perf_counter()
        answer = client.get(reverse(f"admin:promotions_selection_{name}", args=[selection.pk]))
        if answer.status_code != 200:
            raise SystemExit(f"{name} answered {answer.status_code}")
        pages.append(time.perf_counter() - began)
    unready = sum(line.kind == ReasonKind.NOT_READY for line in record.others)
    return {
        "candidates": len(record.chosen) + len(record.others),
        "ready": len(record.chosen) + len(record.others) - unready,
        "rules": len(record.rules),
        "places": selection.places,
        "seconds": seconds,
        "cpu": cpu,
        "queries": queries,
        "page": pages[0],
        "minutes": pages[1],
    }


if __name__ == "__main__":
    sys.exit(alone())
