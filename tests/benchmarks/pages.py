"""Pages of the catalogue for strangers, against a bare Flask «hello»

Both are served by gunicorn with the product's own settings and two workers, and asked for over 8 connections on the same
machine: with wrk where it is installed, which costs the servers the least. «Against hello» is pages a second over hellos a second,
hello asked before and after; «of the processor» is the time that the workers spend on one hello over that on one page, which
others on the machine change little. «Uncached» = no question or module is asked for twice; «cached» = one and the same; «304» = the
browser has it already. Before the first round each site is asked questions for as long as its catalogue is large, as a worker lives for days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from statistics import mean
from urllib.parse import quote
from urllib.request import Request, urlopen

from sqlalchemy import select

from catalog.institutions.models import Institution
from catalog.offers.models import Module
from config.database import db
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, load, memory, questions, quiet
from tests.benchmarks.measuring.load import Answered
from tests.server import Served, started

ROUNDS = sized(5, 1)
SECONDS = 2
MOST_A_ROUND = sized(12_000, 2_500)  # more than any worker answers within a round
FEW, MANY = sized(10_000, 400), sized(100_000, 1_200)
# A worker makes its index at its first request, and on a busy machine ten times the catalogue may take more than gunicorn's minute.
PRODUCTION = {"SEKSTI_ENV": "production", "SEKSTI_HOSTS": "127.0.0.1", "GUNICORN_CMD_ARGS": "--timeout 600"}
HELLO = {"app": "tests.benchmarks.measuring.hello:app", "config": "tests/benchmarks/measuring/gunicorn_for_hello.py"}


@dataclass
class Site:
    """The product on one database, what it is asked for, and what it answered, round by round, by kind of page."""

    name: str
    served: Served
    questions: Iterator[str]
    modules: Iterator[str]
    answers: dict[str, list[Answered]] = field(default_factory=lambda: defaultdict(list))


def run() -> list[Figure]:
    print(f"  asked for by {load.tool()}", flush=True)
    with ExitStack() as running:
        hello = running.enter_context(started(databases.instance("hello"), **PRODUCTION, **HELLO))
        sites = [running.enter_context(site(name, url)) for name, url in databases.engines(FEW)]
        large = running.enter_context(site("SQLite", databases.sqlite(MANY), MANY // FEW))
        for each, times in [*((each, 1) for each in sites), (large, MANY // FEW)]:
            load.ask(each.served, list(islice(each.questions, times * MOST_A_ROUND)), times * SECONDS)
        hellos = [one_round(number + 1, hello, sites, large) for number in range(ROUNDS)]
        weights = [(each.name, memory.heaviest_worker(each.served.parent)) for each in sites]
    return [
        Figure.of("hello", [before.a_second for before, *_rest in hellos], "pages/s"),
        Figure.of("hello", [before.cpu * 1e6 for before, *_rest in hellos], "µs of the processor"),
        *(figure for number, each in enumerate(sites) for figure in against_hello(each, [around[number : number + 2] for around in hellos])),
        *(Figure.at_most(f"{name}: memory of a worker after this, {FEW} offerings", weight, 100, "MiB") for name, weight in weights),
        *of_size(sites[0], large),
    ]


@contextmanager
def site(name: str, url: str, times: int = 1) -> Iterator[Site]:
    """`times`: how many rounds' questions it is asked before the first round."""
    with databases.app_on(url):
        asked = list(islice(questions.addresses(), (ROUNDS + times) * MOST_A_ROUND))
        pages = select(Institution.code, Module.slug).join(Module.institution).order_by(Module.id)
        modules = [quote(f"/modules/{institution}/{slug}") for institution, slug in db.session.execute(pages)]
    with started(databases.instance(f"{name}-{len(modules)}"), DATABASE_URL=url, **PRODUCTION) as served:
        load.warm(served.address, ["/search", *modules[:10]])
        yield Site(name, served, iter(asked), cycle(modules))


def one_round(number: int, hello: Served, sites: list[Site], large: Site) -> list[Answered]:
    """Hello is asked before and after each site, as others may come to use the machine meanwhile; its answers are given back."""
    quiet.before(f"round {number} of {ROUNDS}")
    hellos = [load.ask(hello, ["/"], SECONDS)]
    for each in [*sites, large]:
        for what, measure in KINDS.items():
            if each is not large or what == UNCACHED:
                each.answers[what].append(measure(each))
        hellos.append(load.ask(hello, ["/"], SECONDS))
    return hellos


def search_uncached(each: Site) -> Answered:
    return load.ask(each.served, list(islice(each.questions, MOST_A_ROUND)), SECONDS)


def search_cached(each: Site) -> Answered:
    return load.ask(each.served, [ONE_QUESTION], SECONDS)


def not_changed(each: Site) -> Answered:
    """Raises RuntimeError where the answers were whole pages after all."""
    with urlopen(Request(each.served.address + ONE_QUESTION, headers=load.BROWSER), timeout=60) as answer:
        etag, size = answer.headers["ETag"], len(answer.read())
    answered = load.ask(each.served, [ONE_QUESTION], SECONDS, If_None_Match=etag)
    if answered.size > size:
        raise RuntimeError("The page changed while «not changed» was measured.")
    return answered


def module_uncached(each: Site) -> Answered:
    return load.ask(each.served, list(islice(each.modules, FEW // ROUNDS)), SECONDS)


def module_cached(each: Site) -> Answered:
    return load.ask(each.served, [next(each.modules)], SECONDS)


UNCACHED, CACHED = "search, uncached", "search, cached"
ONE_QUESTION = "/search?q=didaktikk&level=1-7"
KINDS: dict[str, Callable[[Site], Answered]] = {
    UNCACHED: search_uncached,
    CACHED: search_cached,
    "search, 304": not_changed,
    "module page, uncached": module_uncached,
    "module page, cached": module_cached,
}
GOALS = {UNCACHED: 0.30, CACHED: 1.2}


def against_hello(each: Site, hellos: list[list[Answered]]) -> Iterator[Figure]:
    """`hellos`: of each round, those before and after."""
    for what, answers in each.answers.items():
        rates = [answer.a_second / mean(hello.a_second for hello in around) for answer, around in zip(answers, hellos, strict=True)]
        spent = [mean(hello.cpu for hello in around) / answer.cpu for answer, around in zip(answers, hellos, strict=True)]
        yield Figure.of(f"{each.name}: {what}, against hello", rates, least=GOALS.get(what))
        yield Figure.of(f"{each.name}: {what}, of the processor", spent)


def of_size(small: Site, large: Site) -> list[Figure]:
    few, many = small.answers[UNCACHED], large.answers[UNCACHED]
    slower = [one.a_second / other.a_second for one, other in zip(few, many, strict=True)]
    spent = [other.cpu / one.cpu for one, other in zip(few, many, strict=True)]
    return [
        Figure.of(f"SQLite: {UNCACHED}, time at {MANY} offerings against {FEW}", slower, most=1.2),
        Figure.of(f"SQLite: {UNCACHED}, the same of the processor", spent),
    ]
