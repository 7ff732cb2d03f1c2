"""The parts of `make bench` that can be wrong without measuring anything: the table, the client, the yardsticks."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.benchmarks import books
from tests.benchmarks.client import Load, combined, fetch, load
from tests.benchmarks.run import DEEDS
from tests.benchmarks.table import Case, Round, cases_table, memory_table

BODY = b"<p>tempe</p>" * 1000


class Constant(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/gone" else 200)
        if self.path == "/chunked":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY))
            return
        self.send_header("Content-Length", str(len(BODY)))
        if self.path == "/hangs-up":
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_args) -> None:
        pass


@pytest.fixture
def port():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Constant)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def case(**fields) -> Case:
    rounds = [Round(page=50, bare=100, kept=100, const=200, p95=0.030),
              Round(page=10, bare=100, kept=10, const=100, p95=0.010),
              Round(page=30, bare=100, kept=60, const=300, p95=0.020)]  # fmt: skip
    return Case(
        **{"database": "sqlite", "rows": 20000, "name": "list", "rounds": rounds, "alone": 0.0123, "queries": 9,
           "size": 61234, "gzip": 8000, "br": None} | fields
    )  # fmt: skip


def test_table_shows_the_middle_round_and_ratios_made_within_a_round():
    row = cases_table([case()]).splitlines()[-1]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells == ["sqlite", "20,000", "list", "30", "0.300", "20", "12.3", "9", "60", "0.20", "61,234", "8,000", "–"]


def test_table_is_markdown_whose_columns_line_up():
    lines = cases_table([case(), case(name="a page with a longer name", queries=None, rounds=[])]).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set(lines[1]) <= set("|-: ")
    assert all(line.count("|") == 14 for line in lines)


def test_memory_that_the_system_does_not_tell_is_no_number():
    table = memory_table([("sqlite", 2000, (96.4, 130.2)), ("postgres", 2000, None)])
    assert table.splitlines()[2].split() == ["|", "sqlite", "|", "2,000", "|", "96", "|", "130", "|"]
    assert table.splitlines()[3].count("–") == 2


def test_what_officers_do_is_measured_and_has_a_table():
    assert {name for name, _deed in DEEDS.values()} == {"office", "books", "selection", "imports"}
    for name, deed in DEEDS.values():
        assert callable(deed.measure) and callable(deed.main), name
        assert len(deed.table([]).splitlines()) == 2, name


def test_every_file_of_a_book_has_its_goal():
    assert set(books.GOALS) == {(size, variant) for size in books.SIZES for variant in ("reading", "press")}


@pytest.mark.parametrize("path", ["/", "/chunked"])
def test_client_reads_an_answer_to_its_end(port, path):
    answer = fetch(port, path)
    assert answer.status == 200
    assert BODY in answer.body


def test_client_counts_answers_and_keeps_connections_busy(port):
    found = load(port, "/", connections=3, seconds=0.1)
    assert found.failures == 0
    assert len(found.latencies) >= 3
    assert found.rate == pytest.approx(len(found.latencies) / found.seconds)
    assert 0 < found.percentile(0.5) <= found.percentile(0.95)


def test_what_is_no_200_is_a_failure_and_no_answer(port):
    found = load(port, "/gone", connections=2, seconds=0.05)
    assert found.failures >= 2
    assert found.latencies == []
    assert found.rate == 0


def test_client_comes_back_when_the_server_hangs_up(port):
    found = load(port, "/hangs-up", connections=2, seconds=0.1)
    assert len(found.latencies) >= 2


def test_rates_of_several_processes_add_up():
    both = combined([Load(2.0, [0.1] * 20), Load(1.0, [0.2] * 30, failures=1)])
    assert both.rate == pytest.approx(40)
    assert both.failures == 1
