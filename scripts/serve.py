"""`make serve`: from a bare clone to a running site, in one process that ends as gunicorn.

Shows each step; a second run has little to do and is up within seconds.
"""

import argparse
import os
import secrets
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def step(text: str) -> None:
    print(f"==> {text}", flush=True)


def stop(text: str) -> None:
    print(text, file=sys.stderr)
    raise SystemExit(1)


def port_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        stop(f"PORT={text} is not a port number. Use one from 1 to 65535, for example: make serve PORT=8001")
    return int(text)


def require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except PermissionError:
            stop(f"Port {port} may only be used by the administrator. Choose another: make serve PORT=8001")
        except socket.gaierror:
            stop(f"HOST={host} is not an address of this machine. Leave HOST out, or use HOST=0.0.0.0 for all.")
        except OSError as error:
            if error.errno == 99:
                stop(f"HOST={host} is not an address of this machine. Leave HOST out, or use HOST=0.0.0.0 for all.")
            other = 8001 if port != 8001 else 8002
            stop(f"Port {port} is already taken. Stop what uses it, or choose another: make serve PORT={other}")


def make_secret() -> None:
    path = VAR / "secret_key"
    if os.environ.get("SECRET_KEY") or path.exists():
        return
    VAR.mkdir(exist_ok=True)
    step("Making the secret var/secret_key (once)")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))


def prepare() -> None:
    """Database, content and static files, in this process."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "semarang_ikm.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        step("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
    step("Loading the shipped content")
    call_command("seed", verbosity=0)
    step("Collecting static files")
    call_command("collectstatic", verbosity=0, interactive=False)
    connection.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")
    arguments = parser.parse_args()
    port = port_number(arguments.port)
    require_free(arguments.host, port)
    VAR.mkdir(exist_ok=True)
    make_secret()
    shown = "127.0.0.1" if arguments.host in ("0.0.0.0", "::") else arguments.host
    address = f"http://{shown}:{port}"
    os.environ.setdefault("SITE_URL", address)
    os.environ.setdefault("ALLOWED_HOSTS", f"127.0.0.1,localhost,[::1],{arguments.host}")
    os.environ["DEBUG"] = ""
    try:
        prepare()
    except KeyboardInterrupt:
        stop("\nStopped.")
    print(
        f"\nSentra Semarang is at   {address}/\n"
        f"English                 {address}/en/\n"
        f"For officers            {address}/admin/   (make an account once with: make admin)\n"
        "Stop with Ctrl-C.\n",
        flush=True,
    )
    os.chdir(ROOT)
    gunicorn = str(Path(sys.executable).parent / "gunicorn")
    bind = f"[{arguments.host}]:{port}" if ":" in arguments.host else f"{arguments.host}:{port}"
    os.execv(gunicorn, [gunicorn, "--config", "gunicorn.conf.py", "--bind", bind, "semarang_ikm.wsgi:application"])


if __name__ == "__main__":
    main()
