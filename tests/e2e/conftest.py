"""The real thing: the server as `make serve` starts it, on the shipped content, and Debian's Chromium."""

import os
import shutil
from collections.abc import Iterator

import pytest

from tests.e2e.server import Site, serve

STAFF = ("petugas", "Kunyit-Asem-2026")

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


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
