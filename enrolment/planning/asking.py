"""A teacher's question as the planner takes it: what they hold and have seats for, where they belong, and the real runs to come."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.values import Semester, Term
from enrolment.planning import facts, finding, queries
from enrolment.planning.values import DEFAULT_CAPACITY, Answer, Block, Question, Reach
from enrolment.progress import queries as progress_queries
from enrolment.progress import ruling
from enrolment.progress.account import Account

TERMS_AHEAD = 6  # how far one looks unless another last term is asked for


@dataclass(frozen=True)
class Asked:
    """What the form says. `last`: the number of the last term; none = three years ahead. `content`: whether what must be among the credits is asked for."""

    subject: str
    goal: Decimal
    capacity: Decimal = DEFAULT_CAPACITY
    days: int | None = None
    within: Reach = Reach.ANYWHERE
    last: int | None = None
    content: bool = True


@dataclass(frozen=True)
class Asking:
    """The question, and the rows behind its keys. `full`: how many runs were left out because no seat is free."""

    question: Question
    modules: dict[str, Module] = field(default_factory=dict)
    runs: dict[str, Offering] = field(default_factory=dict)
    full: int = 0

    def answer(self) -> Answer:
        """Raises solver.TooTangled."""
        return finding.answer(self.question)


def first_term(on: date) -> int:
    """The first semester that has not begun on a day."""
    if on <= date(on.year, 1, 1):
        return Semester(on.year, Term.SPRING).number
    return Semester(on.year, Term.AUTUMN).number if on <= date(on.year, 8, 1) else Semester(on.year + 1, Term.SPRING).number


def ask(account: Account, person_id: int, asked: Asked, subject_id: int) -> Asking:
    """The question of a teacher, in a fixed number of queries however large the catalogue."""
    rows = queries.modules_towards(subject_id)
    modules = {str(row.uuid): row for row in rows}
    offered = queries.runs_to_come([row.id for row in rows], account.on)
    by_id = {row.id: key for key, row in modules.items()}
    runs = {str(run.uuid): run for run in offered if not is_full(run)}
    question = Question(
        subject=asked.subject, goal=asked.goal, first=first_term(account.on), last=asked.last or first_term(account.on) + TERMS_AHEAD - 1,
        modules=tuple(facts.module(row) for row in rows),
        runs=tuple(facts.run(run, by_id[run.module_id], account.counties) for run in runs.values()),
        blocks=blocks(account, asked.subject, asked.goal) if asked.content else (), capacity=asked.capacity, days_away=asked.days, within=asked.within,
        apart=tuple((by_id[one], by_id[other]) for one, other in queries.not_together(by_id)), **_own(account, person_id, set(modules)),
    )  # fmt: skip
    return Asking(question, modules, runs, full=len(offered) - len(runs))


def blocks(account: Account, subject: str, goal: Decimal) -> tuple[Block, ...]:
    """The contents with an amount that the way to a goal asks for: of the whole study, and of the requirements within the goal for what one teaches."""
    rule = account.rules.of(subject, ())
    within = {target.band for target in rule.targets if target.subject == subject and target.holds(account.on) and target.credits <= goal}
    asked = [one for one in rule.blocks if one.credits and one.holds(account.on) and (one.band in within if one.band else goal >= rule.goal)]
    return tuple(Block(one.tag.value, one.credits) for one in asked)


def is_full(run: Offering) -> bool:
    return run.state is Run.PUBLISHED and run.seats is not None and (run.seats_taken >= run.seats or run.waiting > 0)


def _own(account: Account, person_id: int, modules: set[str]) -> dict:
    mine = {credit.module for credit in account.credits if credit.module}
    contents = {str(row.uuid): facts.content(row) for row in queries.content_of(mine)} if mine else {}
    same = ruling.equivalents(mine | modules)
    held = facts.held(account.earned, contents)
    seats = queries.runs_with_a_seat(person_id)
    return {
        "held": facts.with_equivalents(held, same),
        "overlap_sets": (*progress_queries.overlaps(mine | modules), *facts.counted_once(same)),
        "busy": frozenset(day for run in seats for day in facts.dates(run)),
        "load": load_of_seats(seats),
    }


def load_of_seats(seats) -> dict[int, Decimal]:
    """Credits by term that seats take already, spread evenly over the terms of each."""
    load: dict[int, Decimal] = defaultdict(Decimal)
    for run in seats:
        if run.semester and run.module.credits:
            for term in range(max(run.semesters, 1)):
                load[run.semester.number + term] += run.module.credits / max(run.semesters, 1)
    return dict(load)
