"""Finding plans: the three best that differ in modules, and where there is none, what must give way.

A plan is best that ends first; of those, with the fewest days away; then the cheapest; then with the fewest credits. Each step is solved to
the end, and the next looks only among its best. The second plan leaves out at least one module of the first, the third of both.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from math import ceil

from enrolment.planning import rules
from enrolment.planning.programme import SHARES, Programme, Row, programme
from enrolment.planning.solver import TooTangled, solve
from enrolment.planning.values import Answer, Limit, Plan, Question, Reach, Relaxed, Run

MOST_PLANS = 3
FIRST_KEPT = (Limit.CONTENT, Limit.CAPACITY, Limit.DAYS, Limit.REACH, Limit.LAST)  # what is hardest to give way on is kept where it can be


def answer(question: Question) -> Answer:
    """The best plans, or what stands in the way. Raises TooTangled."""
    found = plans(question)
    if found:
        return Answer(plans=tuple(found))
    return Answer(relaxed=tuple(relaxations(question)), furthest=furthest(question))


def plans(question: Question, most: int = MOST_PLANS) -> list[Plan]:
    """The best plans, the best first. None where nothing reaches the goal; one without runs where nothing is left to take."""
    made, found = programme(question), []
    term = question.first
    while len(found) < most and (following := _next(question, made, found, term)) is not None:
        found.append(following)
        term = following.finish or term
    return found


def _next(question: Question, made: Programme, before: Collection[Plan], term: int) -> Plan | None:
    """The best plan that is not one of those before with more added, ending in this term or later."""
    others = [_leaving_out_one_of(made, plan) for plan in before]
    for until in sorted({term, *(run.last for run in made.runs if run.last >= term)}):
        runs = _best_until(made, until, others)
        if runs is not None:
            return _proven(question, runs)
    return None


def _leaving_out_one_of(made: Programme, plan: Plan) -> Row:
    return Row({number: 1 for number, run in enumerate(made.runs) if run.module in plan.modules}, most=len(plan.runs) - 1)


def _best_until(made: Programme, until: int, others: list[Row]) -> list[Run] | None:
    """The best runs that end by a term: each aim is solved among the best of those before it."""
    chosen, rows = None, list(others)
    for aim in _aims(made):
        if chosen is not None and not any(aim.values()):
            continue
        choices = solve(made, least=aim, until=until, rows=rows)
        if choices is None:
            return None
        chosen = [number for number in range(len(made.runs)) if choices[number] > 0.5]
        rows.append(Row(aim, most=sum(aim[number] for number in chosen)))
    return [made.runs[number] for number in chosen]


def _aims(made: Programme) -> Iterator[dict[int, int]]:
    """Days away, kroner in hundreds where all are whole hundreds of øre, and credits."""
    yield {number: run.days_away for number, run in enumerate(made.runs)}
    unit = 100 if all(run.fee % 100 == 0 for run in made.runs) else 1
    yield {number: run.fee // unit for number, run in enumerate(made.runs)}
    yield {number: made.halves[number] for number in range(len(made.runs))}


def _proven(question: Question, runs: list[Run]) -> Plan:
    """The plan, tried by the rules themselves: a slip of the solver's arithmetic must not become advice. Raises TooTangled."""
    if not rules.fits(question, runs):
        raise TooTangled("The runs found are no plan.")
    return rules.plan_of(question, runs)


def relaxations(question: Question) -> list[Relaxed]:
    """What gives a plan when it alone gives way, by as little as possible; where nothing does alone, as few as possible together, each by as little."""
    found = [relaxed for limit in Limit for relaxed in _alone(question, limit)]
    return found or list(_together(question))


def _alone(question: Question, limit: Limit) -> Iterator[Relaxed]:
    """The question asked anew, unless the same is asked."""
    wider = _least_that_works(question, limit)
    return _asked_anew(question, wider) if wider != question else iter(())


def _asked_anew(question: Question, wider: Question) -> Iterator[Relaxed]:
    for plan in plans(wider, most=1):
        yield Relaxed({limit: _value(wider, limit) for limit in Limit if _value(wider, limit) != _value(question, limit)}, plan)


def _together(question: Question) -> Iterator[Relaxed]:
    """Limits that all must give way: none of them can be left as it is, and each gives way no more than it must beside those before it."""
    needed = list(Limit)
    if not _is_possible(_wider(question, needed)):
        return
    for limit in FIRST_KEPT:
        fewer = [one for one in needed if one is not limit]
        if _is_possible(_wider(question, fewer)):
            needed = fewer
    wider = _wider(question, needed)
    for limit in needed:
        wider = _least_that_works(_as_asked(wider, question, limit), limit)
    yield from _asked_anew(question, wider)


def _wider(question: Question, limits: Collection[Limit]) -> Question:
    for limit in limits:
        question = _as_wide_as_it_goes(question, limit)
    return question


def _is_possible(question: Question) -> bool:
    return solve(programme(question), least={}, until=question.last) is not None


def _as_asked(wider: Question, question: Question, limit: Limit) -> Question:
    """The wider question with one limit as it was asked."""
    field = {Limit.CAPACITY: "capacity", Limit.DAYS: "days_away", Limit.REACH: "within", Limit.LAST: "last", Limit.CONTENT: "blocks"}[limit]
    return replace(wider, **{field: getattr(question, field)})


def _value(question: Question, limit: Limit) -> Decimal | int | None:
    values = {Limit.CAPACITY: question.capacity, Limit.DAYS: question.days_away, Limit.REACH: question.within, Limit.LAST: question.last}
    return values[limit] if limit in values else len(question.blocks)


def _as_wide_as_it_goes(question: Question, limit: Limit) -> Question:
    last = max((run.last for run in question.runs), default=question.last)
    wider = {
        Limit.CAPACITY: {"capacity": Decimal(60)},
        Limit.DAYS: {"days_away": None},
        Limit.REACH: {"within": Reach.ANYWHERE},
        Limit.LAST: {"last": max(last, question.last)},
        Limit.CONTENT: {"blocks": ()},
    }
    return replace(question, **wider[limit])


def _least_that_works(question: Question, limit: Limit) -> Question:
    """The smallest capacity or number of days that gives a plan; the other limits as wide as they go, and the plan's own end tells how far."""
    if limit is Limit.CAPACITY:
        fuller = replace(question, capacity=max([question.capacity, *question.load.values()]))
        more = _least_more(fuller, programme(fuller), "loads")
        return question if more is None else replace(fuller, capacity=fuller.capacity + Decimal(ceil(round(more / SHARES, 6))) / 2)
    if limit is Limit.DAYS and question.days_away is not None:
        more = _least_more(question, programme(question), "away")
        return question if more is None else replace(question, days_away=question.days_away + round(more))
    if limit is Limit.REACH and question.within is Reach.ONLINE and plans(replace(question, within=Reach.REGION), most=1):
        return replace(question, within=Reach.REGION)
    return question if limit is Limit.DAYS else _to_its_end(_as_wide_as_it_goes(question, limit), limit)


def _to_its_end(question: Question, limit: Limit) -> Question:
    """A later last term is only as late as the plan needs."""
    found = plans(question, most=1) if limit is Limit.LAST else []
    return replace(question, last=found[0].finish or question.last) if found else question


def _least_more(question: Question, made: Programme, which: str) -> float | None:
    """How much more than is allowed in a term the lightest plan needs; None where none is light enough to be a plan at all."""
    more = made.choice(whole=False, most=10_000)
    for row in getattr(made, which):
        row.sum = row.sum | {more: -1}
    choices = solve(made, least={more: 1}, until=question.last)
    return None if choices is None else choices[more]


def furthest(question: Question) -> Plan | None:
    """The plan with the most credits that count, whatever the goal and the content; None where no run adds anything."""
    made = programme(replace(question, blocks=()))
    amount, made.goal = made.goal.sum, Row({})
    choices = solve(made, least={number: -worth for number, worth in amount.items()}, until=question.last)
    if choices is None:
        return None
    runs = [run for number, run in enumerate(made.runs) if choices[number] > 0.5]
    reached = rules.plan_of(question, runs).counted
    nearer = plans(replace(question, goal=min(reached, question.goal), blocks=()), most=1)
    return nearer[0] if nearer and nearer[0].runs else None
