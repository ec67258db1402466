"""Enrolments a second in one hot offering, 16 clients, against the bare SQL that writes the same rows

Each enrolment is another teacher's: a seat or a place in line with its ticket, its step, its line of the trail. «Through
gunicorn» is the press of the button in a browser that is signed in and has the form open: recognised, its token checked, enrolled,
sent on. «services.enrol» is the use case alone. Half as many seats as teachers, so that half of them wait. PostgreSQL does not wait
for the disk here, which would flatter the product. After each round the seats and the places in line are counted; one too many,
or a gap, stops the run.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import func, select, update

from accounts.guard import cookie_name
from accounts.models import Event
from catalog.offers.models import Offering
from config.clock import now
from config.database import db, let_go
from enrolment.seats import services
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import bare_sql, databases, quiet, teachers
from tests.benchmarks.measuring.clients import at_once
from tests.benchmarks.measuring.load import exchange
from tests.benchmarks.measuring.teachers import Form, Known
from tests.server import Served, started

CLIENTS = 16
TEACHERS = sized(1600, 64)
SEATS = TEACHERS // 2
ROUNDS = sized(5, 1)
ALWAYS = {"opens_on": None, "apply_by": None, "starts_on": None, "ends_on": None, "queue_closes_on": None}
HTTP, SERVICE, BARE, AT_ONE = "through gunicorn", "services.enrol alone", "bare SQL, four statements", "bare SQL, one statement"


@dataclass(frozen=True)
class Hot:
    """The offering that everybody wants."""

    id: int
    uuid: UUID


@dataclass
class Ground:
    """A database with teachers, and the product serving it. Each measurement takes an offering that nobody has touched."""

    url: str
    app: object
    known: list[Known]
    served: Served
    forms: list[Form]
    fresh: Iterator[int]

    def warm_up(self) -> None:
        """Both workers, and this process that the clients are forks of, have each statement made already."""
        press = by_browser(self.served, heated(next(self.fresh)))()
        for form in self.forms[: 2 * CLIENTS]:
            press(form)
        services.enrol(heated(next(self.fresh)).uuid, actor=self.known[0].actor, at=now())

    def rate(self, client: Callable[[Hot], Callable], items: list) -> float:
        """Enrolments a second. Raises RuntimeError where a seat was given twice, or a place in line is missing."""
        hot = heated(next(self.fresh))
        teachers.seen_just_now()
        connect = client(hot)
        let_go(self.app)  # so that no client shares a connection
        seconds = at_once(CLIENTS, connect, items)
        require_in_order(hot)
        return len(items) / seconds


def run() -> list[Figure]:
    figures = []
    for name, url in databases.engines(sized(10_000, 400)):
        with ExitStack() as running:
            figures += measured(name, ground(url, name, running))
    return figures


def ground(url: str, name: str, running: ExitStack) -> Ground:
    app = running.enter_context(databases.app_on(url))
    known, fresh = teachers.sign_in(TEACHERS), count(1)
    served = running.enter_context(started(databases.instance(f"enrolling-{name}"), DATABASE_URL=url))
    forms = teachers.open_forms(served.address, cookie_name(app), known, heated(next(fresh)).uuid)
    made = Ground(url, app, known, served, forms, fresh)
    made.warm_up()
    return made


def heated(number: int) -> Hot:
    """An offering, emptied and opened for everybody."""
    emptied = {"seats": SEATS, "seats_taken": 0, "waiting": 0, "next_ticket": 1, **ALWAYS}
    db.session.execute(update(Offering).where(Offering.id == number).values(emptied))
    db.session.commit()
    hot = Hot(number, db.session.scalar(select(Offering.uuid).where(Offering.id == number)))
    db.session.rollback()
    return hot


def measured(name: str, on: Ground) -> Iterator[Figure]:
    ways = {
        HTTP: lambda: on.rate(lambda hot: by_browser(on.served, hot), on.forms),
        SERVICE: lambda: on.rate(lambda hot: by_service(on, hot), on.known),
    }
    if name == "PostgreSQL":
        ways[BARE] = lambda: on.rate(lambda hot: bare_sql.four_statements(on.url, hot.id, now()), on.known)
        ways[AT_ONE] = lambda: on.rate(lambda hot: bare_sql.one_statement(on.url, hot.id, now()), on.known)
    rates = {way: [] for way in ways}
    for number in range(ROUNDS):
        quiet.before(f"{name}: round {number + 1} of {ROUNDS}")
        for way, measure in ways.items():
            rates[way].append(measure())
    yield from (Figure.of(f"{name}: {way}", each, "enrolments/s") for way, each in rates.items())
    yield from _ratios(name, rates)


def _ratios(name: str, rates: dict[str, list[float]]) -> Iterator[Figure]:
    if BARE in rates:
        yield Figure.of(f"{name}: {HTTP}, against {BARE}", _against(rates[HTTP], rates[BARE]), least=0.35)
        yield Figure.of(f"{name}: {HTTP}, against {AT_ONE}", _against(rates[HTTP], rates[AT_ONE]))
        yield Figure.of(f"{name}: {SERVICE}, against {BARE}", _against(rates[SERVICE], rates[BARE]))


def _against(rates: list[float], reference: list[float]) -> list[float]:
    return [rate / bare for rate, bare in zip(rates, reference, strict=True)]


def by_browser(served: Served, hot: Hot) -> Callable[[], Callable[[Form], None]]:
    place = urlsplit(served.address)

    def press(form: Form) -> None:
        answer = exchange(place.hostname, place.port, form.request(place.netloc, f"/offerings/{hot.uuid}/enrolment"))
        if b"/me/enrolments/" not in answer.partition(b"\r\n\r\n")[0]:
            raise RuntimeError(f"The enrolment was refused:\n{answer[:2000].decode()}")

    return lambda: press


def by_service(on: Ground, hot: Hot) -> Callable[[], Callable[[Known], None]]:
    def enrol(one: Known) -> None:
        with on.app.app_context():
            services.enrol(hot.uuid, actor=one.actor, at=now())

    return lambda: enrol


def require_in_order(hot: Hot) -> None:
    """Raises RuntimeError unless the first have the seats, the others stand in line, numbered without a gap, and each has its trail."""
    mine = Enrolment.offering_id == hot.id
    rows = db.session.execute(select(Enrolment.ticket, Enrolment.state).where(mine).order_by(Enrolment.ticket)).all()
    due = [(number + 1, Seat.PLACED if number < SEATS else Seat.WAITING) for number in range(TEACHERS)]
    counts = db.session.execute(select(Offering.seats_taken, Offering.waiting).where(Offering.id == hot.id)).one()
    steps = db.session.scalar(select(func.count(EnrolmentStep.id)).join(EnrolmentStep.enrolment).where(mine))
    events = db.session.scalar(select(func.count(Event.id)).join(Enrolment, Enrolment.uuid == Event.subject_uuid).where(mine))
    db.session.rollback()
    if [tuple(row) for row in rows] != due or tuple(counts) != (SEATS, TEACHERS - SEATS) or (steps, events) != (TEACHERS, TEACHERS):
        told = f"the offering counts {tuple(counts)}, there are {steps} steps and {events} events"
        raise RuntimeError(f"Not in order: {len(rows)} of {TEACHERS} are enrolled, {told}.")
