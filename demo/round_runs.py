"""Made-up runs that are applied for through a round: autumn and spring of the study year that the rounds are for."""

from dataclasses import dataclass
from datetime import date, timedelta

from catalog.values import Delivery, EnrolmentMode, Term
from config.database import db
from demo import dates
from demo.dice import Seed
from demo.rounds import last_day_to_apply
from demo.runs import TOWNS, Kind, Plan, Runs
from demo.studies import Named, Studies

NUMBER = 80  # among the runs of a module in a semester; those that are written count from 0
OPENED = timedelta(days=20)
GROUP = "Søknadsrunden"  # tells them from the runs that one enrols in directly


@dataclass(frozen=True)
class Given:
    """A module in the autumn (0) or the spring (1) of the study year, with so many seats."""

    named: Named
    term: int
    seats: int
    semesters: int = 1


# By name: what is taken together, mostly autumn and spring of one course.
PACKAGES: dict[str, tuple[Given, ...]] = {
    "mat-hvl": (Given(("HVL", "SX-MAT1"), 0, 12), Given(("HVL", "SX-MAT2"), 1, 12)),
    "mat-uis": (Given(("UiS", "SX-MGL1"), 0, 8), Given(("UiS", "SX-MGL2"), 1, 8)),
    "nor-hvo": (Given(("HVO", "SX-NOR1"), 0, 10), Given(("HVO", "SX-NOR2"), 1, 10)),
    "eng-uis": (Given(("UiS", "SX-ENG1"), 0, 10), Given(("UiS", "SX-ENG2"), 1, 10)),
    "les-uis": (Given(("UiS", "SX-LES1"), 0, 14), Given(("UiS", "SX-LES2"), 1, 14)),
    "and-nla": (Given(("NLA", "SX-AND1"), 0, 12), Given(("NLA", "SX-AND2"), 1, 12)),
    "mus-ntnu": (Given(("NTNU", "SX-MUS1"), 0, 9), Given(("NTNU", "SX-MUS2"), 1, 9)),
    "rektor": (Given(("NTNU", "SX-REK1"), 0, 25, semesters=3),),
    "vfl": (Given(("UiA", "SX-VFL1"), 0, 40),),
    "klasse": (Given(("UiA", "SX-KLA1"), 1, 30),),
}


def put_on_offer(seed: Seed, studies: Studies, runs: Runs, today: date) -> None:
    """Adds the runs. Nobody is in them until a round has been answered."""
    for given in (each for package in PACKAGES.values() for each in package):
        runs.put(_plan(seed, studies, given, today))
        row = runs.rows[key(given, today)][1]
        row.mode, row.opens_on, row.apply_by = EnrolmentMode.ROUND, today - OPENED, last_day_to_apply(studies.modules[given.named].strand, today)
    db.session.flush()


def _plan(seed: Seed, studies: Studies, given: Given, today: date) -> Plan:
    course, named = studies.courses[given.named], given.named
    offset = _offset(given, today)
    semester = dates.first_coming(today).plus(offset)
    when = dates.open_now(semester, given.semesters, today, seed.dice("round run", *named))
    return Plan(
        studies.modules[named], named, NUMBER, offset, Kind.OPEN, semester, given.semesters, when, Delivery(course.delivery), course.days,
        (course.places or (TOWNS[named[0]],))[0], course.language, given.seats, course.fee, in_letters=course.in_letters, people=0, group=GROUP,
    )  # fmt: skip


def _offset(given: Given, today: date) -> int:
    """Counted from the first coming semester: the first coming autumn, or the spring after it."""
    return given.term + (0 if dates.first_coming(today).term is Term.AUTUMN else 1)


def key(given: Given, today: date) -> tuple[str, str, int, int]:
    return *given.named, _offset(given, today), NUMBER
