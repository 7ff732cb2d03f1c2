"""Asked inside the site's own settings: which addresses to measure, and how many queries each makes.

A process of its own prints JSON (run.ask_site), since one process has one DATABASE_URL.
"""

import json
from collections import Counter

from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from products.models import Product
from semarang_ikm.shared.text import normalise
from semarang_ikm.synthetic.words import QUALITIES

# Products of the measured catalogue (docs: print page of 60 products).
CATALOGUE_PRODUCTS = 60
FACETS = {"jenis": "product_type__slug", "kec": "ikm__kelurahan__kecamatan__slug"}


def main() -> None:
    cases = addresses()
    print(
        json.dumps(
            {
                "cases": cases,
                "queries": {name: queries(path) for name, path in cases.items()},
                "products": Product.objects.count(),
                "published": Product.objects.published().count(),
                "database": database_version(),
            }
        )
    )


def addresses() -> dict[str, str]:
    """The measured pages. Filters are chosen so that they leave rows, the commonest combination."""
    jenis, kec = commonest(Product.objects.published().filter(is_export_ready=True))
    three = {"jenis": jenis, "kec": kec, "ekspor": "1"}
    word = keyword(three)
    slug = Product.objects.published().filter(ikm__isnull=False).order_by("pk").values_list("slug", flat=True)[0]
    return {
        "list": "/produk/",
        "three facets": f"/produk/?{urlencode(three)}",
        "three facets + keyword": f"/produk/?{urlencode({'q': word, **three})}",
        "keyword": f"/produk/?{urlencode({'q': word})}",
        "search everything": f"/cari/?{urlencode({'q': word})}",
        "detail": f"/produk/{slug}/",
        "catalogue to print": f"/katalog/cetak/?{urlencode(catalogue())}",
    }


def commonest(rows) -> tuple[str, str]:
    """The type and kecamatan that most of these rows share."""
    found = rows.filter(ikm__kelurahan__isnull=False).order_by().values_list(*FACETS.values())
    return found.annotate(n=Count("pk")).order_by("-n", *FACETS.values())[0][:2]


def keyword(selection: dict[str, str]) -> str:
    """The word of the stock that most products have which the three facets leave."""
    rows = Product.objects.published().filter(
        is_export_ready=True,
        product_type__slug=selection["jenis"],
        ikm__kelurahan__kecamatan__slug=selection["kec"],
    )
    names = [normalise(name) for name in rows.values_list("name", flat=True)]
    tally = Counter(word for word, _english in QUALITIES for name in names if name.endswith(normalise(word)))
    return normalise(tally.most_common(1)[0][0])


def catalogue() -> dict[str, str]:
    """The type and kecamatan whose products number nearest to sixty."""
    found = (
        Product.objects.published()
        .filter(ikm__kelurahan__isnull=False)
        .order_by()
        .values_list(*FACETS.values())
        .annotate(n=Count("pk"))
    )
    jenis, kec, _count = min(found, key=lambda row: (abs(row[2] - CATALOGUE_PRODUCTS), row))
    return {"jenis": jenis, "kec": kec}


def queries(path: str) -> int | None:
    """Of the second request, when nothing has to be warmed; None when the page does not answer 200."""
    client = Client(headers={"host": "127.0.0.1"})
    if client.get(path).status_code != 200:
        return None
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def database_version() -> str:
    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
