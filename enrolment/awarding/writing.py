"""Writes what is laid: enrolments with their steps and events, the counts of the runs, and the lines that people are told. Commits nothing."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from accounts import audit
from accounts.models import Event
from catalog.offers.models import Offering
from config import working_days
from config.clock import end_of
from config.database import db
from enrolment.applications import facts
from enrolment.applications.models import Application, ChoiceRun
from enrolment.awarding.laying import Entry, Laid
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.rounds.values import Step
from enrolment.seats.lifecycle import HELD, Seat
from enrolment.seats.models import Enrolment, EnrolmentStep
from enrolment.seats.rules import DAYS_TO_ANSWER

Identity = Callable[[int, int], UUID]
"""Of a person and a run, the identity of the enrolment."""


def by_chance(_person: int, _offering: int) -> UUID:
    return uuid4()


def lacks_room(run: Offering, entries: Iterable[Entry]) -> bool:
    return _new_seats(entries) > (run.seats or 0) - run.seats_taken


def _new_seats(entries: Iterable[Entry]) -> int:
    return sum(one.state is Seat.OFFERED and (one.before is None or one.before.state not in HELD) for one in entries)


def write(run: AllocationRun, laid: Laid, runs: dict[int, Offering], at: datetime, identity: Identity = by_chance) -> None:
    """The enrolments, each with its step and event, the counts of the runs, and which run of which choice each came of."""
    fresh: list[tuple[dict, Entry]] = []
    for number, entries in sorted(laid.entries.items()):
        fresh += _of_one(runs[number], entries, run, at, identity)
    ids = _insert(fresh, at)
    linked = [{"id": entry.run.id, "enrolment_id": key} for key, (_row, entry) in zip(ids, fresh, strict=True)]
    known = [{"id": entry.run.id, "enrolment_id": entry.before.id} for entries in laid.entries.values() for entry in entries if entry.before]
    if linked or known:
        db.session.execute(update(ChoiceRun), linked + known)


def _of_one(offering: Offering, entries: list[Entry], run: AllocationRun, at: datetime, identity: Identity) -> list[tuple[dict, Entry]]:
    """The new rows of one run in the order of their tickets; who is in it already keeps their own, and a place in line becomes the offer."""
    new = [one for one in entries if one.before is None]
    for entry in entries:
        if entry.before is not None and entry.before.state is Seat.WAITING and entry.state is Seat.OFFERED:
            _offer_to_waiting(entry, at)
    bettered = sum(1 for one in entries if one.before is not None and one.state is Seat.OFFERED and one.before.offered_at == at)
    seats, waiting = sum(one.state is Seat.OFFERED for one in new), sum(one.state is Seat.WAITING for one in new)
    first = offering.next_ticket
    db.session.execute(
        update(Offering).where(Offering.id == offering.id)
        .values(seats_taken=Offering.seats_taken + seats + bettered, waiting=Offering.waiting + waiting - bettered, next_ticket=first + len(new))
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return [(_row(entry, offering, first + number, run, at) | {"uuid": identity(entry.person_id, offering.id)}, entry) for number, entry in enumerate(new)]


def _row(entry: Entry, offering: Offering, ticket: int, run: AllocationRun, at: datetime) -> dict:
    offered = entry.state is Seat.OFFERED
    return {
        "person_id": entry.person_id, "offering_id": offering.id, "module_id": offering.module_id, "state": entry.state, "ticket": ticket,
        "entered_at": at, "offered_at": at if offered else None, "reply_by": end_of(entry.last_day) if offered else None, "quota_id": entry.quota_id,
        "made_up": run.made_up,
    }  # fmt: skip


def _offer_to_waiting(entry: Entry, at: datetime) -> None:
    """Who stood in line already keeps the same enrolment."""
    mine = entry.before
    mine.state, mine.offered_at, mine.reply_by, mine.quota_id = Seat.OFFERED, at, end_of(entry.last_day), entry.quota_id
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


def last_day_to_answer(run: AllocationRun, on: date) -> date:
    """The round's day for answers, but never a day that leaves less than two working days; then five from now."""
    day = run.cycle.dates_of(run.strand).on(Step.REPLY)
    return day if day is not None and working_days.between(on, day) >= 2 else working_days.after(on, DAYS_TO_ANSWER)


def write_outcomes(run: AllocationRun, result: dict, cases: dict[str, Application], laid: Laid) -> None:
    """Money goes only to those whom the funding check lets have it; a study elsewhere, which is money alone, is nothing without it."""
    rows = [_outcome(run, one, cases[one["key"]], laid.left_out.get(one["key"])) for one in result["people"] if one["key"] in cases]
    if rows:
        db.session.execute(insert(Outcome), rows)


def _outcome(run: AllocationRun, one: dict, case: Application, left_out: str | None) -> dict:
    may_have = facts.state_may_pay(case)
    if left_out is None and one["choice"] and not one["seats"] and not may_have:
        left_out = "not-eligible"
    told = one | ({"left_out": left_out} if left_out else {})
    return {"run_id": run.id, "application_id": case.id, "choice": None if left_out else one["choice"], "money": one["money"] and may_have and not left_out, "line": told}
