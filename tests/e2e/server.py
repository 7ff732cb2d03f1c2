"""The server as `make serve` starts it, on the shipped content, in a folder of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 90


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the environment of its commands."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str, **extra: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, env={**self.environment, **extra}
        )


@contextmanager
def serve(home: Path, site_url: str = "") -> Iterator[Site]:
    """A site whose database, media and log are in this folder; `site_url`: what it believes its address to be.

    RuntimeError with its log when it does not come up.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{home / 'sentra.sqlite3'}",
        "MEDIA_ROOT": str(home / "media"),
        "SITE_URL": site_url or address,
        "WEB_CONCURRENCY": "2",
    }
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "scripts/serve.py", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    try:
        _wait(address, server, home / "server.log")
        yield Site(address, environment)
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')}")
