"""The search engine in memory: an answer with its counts, without a page around it

Questions as visitors ask them, no two alike, each with the numbers of the page and the count of every value of every facet. Then a module is
written to, and the first question after it takes the change into the index rather than reading the whole catalogue.
"""

from collections.abc import Iterator
from itertools import islice
from statistics import quantiles
from time import process_time, thread_time
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import select

from catalog.offers.models import Module
from catalog.search import asked as asking
from catalog.search.asked import Asked
from catalog.search.index import Index
from catalog.search.snapshot import now
from config.database import db
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, memory, questions, quiet
from tests.benchmarks.measuring.workers import as_in_a_worker

FEW, MANY = sized(10_000, 400), sized(100_000, 1_200)
QUESTIONS = sized(5_000, 200)
CHANGES = sized(5, 1)


def run() -> list[Figure]:
    return [figure for size in (FEW, MANY) for figure in at(size)]


def at(size: int) -> Iterator[Figure]:
    url = databases.sqlite(size)
    with databases.app_on(url):
        before, began = memory.own(), process_time()
        index = now().index
        yield Figure(f"{size} studies: read and indexed", process_time() - began, "s of the processor")
        yield Figure(f"{size} studies: memory", memory.own() - before, "MiB")
        asked = list(islice(_asked(index), QUESTIONS))
        quiet.before(f"{size} studies")
        took = answered(index, asked)
        renewed = [after_a_change() for _round in range(CHANGES)]
    cuts = quantiles(took, n=100)
    yield Figure(f"{size} studies: p50", cuts[49], "ms")
    yield Figure.at_most(f"{size} studies: p99", cuts[98], 1, "ms")
    yield Figure.of(f"{size} studies: one change taken in", renewed, "ms of the processor")


def after_a_change() -> float:
    """Milliseconds of the processor until the index knows a module's new title."""
    module = db.session.scalars(select(Module).order_by(Module.id)).first()
    module.title += " a"
    db.session.commit()
    began = process_time()
    now()
    return (process_time() - began) * 1000


def _asked(index: Index) -> Iterator[Asked]:
    for address in questions.addresses():
        yield asking.read(parse_qsl(urlsplit(address).query), index.values)


def answered(index: Index, asked: list[Asked]) -> list[float]:
    """Milliseconds of the processor for each answer. The words are new to the index the first time, as they are to a worker's."""
    with as_in_a_worker():
        return [_timed(index, one) for one in asked]


def _timed(index: Index, asked: Asked) -> float:
    began = thread_time()
    index.find(asked)
    return (thread_time() - began) * 1000
