"""Plans by hand of made-up teachers: two scenarios of Amina's to hold against each other, one of them with warnings, and one of Ingrid's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from accounts.models import Person
from catalog.values import Semester
from config.clock import start_of
from config.database import db
from demo import dates
from demo.dice import Seed
from demo.needs import teachers_of
from demo.studies import Named, Studies
from enrolment.byhand.models import PlannedStudy, StudyPlan
from enrolment.byhand.values import Bucket

LATER = None


@dataclass(frozen=True)
class Kept:
    """A plan. `studies`: each with its semester counted from the first coming one, or LATER. `days`: since it was changed."""

    who: str
    name: str
    subject: str
    goal: int
    days: int
    studies: tuple[tuple[Named, int | None], ...]


PLANS = (
    Kept("amina", "Plan A: ferdig først", "matematikk", 60, 4, ((("HVL", "SX-MAT5"), 1),)),
    # Two modules in one term, one that builds on a module she does not have, one in a term it is not given in, and one that is withdrawn.
    Kept(
        "amina", "Plan B: med UiT", "matematikk", 60, 2,
        ((("UiT", "SX-MAT2"), 1), (("UiT", "SX-MAT4"), 1), (("HVL", "SX-MAT5"), 2), (("UiT", "SX-MAT9"), 3), (("UiT", "SX-MAT3"), LATER)),
    ),
    Kept("ingrid", "Plan A", "matematikk", 30, 12, ((("HVL", "SX-MAT2"), 0), (("HVL", "SX-MAT1"), 1))),
)  # fmt: skip


# What others plan and let count: region, how many, institution and code, and the semester.
COUNTED = (
    ("vest", 9, ("HVL", "SX-MAT1"), 1), ("vest", 6, ("HVL", "SX-MAT2"), 2), ("vest", 3, ("NTNU", "SX-MUS1"), 1), ("nord", 6, ("UiT", "SX-MAT2"), 1),
    ("nord", 2, ("UiT", "SX-MAT1"), 2), ("midt", 7, ("NTNU", "SX-MUS1"), 1),
)  # fmt: skip


def add(seed: Seed, studies: Studies, people: dict[str, Person], today: date) -> None:
    first = dates.first_coming(today)
    db.session.add_all(_plan(seed, studies, people[kept.who], kept, first, today) for kept in PLANS)
    for region, many, named, offset in COUNTED:
        db.session.add_all(_counted(seed, studies, region, many, named, first.plus(offset), today))
    db.session.flush()


def _counted(seed: Seed, studies: Studies, region: str, many: int, named: Named, semester: Semester, today: date) -> Iterator[StudyPlan]:
    """A plan of so many teachers of a region; who they are is of chance."""
    module = studies.modules[named]
    for who in seed.dice("counted", region, *named).some_of(teachers_of(region, today), many):
        at = start_of(today - timedelta(days=seed.dice("counted", who.uuid, *named).between(1, 60))) + timedelta(hours=20)
        study = PlannedStudy(
            uuid=seed.uuid("counted study", who.uuid, *named), bucket=Bucket.TERM, semester=semester, module_id=module.id, title=module.title,
            credits=module.credits,
        )  # fmt: skip
        yield StudyPlan(
            uuid=seed.uuid("counted", who.uuid, *named), person_id=who.id, subject_id=module.subject_id, name=f"Plan {module.code}", goal=Decimal(60),
            changed_at=at, counted_at=at, studies=[study],
        )  # fmt: skip


def _plan(seed: Seed, studies: Studies, who: Person, kept: Kept, first: Semester, today: date) -> StudyPlan:
    return StudyPlan(
        uuid=seed.uuid("plan", kept.who, kept.name), person_id=who.id, subject_id=studies.registers.subjects[kept.subject].id, name=kept.name,
        goal=Decimal(kept.goal), changed_at=start_of(today - timedelta(days=kept.days)) + timedelta(hours=20),
        studies=[_study(seed, studies, kept, named, first, offset) for named, offset in kept.studies],
    )  # fmt: skip


def _study(seed: Seed, studies: Studies, kept: Kept, named: Named, first: Semester, offset: int | None) -> PlannedStudy:
    module = studies.modules[named]
    return PlannedStudy(
        uuid=seed.uuid("planned", kept.who, kept.name, *named), bucket=Bucket.LATER if offset is LATER else Bucket.TERM,
        semester=None if offset is LATER else first.plus(offset), module_id=module.id, title=module.title, credits=module.credits,
    )  # fmt: skip
