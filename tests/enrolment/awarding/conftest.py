"""A small round with its rows, an allocation made known in it, and the people around it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import OrganisationKind, Person, Role
from catalog.offers.models import Module, Offering
from catalog.values import EnrolmentMode, Strand
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.awarding.services import publishing, running
from enrolment.rounds.models import Cycle
from tests import factories as f

DECIDED = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
TOLD = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
LATER = TOLD + timedelta(hours=1)


@dataclass
class Round:
    cycle: Cycle
    modules: list[Module]
    authority: Person
    second: Person
    cases: dict[str, Application] = field(default_factory=dict)

    def run(self, seats: int, module: int = 0, **facts) -> Offering:
        return f.offering(self.modules[module], seats=seats, mode=EnrolmentMode.ROUND, **facts)

    def case(self, name: str, *packages, **facts) -> Application:
        """An approved case of a new teacher, ranked after those before and in a band of its own, so that no lot decides."""
        known = {"employer": Employer.APPROVED, "rank": 1 + 3 * len(self.cases)} | facts
        made = f.application(f.teacher(name=name), self.cycle, *packages, **known)
        self.cases[name] = made
        return made

    def try_out(self, rules: str = "owner-bands", seed: str = "2027", at: datetime = DECIDED, grants: int | None = None):
        return running.try_out("2027", Strand.FURTHER, rule_set=rules, seed=seed, grants=grants, actor=f.acting(self.authority), at=at)

    def approved(self, **known):
        made = self.try_out(**known)
        running.approve(made.uuid, actor=f.acting(self.authority), at=DECIDED)
        running.approve(made.uuid, actor=f.acting(self.second), at=DECIDED)
        return running.set_time(made.uuid, TOLD, actor=f.acting(self.authority), at=DECIDED)

    def made_known(self, **known):
        made = self.approved(**known)
        publishing.make_known(TOLD)
        return made


def a_round() -> Round:
    """A course of three modules, and two who approve. Inside an app context."""
    course = f.course(f.institution(), f.subject())
    nation = f.organisation(OrganisationKind.AUTHORITY, "The directorate")
    people = [f.member(nation.id, Role.AUTHORITY, name) for name in ("Eva Strand", "Jon Dahl")]
    return Round(f.cycle(), [f.module(course) for _number in range(3)], *people)


@pytest.fixture
def round_(db) -> Round:
    return a_round()
