"""The path of a cell: to the target if there is one, else as far as it goes; with a place in the region if one can, then
finished as early as it can be, then of the fewest modules.

First a guess that lets nothing bind: no prerequisite, no overlap, no limit. No real path beats it, so where the guess turns
out to hold it is the answer. Where it does not, `search` tries the real paths.
"""

from typing import NamedTuple

from regions.coverage.facts import Rule
from regions.coverage.ledger import mask_of
from regions.coverage.reach import Reach
from regions.coverage.search import Search
from regions.coverage.timetable import Taken
from regions.coverage.ways import NEVER


class Path(NamedTuple):
    """What is taken when, by the module's number; `halves` counts no further than the target; `in_place`: a place contributes."""

    halves: int
    in_place: bool
    runs: Taken


class Guess(NamedTuple):
    by: int
    numbers: list[int]
    pinned: int  # the module taken at its place; -1 for none


NO_PATH = Path(0, False, {})


def best_path(reach: Reach, counting: list[int], rule: Rule) -> Path:
    """`counting`: the numbers of the modules that count in the cell, in the shelf's order."""
    near = [number for number in counting if reach.first[number] < NEVER]
    goal = min(rule.target, counted(reach, counting, near))
    if not goal:
        return NO_PATH
    return reaching(reach, counting, near, rule, goal) or as_far_as_it_goes(reach, counting, near, rule)


def counted(reach: Reach, counting: list[int], taken: list[int]) -> int:
    """The halves that some of the counting modules come to, overlap deducted."""
    if any(reach.shelf.overlapped[number] for number in taken):
        return reach.ways.ledger(reach.subject, mask_of(counting)).value(mask_of(taken))
    return sum(reach.shelf.halves[number] for number in taken)


def reaching(reach: Reach, counting: list[int], near: list[int], rule: Rule, goal: int) -> Path | None:
    """The best path that counts so many halves. Without a limit a semester there is one wherever all within reach count as many."""
    for with_place in (True, False):
        guess = unbound(reach, near, goal, with_place)
        runs = guess and (as_guessed(reach, guess, rule) or tried(reach, counting, rule, guess.by, goal, with_place))
        if runs:
            return Path(goal, with_place, runs)
    return None


def unbound(reach: Reach, near: list[int], goal: int, with_place: bool) -> Guess | None:
    """The best path if nothing bound: the earliest end, then the largest modules, one of them at its place where that is asked."""
    by = earliest_end(reach, near, goal)
    if with_place:
        by = max(by, min((reach.place[number] for number in near), default=NEVER))
    if by >= NEVER:
        return None
    chosen = largest(reach, [number for number in near if reach.first[number] <= by], goal)
    return with_a_place(reach, chosen, near, by, goal) if with_place else Guess(by, chosen, -1)


def earliest_end(reach: Reach, near: list[int], goal: int) -> int:
    """When all that can be finished first counts so much."""
    finished = dict.fromkeys(reach.window, 0)
    for number in near:
        finished[reach.first[number]] += reach.shelf.halves[number]
    for semester, halves in finished.items():
        goal -= halves
        if goal <= 0:
            return semester
    return NEVER


def largest(reach: Reach, numbers: list[int], goal: int) -> list[int]:
    """The fewest that count so much; they come with the largest first."""
    chosen = []
    for number in numbers:
        if goal <= 0:
            break
        chosen.append(number)
        goal -= reach.shelf.halves[number]
    return chosen


def with_a_place(reach: Reach, chosen: list[int], near: list[int], by: int, goal: int) -> Guess:
    """One of the chosen at its place, else the largest that has one: in the place of the smallest if that is enough, else beside them."""
    local = [number for number in chosen if reach.place[number] <= by]
    if local:
        return Guess(by, chosen, min(local, key=lambda number: reach.place[number]))
    pinned = next(number for number in near if reach.place[number] <= by)
    enough = sum(reach.shelf.halves[number] for number in [*chosen[:-1], pinned]) >= goal
    return Guess(by, [*(chosen[:-1] if enough else chosen), pinned], pinned)


def as_guessed(reach: Reach, guess: Guess, rule: Rule) -> Taken | None:
    """The guess where nothing in it can bind."""
    if rule.most_per_semester is not None or any(reach.shelf.bound[number] for number in guess.numbers):
        return None
    return {number: reach.run(number, number == guess.pinned) for number in guess.numbers}


def tried(reach: Reach, counting: list[int], rule: Rule, soonest: int, goal: int, with_place: bool) -> Taken | None:
    """The best real path; it ends no sooner than the guess."""
    search = Search(reach.ways, mask_of(counting), rule.most_per_semester)
    ends = range(soonest, reach.window.stop)
    return next((runs for by in ends if (runs := search.fewest(goal, by, with_place))), None)


def as_far_as_it_goes(reach: Reach, counting: list[int], near: list[int], rule: Rule) -> Path:
    """With a limit a semester less may fit than all that is within reach: the most that does, found by asking for more."""
    search = Search(reach.ways, mask_of(counting), rule.most_per_semester)
    best = 0
    while runs := search.fewest(best + 1, reach.window[-1], with_place=False):
        best = search.ledger.value(mask_of(runs))
    return reaching(reach, counting, near, rule, best) if best else NO_PATH
