"""Making an approved run known, as the clock does it.

First all seats and queues are laid in one transaction: all or nothing, under the locks of every run concerned. Then people are told in small
batches, each marked as it is told. Whatever stops in between is taken up again, and nobody is offered or told anything twice.
"""

from datetime import datetime

from accounts import audit
from config.clock import day_of
from config.database import db
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Money
from enrolment.applications.values import Track
from enrolment.awarding import queries, results, writing
from enrolment.awarding.laying import Laying
from enrolment.awarding.lifecycle import RUN_LIFE, Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.quotas import queries as quotas
from enrolment.seats.lifecycle import Seat

BATCH = 100  # people told in one transaction


def make_known(at: datetime) -> int:
    """Lays and tells what is due. Returns how many steps it took; a run that another node is at is left to it."""
    due = queries.due(at)
    db.session.commit()
    return sum(_lay(key, at) + _tell_all(key, at) for key in due)


def _lay(key: int, at: datetime) -> int:
    """Seats and queues at once. Where a run has fewer free seats than are given in it, nothing is laid, and the page says so."""
    run = queries.free_run(key, Run.APPROVED)
    if run is None:
        db.session.rollback()
        return 0
    if other := queries.out(run.cycle_id, run.strand):
        return _give_way(run, other, at)
    frozen, result = results.read(run.frozen), results.read(run.result)
    cases = queries.cases(run.cycle_id, run.strand)
    runs = queries.lock_offerings({each.offering_id for case in cases.values() for choice in case.choices for each in choice.runs})
    last_day = writing.last_day_to_answer(run, day_of(at))
    holding = queries.holding({each.module_id for each in runs.values()})
    laid = Laying(frozen, result, cases, runs, quotas.of_offerings(runs), queries.active(runs), holding, day_of(at), last_day).lay()
    lacking = next((runs[number] for number, entries in sorted(laid.entries.items()) if writing.lacks_room(runs[number], entries)), None)
    if lacking is not None:
        run.halted, run.publish_at = str(lacking.uuid), None
        audit.record("allocation", run.uuid, "halt", by=None, at=at, facts={"offering": str(lacking.uuid)})
        db.session.commit()
        return 1
    writing.write(run, laid, runs, at)
    writing.write_outcomes(run, result, cases, laid)
    _take(run, "lay", at)
    db.session.commit()
    return 1


def _give_way(run: AllocationRun, other: AllocationRun, at: datetime) -> int:
    """Two runs of a round can have been approved and given a time. The first is made known; the other one is not tried minute after minute."""
    run.publish_at = None
    audit.record("allocation", run.uuid, "halt", by=None, at=at, facts={"made_known": str(other.uuid)})
    db.session.commit()
    return 1


def _take(run: AllocationRun, event: str, at: datetime) -> None:
    before = run.state
    run.state = RUN_LIFE.after(run.state, event)
    audit.record("allocation", run.uuid, event, by=None, at=at, from_state=before, to_state=run.state)


def _tell_all(key: int, at: datetime) -> int:
    """Batch by batch, until nobody is left; whoever finds nobody left ends it."""
    told = 0
    while outcomes := queries.to_tell(key, BATCH):
        for outcome in outcomes:
            _tell(outcome, at)
        db.session.commit()
        told += len(outcomes)
    return told + _finish(key, at)


def _finish(key: int, at: datetime) -> int:
    run = queries.free_run(key, Run.TELLING)
    if run is None or queries.anybody_left(key):
        db.session.rollback()
        return 0
    _take(run, "finish", at)
    run.published_at = at
    db.session.commit()
    return 1


# What a person is told by what has come of their case; each kind has its sentence in the words of this folder.
KINDS = {"seat": "allocation-seat", "elsewhere": "allocation-elsewhere", "waiting": "allocation-waiting", "none": "allocation-none"}


def _tell(outcome: Outcome, at: datetime) -> None:
    """The money, the timeline and the message of one person."""
    case, event = outcome.application, event_of(outcome)
    if case.money is Money.ELIGIBLE:
        timeline.take(case, Track.MONEY, "fund" if outcome.money else "leave unfunded", by=None, at=at)
    seats = [run.enrolment for choice in case.ranked_choices for run in choice.runs if run.enrolment]
    reply_by = next((one.reply_by for one in seats if one.state is Seat.OFFERED), None)
    timeline.note(case, Track.SEAT, event, by=None, at=at, choice=outcome.choice, reply_by=reply_by.isoformat() if reply_by else None)
    known = {"reply_by": reply_by.isoformat()} if reply_by else {}
    audit.tell(case.person_id, KINDS[event], at=at, address=f"/me/applications/{case.uuid}/seats", choice=str(outcome.choice or ""), **known)
    outcome.told_at = at


def event_of(outcome: Outcome) -> str:
    """What one is told: a seat, a grant for a study elsewhere, a place in line, or nothing."""
    seats = [run.enrolment for choice in outcome.application.ranked_choices for run in choice.runs if run.enrolment]
    if any(one.state is Seat.OFFERED for one in seats):
        return "seat"
    if any(choice.position == outcome.choice and not any(run.enrolment for run in choice.runs) for choice in outcome.application.ranked_choices):
        return "elsewhere"
    return "waiting" if any(one.state is Seat.WAITING for one in seats) else "none"
