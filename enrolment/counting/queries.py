"""Every select on what counts for one teacher; the same number of them for one card and for twenty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, Subquery, and_, case, func, or_, select, type_coerce, union
from sqlalchemy.orm import aliased, joinedload, selectinload

from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering, Prerequisite
from catalog.subjects.models import Subject
from catalog.values import EnrolmentMode, Strand
from config.database import db
from enrolment.applications.lifecycle import Case
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.counting.rules import Busy
from enrolment.progress.values import CreditsNeeded, ModuleNeeded
from enrolment.seats.lifecycle import ACTIVE, Seat
from enrolment.seats.models import Enrolment

GOT_ONE = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED, Seat.INTERRUPTED)
_required = aliased(Module)


def modules(ids: Collection[int]) -> dict[int, Module]:
    wanted = select(Module).options(joinedload(Module.subject)).where(Module.id.in_(ids))
    return {module.id: module for module in db.session.scalars(wanted)}


def runs(ids: Collection[int]) -> dict[int, Offering]:
    wanted = select(Offering).options(selectinload(Offering.gatherings)).where(Offering.id.in_(ids))
    return {run.id: run for run in db.session.scalars(wanted)}


def prerequisites(ids: Collection[int] | None = None) -> dict[int, list[Row]]:
    """By module, what it requires: a module (its UUID and title) or credits in a subject (its code). None = of every published module."""
    wanted = (
        select(
            Prerequisite.module_id, _required.uuid, _required.title, _required.code, Subject.code.label("subject"), Subject.name_nb, Subject.name_nn,
            Subject.name_en, Prerequisite.credits,
        )
        .join(Module, Module.id == Prerequisite.module_id)
        .outerjoin(_required, _required.id == Prerequisite.required_module_id)
        .outerjoin(Subject, Subject.id == Prerequisite.subject_id)
        .where(Prerequisite.required, Module.state == Publication.PUBLISHED)
        .order_by(Prerequisite.id)
    )  # fmt: skip
    found = defaultdict(list)
    for row in db.session.execute(wanted if ids is None else wanted.where(Prerequisite.module_id.in_(ids))):
        found[row.module_id].append(row)
    return found


def needed(row: Row) -> ModuleNeeded | CreditsNeeded:
    return ModuleNeeded(str(row.uuid)) if row.uuid else CreditsNeeded(row.subject, row.credits)


def own_seats(person_id: int) -> Sequence[Enrolment]:
    """The seats and places in line that a person has now, with the days they take."""
    offering = joinedload(Enrolment.offering)
    wanted = select(Enrolment).options(joinedload(Enrolment.module), offering.selectinload(Offering.gatherings))
    return db.session.scalars(wanted.where(Enrolment.person_id == person_id, Enrolment.state.in_(ACTIVE)).order_by(Enrolment.id)).all()


def clashing(mine: Sequence[Busy], own: Collection[int]) -> frozenset[int]:
    """The runs with a gathering on a day that is taken already, other than one's own."""
    if not mine:
        return frozenset()
    on_a_day = or_(*(and_(Gathering.starts_on <= one.last, Gathering.ends_on >= one.first) for one in mine))
    return frozenset(db.session.scalars(select(Gathering.offering_id).where(on_a_day, Gathering.offering_id.not_in(own)).distinct()))


def at_risk(on: date, days_before: int) -> frozenset[int]:
    """The published runs that lack participants so close before they start (rules.may_not_start) and are not given elsewhere."""
    soon = Offering.starts_on.between(on, on + timedelta(days=days_before))
    lacking = (Offering.minimum > Offering.seats_taken) & (Offering.mode != EnrolmentMode.ELSEWHERE)
    return frozenset(db.session.scalars(select(Offering.id).where(Offering.state == Run.PUBLISHED, soon, lacking)))


def unlike_their_subject(subjects: Collection[str], uuids: Iterable[str]) -> Sequence[Row]:
    """Of the published modules in some subjects, those that may count otherwise than their credits say: in-service, or overlapping with what is held."""
    touched = or_(Module.strand == Strand.IN_SERVICE, Module.uuid.in_([UUID(one) for one in uuids]))
    wanted = select(Module.id, Module.uuid, Module.credits, Module.strand, Subject.code.label("subject")).join(Module.subject)
    return db.session.execute(wanted.where(Subject.code.in_(subjects), Module.state == Publication.PUBLISHED, touched)).all()


def held_modules(uuids: Iterable[str]) -> set[int]:
    return set(db.session.scalars(select(Module.id).where(Module.uuid.in_([UUID(one) for one in uuids]))))


def must_teach(subjects: Collection[int]) -> set[int]:
    """The published modules whose participants must be teaching a subject that is none of these."""
    wanted = select(Module.id).where(Module.must_teach, Module.state == Publication.PUBLISHED)
    return set(db.session.scalars(wanted.where(or_(Module.subject_id.is_(None), Module.subject_id.not_in(subjects)))))


def last_year(module_ids: Collection[int] | None, on: date) -> Sequence[Row]:
    """Of runs of these modules (none = of all): the run, and how many applied for how many seats in all runs of its module a year before that have begun.
    A run is not there where nobody is known to have applied, or the seats of some are not stated."""
    applied, among = _applied(module_ids), [] if module_ids is None else [Offering.module_id.in_(module_ids)]
    people = select(Offering.module_id, Offering.semester, func.count(applied.c.person_id.distinct()).label("applied"))
    people = people.join(applied, applied.c.offering_id == Offering.id).where(*among, *_begun(on)).group_by(Offering.module_id, Offering.semester).subquery()
    seats = select(Offering.module_id, Offering.semester, func.sum(Offering.seats).label("seats")).where(*among, *_begun(on))
    seats = seats.group_by(Offering.module_id, Offering.semester).having(func.count(Offering.seats) == func.count(), func.sum(Offering.seats) > 0).subquery()

    def a_year_before(rows: Subquery) -> ColumnElement[bool]:
        return (rows.c.module_id == Offering.module_id) & (type_coerce(rows.c.semester, Integer) == type_coerce(Offering.semester, Integer) - 2)

    wanted = select(Offering.id, people.c.applied, seats.c.seats).join(people, a_year_before(people)).join(seats, a_year_before(seats))
    return db.session.execute(wanted.where(*among)).all()


def _applied(module_ids: Collection[int] | None) -> Subquery:
    """Who has applied for which run, each once: by asking for a seat there, or by a choice of an application that is sent."""
    seats = select(Enrolment.offering_id, Enrolment.person_id)
    choices = select(ChoiceRun.offering_id, Application.person_id).join(Choice, Choice.id == ChoiceRun.choice_id).join(Application, Application.id == Choice.application_id)
    choices = choices.where(Application.state == Case.SENT, Choice.position.is_not(None))
    if module_ids is not None:
        seats = seats.where(Enrolment.module_id.in_(module_ids))
        choices = choices.join(Offering, Offering.id == ChoiceRun.offering_id).where(Offering.module_id.in_(module_ids))
    return union(seats, choices).subquery()


def _begun(on: date) -> tuple:
    return Offering.state == Run.PUBLISHED, Offering.semester.is_not(None), or_(Offering.starts_on <= on, Offering.told_over)


def earlier_demand(module_ids: Collection[int], on: date) -> dict[int, list[Row]]:
    """By module, its runs that have begun, the latest first: semester, seats, applicants, and which number in line was the last to get a seat."""
    last = (
        select(Enrolment.offering_id, func.max(case((Enrolment.state.in_(GOT_ONE), Enrolment.ticket))).label("ticket"))
        .where(Enrolment.module_id.in_(module_ids))
        .group_by(Enrolment.offering_id)
        .subquery()
    )
    applied = _applied(module_ids)
    people = select(applied.c.offering_id, func.count().label("people")).group_by(applied.c.offering_id).subquery()
    admitted = func.count(Enrolment.id).filter(Enrolment.ticket <= last.c.ticket)
    wanted = (
        select(Offering.id, Offering.module_id, Offering.semester, Offering.seats, people.c.people.label("applicants"), admitted.label("last"))
        .join(people, people.c.offering_id == Offering.id)
        .outerjoin(Enrolment, Enrolment.offering_id == Offering.id)
        .outerjoin(last, last.c.offering_id == Offering.id)
        .where(Offering.module_id.in_(module_ids), *_begun(on))
        .group_by(Offering.id, Offering.module_id, Offering.semester, Offering.seats, people.c.people)
        .order_by(Offering.semester.desc(), Offering.id.desc())
    )
    found = defaultdict(list)
    for row in db.session.execute(wanted):
        found[row.module_id].append(row)
    return found
