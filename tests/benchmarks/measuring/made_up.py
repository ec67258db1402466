"""A catalogue of any size from a seed number, beside the real registers: courses of four modules, each module with a run.

Half the runs meet three times at a place of their own; one module in three asks for another before it, one in ten overlaps
with its neighbour. Dates follow today's, so that most runs are yet to come.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import NamedTuple

from sqlalchemy import insert, select, text

from catalog.institutions.models import Institution
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import ContentTag, Course, Gathering, Module, Offering, OverlapSet, OverlapSetModule, Prerequisite
from catalog.offers.rules import first_day_of
from catalog.places.models import Municipality
from catalog.subjects.models import Subject
from catalog.values import Band, Delivery, EnrolmentMode, Grades, Semester, Strand, Tag, Term
from catalog.version import raise_version
from config.clock import day_of, now
from config.database import db
from tests.benchmarks.measuring import words

A_COURSE = 4  # modules of 15 credits
AT_A_TIME = 2000  # courses
LEVELS = [Grades.of(range(1, 8)), Grades.of(range(5, 11)), Grades.of(range(8, 14)), Band.UPPER.grades]


class Registers(NamedTuple):
    institutions: list[int]
    subjects: list[int]
    towns: list[int]


class Made(NamedTuple):
    """Rows by table, as dictionaries, in the order in which they must be written."""

    rows: dict[type, list[dict]]

    def add(self, table: type, **facts) -> None:
        self.rows.setdefault(table, []).append(facts)


def fill(offerings: int, seed: int = 60) -> None:
    """Writes so many modules with a run each, inside an app context, into a database that has its registers and nothing else."""
    dice, registers, on = Random(seed), _registers(), day_of(now())
    courses = iter(range(1, offerings // A_COURSE + 1))
    while numbers := list(islice(courses, AT_A_TIME)):
        made = Made({})
        for number in numbers:
            _course(made, dice, number, registers, on)
        for table in (Course, Module, ContentTag, Prerequisite, OverlapSet, OverlapSetModule, Offering, Gathering):
            db.session.execute(insert(table), made.rows.get(table, []))
        db.session.commit()
    raise_version(db.session())
    db.session.commit()
    settle()


def _registers() -> Registers:
    institutions = select(Institution.organisation_id).where(Institution.historic.is_(False)).order_by(Institution.organisation_id)
    columns = (institutions, select(Subject.id).order_by(Subject.id), select(Municipality.id).order_by(Municipality.id))
    return Registers(*(list(db.session.scalars(column)) for column in columns))


def settle() -> None:
    """What a database does by itself after a while, so that it does not do it in the middle of a measurement."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"))


def _course(made: Made, dice: Random, number: int, registers: Registers, on: date) -> None:
    subject = registers.subjects[int(len(registers.subjects) * dice.random() ** 1.6)]
    shared = {"institution_id": dice.choice(registers.institutions), "subject_id": subject, "grades": dice.choice(LEVELS)}
    shared |= {"strand": Strand.FURTHER, "language": "nb", "state": Publication.PUBLISHED, "published_at": now()}
    told = {"title": words.title(dice), "summary": words.sentence(dice, 20), "credits": Decimal(60)}
    made.add(Course, id=number, slug=f"studium-{number}", **told, **shared)
    for place in range(A_COURSE):
        _module(made, dice, (number - 1) * A_COURSE + place + 1, number, place, shared)
        _run(made, dice, (number - 1) * A_COURSE + place + 1, registers, on)


def _module(made: Made, dice: Random, number: int, course: int, place: int, shared: dict) -> None:
    told = {part: words.sentence(dice, 20) for part in ("summary", "knowledge", "skills", "competence")}
    named = {"code": f"EMNE{number}", "slug": f"EMNE{number}", "title": words.title(dice)}
    made.add(Module, id=number, course_id=course, position=place, credits=Decimal(15), **named, **told, **shared)
    for tag in dice.sample(list(Tag), dice.randint(0, 3)):
        made.add(ContentTag, module_id=number, tag=tag, sentence=words.sentence(dice, 10), credits=None)
    if place and dice.random() < 1 / 3:
        made.add(Prerequisite, module_id=number, required=True, required_module_id=number - 1)
    elif place and dice.random() < 0.1:
        made.add(OverlapSet, id=number, credits=Decimal("7.5"))
        for one in (number - 1, number):
            made.add(OverlapSetModule, overlap_set_id=number, module_id=one)


def _run(made: Made, dice: Random, number: int, registers: Registers, on: date) -> None:
    semester = Semester(on.year, Term.AUTUMN if on.month >= 8 else Term.SPRING).plus(dice.randint(0, 6))
    starts, delivery, seats = first_day_of(semester) + timedelta(days=20), dice.choice(list(Delivery)), dice.randint(10, 60)
    town = None if delivery is Delivery.ONLINE else dice.choice(registers.towns)
    made.add(
        Offering, id=number, module_id=number, semester=semester, semesters=1, state=Run.PUBLISHED, mode=EnrolmentMode.DIRECT,
        delivery=delivery, municipality_id=town, seats=seats, minimum=0, seats_taken=int(seats * dice.random()),
        opens_on=starts - timedelta(days=200), apply_by=starts - timedelta(days=30), starts_on=starts,
        ends_on=starts + timedelta(days=120), published_at=now(),
    )  # fmt: skip
    for day in _meetings(delivery, starts):
        made.add(Gathering, offering_id=number, starts_on=day, ends_on=day + timedelta(days=1), municipality_id=town)


def _meetings(delivery: Delivery, starts: date) -> Iterator[date]:
    if delivery in (Delivery.BLENDED, Delivery.GATHERINGS):
        yield from (starts + timedelta(days=days) for days in (7, 42, 84))
