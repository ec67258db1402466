"""Making an approved run known, as the clock does it.

First all seats and queues are laid in one transaction: all or nothing, under the locks of every run concerned. Then people are told in small
batches, each marked as it is told. Whatever stops in between is taken up again, and nobody is offered or told anything twice.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import insert, update

from accounts import audit
from accounts.models import Event
from catalog.offers.models import Offering
from config import working_days
from config.clock import day_of, end_of
from config.database import db
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Money
from enrolment.applications.models import Application, ChoiceRun
from enrolment.applications.values import Track
from enrolment.awarding import queries, results
from enrolment.awarding.laying import Entry, Laid, Laying
from enrolment.awarding.lifecycle import RUN_LIFE, Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.quotas import queries as quotas
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from enrolment.seats.rules import DAYS_TO_ANSWER

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
    frozen, result = results.read(run.frozen), results.read(run.result)
    cases = queries.cases(run.cycle_id, run.strand)
    runs = queries.lock_offerings({each.offering_id for case in cases.values() for choice in case.choices for each in choice.runs})
    holding = queries.holding({each.module_id for each in runs.values()})
    laid = Laying(frozen, result, cases, runs, quotas.of_offerings(runs), queries.active(runs), holding).lay()
    lacking = next((runs[number] for number, entries in sorted(laid.entries.items()) if _lacks_room(runs[number], entries)), None)
    if lacking is not None:
        run.halted, run.publish_at = str(lacking.uuid), None
        audit.record("allocation", run.uuid, "halt", by=None, at=at, facts={"offering": str(lacking.uuid)})
        db.session.commit()
        return 1
    _write(run, laid, runs, at)
    _write_outcomes(run, result, cases, laid)
    _take(run, "lay", at)
    db.session.commit()
    return 1


def _lacks_room(run: Offering, entries: Iterable[Entry]) -> bool:
    return _new_seats(entries) > (run.seats or 0) - run.seats_taken


def _new_seats(entries: Iterable[Entry]) -> int:
    return sum(one.state is Seat.OFFERED and (one.before is None or one.before.state not in HELD) for one in entries)


def _write(run: AllocationRun, laid: Laid, runs: dict[int, Offering], at: datetime) -> None:
    """The enrolments, each with its step and event, the counts of the runs, and which run of which choice each came of."""
    fresh: list[tuple[dict, Entry]] = []
    for number, entries in sorted(laid.entries.items()):
        fresh += _of_one(runs[number], entries, run, at)
    ids = _insert(fresh, at)
    linked = [{"id": entry.run.id, "enrolment_id": key} for key, (_row, entry) in zip(ids, fresh, strict=True)]
    known = [{"id": entry.run.id, "enrolment_id": entry.before.id} for entries in laid.entries.values() for entry in entries if entry.before]
    if linked or known:
        db.session.execute(update(ChoiceRun), linked + known)


def _of_one(offering: Offering, entries: list[Entry], run: AllocationRun, at: datetime) -> list[tuple[dict, Entry]]:
    """The new rows of one run in the order of their tickets; who is in it already keeps their own, and a place in line becomes the offer."""
    reply_by = end_of(last_day_to_answer(run, offering, day_of(at)))
    new = [one for one in entries if one.before is None]
    for entry in entries:
        if entry.before is not None and entry.before.state is Seat.WAITING and entry.state is Seat.OFFERED:
            _offer_to_waiting(entry, reply_by, at)
    bettered = sum(1 for one in entries if one.before is not None and one.state is Seat.OFFERED and one.before.offered_at == at)
    seats, waiting = sum(one.state is Seat.OFFERED for one in new), sum(one.state is Seat.WAITING for one in new)
    first = offering.next_ticket
    db.session.execute(
        update(Offering).where(Offering.id == offering.id)
        .values(seats_taken=Offering.seats_taken + seats + bettered, waiting=Offering.waiting + waiting - bettered, next_ticket=first + len(new))
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return [(_row(entry, offering, first + number, reply_by, run, at), entry) for number, entry in enumerate(new)]


def _row(entry: Entry, offering: Offering, ticket: int, reply_by: datetime, run: AllocationRun, at: datetime) -> dict:
    offered = entry.state is Seat.OFFERED
    return {
        "uuid": uuid4(), "person_id": entry.person_id, "offering_id": offering.id, "module_id": offering.module_id, "state": entry.state, "ticket": ticket,
        "entered_at": at, "offered_at": at if offered else None, "reply_by": reply_by if offered else None, "quota_id": entry.quota_id,
        "made_up": run.made_up,
    }  # fmt: skip


def _offer_to_waiting(entry: Entry, reply_by: datetime, at: datetime) -> None:
    """Who stood in line already keeps the same enrolment."""
    mine = entry.before
    mine.state, mine.offered_at, mine.reply_by, mine.quota_id = Seat.OFFERED, at, reply_by, entry.quota_id
    mine.steps.append(EnrolmentStep(at=at, event="offer", from_state=Seat.WAITING, to_state=Seat.OFFERED))
    audit.record("enrolment", mine.uuid, "offer", by=None, at=at, from_state=Seat.WAITING, to_state=Seat.OFFERED)


def _insert(fresh: list[tuple[dict, Entry]], at: datetime) -> list[int]:
    if not fresh:
        return []
    rows = [row for row, _entry in fresh]
    ids = list(db.session.scalars(insert(Enrolment).returning(Enrolment.id, sort_by_parameter_order=True), rows))
    steps = [{"enrolment_id": key, "at": at, "event": "allocate", "to_state": row["state"]} for key, row in zip(ids, rows, strict=True)]
    db.session.execute(insert(EnrolmentStep), steps)
    told = {"at": at, "kind": "enrolment", "event": "allocate"}
    db.session.execute(insert(Event), [{**told, "subject_uuid": row["uuid"], "to_state": row["state"], "facts": {"ticket": row["ticket"]}} for row in rows])
    return ids


def last_day_to_answer(run: AllocationRun, offering: Offering, on: date) -> date:
    """The round's day for answers, but never a day that leaves less than two working days; then five from now."""
    day = run.cycle.dates_of(run.strand).on(Step.REPLY)
    return day if day is not None and working_days.between(on, day) >= 2 else working_days.after(on, DAYS_TO_ANSWER)


def _write_outcomes(run: AllocationRun, result: dict, cases: dict[str, Application], laid: Laid) -> None:
    rows = [
        {
            "run_id": run.id, "application_id": cases[one["key"]].id, "choice": None if one["key"] in laid.left_out else one["choice"],
            "money": one["money"] and one["key"] not in laid.left_out, "line": one | ({"left_out": laid.left_out[one["key"]]} if one["key"] in laid.left_out else {}),
        }
        for one in result["people"]
        if one["key"] in cases
    ]  # fmt: skip
    if rows:
        db.session.execute(insert(Outcome), rows)


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


def _tell(outcome: Outcome, at: datetime) -> None:
    """The money, the timeline and the message of one person."""
    case, event = outcome.application, _event(outcome)
    if case.money is Money.ELIGIBLE:
        timeline.take(case, Track.MONEY, "fund" if outcome.money else "leave unfunded", by=None, at=at)
    seats = [run.enrolment for choice in case.ranked_choices for run in choice.runs if run.enrolment]
    reply_by = next((one.reply_by for one in seats if one.state is Seat.OFFERED), None)
    timeline.note(case, Track.SEAT, event, by=None, at=at, choice=outcome.choice, reply_by=reply_by.isoformat() if reply_by else None)
    known = {"reply_by": reply_by.isoformat()} if reply_by else {}
    audit.tell(case.person_id, f"allocation-{event}", at=at, address=f"/me/applications/{case.uuid}/seats", choice=str(outcome.choice or ""), **known)
    outcome.told_at = at


def _event(outcome: Outcome) -> str:
    """What one is told: a seat, a grant for a study elsewhere, a place in line, or nothing."""
    seats = [run.enrolment for choice in outcome.application.ranked_choices for run in choice.runs if run.enrolment]
    if any(one.state is Seat.OFFERED for one in seats):
        return "seat"
    if outcome.choice:
        return "elsewhere"
    return "waiting" if any(one.state is Seat.WAITING for one in seats) else "none"
