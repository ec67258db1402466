"""What does not fit in a plan by hand: pure. It warns and never forbids, and each warning names what mends it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from enrolment.byhand.values import Problem, Study, Warned, Workload

NONE = Decimal(0)


def warnings(
    studies: Collection[Study], *, held: Collection[str], workload: Workload | None, load: Mapping[int, Decimal], busy: Collection[date] = ()
) -> list[Warned]:
    """Of the studies of a plan. `held`: modules one has; `load`: credits by term and `busy`: days that seats take already."""
    placed = [study for study in studies if study.term is not None]
    return [
        *_not_to_be_had(placed),
        *_out_of_order(placed, {*held, *(study.module for study in studies if study.held)}),
        *_in_one_term(placed),
        *_on_one_day(placed, busy),
        *(_too_heavy(placed, workload, load) if workload else ()),
    ]


def next_offered(study: Study, after: int) -> int | None:
    """The first term after one in which a study is known to be given."""
    return min((term for term in study.offered if term > after), default=None)


def _not_to_be_had(placed: Iterable[Study]) -> Iterator[Warned]:
    for study in placed:
        if study.own:
            continue
        if study.module is None:
            yield Warned(Problem.GONE, study, instead=study.instead[0] if study.instead else None)
        elif study.term not in study.offered:
            yield Warned(Problem.NOT_OFFERED, study, to=next_offered(study, study.term))


def _out_of_order(placed: list[Study], held: set) -> Iterator[Warned]:
    planned = {study.module: study for study in placed if study.module}
    for study in placed:
        for module, title in study.needs:
            before = planned.get(module)
            if module in held or (before and before.last < study.term):
                continue
            if before:
                earlier = _last_offered(before, study.term)
                yield Warned(Problem.TOO_EARLY, study, before.title, to=next_offered(study, before.last), other=before, other_to=earlier)
            else:
                yield Warned(Problem.NEEDS, study, title, adds=module)


def _last_offered(study: Study, before: int) -> int | None:
    """The last term in which a study is known to be given and is finished before another."""
    return max((term for term in study.offered if term + study.terms <= before), default=None)


def _in_one_term(placed: list[Study]) -> Iterator[Warned]:
    """The later of two that cannot be taken in the same term is to move."""
    for number, study in enumerate(placed):
        other = next((each for each in placed[:number] if each.module in study.apart and each.term <= study.last and study.term <= each.last), None)
        if other:
            yield Warned(Problem.SAME_TERM, study, other.title, to=next_offered(study, other.last))


def _on_one_day(placed: list[Study], busy: Collection[date]) -> Iterator[Warned]:
    taken: dict[date, Study | None] = dict.fromkeys(busy)
    for study in sorted(placed, key=lambda each: each.term):
        clashing = min(study.dates & taken.keys(), default=None)
        if clashing:
            other = taken[clashing]
            yield Warned(Problem.CLASH, study, other.title if other else "", to=next_offered(study, study.term), day=clashing)
        taken |= {day: study for day in study.dates if day not in taken}


def load_of(placed: Iterable[Study]) -> dict[int, Decimal]:
    """Credits by term; a study that lasts several is spread evenly over them."""
    load: dict[int, Decimal] = defaultdict(Decimal)
    for study in placed:
        for term in range(study.term, study.term + study.terms):
            load[term] += study.credits / study.terms
    return dict(load)


def _too_heavy(placed: list[Study], workload: Workload, seats: Mapping[int, Decimal]) -> Iterator[Warned]:
    for term, credits in sorted(load_of(placed).items()):
        total = credits + seats.get(term, NONE)
        if total > workload.soft:
            last = [study for study in placed if study.term <= term <= study.last][-1]
            problem = Problem.TOO_MUCH if total > workload.hard else Problem.MUCH
            yield Warned(problem, last, to=next_offered(last, term), credits=total)
