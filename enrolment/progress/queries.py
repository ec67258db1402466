"""What progress is counted from: results, seats and claims, requirements and overlaps; each list in one query, however long the history."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Integer, func, or_, select, type_coerce
from sqlalchemy.orm import joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Module, Offering, OverlapSet
from catalog.places.models import Region, RegionCounty
from catalog.subjects.models import Subject, SubjectKind
from catalog.values import Semester, Strand, Tag, Term
from config.clock import day_of
from config.database import db, holds
from config.errors import NotFound
from config.languages import _
from enrolment.progress import values
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.progress.values import Credit, Kind
from enrolment.recognition import queries as recognitions
from enrolment.recognition.models import Recognition
from enrolment.schools.models import School, SchoolOwner, Teacher, Teaching
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

COUNTED = (Seat.COMPLETED, Seat.PLACED, Seat.OFFERED, Seat.WAITING)


@dataclass(frozen=True)
class Earned:
    """A credit, with the row it comes from, for the page that says where it is from."""

    credit: Credit
    enrolment: Enrolment | None = None
    claim: PriorCredit | None = None
    recognition: Recognition | None = None  # where it counts in another subject than its own


def history(person_id: int, on: date) -> list[Earned]:
    """Every credit of a person on a day: recorded, running, planned, claimed. Modules without stated credits or subject give none."""
    return histories([person_id], on)[person_id]


def histories(people: Collection[int], on: date) -> dict[int, list[Earned]]:
    """The histories of many at once, by person, in as many questions as that of one."""
    found: dict[int, list[Earned]] = {person: [] for person in people}
    for person, earned in (*_from_seats(people, on), *_from_claims(people)):
        found[person].append(earned)
    for one in recognitions.recognised(people):
        found[one.person_id] += _recognised(found[one.person_id], one)
    return found


def _recognised(own: Iterable[Earned], one: Recognition) -> list[Earned]:
    """The same credits once more in the subject that an owner has recognised them for; as sure as they are in their own."""
    base = next((row for row in own if row.credit.key == one.of), None)
    if base is None:
        return []
    module = str(one.module.uuid) if one.module else base.credit.module
    there = {"key": f"{one.of}-{one.subject.code}", "subject": one.subject.code, "credits": one.credits, "module": module, "contents": ()}
    return [Earned(replace(base.credit, **there), base.enrolment, base.claim, one)]


def _from_seats(people: Collection[int], on: date) -> Iterable[tuple[int, Earned]]:
    seats = (
        select(Enrolment)
        .join(Enrolment.module)
        .options(
            joinedload(Enrolment.module).joinedload(Module.subject),
            joinedload(Enrolment.module).joinedload(Module.institution),
            joinedload(Enrolment.module).selectinload(Module.tags),
            joinedload(Enrolment.offering),
            joinedload(Enrolment.result),
        )
        .where(Enrolment.person_id.in_(people), Enrolment.state.in_(COUNTED), Module.credits.is_not(None), Module.subject_id.is_not(None))
    )
    return [(seat.person_id, Earned(_credit_of(seat, on), enrolment=seat)) for seat in db.session.scalars(seats)]


def _credit_of(seat: Enrolment, on: date) -> Credit:
    module = seat.module
    return Credit(
        key=str(seat.uuid),
        subject=module.subject.code,
        credits=module.credits,
        kind=_kind(seat, on),
        module=str(module.uuid),
        grade=seat.result.mark.value if seat.result else None,
        finished_on=day_of(seat.result.recorded_at) if seat.result else None,
        strand=module.strand,
        title=module.title or module.code or "",
        source=module.institution.short_name,
        contents=contents(module),
    )


def contents(module: Module) -> tuple[tuple[Tag, Decimal | None], ...]:
    """What a module contains, and how much of it where that is stated."""
    return tuple(sorted((row.tag, row.credits) for row in module.tags))


def _kind(seat: Enrolment, on: date) -> Kind:
    if seat.state is Seat.COMPLETED and seat.result:
        return Kind.VERIFIED
    started = _starts(seat.offering)
    return Kind.RUNNING if seat.state in (Seat.PLACED, Seat.COMPLETED) and started is not None and started <= on else Kind.PLANNED


def _starts(offering: Offering) -> date | None:
    """The day it starts, or the first day of its semester's teaching months where only that is stated."""
    return offering.starts_on or _first_day(offering.semester)


def _first_day(semester: Semester | None) -> date | None:
    return date(semester.year, 8 if semester.term is Term.AUTUMN else 1, 1) if semester else None


def _from_claims(people: Collection[int]) -> Iterable[tuple[int, Earned]]:
    claims = (
        select(PriorCredit)
        .options(joinedload(PriorCredit.subject), joinedload(PriorCredit.module).selectinload(Module.tags))
        .where(PriorCredit.person_id.in_(people), PriorCredit.state.in_((Claim.CLAIMED, Claim.VERIFIED)))
    )
    return [(claim.person_id, Earned(_credit_claimed(claim), claim=claim)) for claim in db.session.scalars(claims)]


def _credit_claimed(claim: PriorCredit) -> Credit:
    return Credit(
        key=str(claim.uuid),
        subject=claim.subject.code,
        credits=claim.credits,
        kind=Kind.VERIFIED if claim.state is Claim.VERIFIED else Kind.CLAIMED,
        module=str(claim.module.uuid) if claim.module else None,
        finished_on=claim.finished_on,
        strand=Strand.FURTHER,
        title=claim.title,
        source=claim.institution,
        contents=contents(claim.module) if claim.module else (),
    )


def overlaps(modules: Iterable[str]) -> list[values.OverlapSet]:
    """The overlap sets in which any of these modules (by UUID) stand."""
    uuids = [UUID(module) for module in modules]
    touched = select(OverlapSet).options(selectinload(OverlapSet.modules)).where(OverlapSet.modules.any(Module.uuid.in_(uuids)))
    rows = db.session.scalars(touched.order_by(OverlapSet.id))
    return [values.OverlapSet(frozenset(str(module.uuid) for module in row.modules), row.credits, row.source or "") for row in rows]


def teacher_of(person_id: int) -> Teacher | None:
    known = (
        select(Teacher)
        .options(
            joinedload(Teacher.school).joinedload(School.organisation),
            joinedload(Teacher.school).joinedload(School.municipality),
            selectinload(Teacher.teaching).joinedload(Teaching.subject),
        )
        .where(Teacher.person_id == person_id)
    )
    return db.session.scalar(known)


def own_regions(teacher: Teacher | None, on: date) -> tuple[list[str], frozenset[int]]:
    """The codes of the regions a teacher belongs to on a day, and the keys of their counties. The school decides, or the home where that was chosen."""
    county = teacher.county_id if teacher else None
    if county is None:
        return [], frozenset()
    own = select(RegionCounty.region_id).where(RegionCounty.county_id == county, holds(RegionCounty, on))
    members = select(Region.code, RegionCounty.county_id).join(RegionCounty.region).where(RegionCounty.region_id.in_(own), holds(RegionCounty, on))
    rows = db.session.execute(members).all()
    return sorted({code for code, _county in rows}), frozenset(county for _code, county in rows)


def owner_of(person_id: int) -> SchoolOwner | None:
    """The owner of the school a teacher works at, who decides on claims."""
    owner = select(SchoolOwner).options(joinedload(SchoolOwner.organisation)).join(School, School.owner_id == SchoolOwner.organisation_id)
    return db.session.scalar(owner.join(Teacher, Teacher.school_id == School.organisation_id).where(Teacher.person_id == person_id))


def subjects() -> list[Subject]:
    """Subjects one can teach or hold credits in, in the order of the register."""
    taught = select(Subject).where(Subject.kind.in_((SubjectKind.SCHOOL, SubjectKind.AREA, SubjectKind.PRINCIPAL)))
    return list(db.session.scalars(taught.order_by(Subject.position)))


def modules_that_may_fill(subject: str, on: date, without: Iterable[str], most: int = 40) -> list[Module]:
    """Published modules in a subject with a published run one can still apply for, other than those a person has."""
    last_day = func.coalesce(Offering.apply_by, Offering.starts_on)
    not_begun = type_coerce(Offering.semester, Integer) >= _first_semester_to_come(on).number
    in_time = or_(last_day >= on, last_day.is_(None) & not_begun)
    run = select(Offering.id).where(Offering.module_id == Module.id, Offering.state == Run.PUBLISHED, ~Offering.told_over, in_time).exists()
    found = (
        select(Module)
        .join(Module.subject)
        .options(joinedload(Module.institution), joinedload(Module.subject), selectinload(Module.tags))
        .options(selectinload(Module.offerings).options(selectinload(Offering.gatherings), joinedload(Offering.municipality)))
        .where(Subject.code == subject, Module.state == Publication.PUBLISHED, Module.credits.is_not(None), run)
        .where(Module.uuid.not_in([UUID(module) for module in without]))
        .order_by(Module.id)
        .limit(most)
    )
    return list(db.session.scalars(found))


def _first_semester_to_come(on: date) -> Semester:
    """The first semester that has not begun on a day."""
    return Semester(on.year, Term.SPRING if on <= date(on.year, 1, 1) else Term.AUTUMN) if on <= date(on.year, 8, 1) else Semester(on.year + 1, Term.SPRING)


def own_claims(actor: Actor) -> list[PriorCredit]:
    mine = select(PriorCredit).options(joinedload(PriorCredit.subject)).where(PriorCredit.person_id == actor.person_id)
    return list(db.session.scalars(mine.order_by(PriorCredit.claimed_at.desc(), PriorCredit.id.desc())))


def own_claim(actor: Actor, claim: UUID) -> PriorCredit:
    """Raises NotFound for another person's."""
    found = db.session.scalar(select(PriorCredit).where(PriorCredit.uuid == claim, PriorCredit.person_id == actor.person_id))
    if found is None:
        raise NotFound(_("You have no such claim."))
    return found


def claims_to_decide(actor: Actor) -> list[PriorCredit]:
    """The claims that wait for this school owner, the oldest first."""
    actor.require(Role.OWNER)
    waiting = (
        select(PriorCredit)
        .options(joinedload(PriorCredit.subject), joinedload(PriorCredit.person))
        .where(PriorCredit.owner_id == actor.organisation_id, PriorCredit.state == Claim.CLAIMED)
    )
    return list(db.session.scalars(waiting.order_by(PriorCredit.claimed_at, PriorCredit.id)))


def claim_to_decide(actor: Actor, claim: UUID) -> PriorCredit:
    """A claim laid before this owner, decided or not. Raises NotFound for another owner's."""
    actor.require(Role.OWNER)
    laid = select(PriorCredit).options(joinedload(PriorCredit.subject)).where(PriorCredit.uuid == claim, PriorCredit.owner_id == actor.organisation_id)
    found = db.session.scalar(laid)
    if found is None:
        raise NotFound(_("No such claim has been laid before you."))
    return found


def school_names(person_ids: Iterable[int]) -> dict[int, str]:
    """Where each of these teachers works."""
    rows = select(Teacher).options(joinedload(Teacher.school).joinedload(School.organisation)).where(Teacher.person_id.in_(list(person_ids)))
    return {row.person_id: row.school.organisation.name for row in db.session.scalars(rows) if row.school}
