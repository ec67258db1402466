"""An owner's board: 300 approved applicants re-ranked, by the form of the rank tab

The whole answer of the application in this process, out of the database: the form with all 300 numbers is read, the list is locked and the order is written in
two statements. Then the page it leads to, where what each case lacks, costs and is suggested is reckoned anew. The totals are held against the sum of the rows, and the order against the
one that was asked for, before a figure is believed. Of the processor: the database in a file works in this process; PostgreSQL's own work is beside it.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from random import Random
from time import process_time

from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import services as accounts
from accounts.models import Membership, Person, Role
from catalog.offers.models import Module, Offering
from catalog.subjects.models import Subject
from catalog.values import Band, Strand
from config.clock import now, today
from config.database import db
from enrolment.applications.lifecycle import Case, Employer, Money
from enrolment.applications.models import Application, Choice, ChoiceRun
from enrolment.board import gathering
from enrolment.progress.lifecycle import Claim
from enrolment.progress.models import PriorCredit
from enrolment.rounds.models import Cycle, CycleDate, Scheme
from enrolment.rounds.values import Step
from enrolment.schools.models import School, SchoolOwner, Teacher, Teaching
from enrolment.staff.models import StaffMember, StaffTeaching
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, quiet

APPLICANTS = sized(300, 20)
ROUNDS = sized(15, 2)
MOST = 300  # ms
OFFERINGS = 200
DAYS = {Step.OPENS: -30, Step.APPLY: -10, Step.HEAD: -3, Step.UNION: 3, Step.OWNER: 5, Step.UNLOCK: 9}
PATH = "/owner/rounds/bench/further/ranking"


def run() -> list[Figure]:
    return [figure for name, url in databases.engines(OFFERINGS) for figure in on(name, url)]


def on(name: str, url: str) -> Iterator[Figure]:
    quiet.before(name)
    with databases.app_on(url):
        current_app.config["WTF_CSRF_ENABLED"] = False
        owner, client = _made(), current_app.test_client()
        client.set_cookie("seksti", _signed_in(owner))
        dice = Random(60)
        ranked = rounds(lambda: _ranked_anew(client, owner, dice))
        shown = rounds(lambda: _asked(client))
        _check_totals(owner)
    yield Figure.of(f"{name}: {APPLICANTS} applicants re-ranked, every number another", ranked, "ms", most=MOST)
    yield Figure.of(f"{name}: the page of them all, with lines and totals", shown, "ms", most=MOST)


def _made() -> int:
    """Applicants at the schools of a municipality, each with two choices, half of them with credits before; the key of the owner."""
    owner = db.session.scalar(select(SchoolOwner).where(SchoolOwner.key == "municipality:1103")).organisation_id
    schools = list(db.session.scalars(select(School.organisation_id).where(School.owner_id == owner).order_by(School.organisation_id)))
    runs = db.session.scalars(select(Offering).join(Offering.module).where(Module.subject_id.is_not(None)).order_by(Offering.id).limit(60)).all()
    schemes = db.session.scalars(select(Scheme).order_by(Scheme.position).limit(2)).all()
    dates = [CycleDate(strand=Strand.FURTHER, step=step, day=today() + timedelta(days=days)) for step, days in DAYS.items()]
    cycle = Cycle(code="bench", study_year=today().year, released_at=now() - timedelta(days=60), name_nb="Bench", source="bench", dates=dates)
    db.session.add(cycle)
    for number in range(APPLICANTS):
        _applies(number, owner, schools[number % len(schools)], [runs[number % len(runs)], runs[(number + 7) % len(runs)]], cycle, schemes)
    _staff(owner, schools, db.session.scalars(select(Subject.id).order_by(Subject.position).limit(6)).all())
    db.session.commit()
    return owner


def _applies(number: int, owner: int, school: int, runs: list[Offering], cycle: Cycle, schemes: list[Scheme]) -> None:
    person, subject = Person(name=f"Applicant {number}"), runs[0].module.subject_id
    db.session.add(person)
    db.session.flush()
    db.session.add(Teacher(person_id=person.id, school_id=school, teaching=[Teaching(subject_id=subject, band=Band.LOWER)]))
    if number % 2:
        known = {"institution": "Before", "title": "Before", "finished_on": today() - timedelta(days=900), "state": Claim.VERIFIED, "claimed_at": now()}
        db.session.add(PriorCredit(person_id=person.id, owner_id=owner, subject_id=subject, credits=Decimal(number % 5 * 15), **known))
    choices = [
        Choice(position=place, scheme_id=schemes[(number + place) % 2].id, subject_id=run.module.subject_id, runs=[ChoiceRun(offering_id=run.id)])
        for place, run in enumerate(runs, 1)
    ]
    db.session.add(
        Application(
            cycle=cycle, strand=Strand.FURTHER, person_id=person.id, school_id=school, owner_id=owner, state=Case.SENT, employer=Employer.APPROVED,
            money=Money.ELIGIBLE, sent_at=now(), scheme_id=choices[0].scheme_id, rank=number + 1, choices=choices,
        )
    )  # fmt: skip


def _staff(owner: int, schools: list[int], subjects: list[int]) -> None:
    for number in range(APPLICANTS):
        school = schools[number % len(schools)]
        one = StaffMember(owner_id=owner, reference=f"bench-{number}", name="Somebody", school_id=school, changed_at=now())
        one.teaching = [StaffTeaching(school_id=school, subject_id=subjects[number % len(subjects)], band=Band.LOWER, credits=number % 3 * 30)]
        db.session.add(one)


def _signed_in(owner: int) -> str:
    somebody = Person(name="Bench", memberships=[Membership(organisation_id=owner, role=Role.OWNER)])
    db.session.add(somebody)
    db.session.commit()
    return accounts.sign_in(somebody, provider="test", at=now())


def _board(owner: int) -> gathering.Board:
    db.session.rollback()
    cycle = db.session.scalar(select(Cycle).filter_by(code="bench"))
    return gathering.board(owner, cycle, Strand.FURTHER, on=today(), at=now())


def _ranked_anew(client: FlaskClient, owner: int, dice: Random) -> Callable:
    """The form of another order of them all, and the sending of it."""
    board = _board(owner)
    order = [row.key for row in board.ranked]
    dice.shuffle(order)
    sent = {"version": str(board.list.version)} | {f"rank-{key}": str(number) for number, key in enumerate(order, 1)}
    db.session.rollback()

    def work() -> None:
        assert client.post(PATH, data=sent).status_code == 302

    def check() -> None:
        assert [row.key for row in _board(owner).ranked] == order

    return work, check


def _asked(client: FlaskClient) -> tuple[Callable, Callable]:
    def work() -> None:
        assert client.get(PATH).status_code == 200

    return work, lambda: None


def _check_totals(owner: int) -> None:
    board = _board(owner)
    total = board.total(board.ranked)
    for part in ("state", "owner", "own", "extra"):
        assert getattr(total, part) == sum(getattr(row.money, part) for row in board.ranked if row.money)


def rounds(prepare: Callable) -> list[float]:
    """Milliseconds of each round; what is prepared and checked is not timed."""
    return [_timed(*prepare()) for _round in range(ROUNDS)]


def _timed(work: Callable, check: Callable) -> float:
    begun = process_time()
    work()
    taken = (process_time() - begun) * 1000
    check()
    return taken
