"""Made-up runs that begin within weeks: some lack participants, two could be joined, one was cancelled and its people were told of another."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from accounts import audit
from accounts.acting import Actor
from catalog.offers.models import Offering
from catalog.values import Delivery
from config.clock import start_of
from config.database import db
from demo import dates
from demo.dice import Seed
from demo.runs import TOWNS, Kind, Plan, Runs
from demo.studies import Studies
from enrolment.gonogo import queries
from enrolment.gonogo.models import Alternative, StartDecision
from enrolment.seats.models import Enrolment

FIRST_NUMBER = 90  # among the runs of a module in a semester; those that are written count from 0


@dataclass(frozen=True)
class Soon:
    """A run that begins soon. `people`: how many have enrolled; the fewest it starts with are half of the seats."""

    code: str
    group: str | None
    people: int
    kind: Kind = Kind.OPEN
    reason: str | None = None


INSTITUTION, SEATS = "HVL", 16
SOON = (
    Soon("SX-MAT1", "Gruppe 1", 3),
    Soon("SX-MAT1", "Gruppe 2", 9),
    Soon("SX-MAT2", None, 4),
    Soon("SX-MAT4", None, 5, Kind.CANCELLED, "For få påmelde til at gruppa kan starte."),
)
HELD = 1  # the place above of the one that is decided on


def put_on_offer(seed: Seed, studies: Studies, runs: Runs, today: date) -> None:
    """Adds the runs. The histories fill them like any other."""
    for number, said in enumerate(SOON, start=FIRST_NUMBER):
        runs.put(_plan(seed, studies, number, said, today))
    db.session.flush()


def _plan(seed: Seed, studies: Studies, number: int, said: Soon, today: date) -> Plan:
    named = INSTITUTION, said.code
    when = dates.begins_soon(today, seed.dice("soon", *named))
    semester, first = dates.first_coming(when.starts_on).plus(-1), dates.first_coming(today)
    course, offset = studies.courses[named], 0 if semester == first else -1
    return Plan(
        studies.modules[named], named, number, offset, said.kind, semester, 2, when, Delivery.ONLINE, (), TOWNS[INSTITUTION], course.language, SEATS,
        course.fee, reason=said.reason, in_letters=course.in_letters, group=said.group, people=said.people,
    )  # fmt: skip


def decide(runs: Runs, editor: Actor, today: date) -> None:
    """What the institution has done about them; after the histories, since it speaks of those who are in them."""
    rows = {plan.number: row for plan, row in runs.rows.values() if plan.people is not None}
    for number, said in enumerate(SOON, start=FIRST_NUMBER):
        if said.kind is Kind.CANCELLED:
            _tell_of_another(rows[number], today)
    _decide_to_start(rows[FIRST_NUMBER + HELD], editor, start_of(today) - timedelta(hours=5))  # when everybody had enrolled
    db.session.flush()


def _tell_of_another(cancelled: Offering, today: date) -> None:
    """Everybody but the first was told of the run that comes nearest to the one that was cancelled."""
    others = queries.alternatives_to(cancelled, today)
    people = db.session.scalars(select(Enrolment.id).where(Enrolment.offering_id == cancelled.id).order_by(Enrolment.ticket)).all()
    db.session.add_all(Alternative(enrolment_id=one, offering_id=others[0].id) for one in people[1:] if others)


def _decide_to_start(run: Offering, editor: Actor, at: datetime) -> None:
    db.session.refresh(run)  # its seats were counted past the session
    db.session.add(StartDecision(offering_id=run.id, decided_at=at, by_person_id=editor.person_id, taken=run.seats_taken))
    facts = {"taken": run.seats_taken, "minimum": run.minimum}
    audit.record("offering", run.uuid, "decide-to-start", by=editor, at=at, organisation_id=editor.organisation_id, facts=facts)
