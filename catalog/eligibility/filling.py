"""Which real runs fill what is missing: up to three, the best first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.eligibility import needs, rules
from catalog.eligibility.values import Answers, Kind, Line, Verdict
from catalog.offers.lifecycle import Run
from catalog.offers.models import Module, Offering
from catalog.offers.rules import can_be_applied_for, first_day_of

MOST = 3


@dataclass(frozen=True)
class Filling:
    """A run, and what its module gives of a need."""

    module: Module
    run: Offering
    line: Line
    gives: Decimal


def best(lines: Sequence[Line], candidates: Sequence[Module], answers: Answers, on: date, without: Collection[int] = ()) -> list[Filling]:
    """The named module before any other; then what one is let into, for one's own grades, that gives the most, the soonest. A module stands once.

    `without`: keys of the modules the page is about.
    """
    found = [one for module in candidates if module.id not in without for one in _of(module, lines, answers, on)]
    found.sort(key=lambda one: _rank(one, answers))
    first = {one.module.id: one for one in reversed(found)}
    return [one for one in found if first[one.module.id] is one][:MOST]


def _of(module: Module, lines: Sequence[Line], answers: Answers, on: date) -> list[Filling]:
    run = _next_run(module, on)
    if run is None or str(module.uuid) in answers.done or not _lets_in(module, answers):
        return []
    gives = {line: rules.fills(line, module=str(module.uuid), subject=module.subject and module.subject.code, credits=module.credits) for line in lines}
    return [Filling(module, run, line, number) for line, number in gives.items() if number is not None]


def _lets_in(module: Module, answers: Answers) -> bool:
    """Whether nothing that a study gives is lacking for it too."""
    judged = rules.judge(needs.of_module(module), answers, may_apply=())
    return not any(line.need.required and line.verdict is Verdict.LACKING and line.need.kind in (Kind.MODULE, Kind.CREDITS) for line in judged)


def _next_run(module: Module, on: date) -> Offering | None:
    runs = [run for run in module.offerings if run.state is Run.PUBLISHED and not run.told_over and _open(run, on)]
    return min(runs, key=lambda run: (_start(run), run.id), default=None)


def _open(run: Offering, on: date) -> bool:
    return can_be_applied_for(semester=run.semester, apply_by=run.apply_by, starts_on=run.starts_on, on=on)


def _start(run: Offering) -> date:
    return run.starts_on or (first_day_of(run.semester) if run.semester else date.max)


def _rank(one: Filling, answers: Answers) -> tuple:
    fits = needs.fits(one.module, answers)
    return not one.line.need.required, one.line.need.kind is not Kind.MODULE, fits is False, -one.gives, _start(one.run), one.module.id
