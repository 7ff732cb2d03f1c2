"""Which change set a write belongs to.

    with recording(kind=ChangeKind.IMPORT, by=officer, why="Daftar 2026") as change_set:    one act, one transaction
    with recording_if_any(kind=..., by=...):       the same, stored only when something is written

A write outside of both belongs to a set of kind "system", one for each transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from sentra.choices import ChangeKind
from sentra.models import ChangeSet
from sentra.models.change_set import WHY_LENGTH

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

    Who = AbstractBaseUser | AnonymousUser | None


class _Pending:
    """A change set that is stored with the first write, in the transaction of that write."""

    def __init__(self, kind: str, by: "Who", why: str, *, outlives_transaction: bool) -> None:
        self.kind, self.by, self.why = kind, by, why
        self._outlives_transaction = outlives_transaction
        self._stored: ChangeSet | None = None
        self._committed = False

    def change_set(self) -> ChangeSet:
        if self._stored is None or not self._still_stands():
            self._committed = False
            self._stored = store(kind=self.kind, by=self.by, why=self.why)
            transaction.on_commit(self._commit)
        return self._stored

    def _commit(self) -> None:
        self._committed = True

    def _still_stands(self) -> bool:
        """Django forgets what a rolled back savepoint or transaction wanted to do at the commit: so the row is gone."""
        if self._committed:
            return self._outlives_transaction
        return any(entry[1] == self._commit for entry in connections[DEFAULT_DB_ALIAS].run_on_commit)


_explicit: ContextVar[ChangeSet | None] = ContextVar("change_set", default=None)
_pending: ContextVar[_Pending | None] = ContextVar("pending_change_set", default=None)
_ambient: ContextVar[_Pending | None] = ContextVar("ambient_change_set", default=None)


@contextmanager
def recording(
    *, kind: str, by: "Who", why: str = "", undoes: ChangeSet | None = None, within: ChangeSet | None = None
) -> Iterator[ChangeSet]:
    """Everything written inside is one change set, in one transaction. Inside another one, that one goes on.

    `within`: a set that is stored already, of which this is a further transaction.
    """
    if (outer := _explicit.get()) is not None:
        yield outer
        return
    with transaction.atomic():
        change_set = within or store(kind=kind, by=by, why=why, undoes=undoes)
        token = _explicit.set(change_set)
        try:
            yield change_set
        finally:
            _explicit.reset(token)


@contextmanager
def recording_if_any(*, kind: str, by: "Who", why: str = "") -> Iterator[None]:
    """What is written inside is one change set, if anything is; each transaction inside is its own."""
    token = _pending.set(_Pending(kind, by, why, outlives_transaction=True))
    try:
        yield
    finally:
        _pending.reset(token)


def current_change_set() -> ChangeSet:
    """The set to which a write belongs now."""
    if (explicit := _explicit.get()) is not None:
        return explicit
    pending = _pending.get() or _ambient.get()
    if pending is None:
        pending = _Pending(ChangeKind.SYSTEM, None, "", outlives_transaction=False)
        _ambient.set(pending)
    return pending.change_set()


def store(*, kind: str, by: "Who", why: str = "", undoes: ChangeSet | None = None) -> ChangeSet:
    name = ""
    if by is not None and by.pk is not None:
        name = (getattr(by, "get_full_name", str)() or by.get_username())[:150]
    change_set = ChangeSet(
        who_id=by.pk if by is not None else None, who_name=name, kind=kind, why=why.strip()[:WHY_LENGTH], undoes=undoes
    )
    change_set.save()
    return change_set
