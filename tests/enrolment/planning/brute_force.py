"""Plans found by trying every choice of runs: slow, plain, and by other means than the solver's."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from enrolment.planning.values import Module, Question, Run
from enrolment.progress.asked import Rule
from enrolment.progress.rules import evaluate
from enrolment.progress.values import Credit, Kind, ModuleNeeded


def best(question: Question, without: list[frozenset[str]]) -> tuple | None:
    """The rank of the best plan that holds none of these sets of modules whole; None where there is none."""
    ranks = (rank(question, runs) for runs in choices(question) if not any(each <= {run.module for run in runs} for each in without))
    return min((found for found in ranks if found is not None), default=None)


def choices(question: Question) -> Iterator[tuple[Run, ...]]:
    return (part for size in range(len(question.runs) + 1) for part in combinations(question.runs, size))


def rank(question: Question, runs: tuple[Run, ...]) -> tuple | None:
    """The finishing term, days away, cost and credits of a choice; None where something that is asked does not hold."""
    modules = {module.key: module for module in question.modules}
    taken = [modules[run.module] for run in runs]
    checks = (
        lambda: len({run.module for run in runs}) == len(runs) and not {run.module for run in runs} & {each.key for each in question.held},
        lambda: all(question.first <= run.first and run.last <= question.last and run.reach <= question.within for run in runs),
        lambda: not any(run.dates & question.busy for run in runs),
        lambda: not any(one.dates & other.dates for one, other in combinations(runs, 2)),
        lambda: can_be_carried(question, runs, modules),
        lambda: all(is_met(question, need, run, runs, modules) for run in runs for need in modules[run.module].needs),
        lambda: all(has_content(question, block, taken) for block in question.blocks),
        lambda: total(question, question.subject, taken) >= question.goal,
    )
    if not all(check() for check in checks):
        return None
    finish = max((run.first + run.terms - 1 for run in runs), default=0)
    return finish, sum(sum(run.days.values()) for run in runs), sum(run.fee for run in runs), sum((each.credits for each in taken), Decimal(0))


def can_be_carried(question: Question, runs: tuple[Run, ...], modules: dict[str, Module]) -> bool:
    for term in range(question.first, question.last + 1):
        running = [run for run in runs if run.first <= term < run.first + run.terms]
        own = sum(Fraction(modules[run.module].credits) / run.terms for run in running)
        if running and own + Fraction(question.load.get(term, Decimal(0))) > question.capacity:
            return False
        if question.days_away is not None and sum(run.days.get(term, 0) for run in runs) > question.days_away:
            return False
    return True


def is_met(question: Question, need, run: Run, runs: tuple[Run, ...], modules: dict[str, Module]) -> bool:
    finished = [modules[other.module] for other in runs if other.first + other.terms <= run.first]
    if isinstance(need, ModuleNeeded):
        return need.module in {each.key for each in finished} | {each.key for each in question.held if each.ready <= run.first}
    return total(question, need.subject, finished, run.first) >= need.credits


def has_content(question: Question, block, taken: list[Module]) -> bool:
    own = [each for each in [*question.held, *taken] if block.tag in each.content and each.subject == question.subject]
    return bool(own) and sum(each.content[block.tag] or 0 for each in own) >= (block.credits or 0)


def total(question: Question, subject: str, taken: list[Module], before: int = 10_000) -> Decimal:
    """What counts, by the rules of the progress page."""
    all_of_it = [each for each in question.held if each.ready <= before] + taken
    credits = [Credit(key=f"{number}", subject=each.subject, credits=each.credits, kind=Kind.VERIFIED, module=each.key) for number, each in enumerate(all_of_it)]
    return evaluate(credits, Rule(subject, goal=Decimal(300), overlap_sets=tuple(question.overlap_sets))).verified
