"""`make lighthouse`: what Google's Lighthouse says of every public page, as a phone meets it.

    python -m tests.e2e.lighthouse [--runs 3] [--only NAME] [--write]

Starts the site as `make serve` does, on the shipped content, and asks Lighthouse about every full page kind that
search engines may keep, in both languages. Performance is the median of the runs, the other three the worst. Ends with
status 1 when a page is below what docs/adr/0013-proof-by-outside-tools.md asks. --write renews docs/lighthouse.md.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django

from tests.e2e.server import ROOT, Site, serve

sys.path.insert(0, str(ROOT / "scripts"))
import node_tools

WANTED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
REPORT = ROOT / "docs" / "lighthouse.md"
OLDEST_NODE = 18
# Chromium misses Lighthouse's deadlines now and then when the machine is busy.
ATTEMPTS = 3


@dataclass
class Result:
    """What the runs said of one page: scores from 0 to 100 by category, and the audits that took points."""

    path: str
    scores: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in WANTED})
    lcp_ms: list[float] = field(default_factory=list)
    transferred: int = 0
    complaints: set[str] = field(default_factory=set)

    def score(self, category: str) -> int:
        scores = self.scores[category]
        return round(statistics.median(scores)) if category == "performance" else min(scores)

    @property
    def is_good(self) -> bool:
        return all(self.score(category) >= wanted for category, wanted in WANTED.items())

    def add(self, report: dict) -> None:
        audits = report["audits"]
        for name in WANTED:
            category = report["categories"][name]
            self.scores[name].append(round(100 * (category["score"] or 0)))
            if self.scores[name][-1] < WANTED[name]:
                self.complaints |= set(_failed(category, audits))
        self.lcp_ms.append(audits["largest-contentful-paint"]["numericValue"])
        self.transferred = audits["total-byte-weight"]["numericValue"]


def _failed(category: dict, audits: dict) -> Iterator[str]:
    for reference in category["auditRefs"]:
        audit = audits[reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['id']} {audit.get('displayValue', '')}".strip()


def chromium() -> str:
    return os.environ.get("CHROME_PATH") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


def missing() -> str:
    """What this machine lacks, as a sentence; "" when nothing."""
    node = shutil.which("node")
    if not (node and shutil.which("npm")):
        return f"Lighthouse needs Node {OLDEST_NODE} or newer and npm (Debian: apt-get install npm)."
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        return f"Lighthouse needs Node {OLDEST_NODE} or newer; here it is {version}."
    if not chromium():
        return "Lighthouse needs Chromium (Debian: apt-get install chromium)."
    if not node_tools.install("lighthouse"):
        return "Lighthouse could not be installed through npm (see above). Is the network there?"
    return ""


def ask(url: str, folder: Path) -> dict:
    """One run of Lighthouse with its own settings for phones: a slow 4G line and a slow processor, simulated."""
    command = ["node", str(node_tools.folder("lighthouse") / "node_modules/lighthouse/cli/index.js"), url]
    flags = ["--headless=new", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    output = folder / "report.json"
    options = ["--quiet", "--output=json", f"--output-path={output}", f"--chrome-flags={' '.join(flags)}"]
    options += [f"--only-categories={','.join(WANTED)}"]
    environment = {**os.environ, "CHROME_PATH": chromium()}
    for _attempt in range(ATTEMPTS):
        asked = subprocess.run([*command, *options], check=False, env=environment, stderr=subprocess.PIPE, text=True)
        if asked.returncode == 0:
            return json.loads(output.read_text(encoding="utf-8"))
    raise RuntimeError(f"Lighthouse gave up on {url}:\n{asked.stderr}")


def paths(only: str) -> list[str]:
    from tests.page_kinds import LANGUAGES, PAGE_KINDS

    full = [kind for kind in PAGE_KINDS if kind.indexable and not kind.query and only in kind.name]
    return [kind.path(language) for kind in full for language in LANGUAGES]


def measure(site: Site, wanted: list[str], runs: int, folder: Path) -> list[Result]:
    results = []
    for path in wanted:
        result = Result(path)
        for _run in range(runs):
            result.add(ask(f"{site.url}{path}", folder))
        results.append(result)
        print(row(result), flush=True)
        for complaint in sorted(result.complaints):
            print(f"    {complaint}", flush=True)
    return results


HEAD = "| page | performance | accessibility | best practices | SEO | LCP, ms | KB |\n|---|---|---|---|---|---|---|"


def row(result: Result) -> str:
    scores = " | ".join(str(result.score(category)) for category in WANTED)
    lcp, kilobytes = statistics.median(result.lcp_ms), result.transferred / 1000
    return f"| {result.path} | {scores} | {lcp:.0f} | {kilobytes:.1f} |"


def document(results: list[Result], runs: int) -> str:
    table = "\n".join([HEAD, *map(row, results)])
    return f"""# What Lighthouse says

Written by `make lighthouse ARGS=--write`: every full page kind that search engines may keep, as a phone meets it
(Lighthouse's own settings: slow 4G and a slow processor, simulated), {runs} run(s) a page. Performance and LCP (when the
largest thing was painted) are medians, the other scores the worst; KB is everything transferred.

{table}
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="make lighthouse", description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of Lighthouse a page (3)")
    parser.add_argument("--only", default="", metavar="NAME", help="page kinds whose name contains this")
    parser.add_argument("--write", action="store_true", help="write docs/lighthouse.md")
    arguments = parser.parse_args()
    if lack := missing():
        print(lack, file=sys.stderr)
        return 1
    os.environ["DJANGO_SETTINGS_MODULE"] = "semarang_ikm.settings"
    django.setup()
    wanted = paths(arguments.only)
    print(f"==> {len(wanted)} pages, {arguments.runs} runs each\n\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as site:
        results = measure(site, wanted, arguments.runs, Path(folder))
    if arguments.write:
        REPORT.write_text(document(results, arguments.runs), encoding="utf-8")
    below = [result.path for result in results if not result.is_good]
    print(f"\nBelow {WANTED}: {', '.join(below)}" if below else f"\nEvery page reaches {WANTED}.")
    return 1 if below or not results else 0


if __name__ == "__main__":
    sys.exit(main())
