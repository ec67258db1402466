"""The catalogue as this process knows it: an index for each version and day, and the free seats of some seconds ago."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any

from flask import Flask, current_app, has_request_context, request

from catalog.offers import queries
from catalog.search import reading
from catalog.search.index import Index, Seats
from catalog.version import changes
from config import beforehand, clock, page_cache
from config.database import db
from config.glance import Glance
from config.stamp import Stamp

MOST_PIECES = 20_000
FEWEST_ANEW = 200  # modules and courses that are read one by one; from more on, all are read
NO_TIME = timedelta(0)
STATEMENT = "SELECT number FROM catalog_version"


@dataclass
class Snapshot:
    """`cards`: those drawn so far with the study they tell of, by study, run and language; `pieces`: what of the search page is the same at many requests, by name
    and language; `shared`: what several cards say, once."""

    version: int
    on: date
    index: Index
    seats: Seats = field(default_factory=dict)
    seats_at: datetime | None = None
    cards: dict[tuple, tuple] = field(default_factory=dict)
    pieces: dict[tuple, Any] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)


class Keeper:
    """Makes the snapshot anew when the version or the day is another, and reads the seats again when they are old."""

    def __init__(self, glance: Glance, settings: dict):
        self._glance, self._settings = glance, settings
        self._snapshot: Snapshot | None = None
        self._making = Lock()

    def now(self) -> Snapshot:
        version, at = self._version(), clock.now()
        ready = self.ready(version, at)
        if ready is not None:
            return ready
        made = self._renew(version, clock.day_of(at))
        self._count_seats(made, at)
        return made

    def ready(self, version: int, at: datetime) -> Snapshot | None:
        """The snapshot as it stands, unless version, day or seats are no longer those of this moment."""
        kept = self._snapshot
        if kept is None or kept.version != version or kept.seats_at is None or not NO_TIME <= at - kept.seats_at < self._settings["PAGES_KEPT_FOR"]:
            return None
        return kept if kept.on == clock.day_of(at) else None

    def _version(self) -> int:
        """The page cache in front has read it for this request; elsewhere it is read here."""
        read = request.environ.get(page_cache.VERSION) if has_request_context() else None
        return self._glance.number() if read is None else read

    def _renew(self, version: int, on: date) -> Snapshot:
        with self._making:
            made = self._snapshot
            if made is None or (made.version, made.on) != (version, on):
                made = self._snapshot = _after(made, version, on)
            return made

    def _count_seats(self, snapshot: Snapshot, at: datetime) -> None:
        with self._making:
            known = snapshot.seats
            changed = {run: left for run, left in queries.seat_rows() if known.get(run) != left}
            known.update(changed)
            snapshot.index.with_free_seats(known, changed)
            snapshot.seats_at = at
            if len(snapshot.pieces) > MOST_PIECES:
                snapshot.pieces.clear()


def _after(before: Snapshot | None, version: int, on: date) -> Snapshot:
    """Anew, or with what has changed since, where that is told and little; the cards of all the others are drawn already."""
    changed = changes(before.version, version) if before and before.on == on else None
    if changed is None or changed.size > FEWEST_ANEW:
        return Snapshot(version, on, reading.index_of(on))
    return Snapshot(version, on, reading.renewed(before.index, changed), cards=before.cards, shared=before.shared)


def init_app(app: Flask) -> None:
    with app.app_context():
        stamp = app.extensions["catalogue_stamp"] = Stamp(app.config["SETTINGS"].instance / "catalogue-stamp")
        glance = Glance(db.engine, STATEMENT, stamp)
    keeper = app.extensions["catalogue"] = Keeper(glance, app.config)
    beforehand.add(app, "catalogue", keeper.now)
    page_cache.init_app(app, glance.number)


def now() -> Snapshot:
    """The catalogue as it is at this request."""
    return current_app.extensions["catalogue"].now()


def ready(app: Flask, version: int, at: datetime) -> Snapshot | None:
    """The catalogue where nothing has to be read for it: outside of a request."""
    return app.extensions["catalogue"].ready(version, at)
