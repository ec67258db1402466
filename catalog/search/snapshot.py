"""The catalogue as this process knows it: an index for each version and day, and the free seats of some seconds ago."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from flask import Flask, current_app, has_request_context, request

from catalog.offers import queries
from catalog.search import studies
from catalog.search.index import Index, Seats
from config import clock, page_cache
from config.database import db
from config.glance import Glance

MOST_PIECES = 5000
STATEMENT = "SELECT number FROM catalog_version"


@dataclass
class Snapshot:
    """`cards`: those drawn so far, by study, run and language; `tags`: those of the seats, by counts and language;
    `pieces`: what of the search page is the same at many requests, by name and language."""

    version: int
    on: date
    index: Index
    seats: Seats = field(default_factory=dict)
    seats_at: datetime | None = None
    cards: dict[tuple, tuple[str, str]] = field(default_factory=dict)
    tags: dict[tuple, str] = field(default_factory=dict)
    pieces: dict[tuple, Any] = field(default_factory=dict)


class Keeper:
    """Makes the snapshot anew when the version or the day is another, and reads the seats again when they are old."""

    def __init__(self, glance: Glance):
        self._glance = glance
        self._snapshot: Snapshot | None = None
        self._making = Lock()

    def now(self) -> Snapshot:
        version, at = self._version(), clock.now()
        snapshot = self._snapshot
        if snapshot is None or (snapshot.version, snapshot.on) != (version, clock.day_of(at)):
            snapshot = self._renew(version, clock.day_of(at))
        if snapshot.seats_at is None or not timedelta(0) <= at - snapshot.seats_at < current_app.config["PAGES_KEPT_FOR"]:
            self._count_seats(snapshot, at)
        return snapshot

    def _version(self) -> int:
        """The page cache in front has read it for this request; elsewhere it is read here."""
        read = request.environ.get(page_cache.VERSION) if has_request_context() else None
        return self._glance.number() if read is None else read

    def _renew(self, version: int, on: date) -> Snapshot:
        with self._making:
            made = self._snapshot
            if made is None or (made.version, made.on) != (version, on):
                made = self._snapshot = Snapshot(version, on, Index(studies.read_all(on)))
            return made

    def _count_seats(self, snapshot: Snapshot, at: datetime) -> None:
        with self._making:
            snapshot.seats = {run: (total, taken, waiting) for run, total, taken, waiting in queries.seat_rows()}
            snapshot.index.with_free_seats(snapshot.seats)
            snapshot.seats_at = at
            if len(snapshot.pieces) > MOST_PIECES:
                snapshot.pieces.clear()


def init_app(app: Flask) -> None:
    with app.app_context():
        glance = Glance(db.engine, STATEMENT)
    app.extensions["catalogue"] = Keeper(glance)
    page_cache.init_app(app, glance.number)


def now() -> Snapshot:
    """The catalogue as it is at this request."""
    return current_app.extensions["catalogue"].now()
