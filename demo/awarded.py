"""What rounds have given, made up: seats kept for somebody, an allocation made known with offers to answer, and two dry runs to hold against each other."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from accounts import audit
from accounts.models import Message, Person
from catalog.values import Strand
from config.clock import day_of, start_of
from config.database import db
from demo import frames, payouts, rounds, taken
from demo.dice import Seed
from demo.registers import Registers
from demo.round_runs import PACKAGES, key
from demo.runs import Runs
from enrolment.allocation import allocate
from enrolment.allocation.values import QuotaKind
from enrolment.applications import timeline
from enrolment.applications.lifecycle import Employer
from enrolment.applications.models import Application
from enrolment.applications.values import Track
from enrolment.awarding import gathering, queries, results, rulesets, writing
from enrolment.awarding.laying import Laying
from enrolment.awarding.lifecycle import Run
from enrolment.awarding.models import AllocationRun, Approval, Outcome
from enrolment.awarding.services.publishing import event_of
from enrolment.quotas import queries as quotas
from enrolment.quotas.models import Quota
from enrolment.rounds.models import Cycle
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment, EnrolmentStep

STAVANGER = "municipality:1103"
# Seats kept of a run: package and place in it, for whom, how many, released in so many days (none = never), and where they come from.
KEPT = (
    ("mat-hvl", 0, QuotaKind.REGION, "vest", 4, 20, "state-commissioned"),
    ("mat-hvl", 0, QuotaKind.OWNER, STAVANGER, 2, 10, "bought-by-owner"),
    ("mat-uis", 0, QuotaKind.OWNER, STAVANGER, 3, None, "jointly-developed"),
)
FEWER = {"mat-hvl": 6, "mat-uis": 5, "nor-hvo": 3, "les-uis": 4, "eng-uis": 3}  # seats of these packages, so that there are queues


def add(seed: Seed, registers: Registers, cycles: dict[str, Cycle], leads: dict[str, Person], runs: Runs, today: date) -> None:
    _keep(seed, runs, today)
    known = _allocate(seed, cycles[rounds.ANSWERED], "owner-bands", "demo-1", start_of(today - timedelta(days=5)), leads)
    _approve(known, seed, leads["eva"], start_of(today - timedelta(days=4)))
    _make_known(seed, known, leads, start_of(today - timedelta(days=3)) + timedelta(hours=9))
    _approve_some(cycles[rounds.WITH_OWNERS], registers.owners[STAVANGER], start_of(today - timedelta(days=2)))
    for number, code in enumerate(("owner-bands", "lot-only"), 1):
        _allocate(seed, cycles[rounds.WITH_OWNERS], code, f"demo-{number + 1}", start_of(today - timedelta(days=1)) + timedelta(hours=9 + number), leads)
    running = taken.add(seed, leads, today)
    frames.add(seed, running, cycles[rounds.ANSWERED], today)
    payouts.add(seed, leads["eva"], running.study_year - 1, today)
    db.session.flush()


# Seats kept


def _keep(seed: Seed, runs: Runs, today: date) -> None:
    for package, seats in FEWER.items():
        for given in PACKAGES[package]:
            runs.rows[key(given, today)][1].seats = seats
    places: dict[int, int] = {}
    for package, number, kind, value, seats, days, source in KEPT:
        run = runs.rows[key(PACKAGES[package][number], today)][1]
        places[run.id] = places.get(run.id, 0) + 1
        released = today + timedelta(days=days) if days else None
        db.session.add(Quota(uuid=seed.uuid("quota", run.uuid, kind, value), offering_id=run.id, kind=kind, value=value, seats=seats, release_on=released, source=source, position=places[run.id]))
    db.session.flush()


# Allocation runs


def _allocate(seed: Seed, cycle: Cycle, code: str, lots: str, at: datetime, leads: dict[str, Person]) -> AllocationRun:
    rules = rulesets.chosen(code, None)
    gathered = gathering.gather(cycle, Strand.FURTHER, at.date())
    frozen = allocate.freeze(gathered.inputs, rules)
    result = allocate.replay(frozen.written, lots)
    kept, came = results.packed(frozen.written), results.packed(result)
    made = AllocationRun(
        uuid=seed.uuid("allocation", cycle.code, code), cycle_id=cycle.id, strand=Strand.FURTHER, rule_set=code, seed=lots, on=at.date(), frozen=kept,
        digest=frozen.digest, result=came, result_digest=results.digest(result), made_at=at, made_by_id=leads["eva"].id, made_up=True, state=Run.DRY,
        counts=results.counts(frozen.written, result) | {"unstated": gathered.unstated},
    )  # fmt: skip
    db.session.add(made)
    audit.record("allocation", made.uuid, "try", by=None, at=at, facts={"seed": lots, "rules": code, "inputs": made.digest})
    db.session.flush()
    return made


def _approve(run: AllocationRun, seed: Seed, eva: Person, at: datetime) -> None:
    """By Eva and by a colleague of hers, as whom nobody signs in."""
    colleague = Person(uuid=seed.uuid("person", "eva's colleague"), name="Jon Dahl", made_up=True)
    db.session.add(colleague)
    db.session.flush()
    for number, who in enumerate((eva, colleague)):
        run.approvals.append(Approval(person_id=who.id, at=at + timedelta(hours=10 + number)))
    run.state, run.publish_at = Run.APPROVED, at + timedelta(days=1, hours=9)


def _make_known(seed: Seed, run: AllocationRun, leads: dict[str, Person], at: datetime) -> None:
    """As the clock does it, each enrolment with an identity of its own making; most of those who cannot sign in have accepted."""
    frozen, result = results.read(run.frozen), results.read(run.result)
    cases = queries.cases(run.cycle_id, run.strand)
    rows = queries.lock_offerings({each.offering_id for case in cases.values() for choice in case.choices for each in choice.runs})
    holding = queries.holding({each.module_id for each in rows.values()})
    laid = Laying(frozen, result, cases, rows, quotas.of_offerings(rows), queries.active(rows), holding, day_of(at), writing.last_day_to_answer(run, day_of(at))).lay()
    people = {case.person_id: case.person.uuid for case in cases.values()}
    writing.write(run, laid, rows, at, lambda person, offering: seed.uuid("given", people[person], rows[offering].uuid))
    writing.write_outcomes(run, result, cases, laid)
    run.state, run.published_at = Run.PUBLISHED, at
    db.session.flush()
    db.session.expire_all()
    _tell(seed, run, leads, at)


def _tell(seed: Seed, run: AllocationRun, leads: dict[str, Person], at: datetime) -> None:
    signs_in = {person.id for person in leads.values()}
    for outcome in db.session.scalars(select(Outcome).where(Outcome.run_id == run.id).order_by(Outcome.id)):
        case, event = outcome.application, event_of(outcome)
        seats = [each.enrolment for choice in case.ranked_choices for each in choice.runs if each.enrolment]
        reply_by = next((one.reply_by for one in seats if one.state is Seat.OFFERED), None)
        timeline.note(case, Track.SEAT, event, by=None, at=at, choice=outcome.choice)
        outcome.told_at = at
        if case.person_id in signs_in:
            facts = {"choice": str(outcome.choice or "")} | ({"reply_by": reply_by.isoformat()} if reply_by else {})
            address = f"/me/applications/{case.uuid}/seats"
            db.session.add(Message(uuid=seed.uuid("told", case.uuid), person_id=case.person_id, at=at, kind=f"allocation-{event}", facts=facts, address=address))
        elif seed.dice("answers", case.uuid).chance(0.6):
            _accept([one for one in seats if one.state is Seat.OFFERED], at + timedelta(days=1, hours=3))
    db.session.flush()


def _accept(seats: list[Enrolment], at: datetime) -> None:
    for seat in seats:
        seat.state = Seat.PLACED
        seat.steps.append(EnrolmentStep(at=at, event="accept", from_state=Seat.OFFERED, to_state=Seat.PLACED, by_person_id=seat.person_id))
        audit.record("enrolment", seat.uuid, "accept", by=None, at=at, from_state=Seat.OFFERED, to_state=Seat.PLACED)


def _approve_some(cycle: Cycle, but_not: int, at: datetime) -> None:
    """Owners other than Stavanger have decided already."""
    waiting = select(Application).where(Application.cycle_id == cycle.id, Application.employer == Employer.WITH_OWNER, Application.owner_id != but_not)
    ranks: dict[int, int] = {}
    for case in db.session.scalars(waiting.where(Application.person.has(Person.story.is_(None))).order_by(Application.id)):
        ranks[case.owner_id] = case.rank = ranks.get(case.owner_id, 0) + 1
        case.scheme, case.decided_at = case.choices[0].scheme, at
        timeline.take(case, Track.EMPLOYER, "approve", by=None, at=at)
    db.session.flush()
