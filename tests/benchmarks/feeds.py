"""A calendar feed: 200 gatherings, by the address a calendar fetches

The whole answer of the application, out of the database, in this process: first as a calendar that has never fetched it, then as one that has
(304). As next to nothing waits here, these are the processor's time.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import process_time

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.acting import Actor
from accounts.models import Person, Role
from catalog.offers.models import Gathering, Offering
from config.clock import now
from config.database import db
from enrolment.calendar import services
from enrolment.calendar.values import FeedKind
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, quiet

GATHERINGS = sized(200, 20)
ROUNDS = sized(20, 2)
MOST = 50  # ms


def run() -> list[Figure]:
    return [figure for name, url in databases.engines(20) for figure in on(name, url)]


def on(name: str, url: str) -> Iterator[Figure]:
    quiet.before(name)
    with databases.app_on(url):
        client, path = current_app.test_client(), f"/feeds/{_opened()}.ics"
        tag = client.get(path).headers["ETag"]
        first = rounds(lambda: _asked(client, path, 200))
        again = rounds(lambda: _asked(client, path, 304, {"If-None-Match": tag}))
    yield Figure.of(f"{name}: a feed of {GATHERINGS} gatherings", first, "ms", most=MOST)
    yield Figure.of(f"{name}: the same where nothing has changed", again, "ms", most=MOST)


def _opened() -> str:
    """A teacher with so many gatherings in ten runs, and the token of a feed of theirs."""
    somebody = Person(name="Bench")
    db.session.add(somebody)
    db.session.flush()
    for number, run in enumerate(db.session.scalars(select(Offering).order_by(Offering.id).limit(10)).all()):
        _seat(somebody, run, number)
    db.session.commit()
    return services.open_feed(FeedKind.GATHERINGS, actor=Actor(somebody.id, somebody.uuid, "Bench", Role.TEACHER), at=now())


def _seat(somebody: Person, run: Offering, number: int) -> None:
    begins = now().date() + timedelta(days=number)
    run.gatherings = [Gathering(starts_on=day, ends_on=day, place="Bergen") for day in _days(begins)]
    db.session.add(Enrolment(person_id=somebody.id, offering=run, module_id=run.module_id, state=Seat.PLACED, ticket=1, entered_at=now()))


def _days(begins: date) -> list[date]:
    return [begins + timedelta(weeks=week) for week in range(GATHERINGS // 10)]


def _asked(client: FlaskClient, path: str, status: int, headers: dict | None = None) -> None:
    assert client.get(path, headers=headers).status_code == status


def rounds(work: Callable) -> list[float]:
    """Milliseconds of each round."""
    return [_timed(work) for _round in range(ROUNDS)]


def _timed(work: Callable) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1000
