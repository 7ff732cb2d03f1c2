"""The real thing: the server as `make serve` starts it, on the shipped content, and Debian's Chromium."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STAFF = ("petugas", "Kunyit-Asem-2026")
START_SECONDS = 90

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the environment of its commands."""

    url: str
    environment: dict

    def manage(self, *arguments: str, **extra: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, env={**self.environment, **extra}
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serve(home: Path, site_url: str = "") -> Iterator[Site]:
    """The site as `make serve` starts it, its data under `home`; `site_url`: what it believes its address to be."""
    port = _free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{home / 'sentra.sqlite3'}",
        "MEDIA_ROOT": str(home / "media"),
        "SITE_URL": site_url or f"http://127.0.0.1:{port}",
        "WEB_CONCURRENCY": "2",
    }
    log = (home / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, "scripts/serve.py", "--port", str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    running = Site(f"http://127.0.0.1:{port}", environment)
    try:
        _wait(running.url, server, home / "server.log")
        yield running
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("site")) as running:
        name, password = STAFF
        running.manage(
            "createsuperuser",
            "--noinput",
            DJANGO_SUPERUSER_USERNAME=name,
            DJANGO_SUPERUSER_EMAIL="",
            DJANGO_SUPERUSER_PASSWORD=password,
        )
        yield running


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
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def base_url(site: Site) -> str:
    return site.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not executable:
        pytest.skip("Chromium is not installed")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    return {
        **browser_type_launch_args,
        "executable_path": executable,
        "chromium_sandbox": os.geteuid() != 0,
        "args": ["--disable-gpu", "--disable-quic", *quiet],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, "locale": "id-ID", "viewport": DESKTOP}
