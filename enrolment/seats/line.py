"""Who is next when a seat frees: the ticket decides among those who may have it.

Passed over, without losing their place: who holds a seat in another run of the module or of a choice they want more, whom no quota with a free
seat admits, and a package that cannot be had whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from catalog.places import queries as places
from catalog.places.models import Region
from config.database import db
from enrolment.allocation.values import QuotaKind
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.quotas import queries as quotas
from enrolment.quotas.rules import Fits, Room, room_for, rooms
from enrolment.schools.models import Basis, School, Teacher
from enrolment.seats import packages, queries, rules
from enrolment.seats.lifecycle import HELD, Seat
from enrolment.seats.models import Enrolment


@dataclass(frozen=True)
class Part:
    """One run of what is offered, and the quota whose seat it is; none = an open one."""

    enrolment: Enrolment
    offering: Offering
    quota_id: int | None


@dataclass(frozen=True)
class Next:
    parts: list[Part]
    last_day: date


def following(offering: Offering, on: date) -> Next | None:
    """What is to be offered of a run whose row is locked, and the last day for an answer; none where nobody can have a seat."""
    free = free_rooms(offering, on)
    if not free or rules.last_day_to_answer(on, starts_on=offering.starts_on, queue_closes_on=offering.queue_closes_on) is None:
        return None
    return next((found for enrolment in _in_line(offering.id) if (found := _whole(enrolment, offering, free, on))), None)


def free_rooms(offering: Offering, on: date) -> list[Room]:
    """Where seats stand free, and for whom."""
    if offering.state is not Run.PUBLISHED or offering.seats is None:
        return []
    kept = quotas.as_kept(quotas.of_offering(offering.id), on)
    return rooms(seats=offering.seats, taken=offering.seats_taken, quotas=kept)


def _in_line(offering_id: int) -> Iterator[Enrolment]:
    other = aliased(Enrolment)
    holds_one = exists().where(other.person_id == Enrolment.person_id, other.module_id == Enrolment.module_id, other.state.in_(HELD))
    line = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.WAITING, ~holds_one, ~packages.holds_a_higher_choice())
    first = db.session.scalar(line.order_by(Enrolment.ticket).limit(1))
    if first is not None:
        yield first
        yield from db.session.scalars(line.where(Enrolment.ticket > first.ticket).order_by(Enrolment.ticket))


def _whole(enrolment: Enrolment, offering: Offering, free: list[Room], on: date) -> Next | None:
    """The enrolment with all that belongs to it, where each part has a free seat for it."""
    fits = fits_of(enrolment, on) if any(one.kind is not QuotaKind.OPEN for one in free) else _fits_none
    own = room_for(free, fits)
    rest = [one for one in packages.waiting(packages.together(enrolment)) if one is not enrolment] if own else []
    parts = [Part(enrolment, offering, own.key)] if own else []
    for other in rest:
        elsewhere = queries.held_in_module(other.person_id, other.module_id)
        run = None if elsewhere else queries.locked_if_free(other.offering_id)
        room = room_for(free_rooms(run, on), fits_of(other, on)) if run else None
        if room is None:
            return None
        parts.append(Part(other, run, room.key))
    days = [rules.last_day_to_answer(on, starts_on=one.offering.starts_on, queue_closes_on=one.offering.queue_closes_on) for one in parts]
    return Next(parts, min(days)) if days and None not in days else None


def _fits_none(_kind: QuotaKind, _value: str) -> bool:
    return False


def fits_of(enrolment: Enrolment, on: date) -> Fits:
    """Which quotas admit its holder on a day: by the owner and scheme of the case, the region of the teacher."""
    profile = db.session.scalar(select(Teacher).where(Teacher.person_id == enrolment.person_id).options(joinedload(Teacher.school).joinedload(School.owner)))
    case = db.session.execute(
        select(Application, Choice).join(Application.choices).join(ChoiceRun, ChoiceRun.choice_id == Choice.id).where(ChoiceRun.enrolment_id == enrolment.id)
    ).first()
    owner = case.Application.owner if case else profile.school.owner if profile and profile.school else None
    scheme = (case.Application.scheme or case.Choice.scheme) if case else None
    known = {QuotaKind.OWNER: {owner.key} if owner else set(), QuotaKind.SCHEME: {scheme.code} if scheme else set(), QuotaKind.REGION: regions_of(profile, on)}
    return lambda kind, value: value in known[kind]


def regions_of(profile: Teacher | None, on: date) -> set[str]:
    """The codes of a teacher's regions on a day: by the school's county, or the home's where that was chosen."""
    place = profile and (profile.home if profile.basis is Basis.HOME else profile.school and profile.school.municipality)
    if not place:
        return set()
    mine = {region for region, county, first, last, *_more in places.county_memberships() if county == place.county_id and (first is None or first <= on) and (last is None or on <= last)}
    return set(db.session.scalars(select(Region.code).where(Region.organisation_id.in_(mine))))
