"""Reading the time with what the database adds to it. The time itself is read first, so that no lock delays it."""

import time
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from config.database import db, reading
from demo.clock.models import DemoClock

ASKED_EVERY = 1.0  # seconds: how long another process may still tell the time as it was before the clock was moved


class Clock:
    """What is called for the time. Each process asks the database once a second, on a connection of its own."""

    def __init__(self, app: Flask):
        self._app, self._ahead, self._asked_at = app, timedelta(), float("-inf")

    def __call__(self) -> datetime:
        at = datetime.now(UTC)
        if time.monotonic() - self._asked_at > ASKED_EVERY:
            self._ahead, self._asked_at = self._ask(), time.monotonic()
        return at + self._ahead

    def forget(self) -> None:
        """After the clock was moved, so that this process knows of it at once."""
        self._asked_at = float("-inf")

    def _ask(self) -> timedelta:
        try:
            with self._app.app_context(), reading(), db.engine.connect() as connection:
                return timedelta(seconds=connection.scalar(select(DemoClock.seconds)) or 0)
        except DatabaseError:  # there are no tables yet
            return timedelta()
