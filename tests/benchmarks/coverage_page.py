"""Coverage out of the database: the national matrix as its page asks for it, 10 000 offerings

Beside the cells themselves («coverage»), which are counted in memory from facts: here the facts are read from the rows, and the rules
that hold on the day with them. After a change of the catalogue all of it is read anew. As next to nothing waits here, these are the
processor's time.
"""

from collections.abc import Callable, Iterator
from datetime import date
from time import process_time

from flask import current_app
from sqlalchemy import select

from catalog import version
from catalog.offers.models import Offering
from catalog.values import Band
from config.clock import day_of, now
from config.database import db
from regions.coverage import loading, matrix
from regions.coverage.matrix import Asked
from regions.coverage.views import study_year
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, memory, quiet
from tests.benchmarks.measuring.workers import as_in_a_worker

OFFERINGS = sized(10_000, 400)
ROUNDS = sized(5, 1)


def run() -> list[Figure]:
    return [figure for name, url in databases.engines(OFFERINGS) for figure in on(name, url)]


def on(name: str, url: str) -> Iterator[Figure]:
    quiet.before(name)
    with databases.app_on(url), as_in_a_worker():
        today = day_of(now())
        asked = Asked(study_year(today), Band.PRIMARY)
        read = rounds(lambda: loading.load(asked.study_year, today))
        before = memory.own()
        first = rounds(lambda: matrix.matrix(asked, today), lambda: read_anew(asked, today))
        cells = sum(len(row.cells) for row in matrix.matrix(asked, today).rows)
        again = rounds(lambda: matrix.matrix(asked, today))
        changed = rounds(lambda: matrix.matrix(asked, today), change_one)
        grown = memory.own() - before
    yield Figure.of(f"{name}: read and laid out", read, "ms")
    yield Figure.of(f"{name}: the matrix of {cells} cells, cold, rules and subjects read", first, "ms")
    yield Figure.of(f"{name}: the matrix again", again, "ms")
    yield Figure.of(f"{name}: the matrix after one run has changed, reading included", changed, "ms")
    yield Figure(f"{name}: memory that is kept after {ROUNDS} changes", grown, "MiB")


def read_anew(asked: Asked, on: date) -> None:
    current_app.extensions.pop("coverage_catalogues", None)
    matrix._known(version.current(), asked.study_year, on)


def change_one() -> None:
    """An editor changes the seats of a run, which raises the catalogue's version."""
    run = db.session.scalars(select(Offering).order_by(Offering.id).limit(1)).one()
    run.seats += 1
    db.session.commit()


def rounds(work: Callable, prepare: Callable = lambda: None) -> list[float]:
    """Milliseconds of each round; what prepares it is not timed."""
    return [_timed(work, prepare) for _round in range(ROUNDS)]


def _timed(work: Callable, prepare: Callable) -> float:
    prepare()
    begun = process_time()
    work()
    return (process_time() - begun) * 1000
