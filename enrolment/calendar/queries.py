"""Every select of calendars: plain rows, however many gatherings, in one question each."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from accounts.acting import Actor
from accounts.models import Membership, Organisation, Person, Role
from catalog.offers import positions
from catalog.offers.lifecycle import Publication, Run
from catalog.offers.models import Gathering, Module, Offering
from catalog.places.models import Municipality
from catalog.values import Strand
from config.clock import day_of
from config.database import db
from config.errors import NotFound
from config.languages import _
from enrolment.appeals.lifecycle import AppealState
from enrolment.appeals.models import Appeal, AppealRule
from enrolment.appeals.rules import last_day
from enrolment.applications.models import Application, Choice
from enrolment.calendar.models import Feed
from enrolment.calendar.values import Absence, Deadline, Due, FeedKind, Meeting, OwnCase, RoundDay
from enrolment.changes.models import RunChange
from enrolment.rounds.models import Cycle, CycleDate
from enrolment.saved.models import SavedStudy
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import ACTIVE, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep, Result

TAKING_PART = (Seat.OFFERED, Seat.PLACED, Seat.COMPLETED)
_FACTS = (
    Gathering.uuid, Offering.uuid.label("run"), func.coalesce(Module.title, Module.code, "").label("title"), Gathering.starts_on, Gathering.ends_on,
    Municipality.name.label("town"), Gathering.place, Gathering.online, Gathering.sequence,
    func.coalesce(Offering.published_at, Module.published_at).label("published_at"), Offering.state.label("run_state"), Enrolment.state.label("seat"),
    Offering.made_up,
)  # fmt: skip


def own_meetings(person_id: int, since: date) -> list[Meeting]:
    """The dated gatherings of the runs a person has or is offered a seat in, not over before a day; of a run that was cancelled, of those who had a seat."""
    rows = db.session.execute(_meetings().where(Enrolment.person_id == person_id, Gathering.ends_on >= since))
    return [_meeting(row) for row in rows]


def _meetings(*more) -> Select:
    dropped = aliased(EnrolmentStep)
    was_placed = select(dropped.id).where(dropped.enrolment_id == Enrolment.id, dropped.event == "withdraw", dropped.from_state == Seat.PLACED).exists()
    cancelled = and_(Offering.state == Run.CANCELLED, Enrolment.state == Seat.WITHDRAWN, was_placed)
    return (
        select(*_FACTS, *more)
        .select_from(Enrolment)
        .join(Offering, Enrolment.offering_id == Offering.id)
        .join(Module, Offering.module_id == Module.id)
        .join(Gathering, Gathering.offering_id == Offering.id)
        .outerjoin(Municipality, Gathering.municipality_id == Municipality.id)
        .where(or_(Enrolment.state.in_(TAKING_PART), cancelled), Gathering.starts_on.is_not(None))
        .order_by(Gathering.starts_on, Gathering.id, Enrolment.id)
    )


def _meeting(row) -> Meeting:
    place = positions.read(row.place)
    return Meeting(
        row.uuid, row.run, row.title, row.starts_on, row.ends_on, row.town or place.name, row.online, row.sequence, row.published_at,
        held=row.run_state is not Run.CANCELLED, sure=row.seat is not Seat.OFFERED, made_up=row.made_up,
        position=None if row.online else place.position,
    )  # fmt: skip


def absences(body_id: int, since: date) -> list[Absence]:
    """The gatherings that those who work at a school, or at the schools of an owner, have a seat for."""
    school, body = School, aliased(Organisation)
    asked = (
        _meetings(Person.name, body.uuid.label("school"), body.name.label("school_name"))
        .join(Person, Person.id == Enrolment.person_id)
        .join(Teacher, Teacher.person_id == Enrolment.person_id)
        .join(school, school.organisation_id == Teacher.school_id)
        .join(body, body.id == school.organisation_id)
        .where(or_(school.owner_id == body_id, school.organisation_id == body_id), Gathering.ends_on >= since, Enrolment.state.in_((Seat.PLACED, Seat.WITHDRAWN)))
    )
    return [Absence(_meeting(row), row.name, row.school, row.school_name) for row in db.session.execute(asked)]


def own_deadlines(person_id: int, since: date) -> list[Deadline]:
    """The days by which a person must answer an offer, and the last days to apply for what they have saved, to appeal, and to leave what was changed."""
    found = [*_replies(person_id), *_last_days_to_apply(person_id), *_last_days_to_appeal(person_id), *_last_days_to_leave(person_id)]
    return sorted((one for one in found if one.on >= since), key=lambda one: (one.on, str(one.uuid)))


def _title():
    return func.coalesce(Module.title, Module.code, "")


def _replies(person_id: int) -> Iterable[Deadline]:
    asked = (
        select(Enrolment.uuid, Enrolment.reply_by, _title(), Offering.uuid, Offering.made_up)
        .join(Enrolment.offering)
        .join(Module, Offering.module_id == Module.id)
        .where(Enrolment.person_id == person_id, Enrolment.state == Seat.OFFERED)
    )
    for uuid, reply_by, title, run, made_up in db.session.execute(asked):
        yield Deadline(uuid, _last_day(reply_by), title, Due.REPLY, run, made_up)


def _last_day(until: datetime) -> date:
    """The day that a midnight ends."""
    return day_of(until - timedelta(seconds=1))


def _last_days_to_apply(person_id: int) -> Iterable[Deadline]:
    asked = (
        select(Offering.uuid, Offering.apply_by, _title(), Offering.made_up)
        .join(SavedStudy, SavedStudy.offering_id == Offering.id)
        .join(Module, Offering.module_id == Module.id)
        .where(SavedStudy.person_id == person_id, Offering.apply_by.is_not(None), Offering.state == Run.PUBLISHED, Module.state == Publication.PUBLISHED)
    )
    for run, on, title, made_up in db.session.execute(asked):
        yield Deadline(run, on, title, Due.APPLY, run, made_up)


def _last_days_to_appeal(person_id: int) -> Iterable[Deadline]:
    """Of the marks that have not been appealed, as many days on as the rule of the day it was recorded says."""
    rules = db.session.scalars(select(AppealRule).order_by(AppealRule.valid_from.desc(), AppealRule.id.desc())).all()
    appealed = select(Appeal.id).where(Appeal.result_id == Result.id, Appeal.state != AppealState.WITHDRAWN).exists()
    asked = (
        select(Enrolment.uuid, Result.recorded_at, _title(), Offering.uuid, Offering.made_up)
        .join(Result.enrolment)
        .join(Enrolment.offering)
        .join(Module, Offering.module_id == Module.id)
        .where(Enrolment.person_id == person_id, ~appealed)
    )
    for uuid, recorded_at, title, run, made_up in db.session.execute(asked):
        recorded_on = day_of(recorded_at)
        days = next((rule.days for rule in rules if rule.holds(recorded_on)), None)
        if days is not None:
            yield Deadline(uuid, last_day(recorded_on, days), title, Due.APPEAL, run, made_up)


def _last_days_to_leave(person_id: int) -> Iterable[Deadline]:
    """Of each run that was changed after one had entered it, the last."""
    asked = (
        select(Enrolment.uuid, func.max(RunChange.free_until), _title(), Offering.uuid, Offering.made_up)
        .join(Enrolment.offering)
        .join(Module, Offering.module_id == Module.id)
        .join(RunChange, RunChange.offering_id == Offering.id)
        .where(Enrolment.person_id == person_id, Enrolment.state.in_(ACTIVE), RunChange.at > Enrolment.entered_at)
        .group_by(Enrolment.uuid, Module.title, Module.code, Offering.uuid, Offering.made_up)
    )
    for uuid, on, title, run, made_up in db.session.execute(asked):
        yield Deadline(uuid, on, title, Due.LEAVE, run, made_up)


def round_days(since: date, at: datetime) -> list[RoundDay]:
    """The days from one on of all rounds that have been let out, in order of time."""
    rows = select(CycleDate).join(CycleDate.cycle).options(joinedload(CycleDate.cycle), joinedload(CycleDate.scheme))
    rows = rows.where(CycleDate.day >= since, Cycle.released_at <= at).order_by(CycleDate.day, CycleDate.id)
    return [
        RoundDay(
            row.uuid, row.day, row.step, row.cycle.code, row.cycle.name, row.strand, row.scheme.code if row.scheme else None, row.version - 1,
            row.cycle.released_at, row.cycle.made_up,
        )
        for row in db.session.scalars(rows)
    ]  # fmt: skip


def own_cases(person_id: int) -> dict[tuple[str, Strand], OwnCase]:
    """A teacher's applications, by round and strand."""
    mine = select(Application).options(joinedload(Application.cycle), selectinload(Application.choices).joinedload(Choice.scheme))
    return {
        (case.cycle.code, case.strand): OwnCase(
            case.uuid, case.state, case.employer, frozenset(choice.scheme.code for choice in case.choices if choice.scheme)
        )
        for case in db.session.scalars(mine.where(Application.person_id == person_id))
    }  # fmt: skip


def is_school(organisation_id: int) -> bool:
    return db.session.get(School, organisation_id) is not None


def open_feeds(actor: Actor, kinds: Iterable[FeedKind]) -> dict[FeedKind, Feed]:
    """The open feeds of a person by kind: a teacher's own, and of a head or an owner those of the body acted for."""
    mine = select(Feed).where(Feed.person_id == actor.person_id, Feed.ended_at.is_(None), Feed.kind.in_(tuple(kinds)))
    return {feed.kind: feed for feed in db.session.scalars(mine.where(Feed.organisation_id.is_not_distinct_from(body_of(actor))))}


def body_of(actor: Actor) -> int | None:
    """Whose calendar somebody subscribes to: a teacher's own is no body's."""
    return None if actor.role is Role.TEACHER else actor.organisation_id


def own_feed(actor: Actor, feed: UUID) -> Feed:
    """Raises NotFound for another person's, and for one that has ended."""
    found = db.session.scalar(select(Feed).where(Feed.uuid == feed, Feed.person_id == actor.person_id, Feed.ended_at.is_(None)))
    if found is None:
        raise NotFound(_("You have no such calendar address."))
    return found


def feed_with(digest: str) -> Feed | None:
    return db.session.scalar(select(Feed).options(joinedload(Feed.person)).where(Feed.token_digest == digest))


def acts_for(person_id: int, organisation_id: int, on: date) -> bool:
    """Whether a person is the head of a school, or a school owner's, on a day."""
    hats = select(Membership).where(
        Membership.person_id == person_id, Membership.organisation_id == organisation_id, Membership.role.in_((Role.OWNER, Role.HEAD))
    )  # fmt: skip
    return any(hat.holds(on) for hat in db.session.scalars(hats))
