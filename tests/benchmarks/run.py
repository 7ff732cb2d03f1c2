"""`make bench`: how fast the pages are, against constant answers of the same bytes on the same server settings.

    make bench                                              2,000 products on SQLite
    make bench ARGS="--volumes 2000,23200 --database sqlite,postgres --rounds 2 --seconds 1 --write"

Beside pages for visitors it measures, at the largest volume, what officers do: the desk, lists, bulk edit and undo, books
of 60 and 500 products, a fair selection (23,200 products bring 5,000 businesses to choose from) and an import.

Absolute numbers belong to one machine at one moment; the ratios are what can be compared.
"""

import argparse
import contextlib
import datetime
import json
import os
import platform
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.benchmarks import books, databases, imports, office, report, selection
from tests.benchmarks.client import Clients, Load, fetch
from tests.benchmarks.servers import ROOT, free_port, memory, serving
from tests.benchmarks.table import Case, Round, cases_table, memory_table

# Measured at the largest volume, after its pages; the import last, since its rows stay.
DEEDS: dict[str, tuple[str, Any]] = {
    "The officer's pages, asked for inside one process, and a bulk edit with its undo": ("office", office),
    "Books, each built in a process of its own": ("books", books),
    "A fair selection (goal: 5,000 businesses within 5 s)": ("selection", selection),
    imports.TITLE: ("imports", imports),
}
CONNECTIONS = 16
ALONE = 5


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    arguments = read_arguments()
    # A stopped run ends its servers and databases too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    busy = os.getloadavg()[0]
    if busy > 1:
        say(f"Other programs keep this machine busy (load {busy:.1f}): the numbers will be poor.")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
    os.environ["DEBUG"] = ""
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], cwd=ROOT, check=True)
    cases: list[Case] = []
    weights = []
    deeds: dict[str, list] = {}
    facts = {}
    with Clients() as clients:
        for kind in arguments.database:
            for products in arguments.volumes:
                say(f"==> {kind}, {products:,} products")
                with databases.KINDS[kind](products) as url:
                    probe = ask_site(url)
                    facts[kind] = probe["database"]
                    found, weight = measure(clients, kind, products, url, probe, arguments)
                    if products == max(arguments.volumes):
                        measure_deeds(deeds, kind, products, url, arguments.deeds)
                cases += found
                weights.append((kind, products, weight))
                say(cases_table(found))
    tables = f"{cases_table(cases)}\n\n{memory_table(weights)}"
    for title, lines in deeds.items():
        tables += f"\n\n{title}:\n\n{DEEDS[title][1].table(lines)}"
    print(tables)
    if arguments.write:
        text = report.page(
            tables,
            datetime.date.today(),
            f"{platform.system()} {platform.machine()}",
            facts,
            busy,
            CONNECTIONS,
            arguments,
        )
        (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
    return 0


def measure_deeds(found: dict[str, list], kind: str, products: int, url: str, wanted: list[str]) -> None:
    with tempfile.TemporaryDirectory() as media:
        for title, (name, deed) in DEEDS.items():
            # Books are set from stored words: the database plays no part in it.
            if name in wanted and not (name == "books" and title in found):
                say(f"    {title}")
                lines = deed.measure(kind, products, url, media)
                found.setdefault(title, []).extend(lines)
                say(deed.table(lines))


def operating_system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--volumes", type=_numbers, default=[2000], help="numbers of products, with commas")
    parser.add_argument("--database", type=_kinds, default=["sqlite"], help="sqlite, postgres, or both with a comma")
    parser.add_argument("--rounds", type=int, default=5, help="each round measures every page and its yardsticks")
    parser.add_argument("--seconds", type=float, default=1.5, help="of one measurement")
    parser.add_argument("--only", default="", help="measure only the pages whose name contains this")
    parser.add_argument(
        "--deeds",
        type=lambda text: [word for word in text.split(",") if word],
        default=[name for name, _module in DEEDS.values()],
        help="what officers do: %(default)s; none with an empty word",
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _kinds(text: str) -> list[str]:
    kinds = text.split(",")
    if unknown := set(kinds) - set(databases.KINDS):
        raise argparse.ArgumentTypeError(f"no such database: {', '.join(unknown)}")
    return kinds


def ask_site(url: str) -> dict[str, Any]:
    """Addresses, query counts and sizes from inside the site (probe.py)."""
    inside = "import django; django.setup(); from tests.benchmarks.probe import main; main()"
    finished = subprocess.run(
        [sys.executable, "-c", inside],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "semarang_ikm.settings"},
    )
    return json.loads(finished.stdout)


def measure(
    clients: Clients, kind: str, products: int, url: str, probe: dict[str, Any], arguments: argparse.Namespace
) -> tuple[list[Case], tuple[float, float] | None]:
    """Every page at this volume, and the memory of the site's processes afterwards."""
    site_environment = {
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{free_port()}",
        # The process for long work does nothing for pages, and would be weighed with the workers.
        "BACKGROUND_WORKER": "0",
    }
    with serving("semarang_ikm.wsgi:application", site_environment) as (port, master):
        pages = {}
        for name, path in probe["cases"].items():
            if arguments.only in name:
                answer = fetch(port, path)
                if answer.status == 200:
                    pages[name] = (path, answer.body)
                else:
                    say(f"    {name}: {path} answered {answer.status}, left out")
        with yardsticks({name: body for name, (_path, body) in pages.items()}) as (bare, const):
            rounds = run_rounds(clients, port, bare, const, {n: path for n, (path, _b) in pages.items()}, arguments)
        cases = [
            Case(
                database=kind,
                rows=products,
                name=name,
                rounds=rounds[name],
                alone=median(fetch(port, path, computed=True).seconds for _ in range(ALONE)),
                queries=probe["queries"][name],
                size=len(body),
                gzip=compressed_size(port, path, "gzip"),
                br=compressed_size(port, path, "br"),
            )
            for name, (path, body) in pages.items()
        ]
        return cases, memory(master)


@contextlib.contextmanager
def yardsticks(bodies: dict[str, bytes]) -> Iterator[tuple[int, int]]:
    """Ports of a server of constant Django answers and of one of constant WSGI answers, with these bodies."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in bodies.items():
            (Path(folder) / file_name(name)).write_bytes(body)
        environment = {"BENCH_BODIES": folder}
        with (
            serving("tests.benchmarks.constant:bare", environment) as (bare, _master),
            serving("tests.benchmarks.constant:const", environment) as (const, _other),
        ):
            for name, body in bodies.items():
                for port in (bare, const):
                    if fetch(port, f"/{file_name(name)}").body != body:
                        raise SystemExit(f"A yardstick of “{name}” does not answer the same bytes.")
            yield bare, const


def file_name(case: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in case)


def run_rounds(
    clients: Clients, site: int, bare: int, const: int, pages: dict[str, str], arguments: argparse.Namespace
) -> dict[str, list[Round]]:
    """Interleaved: in each round every page is measured between its yardsticks."""

    def rate(port: int, path: str, *, computed: bool = False) -> Load:
        return clients.load(port, path, CONNECTIONS, arguments.seconds, computed)

    found: dict[str, list[Round]] = {name: [] for name in pages}
    for number in range(arguments.rounds):
        say(f"    round {number + 1} of {arguments.rounds}")
        for name, path in pages.items():
            constant = rate(const, f"/{file_name(name)}")
            kept = rate(site, path)
            page = rate(site, path, computed=True)
            plain = rate(bare, f"/{file_name(name)}")
            if failures := page.failures + kept.failures:
                say(f"    {name}: {failures} answers were no 200")
            found[name].append(Round(page.rate, plain.rate, kept.rate, constant.rate, page.percentile(0.95)))
    return found


def compressed_size(port: int, path: str, encoding: str) -> int | None:
    """Bytes of the body in this encoding; None when the site does not speak it."""
    answer = fetch(port, path, encoding)
    return len(answer.body) if answer.headers.get("content-encoding") == encoding else None


if __name__ == "__main__":
    sys.exit(main())
