"""The server's own answers and its log: bounded, plain, and without personal data."""

import datetime
import json
import logging
import socket
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestLine

from tests.scripts import load

conf = load("gunicorn.conf.py")


@pytest.fixture
def log() -> tuple[conf.RequestLog, list[str]]:
    """A request log that writes into a list."""
    config = Config()
    config.set("accesslog", "-")
    lines: list[str] = []
    request_log = conf.RequestLog(config)
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    request_log.access_log.handlers = [handler]
    return request_log, lines


def write(request_log: conf.RequestLog, **environ: str) -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": "/cari/?q=Siti+Aminah",
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_USER_AGENT": "Peramban",
        "HTTP_X_REQUEST_ID": "0123456789abcdef",
        **environ,
    }
    answer = SimpleNamespace(status="200 OK", sent=512, headers=[])
    request_log.access(answer, SimpleNamespace(headers=[]), environ, datetime.timedelta(milliseconds=12))


def test_a_line_names_the_request_and_nobody(log) -> None:
    request_log, lines = log
    write(request_log)
    assert len(lines) == 1
    assert lines[0].endswith(" 0123456789abcdef GET /cari/ 200 512 12")
    assert not any(secret in lines[0] for secret in ("Siti", "203.0.113.7", "Peramban"))


def test_json_when_asked(log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_FORMAT", "json")
    request_log, lines = log
    write(request_log)
    line = json.loads(lines[0])
    assert set(line) == {"time", "id", "method", "path", "status", "bytes", "ms"}
    assert (line["path"], line["status"], line["ms"]) == ("/cari/", 200, 12)


def test_a_path_begins_no_line_of_its_own(log) -> None:
    request_log, lines = log
    write(request_log, RAW_URI="/a\n2026 GET /b\x1b[31m" + "c" * 5000)
    assert "\n" not in lines[0]
    assert "\x1b" not in lines[0]
    assert len(lines[0]) < 500


def identified(given: list[tuple[str, str]]) -> list[str]:
    request = SimpleNamespace(headers=[("HOST", "localhost"), *given])
    conf.pre_request(None, request)
    assert request.headers[0] == ("HOST", "localhost")
    return [value for name, value in request.headers if name == "X-REQUEST-ID"]


def test_every_request_has_one_id() -> None:
    first, second = identified([]), identified([])
    assert len(first) == len(second) == 1
    assert first != second


def test_a_well_formed_id_of_the_proxy_stays() -> None:
    assert identified([("X-REQUEST-ID", "a1b2c3d4e5f6")]) == ["a1b2c3d4e5f6"]


@pytest.mark.parametrize("bad", ["", "short", "has space in it", "x" * 65, 'quote"12345678', "12345678\n"])
def test_an_odd_id_is_replaced(bad: str) -> None:
    (kept,) = identified([("X-REQUEST-ID", bad)])
    assert kept != bad
    assert conf.REQUEST_ID.fullmatch(kept)


def test_what_cannot_be_read_is_answered_in_a_sentence() -> None:
    said: list[tuple] = []
    worker = SimpleNamespace(log=SimpleNamespace(info=lambda *words: said.append(words)))
    ours, visitors = socket.socketpair()
    with ours, visitors:
        conf.Worker.handle_error(worker, None, ours, ("203.0.113.7", 5), LimitRequestLine(9000, 8190))
        answer = visitors.recv(4096).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 400 Bad Request\r\n")
    assert "Content-Type: text/plain; charset=utf-8" in head
    assert "X-Content-Type-Options: nosniff" in head
    assert f"Content-Length: {len(body)}" in head
    assert "tidak dapat dibaca" in body
    assert "203.0.113.7" not in str(said)


def test_a_visitor_who_has_gone_is_no_error() -> None:
    worker = SimpleNamespace(log=SimpleNamespace(info=lambda *words: None))
    ours, visitors = socket.socketpair()
    visitors.close()
    ours.close()
    conf.Worker.handle_error(worker, None, ours, None, LimitRequestLine(9000, 8190))


def test_the_same_words_as_the_ingress() -> None:
    from semarang_ikm.middleware import REFUSAL

    assert conf.REFUSAL.decode() == REFUSAL


@pytest.mark.django_db
def test_a_fitting_database_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    conf.on_starting(None)


@pytest.mark.django_db
def test_a_database_that_lacks_migrations_does_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    plan = "django.db.migrations.executor.MigrationExecutor.migration_plan"
    monkeypatch.setattr(plan, lambda *_: [object(), object()])
    with pytest.raises(SystemExit) as stopped:
        conf.on_starting(None)
    assert stopped.value.code == 1
    assert "2 migration(s) are not applied" in capsys.readouterr().err


def test_the_worker_for_long_work_is_started_again_and_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    real = conf.subprocess.Popen

    def start(command: list[str], **options: object):
        begun.append(real([sys.executable, "-c", "import time; time.sleep(60)"], **options))
        return begun[-1]

    monkeypatch.setattr(conf.subprocess, "Popen", start)
    monkeypatch.setattr(conf.Companion, "PAUSE_SECONDS", 0.05)
    companion = conf.Companion()
    companion.start()
    wait_until(lambda: len(begun) == 1)
    begun[0].kill()
    wait_until(lambda: len(begun) == 2)
    companion.end()
    assert begun[1].poll() is not None
    companion._watch.join(5)
    assert len(begun) == 2


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
