"""Which state of the data this is, and what may be kept in memory for as long as it stays.

    data_version()      changes with every committed write to what public pages show; None: nothing may be kept now
    @kept               keeps a function's results until the data, the day or the language changes
    remember(key, f)    the same for a piece of work that is no function of its own

The version is a row that database triggers renew inside the writer's transaction (sentra.triggers), and it is read
anew on each request. So nothing kept can be stale once a save was acknowledged, in whichever process, and a crash
between two steps cannot leave anything behind.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.utils.translation import get_language

from semarang_ikm.shared.time import today
from sentra import triggers

# Values kept per process. A rendered card takes about 1 KB, and there are a few dozen tables of labels and counts.
MAX_KEPT = 6000
# PostgreSQL has no cheap sign that a trigger was dropped by hand; so often we look, in seconds.
LOOK_AFTER = 10.0

_READ = {
    # Whoever drops a trigger changes the schema's version: they are looked at again then, and only then.
    "sqlite": "SELECT token, changed_at, (SELECT schema_version FROM pragma_schema_version)"  # noqa: S608 - a table of ours
    f" FROM {triggers.TABLE} WHERE id = 1",
    "postgresql": f"SELECT token, changed_at, NULL FROM {triggers.TABLE} WHERE id = 1",  # noqa: S608
}


class Version(NamedTuple):
    """`changed_at`: seconds since 1970 of the last write, by the database's clock."""

    token: str
    changed_at: int


def read_version() -> Version | None:
    """The committed version; None when it cannot be relied on: no row, no database, a trigger missing.

    None inside a transaction as well: what it has written already, nobody else may ever see.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        return None
    try:
        connection.ensure_connection()
        # Past Django's cursor, which costs more than the row does.
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(_READ[connection.vendor])
            row = cursor.fetchone()
        if row is None or not _triggers_stand(connection.settings_dict["NAME"], row[2]):
            return None
    except Exception:  # whatever a driver raises: the page itself will meet it, and report it
        connection.close()
        return None
    return Version(row[0], row[1])


def _triggers_stand(database: Hashable, schema: int | None) -> bool:
    """Whether every watched table has its triggers, asked again when the schema or, without that sign, time went on."""
    global _looked
    sign = (database, time.monotonic() // LOOK_AFTER if schema is None else schema)
    if _looked is None or _looked[0] != sign:
        _looked = (sign, not triggers.missing())
    return _looked[1]


_looked: tuple[Hashable, bool] | None = None
_pinned: ContextVar[Version | None] = ContextVar("data_version", default=None)


@contextmanager
def pinned(version: Version) -> Iterator[None]:
    """Answer one request from one version, read once and before its first other query."""
    token = _pinned.set(version)
    try:
        yield
    finally:
        _pinned.reset(token)


def data_version() -> str | None:
    """A text that changes with every committed write to what public pages show; None: keep nothing now."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return None
    version = _pinned.get() or read_version()
    return version.token if version else None


class _Kept:
    """Results of one state of the data, on one day. The ones unused for longest go first."""

    def __init__(self, state: Hashable) -> None:
        self.state = state
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, default: Any) -> Any:
        with self._lock:
            if key not in self._values:
                return default
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._values[key] = value
            if len(self._values) > MAX_KEPT:
                self._values.popitem(last=False)


_kept = _Kept(None)
_NOTHING = object()


def _kept_now() -> _Kept | None:
    """What is kept of the present state; None when nothing may be."""
    global _kept
    version = data_version()
    if version is None:
        return None
    state = (version, today())
    kept_values = _kept
    if kept_values.state != state:
        kept_values = _kept = _Kept(state)
    return kept_values


def _stands(values: _Kept) -> bool:
    """Whether the state is still the committed one: what was computed meanwhile then belongs to it entirely."""
    version = read_version()
    return version is not None and values.state == (version.token, today())


R = TypeVar("R")


def remember(key: Hashable, compute: Callable[[], R]) -> R:
    """The result of `compute` from this process' memory, or a new one that is kept until data, day or language change.

    For what follows from these and the key alone. Results are shared between threads and requests: nobody may change them.
    """
    values = _kept_now()
    if values is None:
        return compute()
    key = (key, get_language())
    found = values.get(key, _NOTHING)
    if found is _NOTHING:
        found = compute()
        if _stands(values):
            values.put(key, found)
    return found


def remember_each(name: Hashable, keys: Iterable[Any], compute: Callable[[list[Any]], Mapping[Any, R]]) -> list[R]:
    """The same for many things of one name: those that are not kept are computed together. What has none is left out."""
    values, wanted, language = _kept_now(), list(keys), get_language()
    found: dict[Any, Any] = {}
    if values is not None:
        for key in wanted:
            if (value := values.get((name, key, language), _NOTHING)) is not _NOTHING:
                found[key] = value
    if missing := [key for key in wanted if key not in found]:
        new = compute(missing)
        found |= new
        if values is not None and _stands(values):
            for key, value in new.items():
                values.put((name, key, language), value)
    return [found[key] for key in wanted if key in found]


def kept(compute: Callable[..., R]) -> Callable[..., R]:
    """Remember a function's results per arguments (hashable, by position)."""

    @wraps(compute)
    def wrapper(*args: Hashable) -> R:
        return remember((compute, args), lambda: compute(*args))

    return wrapper
