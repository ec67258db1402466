"""What makes runs a plan, and what a plan comes to: pure and exact, without a solver."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction

from enrolment.planning.values import Block, Module, Plan, Question, Run
from enrolment.progress.overlap import Overlaps
from enrolment.progress.values import ModuleNeeded

NONE = Decimal(0)


def usable(question: Question) -> list[Run]:
    """The runs that can be part of a plan at all, in a fixed order: in time, near enough, on free days, of modules not held that lead there."""
    held = {each.key for each in question.held}
    leading = leading_there(question)
    found = [run for run in question.runs if run.module in leading - held and question.first <= run.first and run.last <= question.last]
    return sorted((run for run in found if run.reach <= question.within and not run.dates & question.busy), key=lambda run: (run.first, run.key))


def leading_there(question: Question) -> set[str]:
    """Modules of the subject, and what they ask for before them."""
    known = {module.key: module for module in question.modules}
    asked = {module.key for module in question.modules if module.subject == question.subject}
    leading: set[str] = set()
    while asked:
        leading |= asked
        needs = [need for key in asked for need in known[key].needs]
        asked = _asked_for(needs, known.values()) & known.keys() - leading
    return leading


def _asked_for(needs: list, modules: Collection[Module]) -> set[str]:
    subjects = {need.subject for need in needs if not isinstance(need, ModuleNeeded)}
    return {need.module for need in needs if isinstance(need, ModuleNeeded)} | {module.key for module in modules if module.subject in subjects}


def counted(question: Question, subject: str, taken: Iterable[Module], before: int | None = None) -> Decimal:
    """What counts in a subject of these modules and all that is held (where a term is given: what it can build on), overlaps deducted."""
    halves: dict[str, int] = {}
    mine = [each for each in question.held if before is None or each.ready <= before]
    for each in [*mine, *taken]:
        if each.subject == subject:
            halves[each.key] = max(halves.get(each.key, 0), int(each.credits * 2))
    overlaps, so_far, total = Overlaps(halves, question.overlap_sets), {}, 0
    for key, amount in sorted(halves.items()):
        total += overlaps.gain(key, amount, so_far)
        so_far[key] = amount
    return Decimal(total) / 2


def load_of(runs: Iterable[Run], credits: dict[str, Decimal]) -> dict[int, Fraction]:
    """Credits by term: a run that lasts several terms is spread evenly over them."""
    load: dict[int, Fraction] = defaultdict(Fraction)
    for run in runs:
        for term in range(run.first, run.last + 1):
            load[term] += Fraction(credits[run.module]) / run.terms
    return load


def in_subject(question: Question, contents: Iterable) -> list:
    return [each for each in contents if each.subject == question.subject]


def is_covered(block: Block, contents: Iterable) -> bool:
    amounts = [each.content[block.tag] for each in contents if block.tag in each.content]
    return bool(amounts) and (block.credits is None or sum((amount or NONE for amount in amounts), NONE) >= block.credits)


def fits(question: Question, runs: Collection[Run]) -> bool:
    """Whether runs are a plan: everything that is asked holds."""
    modules = {module.key: module for module in question.modules}
    taken = [modules[run.module] for run in runs]
    return all(
        (
            len({run.module for run in runs}) == len(runs),
            counted(question, question.subject, taken) >= question.goal,
            all(is_covered(block, in_subject(question, [*question.held, *taken])) for block in question.blocks),
            _carried(question, runs, {key: module.credits for key, module in modules.items()}),
            max(Counter(day for run in runs for day in run.dates).values(), default=1) == 1,
            all(_met(question, need, run, runs, modules) for run in runs for need in modules[run.module].needs),
        )
    )


def _carried(question: Question, runs: Collection[Run], credits: dict[str, Decimal]) -> bool:
    """Neither more credits nor more days away in any term than can be carried."""
    for term, credits_of_term in load_of(runs, credits).items():
        if credits_of_term > max(Fraction(question.capacity) - Fraction(question.load.get(term, NONE)), 0):
            return False
    days = Counter()
    for run in runs:
        days.update(run.days)
    return question.days_away is None or max(days.values(), default=0) <= question.days_away


def _met(question: Question, need, run: Run, runs: Collection[Run], modules: dict[str, Module]) -> bool:
    """Whether what a run asks for is held when it begins, or is finished in a term before."""
    earlier = [modules[other.module] for other in runs if other.last < run.first]
    if isinstance(need, ModuleNeeded):
        ready = {each.key for each in question.held if each.ready <= run.first} | {module.key for module in earlier}
        return need.module in ready
    return counted(question, need.subject, earlier, before=run.first) >= need.credits


def plan_of(question: Question, runs: Iterable[Run]) -> Plan:
    """What runs come to together."""
    runs = tuple(sorted(runs, key=lambda run: (run.first, run.key)))
    modules = {module.key: module for module in question.modules}
    taken = [modules[run.module] for run in runs]
    return Plan(
        runs=runs,
        finish=max((run.last for run in runs), default=None),
        days=sum(run.days_away for run in runs),
        cost=sum(run.fee for run in runs),
        credits=sum((module.credits for module in taken), NONE),
        counted=counted(question, question.subject, taken),
    )
