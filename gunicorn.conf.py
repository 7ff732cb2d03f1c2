"""How the site is served, with one worker for long work beside it.

Set from the environment: WEB_CONCURRENCY, THREADS, ACCESS_LOG, LOG_FORMAT, LOG_LEVEL, BACKGROUND_WORKER (0: none here).
"""

import contextlib
import datetime
import json
import os
import re
import secrets
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.errors import ParseException
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("THREADS", "4"))
# The workers share what the site keeps in memory; also, a mistake in it stops the start instead of every worker.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# The workers' heartbeat is a file; on a container's or a busy disk, writing it can block a worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - memory, not a shared folder of files
# gunicorn's most, and just below the 8 KB that a query may have: what is longer is answered here, see Worker.
limit_request_line = 8190
limit_request_fields = 60
# Nobody steers this server through a socket.
no_control_socket = True

loglevel = os.environ.get("LOG_LEVEL", "warning").lower()
errorlog = "-"
# "-" is standard output; an empty ACCESS_LOG turns the lines off.
accesslog = os.environ.get("ACCESS_LOG", "-") or None

REQUEST_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


class RequestLog(Logger):
    """One line a request, as text or as JSON: its id, never an address, a query, a browser or a name."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        if not self.access_log_enabled:
            return
        line = {
            "time": datetime.datetime.now().astimezone().isoformat(timespec="milliseconds"),
            "id": environ.get("HTTP_X_REQUEST_ID", "-"),
            "method": environ.get("REQUEST_METHOD", "-"),
            "path": environ.get("RAW_URI", "-").partition("?")[0][:300],
            "status": int(str(resp.status).split(None, 1)[0]),
            "bytes": getattr(resp, "sent", 0) or 0,
            "ms": round(request_time.total_seconds() * 1000),
        }
        if os.environ.get("LOG_FORMAT") == "json":
            self.access_log.info("%s", json.dumps(line))
        else:
            # A path may hold any byte: escaped, it can neither begin a line of its own nor steer a terminal.
            path = line["path"].encode("unicode_escape").decode("ascii")
            self.access_log.info("%s", " ".join(str(part) for part in {**line, "path": path}.values()))


logger_class = RequestLog

REFUSAL = b"Permintaan tidak dapat dibaca. / The request could not be read."


class Worker(ThreadWorker):
    """Answers what is no readable request (a line over 8 KB, broken headers) as the site's ingress does.

    gunicorn itself would answer 414 and the like in HTML without our headers, and log the visitor's address.
    """

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.info("Refused an unreadable request: %s", type(exc).__name__)
        head = (
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nCache-Control: no-store\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
            f"Content-Length: {len(REFUSAL)}\r\n\r\n"
        )
        # A visitor who has already gone needs no answer.
        with contextlib.suppress(OSError):
            write_nonblock(client, head.encode("ascii") + REFUSAL)


worker_class = Worker


def pre_request(worker: Any, req: Any) -> None:
    """Give every request an id: the one of the proxy in front where there is a well-formed one, else a new one."""
    given = next((value for name, value in req.headers if name == "X-REQUEST-ID"), "")
    kept = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    req.headers = [(name, value) for name, value in req.headers if name != "X-REQUEST-ID"] + [("X-REQUEST-ID", kept)]


def on_starting(server: Any) -> None:
    """Refuse to serve on a database that the code does not fit."""
    from django.apps import apps

    if not apps.ready:  # the benchmarks serve constant answers with these very settings
        return
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import OperationalError

    try:
        executor = MigrationExecutor(connections["default"])
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as error:
        print(f"The database does not answer: {str(error).strip()}\nLook at DATABASE_URL.", file=sys.stderr)
        sys.exit(1)
    finally:
        # The workers must not inherit this process' connection.
        connections.close_all()
    if pending:
        print(
            f"{len(pending)} migration(s) are not applied. Run `python manage.py migrate`, then start again.",
            file=sys.stderr,
        )
        sys.exit(1)


class Companion:
    """The process that does long work (`manage.py worker`): starts with the server, again when it died, ends with it."""

    PAUSE_SECONDS = 3.0
    GRACE_SECONDS = 10.0

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._process: subprocess.Popen | None = None
        self._watch = threading.Thread(target=self._keep_alive, name="companion", daemon=True)

    def start(self) -> None:
        self._watch.start()

    def _keep_alive(self) -> None:
        manage = Path(__file__).resolve().parent / "manage.py"
        command = [sys.executable, str(manage), "worker", "--with-parent", "--verbosity", "0", "--interval", "2"]
        while not self._ending.is_set():
            # A session of its own: Ctrl-C in a terminal reaches the server, which ends the worker in order.
            self._process = subprocess.Popen(command, start_new_session=True)  # noqa: S603  # our own command
            self._process.wait()
            self._ending.wait(self.PAUSE_SECONDS)

    def end(self) -> None:
        self._ending.set()
        if (process := self._process) is None:
            return
        process.terminate()
        try:
            process.wait(self.GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            # What it was doing is queued again when the next worker starts.
            process.kill()


companion = Companion()


def when_ready(server: Any) -> None:
    from django.apps import apps

    if apps.ready and os.environ.get("BACKGROUND_WORKER", "1") != "0":
        companion.start()


def on_exit(server: Any) -> None:
    companion.end()
