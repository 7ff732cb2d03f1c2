"""The load: keep-alive connections in processes of their own, so that the client is never what is slow.

Nothing but the standard library, and as little of HTTP as gunicorn's answers need.
"""

import contextlib
import multiprocessing
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe

PROCESSES = 2
# A measurement ends at its time when this many answers per connection came, and in any case after LONGEST seconds.
LEAST_ANSWERS = 1
LONGEST = 60.0
_BUFFER = 1 << 18


@dataclass
class Answer:
    """One answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Load:
    """What came back in one measurement. `seconds` is the time in which `latencies` were completed."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    failures: int = 0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def request_bytes(path: str, encoding: str = "identity", *, computed: bool = False) -> bytes:
    """`computed`: with a session's cookie, so that the page is made anew and not taken from the page cache."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/html", f"Accept-Encoding: {encoding}"]
    if computed:
        lines.append("Cookie: sessionid=nobody")
    return "\r\n".join([*lines, "", ""]).encode()


class _Line:
    """One connection and the answer that is on its way."""

    def __init__(self, port: int, request: bytes) -> None:
        self.port, self.request = port, request
        self.socket: socket.socket
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self) -> None:
        self.received = bytearray()
        self.expected: int | None = None
        self.sent_at = time.perf_counter()
        self.socket.sendall(self.request)

    def read(self) -> bool:
        """Take what has arrived; whether the answer is complete. Raises ConnectionError when the server hangs up."""
        part = self.socket.recv(_BUFFER)
        if not part:
            raise ConnectionError
        self.received += part
        if self.expected is None and (end := self.received.find(b"\r\n\r\n")) >= 0:
            self.expected = self._length(bytes(self.received[:end]).lower(), end + 4)
        if self.expected == -1:
            return self.received.endswith(b"0\r\n\r\n")
        return self.expected is not None and len(self.received) >= self.expected

    @staticmethod
    def _length(head: bytes, body_at: int) -> int:
        """Length of the whole answer; -1 when it comes in chunks."""
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name == b"content-length":
                return body_at + int(value)
        return -1

    @property
    def status(self) -> int:
        return int(self.received[9:12])


def fetch(port: int, path: str, encoding: str = "identity", *, computed: bool = False) -> Answer:
    """One request on a connection of its own."""
    line = _Line(port, request_bytes(path, encoding, computed=computed))
    line.send()
    with contextlib.closing(line.socket):
        while not line.read():
            pass
    seconds = time.perf_counter() - line.sent_at
    head, _, body = bytes(line.received).partition(b"\r\n\r\n")
    pairs = (text.partition(": ") for text in head.decode("latin-1").split("\r\n")[1:])
    return Answer(line.status, {name.lower(): value for name, _, value in pairs}, body, seconds)


def load(port: int, path: str, connections: int, seconds: float, computed: bool = False) -> Load:
    """Keep `connections` requests on their way for `seconds`, then let the last ones finish uncounted."""
    lines = [_Line(port, request_bytes(path, computed=computed)) for _ in range(connections)]
    result = Load()
    with selectors.DefaultSelector() as selector:
        started = time.perf_counter()
        for line in lines:
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send()
        running = len(lines)
        while running:
            for key, _events in selector.select():
                line = key.data
                now = _finish(line, result, selector)
                if now is None:
                    continue
                elapsed = now - started
                enough = len(result.latencies) + result.failures >= LEAST_ANSWERS * connections
                if result.seconds == 0.0 and ((elapsed >= seconds and enough) or elapsed >= LONGEST):
                    result.seconds = elapsed
                if result.seconds:
                    running -= 1
                    selector.unregister(line.socket)
                    line.socket.close()
                else:
                    line.send()
    return result


def _finish(line: _Line, result: Load, selector: selectors.BaseSelector) -> float | None:
    """Read; when the answer is complete, count it (while the clock runs) and return the time."""
    try:
        if not line.read():
            return None
        good = line.status == 200
    except ConnectionError:
        good = False
        selector.unregister(line.socket)
        line.socket.close()
        line.connect()
        selector.register(line.socket, selectors.EVENT_READ, line)
    now = time.perf_counter()
    if result.seconds == 0.0:
        if good:
            result.latencies.append(now - line.sent_at)
        else:
            result.failures += 1
    return now


class Clients:
    """Processes that load a server together; `with Clients() as clients: clients.load(...)`."""

    def __enter__(self) -> "Clients":
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Pipe] = []
        self._processes = []
        for _ in range(PROCESSES):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)
        return self

    def __exit__(self, *_exception: object) -> None:
        for pipe in self._pipes:
            with contextlib.suppress(OSError):
                pipe.send(None)
        for process in self._processes:
            process.join(timeout=5)

    def load(self, port: int, path: str, connections: int, seconds: float, computed: bool = False) -> Load:
        """The same as the function `load`, its connections shared out over the processes."""
        for pipe in self._pipes:
            pipe.send((port, path, max(1, connections // PROCESSES), seconds, computed))
        return combined([pipe.recv() for pipe in self._pipes])


def _serve(pipe: Pipe) -> None:
    while (order := pipe.recv()) is not None:
        pipe.send(load(*order))


def combined(loads: Sequence[Load]) -> Load:
    """Loads that ran side by side as one: rates add up."""
    latencies = [latency for part in loads for latency in part.latencies]
    rate = sum(part.rate for part in loads)
    seconds = len(latencies) / rate if rate else max(part.seconds for part in loads)
    return Load(seconds, latencies, sum(part.failures for part in loads))
