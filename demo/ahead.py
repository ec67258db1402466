"""What institutions mean to run in the years ahead: of some made-up courses, each module once a year in its own term."""

from datetime import date

from catalog.offers.lifecycle import Publication
from catalog.plans.models import PlannedSemester
from catalog.plans.rules import ahead
from config.database import db
from demo.dice import Seed
from demo.studies import Named, Studies

CERTAIN = {("HVL", "SX-MAT"), ("UiT", "SX-MAT"), ("NTNU", "SX-MUS")}  # courses of institutions that one can sign in for
SHARE = 0.5  # of the other courses


def add(seed: Seed, studies: Studies, today: date) -> None:
    semesters = ahead(today)
    for named in studies.said:
        if _is_planned(seed, studies, named):
            first = min(studies.said[named].runs)
            db.session.add_all(PlannedSemester(module_id=studies.modules[named].id, semester=each) for each in semesters[first % 2 :: 2])
    db.session.flush()


def _is_planned(seed: Seed, studies: Studies, named: Named) -> bool:
    """A study that begins in one term only is left to its runs, and what teachers cannot see is not planned in sight of them."""
    course, said = studies.courses[named], studies.said[named]
    if not said.runs or course.begins or studies.modules[named].state is not Publication.PUBLISHED:
        return False
    called = course.institution, course.code
    return called in CERTAIN or seed.dice("ahead", *called).chance(SHARE)
