"""The last night of a round: 51 % search, 42 % module pages and 7 % steps of applications, at once, against a bare Flask «hello»

Sixteen clients, through gunicorn with the product's own settings and two workers. Strangers search, no question twice, and open module pages, some far more often than
others. Teachers who are signed in, each another, apply by their forms: a study is added to the draft, how it is paid is chosen, it is sent. What is not answered as it should
be is an error, and counted; after each round every case is looked up with its study, its step, its event and its receipt, and one too few stops the run. Hello is asked by the
same clients before and after. «Of the processor» is what the workers spend on one hello over what they spend on an answer of the mix, which others on the machine change
little. Nineteen in twenty answers of all rounds came within the time that is told. PostgreSQL does not wait for the disk here, SQLite does.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from random import Random
from statistics import mean, quantiles
from time import monotonic
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from accounts.guard import cookie_name
from accounts.models import Event, Message
from catalog.institutions.models import Institution
from catalog.offers.models import Module, Offering
from catalog.subjects.models import Subject
from catalog.values import Band, EnrolmentMode, Semester, Strand, Term
from config.clock import now, today
from config.database import db, let_go
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application, CaseStep, Choice, ChoiceRun
from enrolment.applications.values import Answer, Question, Track
from enrolment.rounds.models import Cycle, CycleDate, Scheme, SchemeRate
from enrolment.rounds.values import SchemeKind, Step
from enrolment.schools.models import Teaching
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, load, questions, quiet, teachers
from tests.benchmarks.measuring.clients import told_at_once
from tests.benchmarks.measuring.teachers import Form
from tests.server import Served, started

OFFERINGS = sized(10_000, 400)
ROUNDS = sized(3, 1)
CLIENTS = 16
STEPS = 3  # of an application
APPLICANTS = sized(2, 1)  # of a client in a round
A_CLIENT = APPLICANTS * STEPS * 100 // 7  # requests in a round
SEARCHES, MODULES = round(A_CLIENT * 0.51), round(A_CLIENT * 0.42)
HELLOS = sized(4_000, 200)
HELLO = {"app": "tests.benchmarks.measuring.hello:app", "config": "tests/benchmarks/measuring/gunicorn_for_hello.py"}
DAYS = {Step.OPENS: -30, Step.APPLY: 1, Step.HEAD: 8, Step.OWNER: 15}
LOCATION = re.compile(rb"^Location: (\S+)", re.MULTILINE | re.IGNORECASE)
SEARCH, MODULE, APPLY = "search", "module page", "a step of an application"


@dataclass(frozen=True)
class Applicant:
    """A teacher with a draft that lacks a study, the form before them, and the run they want."""

    case: UUID
    form: Form
    run: UUID


class Came(NamedTuple):
    """Of one request: what it was, seconds until it was answered, and what was wrong; empty = nothing."""

    kind: str
    seconds: float
    wrong: str


@dataclass
class Night:
    """One database on its last night, the product serving it, and what has been measured, round by round."""

    name: str
    app: object
    served: Served
    searches: Iterator[str]
    modules: list[str]
    applicants: Iterator[Applicant]
    rates: list[float] = field(default_factory=list)
    against: list[float] = field(default_factory=list)  # hello
    of_the_processor: list[float] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)


def run() -> list[Figure]:
    with ExitStack() as running:
        hello = running.enter_context(started(databases.instance("hello-of-the-night"), **HELLO))
        return [figure for name, url in databases.engines(OFFERINGS, its_own="deadline_night") for figure in measured(name, url, hello)]


def measured(name: str, url: str, hello: Served) -> Iterator[Figure]:
    with ExitStack() as running:
        on = night(name, url, running)
        for number in range(ROUNDS):
            quiet.before(f"{name}: round {number + 1} of {ROUNDS}")
            one_round(on, hello, Random(number))
    yield Figure.of(f"{name}: answers of the whole mix", on.rates, "answers/s")
    yield Figure.of(f"{name}: the same, against hello", on.against)
    yield Figure.of(f"{name}: the same, of the processor", on.of_the_processor)
    for kind in (SEARCH, MODULE, APPLY):
        yield Figure(f"{name}: {kind}, nineteen in twenty within", quantiles(on.seconds[kind], n=20)[-1] * 1000, "ms")
    yield Figure.at_most(f"{name}: errors among {sum(map(len, on.seconds.values()))} answers", len(on.wrong), 0, "errors")


# What is there


def night(name: str, url: str, running: ExitStack) -> Night:
    app = running.enter_context(databases.app_on(url))
    runs = opened_round()
    known = teachers.sign_in(CLIENTS * APPLICANTS * ROUNDS)
    cases = drafts([one.actor.person_id for one in known])
    served = running.enter_context(started(databases.instance(f"night-{name}"), DATABASE_URL=url))
    forms = teachers.open_forms(served.address, cookie_name(app), known, runs[0])
    asked = list(islice(questions.addresses(), CLIENTS * SEARCHES * ROUNDS))
    pages = select(Institution.code, Module.slug).join(Module.institution).order_by(Module.id)
    modules = [quote(f"/modules/{institution}/{slug}") for institution, slug in db.session.execute(pages)]
    db.session.rollback()
    load.warm(served.address, ["/search", modules[0]])
    applicants = (Applicant(case, form, runs[number % len(runs)]) for number, (case, form) in enumerate(zip(cases, forms, strict=True)))
    return Night(name, app, served, iter(asked), modules, applicants)


def opened_round() -> list[UUID]:
    """A round that closes tomorrow night, a scheme, and the runs of its study year, which are given through it."""
    year = Semester(today().year, Term.AUTUMN if today().month >= 8 else Term.SPRING).study_year + 1
    dates = [CycleDate(strand=Strand.FURTHER, step=step, day=today() + timedelta(days=days), source="bench") for step, days in DAYS.items()]
    db.session.add(Cycle(code="bench", study_year=year, released_at=now(), name_nb="Bench", source="bench", dates=dates))
    rate = SchemeRate(code="bench", strand=Strand.FURTHER, state_percent=50, owner_percent=25, own_percent=25, source="bench", released_at=now() - timedelta(days=1))
    db.session.add(Scheme(code="bench", kind=SchemeKind.SUBSTITUTE, position=99, name_nb="Bench", rates=[rate]))
    given = Offering.semester.in_((Semester(year, Term.AUTUMN), Semester(year + 1, Term.SPRING)))
    db.session.execute(update(Offering).where(given).values(mode=EnrolmentMode.ROUND).execution_options(synchronize_session=False))
    db.session.commit()
    return list(db.session.scalars(select(Offering.uuid).where(given).order_by(Offering.id)))


def drafts(people: list[int]) -> list[UUID]:
    """Everything is filled in but the study."""
    cycle, subject = db.session.scalar(select(Cycle.id).filter_by(code="bench")), db.session.scalar(select(func.min(Subject.id)))
    school = teachers.school()
    answers = {Question.EMPLOYED: Answer.YES, Question.APPROVED: Answer.YES, Question.SUPPORTED: Answer.NO}
    shared = {
        "cycle_id": cycle, "strand": Strand.FURTHER, "school_id": school.organisation_id, "owner_id": school.owner_id, "talked_on": today(), "why": "Bench",
        "funding": {str(question): str(answer) for question, answer in answers.items()},
    }  # fmt: skip
    cases = [{"uuid": uuid4(), "person_id": person, **shared} for person in people]
    db.session.execute(insert(Application), cases)
    db.session.execute(insert(Teaching), [{"person_id": person, "subject_id": subject, "band": Band.PRIMARY} for person in people])
    db.session.commit()
    return [case["uuid"] for case in cases]


# What is asked


def one_round(on: Night, hello: Served, dice: Random) -> None:
    """Hello is asked before and after, as others may come to use the machine meanwhile."""
    applicants = list(islice(on.applicants, CLIENTS * APPLICANTS))
    items = shares(on, applicants, dice)
    teachers.seen_just_now()
    let_go(on.app)  # so that no client shares a connection
    before = answered(hello, hellos(hello), range(HELLOS))
    mix = answered(on.served, lambda: asker(on.served), items)
    after = answered(hello, hellos(hello), range(HELLOS))
    on.rates.append(mix.a_second)
    on.against.append(mix.a_second / mean((before.a_second, after.a_second)))
    on.of_the_processor.append(mean((before.cpu, after.cpu)) / mix.cpu)
    note(on, mix.came)
    require_sent([one.case for one in applicants], sum(bool(one.wrong) for one in mix.came))


class Answered(NamedTuple):
    """`cpu`: seconds of the processor that the workers spent on an answer, which others on the machine change little; a database that is a server is beside it."""

    a_second: float
    cpu: float
    came: list


def answered(served: Served, connect: Callable[[], Callable], items: Sequence) -> Answered:
    spent = load.spent(served)
    seconds, came = told_at_once(CLIENTS, connect, items)
    return Answered(len(items) / seconds, (load.spent(served) - spent) / len(items), came)


def note(on: Night, came: list[Came]) -> None:
    for one in came:
        on.seconds[one.kind].append(one.seconds)
    wrong = [one.wrong for one in came if one.wrong]
    print(*(f"  {one}" for one in wrong[:3]), sep="\n", end="\n" if wrong else "")
    on.wrong += wrong


def hellos(hello: Served) -> Callable[[], Callable]:
    place = urlsplit(hello.address)
    return lambda: lambda _number: len(load.exchange(place.hostname, place.port, got(place.netloc, "/")))


def shares(on: Night, applicants: list[Applicant], dice: Random) -> list[tuple[str, object]]:
    """What each client asks for, in an order that chance gives, the clients by turns. An applicant's steps follow one another."""
    each = [_share(on, applicants[client::CLIENTS], dice) for client in range(CLIENTS)]
    return [item for together in zip(*each, strict=True) for item in together]


def _share(on: Night, applicants: list[Applicant], dice: Random) -> list[tuple[str, object]]:
    popular = [on.modules[int(len(on.modules) * dice.random() ** 3)] for _number in range(MODULES)]
    kinds = [SEARCH] * SEARCHES + [MODULE] * MODULES + [APPLY] * APPLICANTS * STEPS
    dice.shuffle(kinds)
    wanted = {SEARCH: on.searches, MODULE: iter(popular), APPLY: iter([one for one in applicants for _step in range(STEPS)])}
    return [(kind, next(wanted[kind])) for kind in kinds]


def got(host: str, path: str) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in load.BROWSER.items())
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{told}Connection: close\r\n\r\n".encode()


def asker(served: Served) -> Callable[[tuple[str, object]], Came]:
    """A client, which knows how far each of its applicants has come."""
    place, steps = urlsplit(served.address), {}

    def ask(item: tuple[str, object]) -> Came:
        kind, what = item
        begun = monotonic()
        wrong = next(steps.setdefault(what, applying(place, what))) if kind == APPLY else read(place, what)
        return Came(kind, monotonic() - begun, wrong)

    return ask


def read(place: SplitResult, path: str) -> str:
    """Opens a page. Returns what was wrong."""
    answer = load.exchange(place.hostname, place.port, got(place.netloc, path))
    return "" if answer[9:12] == b"200" else f"GET {path}: {_beginning(answer)}"


def applying(place: SplitResult, one: Applicant) -> Iterator[str]:
    """The steps of an applicant, as their forms send them: a study is added, how it is paid is chosen, all is sent. Each yields what was wrong."""
    case = f"/me/applications/{one.case}"
    location, wrong = sent(place, one.form, f"{case}/choices", f"{case}/choices/", offering=str(one.run))
    yield wrong
    _location, wrong = sent(place, one.form, location or f"{case}/choices/{one.run}", f"{case}/choices", offering=str(one.run), scheme="bench")
    yield wrong
    _location, wrong = sent(place, one.form, f"{case}/sending", f"{case}/receipt", confirmed="yes")
    yield wrong


def sent(place: SplitResult, form: Form, path: str, leads_to: str, **fields: str) -> tuple[str, str]:
    """Presses a button. Returns where one is sent on to, and what was wrong."""
    answer = load.exchange(place.hostname, place.port, form.request(place.netloc, path, **fields))
    found = LOCATION.search(answer.partition(b"\r\n\r\n")[0])
    location = found[1].decode() if found else ""
    right = answer[9:12] == b"302" and location.startswith(leads_to)
    return (location, "") if right else ("", f"POST {path}: {_beginning(answer)} {location}")


def _beginning(answer: bytes) -> str:
    return answer.partition(b"\r\n")[0].decode(errors="replace") or "no answer"


def require_sent(cases: list[UUID], wrong: int) -> None:
    """Raises RuntimeError unless all but those with whom something was wrong are sent, each with its study, its step, its event and its receipt."""
    mine = Application.uuid.in_(cases)
    there = db.session.scalar(select(func.count(Application.id)).where(mine, Application.state == Case.SENT))
    chosen = db.session.scalar(select(func.count(ChoiceRun.id)).join(ChoiceRun.choice).join(Choice.application).where(mine, Application.state == Case.SENT))
    steps = db.session.scalar(select(func.count(CaseStep.id)).join(CaseStep.application).where(mine, CaseStep.track == Track.CASE, CaseStep.event == "send"))
    events = db.session.scalar(select(func.count(Event.id)).where(Event.subject_uuid.in_(cases), Event.event == "send", Event.from_state == Case.DRAFT))
    told = db.session.scalar(select(func.count(Message.id)).where(Message.kind == "application-sent", Message.address.in_([f"/me/applications/{case}" for case in cases])))
    db.session.rollback()
    if there < len(cases) - wrong or {chosen, steps, events, told} != {there}:
        raise RuntimeError(f"Of {len(cases)} cases {there} are sent, with {chosen} studies, {steps} steps, {events} events and {told} receipts.")
