"""Gunicorn as `make serve` runs it, and what it weighs."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# The yardsticks have no database, and what is measured is the web server: nobody does long work beside it.
NO_COMPANION = {"BACKGROUND_WORKER": "0"}


@contextlib.contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Yields (port, process id of gunicorn's master) of a server with the site's own settings."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "gunicorn.conf.py",
        "--bind",
        f"127.0.0.1:{port}",
        application,
    ]
    # The access log is written, as `make serve` writes it, and read by nobody.
    server = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment, **NO_COMPANION}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_until_open(server, port)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_open(server: subprocess.Popen, port: int) -> None:
    for _attempt in range(START_SECONDS * 10):
        if server.poll() is not None:
            raise SystemExit("The server ended while starting; see its message above.")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit(f"The server did not open its port within {START_SECONDS} s.")


def memory(master: int) -> tuple[float, float] | None:
    """MiB (PSS) of the workers, and of workers and master; None where the system does not tell."""
    try:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        workers = sum(_pss(int(child)) for child in children)
        return workers, workers + _pss(master)
    except OSError:
        return None


def _pss(process: int) -> float:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
