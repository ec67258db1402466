"""An open round with two packages of mathematics to apply for, and a teacher who may."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import pytest

from accounts.models import Person
from catalog.offers.models import Course, Offering
from catalog.values import Band, EnrolmentMode, Semester, Strand, Term
from enrolment.applications.models import Application
from enrolment.applications.services import cases, choices
from enrolment.rounds.models import Cycle, Scheme
from enrolment.schools.models import School
from tests import factories as f

AUTUMN_26 = Semester(2026, Term.AUTUMN)


@dataclass
class World:
    """`packages`: an autumn and a spring run of each of two courses, both of the round's study year."""

    cycle: Cycle
    schemes: list[Scheme]
    school: School
    teacher: Person
    course: Course
    packages: list[list[Offering]] = field(default_factory=list)

    @property
    def actor(self):
        return f.acting(self.teacher)

    def begin(self, **known) -> Application:
        return cases.start(**({"cycle": self.cycle.code, "strand": Strand.FURTHER, "actor": self.actor, "at": f.MONDAY} | known))

    def choose(self, case: Application | UUID, number: int, scheme: str = "substitute", at: datetime = f.MONDAY):
        uuid = case if isinstance(case, UUID) else case.uuid
        runs = [run.uuid for run in self.packages[number]]
        chosen = choices.add_package(uuid, runs, actor=self.actor, at=at)
        return choices.change(uuid, chosen.uuid, runs=runs, scheme=scheme, also_part=False, actor=self.actor, at=at)

    def complete(self, packages=(0, 1)) -> Application:
        """A draft that lacks nothing."""
        case = self.begin()
        for number in packages:
            self.choose(case, number)
        cases.answer_funding(case.uuid, {"employed": "yes", "supported": "no"}, actor=self.actor, at=f.MONDAY)
        return cases.say_talked(case.uuid, date(2026, 11, 20), actor=self.actor, at=f.MONDAY)

    def sent(self, packages=(0, 1)) -> Application:
        return cases.send(self.complete(packages).uuid, actor=self.actor, at=f.MONDAY)


def package_of(course: Course, *, mode=EnrolmentMode.ROUND, **facts) -> list[Offering]:
    autumn, spring = f.module(course), f.module(course)
    return [f.offering(autumn, semester=AUTUMN_26, mode=mode, **facts), f.offering(spring, mode=mode, **facts)]


@pytest.fixture
def world(db) -> World:
    subject = f.subject(requires={Band.PRIMARY: 30})
    place = f.municipality()
    school = f.school(f.owner(place), place)
    teacher = f.teacher(school, ((subject, Band.PRIMARY),))
    schemes = [f.scheme(), f.scheme("stipend", f.SchemeKind.STIPEND, (0, 0, 100), 116_000)]
    hvl = f.institution()
    first, second = f.course(hvl, subject, "Matematikk 1"), f.course(hvl, subject, "Matematikk 2")
    return World(f.cycle(), schemes, school, teacher, first, [package_of(first), package_of(second)])
