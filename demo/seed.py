"""Makes the demonstration: whole or not at all, and the same from the same number on every machine."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select, text

from accounts.models import Person, Role
from catalog.offers.models import Course, Module, Offering
from config.clock import start_of
from config.database import db
from demo import ahead, appeals, applicants, awarded, board, evaluation, invitations, needs, news, own, people, readings, regional, registers, round_runs, rounds, scenes, soon, statements
from demo import joint as owned_together
from demo.claims import Claims
from demo.crowd import Crowd
from demo.dice import Seed
from demo.histories import Histories
from demo.records import Records
from demo.runs import Runs
from demo.studies import Studies
from enrolment.seats.models import Enrolment


@dataclass(frozen=True)
class Size:
    """`teachers` fill the seats; `share`: how full runs are against what is usual; `groups` of each run, and `years_back` of history."""

    teachers: int
    share: float
    groups: int
    years_back: int


SIZES = {"s": Size(60, 0.4, 1, 0), "m": Size(2_000, 1, 1, 1), "l": Size(20_000, 1, 4, 3)}


@dataclass(frozen=True)
class Made:
    """What there is of the demonstration. `already`: it was there, and nothing was changed."""

    already: bool
    counts: dict[str, int] = field(default_factory=dict)


def seed(size: str, today: date, number: int = 60) -> Made:
    """Makes the demonstration of a size (s, m or l) as seen from a day, from a seed number, unless there is one.

    Raises KeyError for another size and RegistersMissing where the registers are not loaded.
    """
    wanted = SIZES[size]
    if is_there():
        return Made(True, counts())
    _make(Seed(number), wanted, today)
    db.session.commit()
    return Made(False, counts())


def is_there() -> bool:
    """Whether anybody to sign in as is there."""
    return db.session.scalar(select(Person.id).where(Person.made_up, Person.story.is_not(None)).limit(1)) is not None


def counts() -> dict[str, int]:
    """How many rows are made up, by what they are."""
    tables = {"people": Person, "courses": Course, "modules": Module, "runs": Offering, "enrolments": Enrolment}
    return {name: db.session.scalar(select(func.count()).select_from(model).where(model.made_up)) for name, model in tables.items()}


def _make(seed: Seed, size: Size, today: date) -> None:
    known = registers.read()
    leads = people.add(seed, known, today)
    editors, owners = people.actors(leads, Role.EDITOR), people.actors(leads, Role.OWNER)
    studies, runs = _put_on_offer(seed, known, editors, size, today)
    crowd = Crowd(seed, known, size.teachers)
    everybody = {key: (person.id, person.uuid) for key, person in leads.items()} | crowd.add()
    keys = {person.id: key for key, person in leads.items()}
    histories = Histories(seed, crowd, {code: keys[actor.person_id] for code, actor in editors.items()}, today, size.share)
    Records(seed, everybody, leads, start_of(today)).write(histories.live(runs))
    Claims(seed, known, everybody, {known.owners[code]: keys[actor.person_id] for code, actor in owners.items()}, today).add(crowd)
    _tell_the_planner()
    regional.add(seed, known, leads, today)
    needs.add(seed, today)
    invitations.add(seed, today)
    readings.add(seed, today)
    ahead.add(seed, studies, today)
    own.add(seed, studies, leads, today)
    soon.decide(runs, editors[soon.INSTITUTION], today)
    statements.add(seed, leads["amina"], today)
    appeals.add(seed, leads["amina"])
    evaluation.add(seed, leads["amina"].id)
    news.change(seed, runs, editors[scenes.CHANGED[0]], today)
    cycles = rounds.add(seed, today)
    applicants.add(seed, known, cycles, leads, crowd, everybody, runs, today)
    board.add(seed, known, cycles, leads, owners[board.STAVANGER], today)
    awarded.add(seed, known, cycles, leads, runs, today)
    news.write_letters(seed)


def _tell_the_planner() -> None:
    """PostgreSQL looks at what is written only once it is committed; until then it joins thousands of rows as if there were none, for minutes."""
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("ANALYZE"))


def _put_on_offer(seed: Seed, known: registers.Registers, editors: dict, size: Size, today: date) -> tuple[Studies, Runs]:
    studies, runs = Studies(seed, known, editors, today), Runs(seed, known, editors, today)
    studies.add()
    runs.add(studies, registers.real_modules(), years_back=size.years_back, groups=size.groups, kept_open=scenes.KEPT_OPEN)
    owned_together.add(seed, studies, today)
    soon.put_on_offer(seed, studies, runs, today)
    round_runs.put_on_offer(seed, studies, runs, today)
    studies.withdraw()
    return studies, runs
