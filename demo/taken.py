"""Rounds whose studies teachers of Stavanger kommune take part in: one that goes on and one of the year before, with what both have said, and the ledger that
follows from it as the clock would have written it the night after."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from accounts.models import Person
from catalog.offers.models import Module, Offering
from catalog.subjects.models import Subject
from catalog.values import Semester, Strand, Term
from config.clock import start_of
from config.database import db
from demo import rounds
from demo.dice import Seed
from enrolment.allocation import allocate
from enrolment.applications import facts, timeline
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.applications.values import Question, Track
from enrolment.awarding import gathering, results, rulesets
from enrolment.awarding.lifecycle import Run
from enrolment.awarding.models import AllocationRun, Outcome
from enrolment.money import booking, queries
from enrolment.participation import rules as part_rules
from enrolment.participation.models import ParticipationStep
from enrolment.participation.values import Event as Said
from enrolment.rounds.models import Cycle, CycleDate, Scheme
from enrolment.rounds.pricing import Prices
from enrolment.schools.models import School, Teacher
from enrolment.seats.lifecycle import Seat
from enrolment.seats.models import Enrolment

STAVANGER = "municipality:1103"
RUNNING, PAST = "demo-running", "demo-past"
NAMES = {
    RUNNING: ("Prøverunde: studiene er i gang", "Prøverunde: studia er i gang", "Trial round: the studies have begun"),
    PAST: ("Prøverunde: studiene er over", "Prøverunde: studia er over", "Trial round: the studies are over"),
}
LED = ((Track.CASE, "send", 0), (Track.EMPLOYER, "send", 0), (Track.MONEY, "find eligible", 0), (Track.EMPLOYER, "pass on", 3), (Track.EMPLOYER, "approve", 16), (Track.MONEY, "fund", 85))
DAYS = (-470, -430, -423, -419, -416, -411, -350, -343, -320, 30, 150)
YEAR = 365
LAST = 50  # the rank of who is no more than one of many
RETRACTED, NEVER = 3, "Begynte aldri på studiet."  # of which teacher of the year before the owner has taken its word back, and why


def add(seed: Seed, leads: dict[str, Person], today: date) -> Cycle:
    """Adds both. Returns the round that goes on."""
    _past(seed, leads, today)
    running = _running(seed, leads, today)
    _enter(seed, today)
    return running


def _running(seed: Seed, leads: dict[str, Person], today: date) -> Cycle:
    """Amina has yet to confirm; of the teachers of Stavanger kommune beside her some wait for the owner, and some are paid for."""
    semester = part_rules.semester_of(today)
    cycle = _cycle(seed, RUNNING, semester.study_year, today)
    scheme = _schemes()[0]
    seats = _seats(_of_stavanger().where(Enrolment.state == Seat.PLACED, Offering.starts_on <= today, Offering.ends_on >= today))
    mine = [one for one in seats if one.person_id == leads["amina"].id][:1]
    others = [one for one in seats if one.person_id not in (leads["amina"].id, leads["lars"].id)]
    _elsewhere(seed, leads, cycle, scheme, today)
    at = start_of(max(part_rules.begins(semester), today - timedelta(days=40)) + timedelta(days=1)) + timedelta(hours=18)
    for number, seat in enumerate((*mine, *_once(others)[-6:])):
        case = _case(seed, cycle, scheme, seat, number + 1, today)
        _say(seed, case, seat, () if number == 0 else (Said.CONFIRM, Said.COUNTERSIGN) if number % 2 else (Said.CONFIRM,), semester, at)
    return cycle


def _elsewhere(seed: Seed, leads: dict[str, Person], cycle: Cycle, scheme: Scheme, today: date) -> None:
    """Lars has money for a study that is not in the catalogue, and has yet to say when it is given; the allocation that gave it him is of his case alone."""
    teacher, at = db.session.get(Teacher, leads["lars"].id), start_of(today - timedelta(days=435))
    case = Application(
        uuid=seed.uuid("elsewhere", cycle.code), cycle=cycle, strand=Strand.FURTHER, person_id=teacher.person_id, school_id=teacher.school_id, owner_id=teacher.school.owner_id,
        made_up=True, funding={str(Question.EMPLOYED): "yes", str(Question.SUPPORTED): "no"}, said={}, sent_at=at, talked_on=at.date(),
    )  # fmt: skip
    about = db.session.scalars(select(Subject).where(Subject.code == "norsk")).one()
    case.choices = [
        Choice(uuid=seed.uuid("choice elsewhere", cycle.code), position=1, scheme=scheme, subject=about, institution="Universitetet i Agder", title="Norsk i flerspråklige klasserom", credits=15)
    ]
    db.session.add(case)
    db.session.flush()
    _lead(case, LED[:-1], at)
    case.rank, case.scheme, case.decided_at = LAST, scheme, at + timedelta(days=16)
    db.session.flush()
    _give(seed, case, at + timedelta(days=LED[-1][2]))


def _lead(case: Application, led: Iterable[tuple], at: datetime) -> None:
    for track, event, days in led:
        timeline.take(case, track, event, by=None, at=at + timedelta(days=days))


def _give(seed: Seed, case: Application, at: datetime) -> None:
    rules, lots = rulesets.chosen("owner-bands", None), "demo-elsewhere"
    gathered = gathering.gather(case.cycle, case.strand, at.date())
    frozen = allocate.freeze(gathered.inputs, rules)
    result = allocate.replay(frozen.written, lots)
    run = AllocationRun(
        uuid=seed.uuid("allocation", case.cycle.code), cycle=case.cycle, strand=case.strand, rule_set="owner-bands", seed=lots, on=at.date(), frozen=results.packed(frozen.written),
        digest=frozen.digest, result=results.packed(result), result_digest=results.digest(result), made_at=at, made_up=True, state=Run.PUBLISHED, published_at=at,
        counts=results.counts(frozen.written, result) | {"unstated": gathered.unstated},
    )  # fmt: skip
    line = next(one for one in json.loads(result)["people"] if one["key"] == str(case.uuid))
    run.outcomes = [Outcome(application=case, choice=line["choice"], money=line["money"], line=line, told_at=at)]
    db.session.add(run)
    timeline.take(case, Track.MONEY, "fund", by=None, at=at)
    timeline.note(case, Track.SEAT, "elsewhere", by=None, at=at, choice=1)
    db.session.flush()


def _past(seed: Seed, leads: dict[str, Person], today: date) -> None:
    """Everybody was vouched for; of one of them the owner has taken its word back."""
    year, signs_in, schemes = part_rules.semester_of(today).study_year - 1, {one.id for one in leads.values()}, _schemes()
    cycle = _cycle(seed, PAST, year, today - timedelta(days=YEAR))
    then = (Semester(year, Term.AUTUMN), Semester(year + 1, Term.SPRING))
    seats = _once(one for one in _seats(_of_stavanger().where(Enrolment.state == Seat.COMPLETED, Offering.semester.in_(then))) if one.person_id not in signs_in and facts.is_given(one.offering))
    for number, seat in enumerate(seats[:14]):
        scheme = schemes[1 if number % 4 == 2 else 0]
        case = _case(seed, cycle, scheme, seat, number + 1, today - timedelta(days=YEAR))
        said = (Said.CONFIRM, Said.COUNTERSIGN, *((Said.RETRACT,) if number == RETRACTED else ()))
        at = start_of(part_rules.begins(seat.offering.semester) + timedelta(days=20)) + timedelta(hours=18)
        _say(seed, case, seat, said, seat.offering.semester, at)


def _schemes() -> list[Scheme]:
    return list(db.session.scalars(select(Scheme).order_by(Scheme.position)))


def _cycle(seed: Seed, code: str, study_year: int, today: date) -> Cycle:
    nb, nn, en = NAMES[code]
    made = Cycle(
        uuid=seed.uuid("round", code), code=code, name_nb=nb, name_nn=nn, name_en=en, study_year=study_year, released_at=start_of(today - timedelta(days=480)),
        source=rounds.SOURCE, made_up=True,
    )  # fmt: skip
    made.dates = [
        CycleDate(uuid=seed.uuid("round", code, step), strand=Strand.FURTHER, step=step, day=today + timedelta(days=days), source=rounds.SOURCE)
        for step, days in zip(rounds.ORDER, DAYS, strict=True)
    ]
    db.session.add(made)
    db.session.flush()
    return made


def _of_stavanger() -> Select:
    """Made-up seats of its teachers in further education with credits."""
    found = select(Enrolment).join(Enrolment.offering).join(Offering.module).join(Teacher, Teacher.person_id == Enrolment.person_id)
    found = found.join(School, School.organisation_id == Teacher.school_id).where(School.owner.has(key=STAVANGER))
    return found.where(Module.credits.is_not(None), Module.strand == Strand.FURTHER, Enrolment.made_up)


def _seats(wanted: Select) -> list[Enrolment]:
    options = (joinedload(Enrolment.person), joinedload(Enrolment.module), joinedload(Enrolment.offering))
    return list(db.session.scalars(wanted.options(*options).order_by(Enrolment.uuid)))


def _once(seats: Iterable[Enrolment]) -> list[Enrolment]:
    """The first of each person."""
    return list({one.person_id: one for one in reversed(list(seats))}.values())


def _case(seed: Seed, cycle: Cycle, scheme: Scheme | None, seat: Enrolment, rank: int, today: date) -> Application:
    teacher = db.session.get(Teacher, seat.person_id)
    at = start_of(today - timedelta(days=435))
    case = Application(
        uuid=seed.uuid("ran", seat.uuid), cycle=cycle, strand=Strand.FURTHER, person_id=seat.person_id, school_id=teacher.school_id, owner_id=teacher.school.owner_id,
        made_up=True, funding={str(Question.EMPLOYED): "yes", str(Question.SUPPORTED): "no"}, said={}, sent_at=at, talked_on=at.date(),
    )  # fmt: skip
    choice = Choice(uuid=seed.uuid("ran choice", seat.uuid), position=1, scheme=scheme, subject_id=seat.module.subject_id)
    choice.runs = [ChoiceRun(offering_id=seat.offering_id, position=1, enrolment_id=seat.id)]
    case.choices = [choice]
    db.session.add(case)
    db.session.flush()
    _lead(case, LED, at)
    case.rank, case.scheme, case.decided_at = rank, scheme, at + timedelta(days=16)
    db.session.flush()
    return case


def _say(seed: Seed, case: Application, seat: Enrolment, said: Iterable[Said], semester: Semester, at: datetime) -> None:
    """A day after each other, the first by the teacher and the rest by the owner."""
    for place, event in enumerate(said):
        when = at + timedelta(days=place)
        known = {"enrolment_id": seat.id, "event": event, "semester": semester, "at": when, "by_person_id": None if place else seat.person_id}
        db.session.add(ParticipationStep(uuid=seed.uuid("said", seat.uuid, event), why=NEVER if event is Said.RETRACT else None, **known))
        timeline.note(case, Track.SEAT, str(event), by=None, at=when, choice=1, semester=semester.code)


def _enter(seed: Seed, today: date) -> None:
    """The ledger, with identities of its own making."""
    db.session.flush()
    prices, claims, at = Prices(), booking.repayment_rules(), start_of(today) - timedelta(hours=20)
    people = select(Application.person_id).distinct().join(Application.cycle).where(Cycle.code.in_((RUNNING, PAST))).order_by(Application.person_id)
    for person in db.session.scalars(people).all():
        db.session.add_all(booking.entries(queries.paid_studies(person), prices, claims, at, lambda *names: seed.uuid("entry", *names)))
        db.session.flush()
