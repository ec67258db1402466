"""Every select on applications. What is a teacher's own is looked up through the teacher."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Row, Select, select, true
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Organisation, Role
from catalog.joint.queries import owned_by
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Course, Module, Offering
from catalog.places.models import Municipality
from catalog.publishing.permissions import institution_of
from catalog.search.folding import fold
from catalog.subjects.models import Subject
from catalog.values import EnrolmentMode, Semester, Strand, Term
from config.clock import day_of
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application, CaseStep, Choice, ChoiceRun
from enrolment.applications.values import Party
from enrolment.rounds import queries as rounds
from enrolment.rounds.models import Cycle, CycleDate
from enrolment.rounds.values import Gate, Step
from enrolment.schools.models import OwnerKind, School, SchoolOwner
from enrolment.seats.models import Enrolment

MOST_SCHOOLS = 12  # shown of a search; who finds none among them says more


# One's own cases


def own_cases(actor: Actor) -> Sequence[Application]:
    """All of a teacher's, the latest round first, with everything their pages show."""
    mine = select(Application).join(Application.cycle).options(*_whole()).where(Application.person_id == actor.person_id)
    return db.session.scalars(mine.order_by(Cycle.study_year.desc(), Application.id.desc())).unique().all()


def own_case(actor: Actor, case: UUID) -> Application:
    """Raises NotFound for another person's."""
    return _found(db.session.scalar(select(Application).options(*_whole()).where(Application.uuid == case, Application.person_id == actor.person_id)))


def locked_case(actor: Actor, case: UUID) -> Application:
    """The same, and nobody else changes it meanwhile. Raises NotFound."""
    mine = select(Application).where(Application.uuid == case, Application.person_id == actor.person_id)
    _found(db.session.scalar(mine.with_for_update()))
    return _found(db.session.scalar(mine.options(*_whole()).execution_options(populate_existing=True)))


def shared_case(actor: Actor, case: UUID, at: datetime) -> tuple[Application, Party]:
    """A case that is sent, for one of the parties that share it, and as which party they read it. Raises NotFound for a case of others.

    The head's own school, the owner's and its union's own teachers, an institution's own runs in which a seat has come of the case; the authority, all.
    """
    about = {
        Role.HEAD: (Party.HEAD, Application.school_id == actor.organisation_id), Role.OWNER: (Party.OWNER, Application.owner_id == actor.organisation_id),
        Role.UNION: (Party.UNION, Application.owner_id == actor.organisation_id), Role.AUTHORITY: (Party.AUTHORITY, true()),
    }  # fmt: skip
    party, whose = about[actor.role] if actor.role in about else (Party.INSTITUTION, _seated_with(institution_of(actor)))
    sent = select(Application).join(Application.cycle).options(*_whole()).where(Application.uuid == case, Application.state == Case.SENT, Cycle.released_at <= at, whose)
    found = db.session.scalar(sent)
    if found is None:
        raise NotFound(_("There is no such application with you."))
    return found, party


def _seated_with(institution_id: int):
    """Of a case in a query: whether something has come of it in a run of an institution's."""
    came = select(ChoiceRun.id).join(Choice, Choice.id == ChoiceRun.choice_id).join(Offering, Offering.id == ChoiceRun.offering_id).join(Module, Module.id == Offering.module_id)
    return came.where(Choice.application_id == Application.id, ChoiceRun.enrolment_id.is_not(None), owned_by(institution_id)).exists()


def case_in(person_id: int, cycle_id: int, strand: Strand) -> Application | None:
    """A teacher's case in a round and strand."""
    return db.session.scalar(select(Application).filter_by(person_id=person_id, cycle_id=cycle_id, strand=strand))


def _found(case: Application | None) -> Application:
    if case is None:
        raise NotFound(_("You have no such application."))
    return case


def _whole():
    runs = selectinload(Application.choices).selectinload(Choice.runs)
    module = runs.joinedload(ChoiceRun.offering).joinedload(Offering.module)
    return (
        joinedload(Application.person),
        joinedload(Application.cycle).selectinload(Cycle.dates).joinedload(CycleDate.scheme),
        joinedload(Application.school).options(joinedload(School.organisation), joinedload(School.municipality)),
        joinedload(Application.owner).joinedload(SchoolOwner.organisation),
        joinedload(Application.scheme),
        joinedload(Application.refusal),
        selectinload(Application.choices).options(joinedload(Choice.scheme), joinedload(Choice.subject)),
        module.options(joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course)),
        runs.joinedload(ChoiceRun.enrolment).options(joinedload(Enrolment.offering).joinedload(Offering.module), joinedload(Enrolment.module), joinedload(Enrolment.result)),
        selectinload(Application.steps).joinedload(CaseStep.by),
    )


def organisation_names(keys: Iterable[int | None]) -> dict[int, str]:
    wanted = {key for key in keys if key}
    return dict(db.session.execute(select(Organisation.id, Organisation.name).where(Organisation.id.in_(wanted))).all()) if wanted else {}


# Rounds that teachers may apply in


def open_strands(at: datetime) -> list[tuple[Cycle, Strand]]:
    """The rounds and strands that are open to teachers."""
    on = day_of(at)
    return [(cycle, strand) for cycle, strand, dates in rounds.strands(at) if dates.is_open(Gate.APPLY, on)]


def round_for(run: Offering, at: datetime, cycles: Sequence[Cycle] | None = None) -> Cycle | None:
    """The round in which a run is applied for: the open one of its study year, else the next to open, else the latest; none where there is none.
    `cycles`: those that are let out, where they have been read."""
    if run.mode is not EnrolmentMode.ROUND or run.semester is None:
        return None
    strand, on = run.module.strand, day_of(at)
    found = [one for one in (rounds.released(at) if cycles is None else cycles) if one.study_year == run.semester.study_year and one.dates_of(strand).on(Step.APPLY)]
    return min(found, key=lambda one: _nearness(one, strand, on), default=None)


def _nearness(cycle: Cycle, strand: Strand, on: date) -> tuple[bool, bool, int]:
    dates = cycle.dates_of(strand)
    return not dates.is_open(Gate.APPLY, on), dates.is_past(Step.APPLY, on), abs((dates.on(Step.APPLY) - on).days)


# What one may choose


def runs_by(uuids: Iterable[UUID]) -> list[Offering]:
    """Runs of a round that can be chosen, by their UUIDs, in the order of their terms."""
    return list(db.session.scalars(_to_choose().where(Offering.uuid.in_(list(uuids)))))


def runs_of_round(cycle: Cycle, strand: Strand) -> list[Offering]:
    """Every run that can be chosen in a round, by course and term."""
    return list(db.session.scalars(_in_round(cycle, strand)))


def runs_beside(run: Offering, cycle: Cycle, strand: Strand) -> list[Offering]:
    """Those of the run's course, or of its module where it is of no course, that can be chosen in a round; with their gatherings."""
    same = Module.course_id == run.module.course_id if run.module.course_id else Module.id == run.module_id
    return list(db.session.scalars(_in_round(cycle, strand).where(same).options(selectinload(Offering.gatherings))))


def _in_round(cycle: Cycle, strand: Strand) -> Select:
    year = cycle.study_year
    terms = (Semester(year, Term.AUTUMN), Semester(year + 1, Term.SPRING))
    return _to_choose().where(Offering.semester.in_(terms), Module.strand == strand)


def _to_choose() -> Select:
    wanted = select(Offering).join(Offering.module).outerjoin(Module.course).options(*_named())
    shown = (Offering.mode == EnrolmentMode.ROUND, Offering.state == Run.PUBLISHED, Module.state == Publication.PUBLISHED)
    return wanted.where(*shown).order_by(Course.title, Module.course_id, Offering.semester, Module.position, Offering.id)


def _named():
    return (joinedload(Offering.module).options(joinedload(Module.institution), joinedload(Module.subject), joinedload(Module.course)),)


def subjects() -> Sequence[Subject]:
    return db.session.scalars(select(Subject).order_by(Subject.position)).all()


# The school


@dataclass(frozen=True)
class Workplace:
    """A school to choose, or an owner whose school is not in the register (`is_owner`)."""

    uuid: UUID
    name: str
    number: str | None
    place: str
    owner: str
    is_owner: bool = False


def workplaces(typed: str) -> tuple[list[Workplace], int]:
    """Schools whose name, municipality or organisation number holds every word that was typed, those that begin with it first; and how many there
    are in all. A school owner that matches is listed last, for those whose school is not in the register."""
    words = fold(typed).split()
    if not words:
        return [], 0
    found = [one for one in _every_school() if all(word in _searched(one) for word in words)]
    found.sort(key=lambda one: (one.is_owner, not fold(one.name).startswith(words[0]), fold(one.name), one.place))
    owners = [one for one in found if one.is_owner][:3]
    schools = [one for one in found if not one.is_owner]
    return [*schools[:MOST_SCHOOLS], *owners], len(schools)


def _searched(one: Workplace) -> str:
    return fold(f"{one.name} {one.place} {one.number or ''}")


def _every_school() -> list[Workplace]:
    owner = Organisation.__table__.alias()
    rows = db.session.execute(
        select(Organisation.uuid, Organisation.name, Organisation.number, Municipality.name, owner.c.name)
        .join(School, School.organisation_id == Organisation.id)
        .outerjoin(Municipality, Municipality.id == School.municipality_id)
        .join(owner, owner.c.id == School.owner_id)
    )
    public = select(Organisation.uuid, Organisation.name, Organisation.number).join(SchoolOwner, SchoolOwner.organisation_id == Organisation.id)
    bodies = db.session.execute(public.where(SchoolOwner.kind != OwnerKind.PRIVATE))  # a private owner has the one school, which is listed
    schools = [Workplace(uuid, name, number, place or "", body) for uuid, name, number, place, body in rows]
    return [*schools, *(Workplace(uuid, name, number, "", name, True) for uuid, name, number in bodies)]


def employer(uuid: UUID) -> tuple[School | None, SchoolOwner | None]:
    """The school with its owner that has a UUID, or the owner alone; neither where there is none."""
    school = db.session.scalar(select(School).join(School.organisation).options(joinedload(School.owner)).where(Organisation.uuid == uuid, School.owner_id.is_not(None)))
    if school:
        return school, school.owner
    return None, db.session.scalar(select(SchoolOwner).join(SchoolOwner.organisation).where(Organisation.uuid == uuid))


def chosen(person_id: int, cycle_id: int, offerings: Iterable[int]) -> Row | None:
    """A teacher's choice that holds all of some runs in a round: the application's UUID, and the choice's number."""
    wanted = set(offerings)
    rows = db.session.execute(
        select(Application.uuid, Choice.position, ChoiceRun.offering_id)
        .join(Choice, Choice.application_id == Application.id)
        .join(ChoiceRun, ChoiceRun.choice_id == Choice.id)
        .where(Application.person_id == person_id, Application.cycle_id == cycle_id, Choice.position.is_not(None))
        .order_by(Choice.position)
    ).all()
    held: dict[int, set[int]] = {}
    for row in rows:
        held.setdefault(row.position, set()).add(row.offering_id)
    return next((row for row in rows if wanted <= held[row.position]), None)
