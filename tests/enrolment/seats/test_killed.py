"""Killed with -9 in the middle: nothing that was acknowledged is lost, nothing is offered twice, nothing is half done.

A worker of the web server, the clock's work, and PostgreSQL with all its processes, as by a loss of power. On a database that waits for the disk.
"""

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from http.client import HTTPException
from multiprocessing.context import ForkProcess
from pathlib import Path
from random import Random
from threading import Event as Signal
from time import monotonic, sleep

import pytest
from flask import Flask
from sqlalchemy import Select, func, select, update

from accounts.mail.models import Letter
from accounts.models import Event, Message
from catalog.offers.models import Offering
from catalog.values import EnrolmentMode
from config import processes, tick
from config.database import db, let_go, reading, upgrade
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.awarding.lifecycle import Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.seats import services
from enrolment.seats.lifecycle import ACTIVE, HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from tests import factories as f
from tests import postgres
from tests.benchmarks.measuring.memory import children
from tests.conftest import ENGINE, make_app
from tests.databases import VERSION
from tests.enrolment.awarding.conftest import TOLD, a_round
from tests.enrolment.seats.browsers import Browser, signed_in
from tests.server import Served, started

pytestmark = pytest.mark.drill

TEACHERS, RUNS, SEATS = 24, 4, 4
ALWAYS = {"opens_on": None, "apply_by": None, "starts_on": date(2040, 1, 1), "ends_on": None, "queue_closes_on": None}
WAYS = {"accept": "acceptance", "decline": "refusal", "withdraw": "withdrawal"}
OFFERED = select(Enrolment.id).where(Enrolment.state == Seat.OFFERED).subquery()
TOLD_OF = select(Outcome.id).where(Outcome.told_at.is_not(None)).subquery()
# Whoever withdraws from what has been offered meanwhile declines it.
LEAVES = {"withdraw": {"withdraw", "decline"}}


@dataclass
class Ground:
    """A database that waits for the disk, as production's does; `crash` kills its server and starts it again, none where it has no server."""

    url: str
    app: Flask
    crash: Callable[[], None] | None = None


@pytest.fixture(scope="module")
def ground(_database, tmp_path_factory) -> Iterator[Ground]:
    """Not the tests' own server, which does not wait for the disk. It is asked for so that the drill is run on both databases."""
    with ExitStack() as running:
        cluster = None if ENGINE == "sqlite" else running.enter_context(postgres.cluster(durable=True))
        made = _ground(cluster.url() if cluster else f"sqlite:///{tmp_path_factory.mktemp('drill')}/seksti.sqlite")
        made.crash = cluster and partial(_crash, cluster, made.app, running)
        yield made
        let_go(made.app)


def _ground(url: str) -> Ground:
    app = make_app(url, CLOCK=lambda: TOLD)
    upgrade(app)
    return Ground(url, app)


def _crash(cluster: postgres.Cluster, app: Flask, running: ExitStack) -> None:
    let_go(app)
    postgres.crash(cluster)
    running.callback(processes.end, postgres.start_again(cluster), signal.SIGQUIT)


@pytest.fixture
def hot(ground: Ground) -> Iterator[tuple[list[Offering], list[str]]]:
    """Runs that everybody wants, and the sign-ins of those who want them."""
    with ground.app.app_context():
        course = f.course(f.institution(), f.subject())
        runs = [f.offering(f.module(course), seats=SEATS, **ALWAYS) for _number in range(RUNS)]
        yield runs, signed_in([f.teacher(name=f"Teacher {number}") for number in range(TEACHERS)])
        _forget()


def _forget() -> None:
    """Each drill has the database for itself."""
    db.session.rollback()
    for table in reversed(db.metadata.sorted_tables):
        if table.name != VERSION:
            db.session.execute(table.delete())
    db.session.commit()


# Many at once


@dataclass
class Said:
    """What the product has acknowledged: of which enrolment which step. And how often it did not answer as one would like."""

    steps: list[tuple[str, str]] = field(default_factory=list)
    broken: int = 0


def opened(address: str, token: str) -> tuple[Browser, str]:
    """A browser with the token of a form that it has open."""
    browser = Browser(address, token)
    return browser, browser.form_token("/me/enrolments")


def play(browser: Browser, form: str, runs: list[str], seed: int, over: Signal) -> Said:
    """One teacher who enrols, accepts, declines and withdraws by chance, without asking first what is possible."""
    dice, said, mine = Random(seed), Said(), {}
    while not over.is_set():
        run = dice.choice(runs)
        event = dice.choice(list(WAYS)) if run in mine else "enrol"
        path = f"/me/enrolments/{mine[run]}/{WAYS[event]}" if run in mine else f"/offerings/{run}/enrolment"
        try:
            answer = browser.ask("POST", path, f"csrf_token={form}")
        except (OSError, HTTPException):
            said.broken += 1
            continue
        if answer.status == 302:
            assert answer.location.startswith("/me/enrolments/"), answer
            mine[run] = answer.location.rpartition("/")[2]
            said.steps.append((mine[run], event))
        elif answer.status >= 500:
            said.broken += 1
        if event in ("decline", "withdraw") and answer.status in (302, 409):
            mine.pop(run)  # left; or it was left already, though nobody could say so any more
    return said


def played(served: Served, runs: list[Offering], tokens: list[str], kill: Callable[[], None], times: int) -> Said:
    """All at once, while something is killed again and again, each time when they have come further than before; and a while after."""
    over, uuids = Signal(), [str(run.uuid) for run in runs]
    db.session.rollback()
    with ThreadPoolExecutor(len(tokens)) as pool:
        browsers = list(pool.map(partial(opened, served.address), tokens))
        playing = [pool.submit(play, *browser, uuids, seed, over) for seed, browser in enumerate(browsers)]
        try:
            for _time in range(times):
                wait_until_further()
                kill()
            wait_until_further()
        finally:
            over.set()
        said = [one.result() for one in playing]
    return Said([step for one in said for step in one.steps], sum(one.broken for one in said))


def wait_until_further(steps: int = TEACHERS, patience: float = 60) -> None:
    """Until so many more steps are taken: nobody may have to start anything anew."""
    first, last = counted(EnrolmentStep), monotonic() + patience
    while counted(EnrolmentStep) < first + steps:
        assert monotonic() < last, "It does not go on."
        sleep(0.01)


def counted(what) -> int:
    """How many rows there are now."""
    db.session.rollback()
    with reading():
        number = db.session.scalar(select(func.count()).select_from(what))
    db.session.rollback()
    return number


def test_of_workers_that_are_killed_nothing_acknowledged_is_lost(ground: Ground, hot, tmp_path: Path):
    runs, tokens = hot
    dice = Random(9)

    with started(tmp_path, DATABASE_URL=ground.url) as served:
        said = played(served, runs, tokens, lambda: os.kill(dice.choice(children(served.parent)), signal.SIGKILL), times=8)

    assert said.broken  # or nobody was in the middle of anything
    require_kept(said)
    require_whole()


@pytest.mark.skipif(ENGINE == "sqlite", reason="SQLite has no server that could be killed.")
def test_of_a_database_that_is_killed_nothing_acknowledged_is_lost_and_the_workers_come_back_to_it(ground: Ground, hot, tmp_path: Path):
    runs, tokens = hot

    with started(tmp_path, DATABASE_URL=ground.url) as served:
        said = played(served, runs, tokens, ground.crash, times=3)

    assert said.broken
    require_kept(said)
    require_whole()


def require_kept(said: Said) -> None:
    """Each acknowledged step stands in the history of its enrolment, as often as it was acknowledged."""
    kept: dict[str, Counter] = {}
    for enrolment, event in db.session.execute(select(Enrolment.uuid, EnrolmentStep.event).join(EnrolmentStep.enrolment)):
        kept.setdefault(str(enrolment), Counter())[event] += 1
    lost = [(one, event) for one, event in said.steps if not any(kept.get(one, Counter())[each] for each in LEAVES.get(event, {event}))]
    assert not lost


def require_whole(told: Callable[[set, Counter], None] | None = None) -> None:
    """Whoever was killed, the rows agree with one another: no seat too many, no gap in a line, one message and one event for each step."""
    db.session.expire_all()
    enrolments = list(db.session.scalars(select(Enrolment).order_by(Enrolment.ticket)))
    for run in db.session.scalars(select(Offering)):
        mine = [one for one in enrolments if one.offering_id == run.id]
        states = Counter(one.state for one in mine)
        assert sum(states[one] for one in HELD) == run.seats_taken <= run.seats
        assert states[Seat.WAITING] == run.waiting
        assert [one.ticket for one in mine] == list(range(1, run.next_ticket))
    assert most(Counter((one.person_id, one.offering_id) for one in enrolments if one.state in ACTIVE)) == 1
    assert most(Counter((one.person_id, one.module_id) for one in enrolments if one.state in HELD)) == 1
    for one in enrolments:
        assert [step.from_state for step in one.steps] == [None, *(step.to_state for step in one.steps[:-1])]
        assert one.steps[-1].to_state is one.state
    steps = Counter((one.uuid, step.event) for one in enrolments for step in one.steps)
    assert steps == rows_of(select(Event.subject_uuid, Event.event).where(Event.kind == "enrolment"))
    (told or require_told)({key for key in steps.elements() if key[1] == "offer" and steps[key] == 1}, steps)


def rows_of(query: Select) -> Counter:
    return Counter(map(tuple, db.session.execute(query)))


def most(counted: Counter) -> int:
    return max(counted.values(), default=1)


def require_told(offered: set, steps: Counter) -> None:
    """Who was offered a seat in a line was told so once, by one message with one letter."""
    assert sum(number for (_one, event), number in steps.items() if event == "offer") == len(offered)
    told = Counter(db.session.scalars(select(Message.address).where(Message.kind == "seat-offered")))
    assert told == Counter(f"/me/enrolments/{uuid}" for uuid, _event in offered)
    letters = Counter(db.session.scalars(select(Letter.message_id)))
    assert letters == Counter(db.session.scalars(select(Message.id)))


# A round's packages


@dataclass
class Packages:
    """Cases of a round that is made known, each with the sign-in of its teacher; by case and number, the enrolments of the choice. `runs` as everybody wants them."""

    cases: list[str]
    tokens: list[str]
    runs: list[Offering]


@pytest.fixture
def packages(ground: Ground) -> Iterator[Packages]:
    """Three packages of two runs with six seats each, that everybody wants in one order or another."""
    with ground.app.app_context():
        made = a_round()
        course = made.modules[0].course
        pairs = [[f.offering(f.module(course), seats=6, mode=EnrolmentMode.ROUND, **ALWAYS) for _part in range(2)] for _number in range(3)]
        for number in range(2 * TEACHERS):
            made.case(f"Teacher {number}", *(pairs[(number + turn) % 3] for turn in range(3)))
        made.made_known()
        db.session.execute(update(Enrolment).where(Enrolment.state == Seat.OFFERED).values(reply_by=datetime(2040, 1, 1, tzinfo=UTC)))
        db.session.commit()
        cases = list(made.cases.values())
        yield Packages([str(one.uuid) for one in cases], signed_in([one.person for one in cases]), [run for pair in pairs for run in pair])
        _forget()


def answer_for(browser: Browser, form: str, case: str, seed: int, over: Signal) -> Said:
    """One teacher who answers for each choice by chance on the page of what the round gave, and mostly says yes, so that something is given up for it."""
    dice, said = Random(seed), Said()
    while not over.is_set():
        number, event = dice.randint(1, 3), dice.choice(["accept", "decline", "decline"])
        try:
            answer = browser.ask("POST", f"/me/applications/{case}/seats/{number}/{WAYS[event]}", f"csrf_token={form}")
        except (OSError, HTTPException):
            said.broken += 1
            continue
        if answer.status == 303:
            said.steps.append((f"{case}:{number}", event))
        elif answer.status >= 500:
            said.broken += 1
    return said


def answered(served: Served, asked: Packages, kill: Callable[[], None], times: int) -> Said:
    over = Signal()
    db.session.rollback()
    with ThreadPoolExecutor(len(asked.tokens)) as pool:
        browsers = list(pool.map(partial(opened, served.address), asked.tokens))
        playing = [pool.submit(answer_for, *browser, case, seed, over) for seed, (browser, case) in enumerate(zip(browsers, asked.cases, strict=True))]
        try:
            for _time in range(times):
                wait_until_further(6)
                kill()
        finally:
            over.set()
        said = [one.result() for one in playing]
    return Said([step for one in said for step in one.steps], sum(one.broken for one in said))


def by_choice() -> dict[str, list[Enrolment]]:
    """By case and number, what came of a choice."""
    db.session.expire_all()
    found: dict[str, list[Enrolment]] = {}
    rows = select(Application.uuid, Choice.position, Enrolment).join(Choice, Choice.application_id == Application.id).join(Choice.runs).join(ChoiceRun.enrolment)
    for case, number, enrolment in db.session.execute(rows.order_by(Enrolment.id)):
        found.setdefault(f"{case}:{number}", []).append(enrolment)
    return found


def require_packages_kept(said: Said) -> None:
    """Each acknowledged answer stands with every run of its package, and no package is ever half of anything."""
    found = by_choice()
    histories = {key: [[step.event for step in one.steps] for one in parts] for key, parts in found.items()}
    assert not [key for key, parts in histories.items() if any(one != parts[0] for one in parts)]
    assert not [(key, event) for key, event in said.steps if not all(event in one for one in histories[key])]
    held = Counter(key.partition(":")[0] for key, parts in found.items() if parts[0].state is Seat.PLACED)
    assert most(held) == 1


def require_packages_told(offered: set, steps: Counter) -> None:
    """A package that was offered in a line was told of once, not once for each of its runs."""
    packages = {key for key, parts in by_choice().items() for one in parts if (one.uuid, "offer") in offered}
    told = Counter(db.session.scalars(select(Message.address).where(Message.kind == "seat-offered")))
    of = {f"/me/enrolments/{one.uuid}": key for key, parts in by_choice().items() for one in parts}
    assert Counter(of[address] for address in told.elements()) == Counter(packages)
    assert packages, "nobody was offered anything that another gave up"


def test_of_workers_that_are_killed_no_answer_for_a_package_of_a_round_is_lost_or_half(ground: Ground, packages: Packages, tmp_path: Path):
    dice = Random(9)

    with started(tmp_path, DATABASE_URL=ground.url) as served:
        said = answered(served, packages, lambda: os.kill(dice.choice(children(served.parent)), signal.SIGKILL), times=8)

    assert said.broken and said.steps
    require_packages_kept(said)
    require_whole(require_packages_told)


@pytest.mark.skipif(ENGINE == "sqlite", reason="SQLite has no server that could be killed.")
def test_of_a_database_that_is_killed_no_answer_for_a_package_of_a_round_is_lost_or_half(ground: Ground, packages: Packages, tmp_path: Path):
    with started(tmp_path, DATABASE_URL=ground.url) as served:
        said = answered(served, packages, ground.crash, times=3)

    assert said.broken
    require_packages_kept(said)
    require_whole(require_packages_told)


# The clock's work


def killed_until_done(ground: Ground, progress: Callable[[], int], times: int = 12) -> list[int]:
    """Lets the clock's work be done by a process that is killed: by turns at any moment, and soon after it has come further. Then by one that is let be.
    Gives how far it had come after each that was killed."""
    dice, come = Random(9), [0]
    for number in range(times):
        working = _working(ground)
        last = monotonic() + (60 if number % 2 else dice.uniform(0, 1))
        while working.is_alive() and progress() == come[-1] and monotonic() < last:
            sleep(0.002)
        sleep(dice.uniform(0, 0.03))
        working.kill()
        working.join()
        come.append(progress())
    working = _working(ground)
    working.join()
    assert working.exitcode == 0
    return come


def _working(ground: Ground) -> ForkProcess:
    let_go(ground.app)
    return processes.fork(partial(_take_round, ground.app))


def _take_round(app: Flask) -> None:
    with app.app_context():
        sys.exit(bool(tick.take_round()))


@pytest.fixture
def lines(ground: Ground) -> Iterator[int]:
    """Forty runs in which two wait and two seats have come free."""
    with ground.app.app_context():
        course, people = f.course(f.institution(), f.subject()), [f.teacher(name=f"Teacher {number}") for number in range(4)]
        for _number in range(40):
            run = f.offering(f.module(course), seats=2, **ALWAYS)
            for person in people:
                services.enrol(run.uuid, actor=f.acting(person), at=f.MONDAY)
        db.session.execute(update(Offering).values(seats=4))
        db.session.commit()
        yield 80
        _forget()


def test_a_tick_that_is_killed_while_it_makes_offers_is_gone_on_with_and_offers_no_seat_twice(ground: Ground, lines: int):
    come = killed_until_done(ground, lambda: counted(OFFERED))

    assert any(0 < number < lines for number in come), come
    assert counted(OFFERED) == lines
    require_whole()


@pytest.fixture
def approved(ground: Ground) -> Iterator[int]:
    """An allocation for 250 people that is to be made known; a third of them get a seat of their first choice."""
    with ground.app.app_context():
        made = a_round()
        runs = [made.run(25, number) for number in range(3)]
        for number in range(250):
            made.case(f"Teacher {number}", [runs[number % 3]])
        made.approved()
        yield 250
        _forget()


def test_a_tick_that_is_killed_while_it_makes_an_allocation_known_tells_everybody_once(ground: Ground, approved: int):
    come = killed_until_done(ground, lambda: counted(Outcome) + counted(TOLD_OF))

    assert any(approved < number < 2 * approved for number in come), come  # some were told, and some were not
    assert db.session.scalars(select(AllocationRun.state)).all() == [Run.PUBLISHED]
    told = rows_of(select(Message.person_id, Message.kind).where(Message.kind.startswith("allocation-")))
    assert (len(told), most(told)) == (approved, 1)
    assert counted(OFFERED) == 75
    require_whole()
