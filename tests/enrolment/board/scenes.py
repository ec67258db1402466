"""An owner in a round that is with the owners: a school with its head, a union representative, two who act for the owner, and cases."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

from accounts.acting import Actor
from accounts.models import Person, Role
from catalog.offers.models import Offering
from catalog.subjects.models import Subject
from catalog.values import Band, Strand
from enrolment.applications.lifecycle import Employer, Fellow
from enrolment.applications.models import Application, ApplicationGroup, GroupFellow
from enrolment.applications.values import Together
from enrolment.board import gathering
from enrolment.rounds.models import Criterion, Cycle, RefusalReason, ReminderRule, Scheme, WorkYearCost
from enrolment.rounds.values import SchemeKind, Step
from enrolment.schools.models import School, SchoolOwner
from enrolment.staff.models import StaffMember, StaffTeaching
from tests import factories
from tests.factories import _kept, acting

WITH_OWNER = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)  # after the head's day, before the union's and the owner's
FURTHER = Strand.FURTHER
_numbers = count(1)


@dataclass
class Scene:
    owner: SchoolOwner
    school: School
    subject: Subject
    run: Offering
    cycle: Cycle
    substitute: Scheme
    stipend: Scheme
    bjorn: Actor
    berit: Actor
    head: Actor
    union: Actor
    people: dict[str, Person] = field(default_factory=dict)

    def case(self, name: str | None = None, *, teaches: bool = True, runs=None, scheme: Scheme | None = None, **facts) -> Application:
        """A teacher at the school with a case that names the run first."""
        name = name or f"Teacher {next(_numbers):03}"
        somebody = factories.teacher(self.school, ((self.subject, Band.LOWER),) if teaches else (), name)
        self.people[name] = somebody
        return factories.application(somebody, self.cycle, runs or [self.run], scheme=scheme or self.substitute, **facts)

    def approved(self, name: str | None = None, **facts) -> Application:
        return self.case(name, employer=Employer.APPROVED, scheme_id=self.substitute.id, **facts)

    def together(self, *cases: Application) -> None:
        """Those whose cases these are apply together; the first has founded the group."""
        group = ApplicationGroup(cycle_id=self.cycle.id, strand=FURTHER, founder_id=cases[0].person_id, mode=Together.WHOLE)
        group.fellows = [GroupFellow(person_id=one.person_id, application_id=one.id, state=Fellow.JOINED, invited_at=WITH_OWNER, answered_at=WITH_OWNER) for one in cases]
        _kept(group)

    def board(self, at: datetime = WITH_OWNER) -> gathering.Board:
        return gathering.board(self.owner.organisation_id, self.cycle, FURTHER, on=at.date(), at=at)

    def staff(self, lacking: int, meeting: int) -> None:
        """The owner's register of who teaches the subject at the school."""
        for number in range(lacking + meeting):
            one = StaffMember(owner_id=self.owner.organisation_id, reference=f"s{next(_numbers)}", name="Somebody", school_id=self.school.organisation_id, changed_at=WITH_OWNER)
            one.teaching = [StaffTeaching(school_id=self.school.organisation_id, subject_id=self.subject.id, band=Band.LOWER, credits=0 if number < lacking else 60)]
            _kept(one)


def make(code: str = "2027", place: str = "1103") -> Scene:
    town = factories.municipality(place)
    owner = factories.owner(town)
    school = factories.school(owner, town)
    subject = factories.subject(requires={Band.PRIMARY: 30, Band.LOWER: 60})
    module = factories.module(factories.course(factories.institution(), subject), credits="30")
    scene = Scene(
        owner, school, subject, factories.offering(module), factories.cycle(code), factories.scheme(), factories.scheme("stipend", SchemeKind.STIPEND, (0, 0, 100), 116_000),
        bjorn=_hat(owner.organisation_id, Role.OWNER, "Bjørn Tveit"), berit=_hat(owner.organisation_id, Role.OWNER, "Berit Sol"),
        head=_hat(school.organisation_id, Role.HEAD, "Siri Haugen"), union=_hat(owner.organisation_id, Role.UNION, "Trond Lunde"),
    )  # fmt: skip
    yearly()
    return scene


def _hat(body: int, role: Role, name: str) -> Actor:
    return acting(factories.member(body, role, name))


def yearly() -> None:
    """A work year of 800 000 kroner, two reasons, the criteria, and reminders five days before and, to deputies, two."""
    known = {"source": "test", "valid_from": date(2012, 1, 1)}
    _kept(WorkYearCost(code="year", oere=800_000_00, **known))
    for code, deputy, days in (("owner-5", False, 5), ("owner-2", True, 2)):
        _kept(ReminderRule(code=code, step=Step.OWNER, deputy=deputy, days_before=days, source="test"))
    for position, code in enumerate(("no-money", "no-substitute"), 1):
        _kept(RefusalReason(code=code, position=position, name_nb=f"Grunn {code}", **known))
    for code, weight in (("gap-at-school", 40), ("teaches-without", 30), ("gap-in-subject", 20), ("refused-before", 10)):
        _kept(Criterion(code=code, kind=code, weight=weight, name_nb=code, released_at=datetime(2020, 1, 1, tzinfo=UTC), **known))


def visiting(client, actor: Actor, at: datetime = WITH_OWNER):
    """The client, signed in as somebody on a day of the round."""
    return factories.signed_in(client, factories.db.session.get(Person, actor.person_id), at=at)
