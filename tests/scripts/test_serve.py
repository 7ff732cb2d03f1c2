"""`make serve` says what is wrong before it does anything."""

import os
import socket

import pytest

from tests.scripts import load

serve = load("scripts/serve.py")


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting given, no .env read; what the command sets is forgotten again."""
    for name in ("SITE_URL", "ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(serve, "load_dotenv", lambda _path: None)


@pytest.mark.parametrize("text", ["", "0", "65536", "8000000", "-1", "80a", "８０", "1.5", " 80"])
def test_what_is_no_port_is_named(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve.port_number(text)
    assert stopped.value.code == 1
    assert f"PORT={text} is not a port number" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["1", "8000", "65535"])
def test_a_port_is_taken_as_it_is(text: str) -> None:
    assert serve.port_number(text) == int(text)


@pytest.mark.parametrize("where", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_named_with_the_way_out(where: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind((where, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as stopped:
            serve.require_free("127.0.0.1", port)
    assert stopped.value.code == 1
    said = capsys.readouterr().err
    assert f"Port {port} is already taken" in said
    assert "make serve PORT=8001" in said


def test_a_free_port_stays_free() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve.require_free("127.0.0.1", port)
    serve.require_free("127.0.0.1", port)


@pytest.mark.parametrize("host", ["203.0.113.9", "not a host", "tidak.invalid"])
def test_a_foreign_host_is_named(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serve.require_free(host, 8000)
    assert f"HOST={host} is not an address of this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "address", "names"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001", "127.0.0.1,localhost,[::1]"),
        ("::1", "http://[::1]:8001", "127.0.0.1,localhost,[::1]"),
        ("0.0.0.0", "http://127.0.0.1:8001", "127.0.0.1,localhost,[::1]"),
        ("desk.example", "http://desk.example:8001", "127.0.0.1,localhost,[::1],desk.example"),
    ],
)
@pytest.mark.usefixtures("clean_environment")
def test_what_nobody_set_fits_this_machine(host: str, address: str, names: str) -> None:
    assert serve.set_environment(host, 8001) == address
    assert os.environ["SITE_URL"] == address
    assert os.environ["ALLOWED_HOSTS"] == names


@pytest.mark.usefixtures("clean_environment")
def test_what_somebody_set_stays_and_debug_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://sentra.example.id")
    monkeypatch.setenv("ALLOWED_HOSTS", "sentra.example.id")
    monkeypatch.setenv("DEBUG", "1")
    serve.set_environment("127.0.0.1", 8000)
    assert os.environ["SITE_URL"] == "https://sentra.example.id"
    assert os.environ["ALLOWED_HOSTS"] == "sentra.example.id"
    assert not os.environ["DEBUG"]


@pytest.mark.parametrize(("host", "own"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)])
def test_only_a_site_that_others_reach_explains_its_names(host: str, own: bool) -> None:
    assert serve.is_loopback(host) is own
