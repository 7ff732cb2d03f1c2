"""A throw-away PostgreSQL cluster of Debian's binaries, run by a user that is not root, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def binaries() -> Path | None:
    """The newest installed server's programs, or None when no server is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_ordinary_user() -> dict:
    """How to start a program as somebody who is not root, as PostgreSQL demands."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError("No user named postgres or nobody to run PostgreSQL as.")


def _wait_until_ready(server: subprocess.Popen, question: list, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while subprocess.run(question, check=False).returncode != 0:
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL ended while starting.")
        if time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not answer within {seconds:.0f} seconds.")
        time.sleep(0.1)


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """Yields a DATABASE_URL. Stopped and removed at the end, also after a failure or Ctrl-C."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL's server programs are not installed.")
    user = _as_ordinary_user()
    # Under root the server runs as somebody else, who may not reach a private TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="sentra-pg-", dir="/tmp" if user else None))
    if user:
        os.chown(folder, user["user"], user["group"])
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": folder, **user}
    server = None
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "sentra", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
            check=True,
            **quiet,
        )
        # Tests throw the data away: durability would only cost time.
        fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", "-k", folder, *fast],
            start_new_session=True,
            **{**quiet, "stderr": subprocess.DEVNULL},
        )
        _wait_until_ready(server, [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)])
        subprocess.run(
            [programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "sentra", "sentra"], check=True, **quiet
        )
        yield f"postgres://sentra@127.0.0.1:{port}/sentra"
    finally:
        if server and server.poll() is None:
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(timeout=10)
            if server.poll() is None:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)
