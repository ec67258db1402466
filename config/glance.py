"""One number of the database at a glance: without a session, a transaction or the ORM, for what is asked at every request.

Read again when the shared stamp is another, so what this machine commits is seen by every one of its processes at the next request;
and after a second in any case, for what other machines commit. Between the two nothing is asked, as even a round trip to a
database on the same machine costs a third of a small answer.
"""

import os
import time
from threading import Lock, local
from typing import NamedTuple

from sqlalchemy import Engine, event

from config.stamp import Stamp

TRUSTED_FOR = 1.0  # seconds


class Seen(NamedTuple):
    """A number, the stamp before it was read, and until when (monotonic seconds) it is trusted."""

    number: int
    stamp: bytes
    until: float


class Glance:
    """Runs one statement on a connection of its own for each thread: some microseconds on SQLite, one round trip on PostgreSQL."""

    def __init__(self, engine: Engine, statement: str, stamp: Stamp):
        self._engine, self._statement, self._stamp = engine, statement, stamp
        self._seen: Seen | None = None
        self._own = local()
        self._opened: list = []
        self._lock = Lock()
        event.listen(engine, "engine_disposed", lambda _engine: self._close())

    def number(self) -> int:
        """The first column of the first row; nought where there is no row. Raises the driver's error."""
        seen, stamp, now = self._seen, self._stamp.read(), time.monotonic()
        if seen is None or seen.stamp != stamp or now >= seen.until:
            seen = self._seen = Seen(self._read(), stamp, now + TRUSTED_FOR)
        return seen.number

    def _read(self) -> int:
        try:
            return self._ask()
        except self._engine.dialect.loaded_dbapi.Error:  # cut off since the last time: once more on a new connection
            self._own.connection = None
            return self._ask()

    def _ask(self) -> int:
        row = self._connection().execute(self._statement).fetchone()
        return row[0] if row else 0

    def _connection(self):
        kept = getattr(self._own, "connection", None)
        if kept is None or self._own.process != os.getpid() or kept not in self._opened:
            kept = self._own.connection = self._open()
            self._own.process = os.getpid()
        return kept

    def _open(self):
        borrowed = self._engine.raw_connection()
        opened = borrowed.driver_connection
        borrowed.detach()
        if self._engine.dialect.name == "postgresql":
            opened.autocommit = True  # so that each glance sees what is there now, and leaves nothing open
        with self._lock:
            self._opened.append(opened)
        return opened

    def _close(self) -> None:
        with self._lock:
            for opened in self._opened:
                opened.close()
            self._opened.clear()
