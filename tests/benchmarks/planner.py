"""The plan to 60: real modules with the runs of the demonstration, every subject, as the page asks for it

From the rows to the answer: read what a teacher holds and what is on offer, then the three best plans, or what must give way where there is none. Asked for
each subject with anything on offer, to 30 and to 60, at several loads and numbers of days away, by two teachers. As next to nothing waits here, these are the
processor's time.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from time import process_time

from sqlalchemy import select

from accounts.models import Person
from catalog.importing.services import import_catalogue
from catalog.offers.models import Module
from catalog.subjects.models import Subject
from config.clock import day_of, now
from config.database import db
from config.settings import ROOT
from demo.seed import seed
from enrolment.planning.asking import Asked, ask
from enrolment.planning.solver import TooTangled
from enrolment.planning.values import Reach
from enrolment.progress import account
from tests.benchmarks import Figure, sized
from tests.benchmarks.measuring import databases, quiet

SUBJECTS = sized(100, 3)
LOADS = (Decimal("7.5"), Decimal(15), Decimal(30))
DAYS = (None, 6)
TEACHERS = ("Amina Hassan", "Ingrid Solheim")
GOAL = 1000  # ms, of nineteen in twenty


def run() -> list[Figure]:
    url = databases.sqlite_of_its_own("planner")
    with databases.app_on(url):
        _fill()
        quiet.before("planner")
        times, none, tangled = _measured()
    times.sort()
    asked = len(times)
    return [
        Figure(f"{asked} questions: the middle one", times[asked // 2], "ms"),
        Figure.at_most("nineteen in twenty take at most", times[min(int(asked * 0.95), asked - 1)], GOAL, "ms"),
        Figure("the slowest", times[-1], "ms"),
        Figure("without a plan, and told what must give way", none, "questions"),
        Figure.at_most("not answered to the end", tangled, 0, "questions"),
    ]


def _fill() -> None:
    with (ROOT / "catalog/registers/modules.csv").open("rb") as file:
        import_catalogue(file, "modules.csv", at=now())
    seed("s", day_of(now()))


def _measured() -> tuple[list[float], int, int]:
    """Milliseconds of each question, how many have no plan, and how many were given up."""
    times, none, tangled = [], 0, 0
    for question in _questions():
        begun = process_time()
        try:
            none += not _answer(*question).plans
        except TooTangled:
            tangled += 1
        times.append((process_time() - begun) * 1000)
    return times, none, tangled


def _questions() -> Iterator[tuple]:
    on_offer = select(Subject.id, Subject.code).where(Subject.id.in_(select(Module.subject_id).where(Module.credits > 0))).order_by(Subject.position)
    subjects = db.session.execute(on_offer.limit(SUBJECTS)).all()
    people = [db.session.scalars(select(Person.id).where(Person.name == name)).one() for name in TEACHERS]
    for (subject_id, code), goal, load, days, person in product(subjects, (Decimal(30), Decimal(60)), LOADS, DAYS, people):
        yield person, subject_id, Asked(subject=code, goal=goal, capacity=load, days=days, within=Reach.ANYWHERE)


def _answer(person: int, subject_id: int, asked: Asked):
    db.session.expire_all()
    return ask(account.of(person, day_of(now())), person, asked, subject_id).answer()
