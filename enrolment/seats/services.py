"""Enrolling, withdrawing, answering an offer, and what the clock does: one function, one use case, one commit.

The last seat is decided by one conditional update of the offering's row. Whoever changes seats takes that row first,
so every decision about one offering comes one after the other; the queue's tickets are taken under the same lock.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import make_transient_to_detached

from accounts import audit
from accounts.acting import Actor
from accounts.models import Role
from catalog.offers.lifecycle import Run
from catalog.offers.models import EnrolmentMode, Offering
from config.clock import day_of, end_of
from config.database import db
from config.languages import _
from enrolment.changes import queries as changes
from enrolment.seats import entering, line, packages, queries, rules
from enrolment.seats.entering import Entered
from enrolment.seats.errors import AnotherRunHeld, NotOpen, TooLate
from enrolment.seats.lifecycle import SEAT_LIFE, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from enrolment.seats.signals import stepped


def enrol(offering: UUID, *, actor: Actor, at: datetime) -> Enrolment:
    """A seat while one is free, else a place in the queue. Enrolling twice is one enrolment.

    Raises NotFound, NotOpen, and AnotherRunHeld where a seat in another run of the module is held.
    """
    actor.require(Role.TEACHER)
    facts = queries.offering_facts(offering, actor.person_id)
    if facts.mine is not None:
        return queries.own_enrolment(actor, facts.mine)
    _require_open(facts, at)
    try:
        entered = _enter(facts, actor, at)
        db.session.commit()
    except IntegrityError:  # the same person was faster in another window: a unique index says so
        db.session.rollback()
        return _enrolled_meanwhile(facts, actor)
    return _as_written(entered)


def _require_open(facts, at: datetime) -> None:
    if facts.state is Run.CANCELLED:
        raise NotOpen(_("This run has been cancelled."))
    if facts.mode is not EnrolmentMode.DIRECT or facts.seats is None:
        raise NotOpen(_("You cannot enrol in this run here."))
    if not rules.is_open(day_of(at), opens_on=facts.opens_on, apply_by=facts.apply_by):
        raise NotOpen(_("This run is not open for enrolment today."))


def _enter(facts, actor: Actor, at: datetime) -> Entered:
    entered = entering.enter(db.session.connection(), offering_id=facts.id, module_id=facts.module_id, actor=actor, at=at)
    if entered is None:
        raise NotOpen(_("This run has been cancelled."))
    return entered


def _as_written(entered: Entered) -> Enrolment:
    """The row that was just written, without asking for it; what it leads to is read where it is wanted."""
    enrolment = Enrolment(**vars(entered))
    make_transient_to_detached(enrolment)
    db.session.add(enrolment)
    return enrolment


def _enrolled_meanwhile(facts, actor: Actor) -> Enrolment:
    known = queries.active_enrolment(actor.person_id, facts.id)
    if known is None:
        raise AnotherRunHeld(_("You already hold a seat in another run of this module. Withdraw from it first if you want this one instead."))
    return known


def withdraw(enrolment: UUID, *, actor: Actor, at: datetime) -> Enrolment:
    """Gives up a seat or a place in the queue, with the whole package it belongs to; a seat goes to the next in line at once. Where a change of
    the run lets one leave without consequence, the step says so."""
    mine, runs = _own_under_lock(enrolment, actor)
    package = packages.together(mine)
    for each in package:
        opening = changes.opening(each, day_of(at))
        _leave(each, runs, by=actor, at=at)
        each.steps[-1].free_by_id = opening.id if opening else None
    _ask_colleagues(package, at)
    _pass_on({each.offering_id for each in package}, runs, at)
    db.session.commit()
    return mine


def accept(enrolment: UUID, *, actor: Actor, at: datetime) -> Enrolment:
    """Takes an offered seat, the whole package together. What was wanted less is given up. Raises TooLate from the second the deadline has passed."""
    mine, runs = _own_under_lock(enrolment, actor)
    _require_in_time(mine, at)
    for each in packages.together(mine):
        _step(each, "accept", by=actor, at=at)
    given_up = packages.given_up_for(mine)
    for each in given_up:
        _leave(each, runs, by=actor, at=at, why=_("Something wanted more was accepted."))
    _pass_on({each.offering_id for each in given_up}, runs, at)
    db.session.commit()
    return mine


def decline(enrolment: UUID, *, actor: Actor, at: datetime) -> Enrolment:
    """Says no to an offered seat, the whole package together; it goes to the next in line at once."""
    mine, runs = _own_under_lock(enrolment, actor)
    package = packages.together(mine)
    for each in package:
        _step(each, "decline", by=actor, at=at)
        _give_back(runs[each.offering_id], seat=True)
    _ask_colleagues(package, at)
    _pass_on({each.offering_id for each in package}, runs, at)
    db.session.commit()
    return mine


def _own_under_lock(enrolment: UUID, actor: Actor) -> tuple[Enrolment, dict[int, Offering]]:
    """The rows of all runs concerned first, by number, then the enrolments as they stand under those locks."""
    mine = queries.own_enrolment(actor, enrolment)
    concerned = {each.offering_id for each in (*packages.together(mine), *packages.given_up_for(mine))}
    runs = {key: queries.locked_offering(key) for key in sorted(concerned)}
    db.session.expire_all()
    return queries.own_enrolment(actor, enrolment), runs


def _leave(enrolment: Enrolment, runs: Mapping[int, Offering], *, by: Actor, at: datetime, why: str | None = None) -> None:
    """Out of a seat, an offer or a place in line."""
    held = enrolment.state is not Seat.WAITING
    _step(enrolment, "decline" if enrolment.state is Seat.OFFERED else "withdraw", by=by, at=at, why=why)
    _give_back(runs[enrolment.offering_id], seat=held)


def _ask_colleagues(package: Sequence[Enrolment], at: datetime) -> None:
    """Where one is out who applied together with others for all or nothing, the others keep what they have, and each is asked: whoever has not answered
    has at least three days for it. In the caller's transaction, under the locks of the runs."""
    soonest = end_of(day_of(at) + timedelta(days=rules.DAYS_AFTER_SPLIT))
    told: set[int] = set()
    for one in packages.of_colleagues(package):
        if one.state is Seat.OFFERED and one.reply_by > at:
            one.reply_by = max(one.reply_by, soonest)
        elif one.state is not Seat.PLACED:
            continue
        if one.person_id not in told:
            told.add(one.person_id)
            _tell(one, "group-split", at, **({"reply_by": one.reply_by.isoformat()} if one.state is Seat.OFFERED else {}))


def _pass_on(freed: set[int], runs: Mapping[int, Offering], at: datetime) -> None:
    for key in sorted(freed):
        offer_free_seats(runs[key], at)


def _require_in_time(enrolment: Enrolment, at: datetime) -> None:
    if enrolment.state is Seat.OFFERED and enrolment.reply_by <= at:
        raise TooLate(_("The last day to answer has passed, and the seat goes to the next in line."))


def tend(at: datetime) -> int:
    """What the clock does, found by query: overdue offers lapse, free seats go to the next in line.

    One transaction an offering; an offering another node is at is left to it. Doing it again changes nothing.
    Returns how many enrolments took a step.
    """
    waiting_for_us = queries.offerings_to_tend(at)
    db.session.commit()
    return sum(_tend_one(offering_id, at) for offering_id in waiting_for_us)


def _tend_one(offering_id: int, at: datetime) -> int:
    offering = queries.locked_if_free(offering_id)
    if offering is None:
        db.session.rollback()
        return 0
    late = queries.overdue(offering_id, at)
    for enrolment in late:
        _step(enrolment, "let lapse", by=None, at=at)
        _give_back(offering, seat=True)
        _tell(enrolment, "seat-lapsed", at)
        _ask_colleagues([enrolment], at)
    offered = offer_free_seats(offering, at)
    db.session.commit()
    return len(late) + offered


def offer_free_seats(offering: Offering, at: datetime) -> int:
    """Offers every free seat to the next in line who may have it, as long as there is time to answer. Returns how many."""
    offered = 0
    while _has_free_seat(offering) and (found := line.following(offering, day_of(at))):
        offered += _offer(found, at)
    return offered


def _has_free_seat(offering: Offering) -> bool:
    return offering.state is Run.PUBLISHED and offering.seats is not None and offering.seats_taken < offering.seats and offering.waiting > 0


def _offer(found: line.Next, at: datetime) -> int:
    """Offers seats, a package whole, unless that person took one in another run of the module this very moment; then the line is read anew."""
    reply_by = end_of(found.last_day)
    try:
        with db.session.begin_nested():
            for part in found.parts:
                _step(part.enrolment, "offer", by=None, at=at)
                part.enrolment.offered_at, part.enrolment.reply_by, part.enrolment.quota_id = at, reply_by, part.quota_id
            db.session.flush()
    except IntegrityError:
        return 0
    for part in found.parts:
        _count(part.offering, seats=1, waiting=-1)
    for enrolment in {part.enrolment.person_id: part.enrolment for part in reversed(found.parts)}.values():
        _tell(enrolment, "seat-offered", at, reply_by=reply_by.isoformat())
    return len(found.parts)


def _give_back(offering: Offering, *, seat: bool) -> None:
    _count(offering, seats=-1 if seat else 0, waiting=0 if seat else -1)


def _count(offering: Offering, *, seats: int, waiting: int) -> None:
    """Moves the counters in the database. Not by the mapper: seats are no part of the catalogue's content or its version."""
    db.session.flush()
    db.session.execute(
        update(Offering)
        .where(Offering.id == offering.id)
        .values(seats_taken=Offering.seats_taken + seats, waiting=Offering.waiting + waiting)
        .execution_options(synchronize_session=False)
    )
    db.session.refresh(offering, ["seats_taken", "waiting"])


def _step(enrolment: Enrolment, event: str, *, by: Actor | None, at: datetime, why: str | None = None) -> None:
    """Moves along the lifecycle and remembers who did it, when and why. Raises StepRefused."""
    before, after = enrolment.state, SEAT_LIFE.after(enrolment.state, event)
    enrolment.state = after
    step = EnrolmentStep(at=at, event=event, from_state=before, to_state=after, by_person_id=by.person_id if by else None, why=why)
    enrolment.steps.append(step)
    audit.record("enrolment", enrolment.uuid, event, by=by, at=at, from_state=before, to_state=after, why=why)
    stepped.send(enrolment, event=event, by=by, at=at)


def take_step(enrolment: Enrolment, event: str, *, by: Actor | None, at: datetime, why: str | None = None) -> None:
    """A step that frees no seat, taken by another subject. Part of the caller's transaction. Raises StepRefused."""
    _step(enrolment, event, by=by, at=at, why=why)


def _tell(enrolment: Enrolment, kind: str, at: datetime, **facts: str) -> None:
    title = enrolment.module.title or enrolment.module.code or ""
    audit.tell(enrolment.person_id, kind, at=at, address=f"/me/enrolments/{enrolment.uuid}", module=title, **facts)


def release_all(offering: Offering, *, by: Actor | None, at: datetime, why: str, instead: Mapping[UUID, str] = MappingProxyType({})) -> int:
    """When a run is cancelled: everybody in it is let go and told, with what each may take instead, by enrolment.

    Part of the caller's transaction, so it does not commit.
    """
    queries.locked_offering(offering.id)
    active = queries.active_in(offering.id)
    for enrolment in active:
        _let_go(enrolment, offering, by, at, why)
        _tell(enrolment, "offering-cancelled", at, why=why, **({"instead": instead[enrolment.uuid]} if instead.get(enrolment.uuid) else {}))
    return len(active)


def _let_go(enrolment: Enrolment, offering: Offering, by: Actor | None, at: datetime, why: str) -> None:
    held = enrolment.state is not Seat.WAITING
    _step(enrolment, "let lapse" if enrolment.state is Seat.OFFERED else "withdraw", by=by, at=at, why=why)
    _give_back(offering, seat=held)


def move_all(source: Offering, target: Offering, *, by: Actor, at: datetime, why: str) -> int | None:
    """When a run is joined with another of its module: everybody is moved there in the order of their tickets and told once.

    A seat stays a seat and an offer an offer; who waits gets a seat. All or nobody: one conditional update takes the room. Returns how many were
    moved, none where there is no room for all. Who has a seat in a third run, or is in the other already, stays to be let go. Part of the caller's transaction.
    """
    for key in sorted((source.id, target.id)):
        queries.locked_offering(key)
    people = queries.movable(source.id, target.id)
    ticket = entering.take_room(db.session.connection(), target.id, len(people))
    if ticket is None:
        return None
    for number, enrolment in enumerate(people, start=ticket):
        _move(enrolment, source, target, number, by, at, why)
    db.session.refresh(target, ["seats_taken", "waiting", "next_ticket"])
    return len(people)


def _move(enrolment: Enrolment, source: Offering, target: Offering, ticket: int, by: Actor, at: datetime, why: str) -> None:
    state = Seat.PLACED if enrolment.state is Seat.WAITING else enrolment.state
    _let_go(enrolment, source, by, at, why)
    moved = Enrolment(
        person_id=enrolment.person_id, offering_id=target.id, module_id=target.module_id, state=state, ticket=ticket, entered_at=at,
        offered_at=enrolment.offered_at if state is Seat.OFFERED else None, reply_by=enrolment.reply_by if state is Seat.OFFERED else None,
        made_up=enrolment.made_up,
    )  # fmt: skip
    moved.steps.append(EnrolmentStep(at=at, event="move", from_state=None, to_state=state, by_person_id=by.person_id, why=why))
    db.session.add(moved)
    db.session.flush()
    audit.record("enrolment", moved.uuid, "move", by=by, at=at, to_state=state, why=why, facts={"from": str(enrolment.uuid), "ticket": ticket})
    where = {"starts": target.starts_on.isoformat() if target.starts_on else "", "place": target.place or ""}
    _tell(moved, "offering-merged", at, why=why, **where)
