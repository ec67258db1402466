"""Reports over five study years and 50 000 participants: whole pages, beside a bare GROUP BY that counts the same

Everybody who has reports asks for them by each of the things they are told by, and some with a subject; then the rows behind a figure, the files, and
the public statistics. Each is the whole answer of the application in this process, in the time of the processor, the database's own work beside it; by the
clock, which others on the machine hold back, only the slowest page of all. The reference is the least that a person would write in SQL for the same figures,
in the same run; every report is held against it before a figure is believed. The goal is for the worst round, and not for their median.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from statistics import median
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select, text, update

from accounts import services as accounts
from accounts.acting import Actor
from accounts.models import Membership, Organisation, OrganisationKind, Person, Role
from catalog.offers.models import Module, Offering
from catalog.offers.rules import first_day_of
from catalog.places.models import GovernorCounty, Municipality, RegionCounty
from catalog.subjects.models import Subject
from catalog.values import Semester, Term
from config.clock import now, today
from config.database import db
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Cause, Event
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment
from regions.coverage.views import study_year
from regions.reporting import queries
from regions.reporting.values import Asked, By, Figures
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, processors, quiet
from tests.benchmarks.measuring.made_up import settle

PARTICIPANTS = sized(50_000, 500)
OFFERINGS = sized(4_000, 40)
ROUNDS = sized(5, 1)
YEARS = 5
MOST = 1000  # ms
AT_A_TIME = 5_000
STATES = (Seat.COMPLETED, Seat.COMPLETED, Seat.COMPLETED, Seat.INTERRUPTED, Seat.PLACED)
PLACE = """LEFT JOIN teachers t ON t.person_id = e.person_id LEFT JOIN schools s ON s.organisation_id = t.school_id
    LEFT JOIN municipalities m ON m.id = s.municipality_id"""
BARE = {  # what the figures are told by, in columns, and the tables that these are in
    By.YEAR: ("o.semester", ""),
    By.SUBJECT: ("module.subject_id", "JOIN modules module ON module.id = e.module_id"),
    By.INSTITUTION: ("module.institution_id", "JOIN modules module ON module.id = e.module_id"),
    By.LEVEL: ("module.grades", "JOIN modules module ON module.id = e.module_id"),
    By.REGION: (
        "r.region",
        PLACE
        + """ LEFT JOIN (SELECT county_id, min(region_id) AS region FROM region_counties WHERE (valid_from IS NULL OR valid_from <= :on)
        AND (valid_to IS NULL OR valid_to >= :on) GROUP BY county_id) r ON r.county_id = m.county_id""",
    ),
    By.COUNTY: ("m.county_id", PLACE),
    By.OWNER: ("s.owner_id", PLACE),
    By.SCHOOL: ("t.school_id", "LEFT JOIN teachers t ON t.person_id = e.person_id"),
}


by_clock: list[float] = []  # milliseconds of every piece of work


@dataclass(frozen=True)
class Reader:
    """Who asks: signed in, and known to the queries."""

    actor: Actor
    client: FlaskClient

    def opens(self, path: str, **asked) -> None:
        assert self.client.get(f"{path}?{urlencode(asked)}").status_code == 200, (path, asked)


def run() -> list[Figure]:
    return [figure for name, url in databases.engines(OFFERINGS) for figure in on(name, url)]


def on(name: str, url: str) -> Iterator[Figure]:
    quiet.before(name)
    by_clock.clear()
    with databases.app_on(url):
        _fill()
        readers = {role: _reader(role, body) for role, body in _bodies().items()}
        last = study_year(today())
        span = {"first": last - YEARS + 1, "last": last}
        authority = readers[Role.AUTHORITY]
        _check(authority.actor, last)
        bare = {by: rounds(lambda by=by: _bare(by, last)) for by in By}
        counted = {by: rounds(lambda by=by: _counted(by, last, authority.actor)) for by in By}
        pages = {by: rounds(lambda by=by: authority.opens("/reports", by=by.value, **span)) for by in By}
        others = {role: [rounds(lambda by=by: reader.opens("/reports", by=by.value, **span)) for by in By] for role, reader in readers.items()}
        narrow = [rounds(lambda by=by: authority.opens("/reports", by=by.value, subject=_subject(), **span)) for by in By]
        behind = rounds(lambda: readers[Role.OWNER].opens("/reports/rows", by="year", key=last - 1, **span))
        runs = rounds(lambda: authority.opens("/reports/rows", by="year", key=last - 1, **span))
        files = [rounds(lambda end=end: authority.opens(f"/reports/report.{end}", by="school", **span)) for end in ("csv", "xlsx")]
        stranger = Reader(authority.actor, current_app.test_client())
        open_to_all = {by: rounds(lambda by=by: stranger.opens("/statistics", by=by, year=last - 1)) for by in ("subject", "institution", "region")}
        open_file = rounds(lambda: stranger.opens("/statistics.csv", by="region", year=last - 1))
    for by in By:
        yield _goal(f"{name}: the country by {by}, the page", pages[by])
        yield Figure.of(f"{name}: the country by {by}, its figures against a bare GROUP BY", [mine / theirs for mine, theirs in zip(counted[by], bare[by], strict=True)])
    for role, kinds in others.items():
        yield _goal(f"{name}: {role}, every kind", [taken for kind in kinds for taken in kind])
    yield _goal(f"{name}: the country in one subject, every kind", [taken for kind in narrow for taken in kind])
    yield _goal(f"{name}: the people behind an owner's figure", behind)
    yield _goal(f"{name}: the runs behind a figure of the country", runs)
    for end, taken in zip(("CSV", "workbook"), files, strict=True):
        yield _goal(f"{name}: every school of the country as {end}", taken)
    for by, taken in open_to_all.items():
        yield _goal(f"{name}: the public statistics by {by}", taken)
    yield _goal(f"{name}: the public statistics as CSV", open_file)
    yield Figure(f"{name}: the slowest of all this", max(by_clock), "ms by the clock")


def _goal(what: str, taken: list[float]) -> Figure:
    return Figure(what, median(taken), "ms of the processor", f"worst ≤ {MOST}", max(taken) <= MOST, (min(taken), max(taken)))


def _check(actor: Actor, last: int) -> None:
    """That each report tells as many participants, completed and interrupted as the reference, in as many lines where a line is a row of it."""
    for by in By:
        mine, theirs = _counted(by, last, actor), _bare(by, last)
        sums = tuple(sum(row[place] for row in theirs) for place in (1, 2, 3))
        whole = sum((Figures(one.participants, one.completed, one.interrupted) for one in mine.values()), Figures())
        assert sums == (whole.participants, whole.completed, whole.interrupted) and whole.participants == PARTICIPANTS, by
        assert len(mine) == (YEARS if by is By.YEAR else len(theirs)), by


def _counted(by: By, last: int, actor: Actor) -> dict[str | None, Figures]:
    return queries.counted(Asked(by, last - YEARS + 1, last), actor, today(), with_seats=False)


def _bare(by: By, last: int) -> list:
    column, tables = BARE[by]
    wanted = text(
        f"""SELECT {column}, count(*), sum(CASE WHEN e.state = 'completed' THEN 1 ELSE 0 END), sum(CASE WHEN e.state = 'interrupted' THEN 1 ELSE 0 END)
        FROM enrolments e JOIN offerings o ON o.id = e.offering_id {tables}
        WHERE e.state IN ('placed', 'completed', 'interrupted') AND o.semester BETWEEN :first AND :last GROUP BY 1"""
    )
    first, until = Semester(last - YEARS + 1, Term.AUTUMN), Semester(last + 1, Term.SPRING)
    return db.session.execute(wanted, {"first": first.number, "last": until.number} | ({"on": today()} if by is By.REGION else {})).all()


def _subject() -> str:
    return db.session.scalar(select(Subject.code).join(Module, Module.subject_id == Subject.id).group_by(Subject.code).order_by(func.count().desc()).limit(1))


def _fill() -> None:
    """Teachers at every school, each with a seat in a run of the last five study years."""
    dice, schools = Random(60), list(db.session.scalars(select(School.organisation_id).order_by(School.organisation_id)))
    runs = _begun()
    for begin in range(0, PARTICIPANTS, AT_A_TIME):
        people = [{"uuid": uuid4(), "name": f"Lærer {number}"} for number in range(begin, min(begin + AT_A_TIME, PARTICIPANTS))]
        keys = list(db.session.scalars(insert(Person).returning(Person.id), people))
        db.session.execute(insert(Teacher), [{"person_id": key, "school_id": dice.choice(schools)} for key in keys])
        db.session.execute(insert(Enrolment), [_seat(key, dice.choice(runs), dice) for key in keys])
        db.session.commit()
    stopped = db.session.scalars(select(Enrolment.id).where(Enrolment.state == Seat.INTERRUPTED)).all()
    said = [{"uuid": uuid4(), "enrolment_id": key, "event": Event.INTERRUPT, "at": now(), "cause": dice.choice(list(Cause))} for key in stopped]
    db.session.execute(insert(ParticipationStep), said)
    db.session.commit()
    settle()


def _begun() -> list[tuple[int, int]]:
    """The runs and their modules, spread over the last five study years."""
    first, runs = Semester(study_year(today()) - YEARS + 1, Term.AUTUMN), db.session.execute(select(Offering.id, Offering.module_id).order_by(Offering.id)).all()
    for place in range(YEARS * 2):
        keys, semester = [run for run, _module in runs[place :: YEARS * 2]], first.plus(place)
        db.session.execute(update(Offering).where(Offering.id.in_(keys)).values(semester=semester, starts_on=first_day_of(semester) + timedelta(days=20)))
    return [tuple(run) for run in runs]


def _seat(person: int, run: tuple[int, int], dice: Random) -> dict:
    known = {"uuid": uuid4(), "person_id": person, "offering_id": run[0], "module_id": run[1], "ticket": person}
    return known | {"state": dice.choice(STATES), "entered_at": now(), "made_up": False}


def _bodies() -> dict[Role, int]:
    """Whose hats the readers wear: of each kind the one with most to count."""
    directorate = Organisation(kind=OrganisationKind.AUTHORITY, name="The directorate")
    db.session.add(directorate)
    db.session.commit()
    counties = _most(RegionCounty.region_id, (Municipality, Municipality.county_id == RegionCounty.county_id), (School, School.municipality_id == Municipality.id))
    governed = _most(GovernorCounty.governor_id, (Municipality, Municipality.county_id == GovernorCounty.county_id), (School, School.municipality_id == Municipality.id))
    return {
        Role.AUTHORITY: directorate.id, Role.COORDINATOR: counties, Role.GOVERNOR: governed, Role.OWNER: _most(School.owner_id),
        Role.HEAD: _most(Teacher.school_id), Role.EDITOR: _most(Module.institution_id),
    }  # fmt: skip


def _most(column, *joined) -> int:
    wanted = select(column).where(column.is_not(None))
    for table, condition in joined:
        wanted = wanted.join(table, condition)
    return db.session.scalar(wanted.group_by(column).order_by(func.count().desc(), column).limit(1))


def _reader(role: Role, body: int) -> Reader:
    somebody = Person(name=f"Bench {role}", memberships=[Membership(organisation_id=body, role=role)])
    db.session.add(somebody)
    db.session.commit()
    client = current_app.test_client()
    client.set_cookie("seksti", accounts.sign_in(somebody, provider="test", at=now()))
    return Reader(Actor(somebody.id, somebody.uuid, somebody.name, role, body), client)


def rounds(work: Callable) -> list[float]:
    """Milliseconds of each round, once a worker has its templates and libraries."""
    work()
    return [_timed(work) for _round in range(ROUNDS)]


def _timed(work: Callable) -> float:
    before, begun = processors.spent(), perf_counter()
    work()
    by_clock.append((perf_counter() - begun) * 1000)
    return (processors.spent() - before) * 1000
