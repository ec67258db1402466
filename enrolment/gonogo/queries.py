"""Every select of go or no-go. Runs are looked up through the institution whose modules they are of."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Row, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from accounts.models import Person
from catalog.joint.queries import owned_by
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering
from catalog.places.models import DistanceRule, Municipality
from catalog.values import EnrolmentMode
from config.database import db, holds
from enrolment.gonogo.models import Alternative, RiskRule, StartDecision
from enrolment.gonogo.rules import last_start_at_risk
from enrolment.schools.models import Basis, School, Teacher
from enrolment.seats.lifecycle import ACTIVE, HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

_WITH_PLACES = (joinedload(Offering.municipality), selectinload(Offering.gatherings).joinedload(Gathering.municipality))


def risk_rule(on: date) -> RiskRule | None:
    """The rule that holds on a day; the latest one where several do."""
    return db.session.scalar(select(RiskRule).where(holds(RiskRule, on)).order_by(RiskRule.valid_from.desc(), RiskRule.id.desc()).limit(1))


def distance_rules(on: date) -> dict[int | None, int]:
    """Most gathering days a semester by region; under none, the rule of every region without its own."""
    rules = db.session.scalars(select(DistanceRule).where(holds(DistanceRule, on)).order_by(DistanceRule.valid_from, DistanceRule.id))
    return {rule.region_id: rule.most_days for rule in rules}


def starting(institution_id: int, first: date, last: date) -> Sequence[Offering]:
    """The published runs of an institution that state a minimum and begin between two days, the earliest first."""
    mine = select(Offering).join(Offering.module).where(owned_by(institution_id), Offering.state == Run.PUBLISHED)
    soon = mine.where(Offering.starts_on.between(first, last), Offering.minimum > 0)
    return db.session.scalars(soon.options(contains_eager(Offering.module)).order_by(Offering.starts_on, Offering.id)).all()


def lacking(institution_id: int, on: date) -> int:
    """How many of an institution's runs are at risk on a day and not decided on."""
    rule = risk_rule(on)
    if rule is None:
        return 0
    mine = select(func.count()).select_from(Offering).join(Offering.module).where(owned_by(institution_id), Offering.state == Run.PUBLISHED)
    soon = mine.where(Offering.starts_on.between(on, last_start_at_risk(on, rule.days_before)), Offering.minimum > Offering.seats_taken)
    return db.session.scalar(soon.where(~exists().where(StartDecision.offering_id == Offering.id))) or 0


def beside(runs: Iterable[Offering], after: date) -> Sequence[Offering]:
    """The published runs of the same modules in the same semesters as some runs, themselves among them, that begin later than a day and take enrolments here."""
    modules, semesters = {run.module_id for run in runs}, {run.semester for run in runs}
    found = select(Offering).where(
        Offering.module_id.in_(modules), Offering.semester.in_(semesters), Offering.state == Run.PUBLISHED, Offering.starts_on > after,
        Offering.seats.is_not(None), Offering.mode != EnrolmentMode.ELSEWHERE,
    )  # fmt: skip
    return db.session.scalars(found.options(joinedload(Offering.module), *_WITH_PLACES).order_by(Offering.id)).all()


def decisions(runs: Iterable[Offering]) -> dict[int, StartDecision]:
    """What was decided of some runs, by run."""
    made = select(StartDecision).options(joinedload(StartDecision.person)).where(StartDecision.offering_id.in_([run.id for run in runs]))
    return {decision.offering_id: decision for decision in db.session.scalars(made)}


def homes(offering_ids: Iterable[int]) -> Sequence[Row]:
    """Run and county of everybody active in some runs; no county where it is not known where they teach or live."""
    place = _home(select(Enrolment.offering_id, Municipality.county_id), Enrolment.person_id)
    return db.session.execute(place.where(Enrolment.offering_id.in_(list(offering_ids)), Enrolment.state.in_(ACTIVE))).all()


def _home(wanted, person_id):
    """Joins the municipality that decides a teacher's region: that of the school, or of the home where that was chosen."""
    lives = or_(
        (Teacher.basis == Basis.HOME) & (Municipality.id == Teacher.home_id),
        (Teacher.basis == Basis.SCHOOL) & (Municipality.id == School.municipality_id),
    )
    school = wanted.outerjoin(Teacher, Teacher.person_id == person_id).outerjoin(School, School.organisation_id == Teacher.school_id)
    return school.outerjoin(Municipality, lives)


def people_in(offering_id: int) -> list[tuple[Enrolment, str | None, int | None]]:
    """Everybody active in a run by name, with their school and the county that decides their region."""
    found = _home(select(Enrolment, School, Municipality.county_id).join(Enrolment.person), Enrolment.person_id)
    found = found.options(contains_eager(Enrolment.person), joinedload(Enrolment.module), joinedload(School.organisation))
    rows = db.session.execute(found.where(Enrolment.offering_id == offering_id, Enrolment.state.in_(ACTIVE)).order_by(Person.name, Enrolment.id))
    return [(enrolment, school.organisation.name if school else None, county) for enrolment, school, county in rows]


def alternatives_to(run: Offering, on: date) -> Sequence[Offering]:
    """The runs with free seats and no queue, of the same module or the same course, that one can enrol in on a day and that have not begun."""
    same = Offering.module_id == run.module_id
    if run.module.course_id is not None:
        same = or_(same, Module.course_id == run.module.course_id)
    found = (
        select(Offering)
        .join(Offering.module)
        .where(same, Offering.id != run.id, Module.state == Publication.PUBLISHED, Offering.state == Run.PUBLISHED, ~Offering.told_over)
        .where(Offering.mode == EnrolmentMode.DIRECT, Offering.seats_taken < Offering.seats, Offering.waiting == 0)
        .where(or_(Offering.opens_on.is_(None), Offering.opens_on <= on), or_(Offering.apply_by.is_(None), Offering.apply_by >= on))
        .where(or_(Offering.starts_on.is_(None), Offering.starts_on > on))
    )
    parts = (contains_eager(Offering.module).joinedload(Module.institution), *_WITH_PLACES)
    order = (Module.id != run.module_id, Offering.starts_on, Offering.id)
    return db.session.scalars(found.options(*parts).order_by(*order)).all()


def taken_elsewhere(people: Iterable[int], run: Offering, modules: Iterable[int]) -> set[tuple[int, int]]:
    """(person, module) where somebody holds or has completed a seat in one of some modules, in another run than this one."""
    taken = select(Enrolment.person_id, Enrolment.module_id).where(
        Enrolment.person_id.in_(list(people)), Enrolment.module_id.in_(list(modules)), Enrolment.offering_id != run.id,
        Enrolment.state.in_((*HELD, Seat.COMPLETED)),
    )  # fmt: skip
    return {(person, module) for person, module in db.session.execute(taken)}


def left_meanwhile(offering_id: int, enrolments: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those who were in a run and are no more, by enrolment."""
    gone = select(Enrolment.uuid, Person.name).join(Enrolment.person)
    return {uuid: name for uuid, name in db.session.execute(gone.where(Enrolment.offering_id == offering_id, Enrolment.uuid.in_(list(enrolments))))}


def runs_called(uuids: Iterable[UUID]) -> Sequence[Offering]:
    """Those of some runs that everybody can see."""
    seen = select(Offering).join(Offering.module).options(contains_eager(Offering.module), joinedload(Offering.municipality))
    return db.session.scalars(seen.where(Offering.uuid.in_(list(uuids)), Offering.state != Run.DRAFT, Module.state == Publication.PUBLISHED)).all()


def offered_instead(enrolment_id: int) -> Sequence[Offering]:
    """What somebody was told of when their run was cancelled, and can still be seen."""
    told = select(Offering).join(Alternative, Alternative.offering_id == Offering.id).join(Offering.module)
    shown = told.where(Alternative.enrolment_id == enrolment_id, Offering.state != Run.DRAFT, Module.state == Publication.PUBLISHED)
    parts = (contains_eager(Offering.module).joinedload(Module.institution), joinedload(Offering.municipality))
    return db.session.scalars(shown.options(*parts).order_by(Alternative.id)).all()


def ended_with(run: Offering) -> list[tuple[str, list[Offering], Offering | None]]:
    """Everybody whose enrolment was ended when a run was cancelled, by name, with what they were told of and the run they were moved to."""
    ended = select(Enrolment).join(Enrolment.person).options(contains_eager(Enrolment.person)).where(Enrolment.offering_id == run.id)
    ended = ended.where(Enrolment.state.in_((Seat.WITHDRAWN, Seat.LAPSED)), _at_cancelling())
    people = list(db.session.scalars(ended.order_by(Person.name, Enrolment.id)))
    told, moved = _told_of([one.id for one in people]), _moved_from(run)
    return [(one.person.name, told.get(one.id, []), moved.get(one.person_id)) for one in people]


def _at_cancelling():
    """That an enrolment was ended by the cancelling, which left a reason, and not by its holder."""
    return exists().where(EnrolmentStep.enrolment_id == Enrolment.id, EnrolmentStep.why.is_not(None), EnrolmentStep.event.in_(("withdraw", "let lapse")))


def _told_of(enrolments: list[int]) -> dict[int, list[Offering]]:
    told = select(Alternative).options(joinedload(Alternative.offering).joinedload(Offering.module)).where(Alternative.enrolment_id.in_(enrolments))
    of_each: dict[int, list[Offering]] = {}
    for row in db.session.scalars(told.order_by(Alternative.id)):
        of_each.setdefault(row.enrolment_id, []).append(row.offering)
    return of_each


def _moved_from(run: Offering) -> dict[int, Offering]:
    """By person, the run of the same module and semester they were moved to."""
    moved = select(Enrolment).join(Enrolment.offering).options(contains_eager(Enrolment.offering).joinedload(Offering.module))
    there = exists().where(EnrolmentStep.enrolment_id == Enrolment.id, EnrolmentStep.event == "move")
    found = db.session.scalars(moved.where(Enrolment.module_id == run.module_id, Offering.semester == run.semester, Offering.id != run.id, there))
    return {one.person_id: one.offering for one in found}
