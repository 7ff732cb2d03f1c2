"""docs/benchmarks.md: the tables, when and on what they were measured, how to read them."""

import argparse
import datetime
import os
import sys
from collections.abc import Mapping
from importlib.metadata import version

PAGE = """# Benchmarks

Measured on {date} with `make bench ARGS="{arguments}"` on {cores} cores ({system}), Python {python}, Django {django},
gunicorn {gunicorn} with 2 workers of 4 threads as `make serve` starts it; {databases}. {connections} keep-alive
connections, answers not compressed, {rounds} rounds of {seconds:g} s. Other programs kept {busy:.1f} cores busy when it
began.

{tables}

## How to read this

- **req/s** and **× bare** are of a page that is made anew for each request, its process warm: divided by the requests a
  second of a Django view that returns the same bytes and does nothing else (no middleware, template, database).
  **kept** and **× const** are of the same page while nothing changed, as visitors get it: divided by those of a WSGI
  callable that returns the same bytes. Both yardsticks run under the same gunicorn settings, and are measured right
  before and right after the page, round by round; the table shows the middle round. Compare these between machines,
  never the requests a second.
- The load shares the machine with the server, as on every small server. The spread between runs is large (half as much
  again is normal): read orders of magnitude, not digits.
- **p95**: with all connections busy. **alone**: one request with nothing else going on (the middle one of five).
- **queries**: of a page whose process is warm. They must not grow with the rows; a test holds that, not this table.
- **bytes**: the HTML; **gzip** and **br**: what travels when the browser asks for it, or – where it is not offered.
- Rows are products; there is one synthetic business for four of them (`manage.py seed_synthetic`). The filters of
  *three facets* are the commonest type and kecamatan among what is ready for export; the *keyword* is a word that about
  one product in twenty has. *catalogue to print* holds about 60 products.
- What officers do is measured at the largest volume. **CPU** is of the process that does it, without the database
  server; **peak** is the most memory that it held. 23,200 products bring 5,000 public businesses for a fair selection.
  Books have a photo beside every product, of which 24 are different; a file counts its own process.
- **Memory** is PSS, that is, shared pages are divided among the processes that share them.
- PostgreSQL runs in a throw-away cluster of Debian's defaults with fsync off, which plays no part in reading.
"""


def page(
    tables: str,
    day: datetime.date,
    system: str,
    databases: Mapping[str, str],
    busy: float,
    connections: int,
    arguments: argparse.Namespace,
) -> str:
    return PAGE.format(
        date=f"{day:%-d %B %Y}",
        arguments=" ".join(argument for argument in sys.argv[1:] if argument != "--write"),
        cores=os.cpu_count(),
        system=system,
        python=".".join(str(part) for part in sys.version_info[:3]),
        django=version("django"),
        gunicorn=version("gunicorn"),
        databases=" and ".join(databases.values()),
        busy=busy,
        connections=connections,
        rounds=arguments.rounds,
        seconds=arguments.seconds,
        tables=tables,
    )
