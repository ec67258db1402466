"""Who is next when a seat frees: the ticket decides among those who may have it.

Passed over, without losing their place: who holds a seat in another run of the module or of a choice they want more, whom no quota with a free
seat admits, a package that cannot be had whole, and colleagues who want all or nothing while there is not a seat for each.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased, joinedload

from catalog.offers.lifecycle import Run
from catalog.offers.models import Offering
from config.database import db
from enrolment.allocation.values import QuotaKind
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.quotas import queries as quotas
from enrolment.quotas.rules import Fits, Room, room_for, rooms
from enrolment.schools.models import School, Teacher
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
    has_kept = any(one.kind is not QuotaKind.OPEN for one in free)
    for some in _in_line(offering.id):
        fits = fits_of(some, on) if has_kept else {}
        found = next((found for one in some if (found := _whole(one, offering, room_for(free, fits.get(one.id, _fits_none)), on))), None)
        if found is not None:
            return found
    return None


def free_rooms(offering: Offering, on: date) -> list[Room]:
    """Where seats stand free, and for whom."""
    if offering.state is not Run.PUBLISHED or offering.seats is None:
        return []
    kept = quotas.as_kept(quotas.of_offering(offering.id), on)
    return rooms(seats=offering.seats, taken=offering.seats_taken, quotas=kept)


def _in_line(offering_id: int) -> Iterator[list[Enrolment]]:
    """The first, who mostly is the one, and then all others at once."""
    other = aliased(Enrolment)
    holds_one = exists().where(other.person_id == Enrolment.person_id, other.module_id == Enrolment.module_id, other.state.in_(HELD))
    line = select(Enrolment).where(Enrolment.offering_id == offering_id, Enrolment.state == Seat.WAITING, ~holds_one, ~packages.holds_a_higher_choice())
    first = db.session.scalar(line.order_by(Enrolment.ticket).limit(1))
    if first is not None:
        yield [first]
        yield list(db.session.scalars(line.where(Enrolment.ticket > first.ticket).order_by(Enrolment.ticket)))


def _whole(enrolment: Enrolment, offering: Offering, own: Room | None, on: date) -> Next | None:
    """The enrolment, for which a seat stands free in a room, with all that belongs to it: its package, and those of colleagues who want all or nothing.
    None unless each part has a free seat of its own."""
    if own is None:
        return None
    package = packages.waiting(packages.together(enrolment))
    everything = [enrolment, *(one for one in package if one is not enrolment), *packages.waiting(packages.of_colleagues(package))]
    runs, left = {offering.id: offering}, {offering.id: _Left(free_rooms(offering, on))}
    left[offering.id].take(own)
    parts = [Part(enrolment, offering, own.key)]
    for other in everything[1:]:
        run = None if queries.held_in_module(other.person_id, other.module_id) else _run(other.offering_id, runs)
        room = left.setdefault(run.id, _Left(free_rooms(run, on))).first(fits_of([other], on)[other.id]) if run else None
        if room is None:
            return None
        left[run.id].take(room)
        parts.append(Part(other, run, room.key))
    days = [rules.last_day_to_answer(on, starts_on=one.offering.starts_on, queue_closes_on=one.offering.queue_closes_on) for one in parts]
    return Next(parts, min(days)) if None not in days else None


def _run(offering_id: int, runs: dict[int, Offering]) -> Offering | None:
    """A run under its lock; none where another node is at it."""
    if offering_id not in runs and (found := queries.locked_if_free(offering_id)) is not None:
        runs[offering_id] = found
    return runs.get(offering_id)


class _Left:
    """What is left of the rooms of a run while several seats are thought of at once."""

    def __init__(self, free: list[Room]):
        self.rooms, self.taken = free, Counter[int | None]()

    def take(self, room: Room) -> None:
        self.taken[room.key] += 1

    def first(self, fits: Fits) -> Room | None:
        return room_for((one for one in self.rooms if one.free > self.taken[one.key]), fits)


def _fits_none(_kind: QuotaKind, _value: str) -> bool:
    return False


def fits_of(enrolments: list[Enrolment], on: date) -> dict[int, Fits]:
    """By enrolment, which quotas admit its holder on a day: by the owner and scheme of the case, the region of the teacher."""
    if not enrolments:
        return {}
    known = select(Teacher).where(Teacher.person_id.in_([one.person_id for one in enrolments]))
    known = known.options(joinedload(Teacher.home), joinedload(Teacher.school).options(joinedload(School.owner), joinedload(School.municipality)))
    profiles = {one.person_id: one for one in db.session.scalars(known)}
    chosen = select(ChoiceRun).where(ChoiceRun.enrolment_id.in_([one.id for one in enrolments])).order_by(ChoiceRun.id.desc())
    case = joinedload(ChoiceRun.choice).joinedload(Choice.application)
    chosen = chosen.options(case.joinedload(Application.owner), case.joinedload(Application.scheme), joinedload(ChoiceRun.choice).joinedload(Choice.scheme))
    choices = {run.enrolment_id: run.choice for run in db.session.scalars(chosen)}
    regions = quotas.regions_by_county(on)
    return {one.id: _fits(profiles.get(one.person_id), choices.get(one.id), regions) for one in enrolments}


def _fits(profile: Teacher | None, choice: Choice | None, regions: Mapping[int, set[str]]) -> Fits:
    case = choice.application if choice else None
    owner = case.owner if case else profile.school.owner if profile and profile.school else None
    scheme = (case.scheme or choice.scheme) if case else None
    known = {
        QuotaKind.OWNER: {owner.key} if owner else set(), QuotaKind.SCHEME: {scheme.code} if scheme else set(),
        QuotaKind.REGION: regions.get(profile.county_id, set()) if profile else set(),
    }  # fmt: skip
    return lambda kind, value: value in known[kind]
