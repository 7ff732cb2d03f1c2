"""`make serve`: from a bare clone to a running site, in one process that ends as gunicorn.

Shows each step; a second run finds little to do and is up within seconds.
"""

import argparse
import errno
import hashlib
import ipaddress
import os
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from dotenv import load_dotenv

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
WILDCARDS = {"0.0.0.0", "::"}


def step(text: str) -> None:
    print(f"==> {text}", flush=True)


def stop(text: str, status: int = 1) -> NoReturn:
    print(text, file=sys.stderr)
    raise SystemExit(status)


def port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        stop(f"PORT={text} is not a port number. Use one from 1 to 65535, for example: make serve PORT=8001")
    return int(text)


def in_address(host: str) -> str:
    """A host as URLs and ALLOWED_HOSTS write it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def require_free(host: str, port: int) -> None:
    """Say at once, before any work, when gunicorn will not be able to listen there."""
    nowhere = f"HOST={host} is not an address of this machine. Leave HOST out, or use HOST=0.0.0.0 for all of them."
    try:
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except (OSError, UnicodeError):
        stop(nowhere)
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except PermissionError:
            stop(f"Port {port} may only be used by the administrator. Choose another: make serve PORT=8001")
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                other = 8001 if port != 8001 else 8002
                stop(f"Port {port} is already taken. Stop what uses it, or choose another: make serve PORT={other}")
            stop(nowhere)


def set_environment(host: str, port: int) -> str:
    """What `.env` and the environment leave open, for a site on this machine. Returns the address to open."""
    load_dotenv(ROOT / ".env")
    local = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host
    address = f"http://{in_address(local)}:{port}"
    if not os.environ.get("SITE_URL"):
        os.environ["SITE_URL"] = address
    if not os.environ.get("ALLOWED_HOSTS"):
        names = dict.fromkeys(["127.0.0.1", "localhost", "[::1]", in_address(host)])
        os.environ["ALLOWED_HOSTS"] = ",".join(name for name in names if name.strip("[]") not in WILDCARDS)
    os.environ["DEBUG"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "semarang_ikm.settings"
    return address


def static_state() -> str:
    """A fingerprint of everything that `collectstatic` would read."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    digest.update(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_mtime_ns}\0{found.st_size}\n".encode())
    return digest.hexdigest()


def prepare() -> None:
    """Database, content and static files, in this process: starting Python and Django once is quick enough."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["default"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        step("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
    from sentra import triggers

    if triggers.missing():
        # A restored or altered database: without them no page would be kept in memory.
        triggers.install()
    step("Loading the shipped content")
    call_command("seed", verbosity=0)

    state, stamp = static_state(), VAR / "static-state"
    collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    if not (collected and stamp.exists() and stamp.read_text(encoding="ascii") == state):
        step("Collecting and compressing static files")
        stamp.unlink(missing_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(state, encoding="ascii")
    # gunicorn's workers must not inherit this process' connection.
    connections.close_all()


def prepare_or_explain() -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError
    from django.db.utils import OperationalError

    try:
        prepare()
    except (CommandError, ImproperlyConfigured) as error:
        stop(str(error))
    except OperationalError as error:
        stop(f"The database does not answer: {str(error).strip()}\nLook at DATABASE_URL and at the free disk space.")


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    arguments = parser.parse_args()
    host, port = arguments.host.strip("[]"), port_number(arguments.port)
    require_free(host, port)

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    VAR.mkdir(exist_ok=True)
    address = set_environment(host, port)
    prepare_or_explain()

    print(
        f"\nSentra Semarang is at   {address}/\n"
        f"English                 {address}/en/\n"
        f"For officers            {address}/admin/   (make an account once with: make admin)\n"
        "Stop with Ctrl-C.\n"
    )
    if not is_loopback(host):
        print(
            "Others can reach this machine under its own names only when ALLOWED_HOSTS and SITE_URL say them\n"
            f"(now: {os.environ['ALLOWED_HOSTS']}, {os.environ['SITE_URL']}).\n"
        )
    sys.stdout.flush()
    gunicorn = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"{in_address(host)}:{port}"]
    os.execv(sys.executable, [sys.executable, *gunicorn, "semarang_ikm.wsgi:application"])


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        stop("\nStopped.", 128 + signal.SIGINT)
