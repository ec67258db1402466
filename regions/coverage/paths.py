"""The path of a cell: to the target if there is one, else as far as it goes; with a place in the region if one can, then
finished as early as it can be, then of the fewest modules.

First a guess that lets nothing bind: no prerequisite, no overlap, no limit. No real path beats it, so where the guess turns
out to hold it is the answer. Where it does not, `search` and `dive` try the real paths.
"""

from functools import cached_property
from typing import NamedTuple

from regions.coverage.catalogue import Serving
from regions.coverage.dive import fewest
from regions.coverage.facts import Rule
from regions.coverage.ledger import mask_of
from regions.coverage.reach import Reach
from regions.coverage.search import Search
from regions.coverage.ways import NEVER, Taken


class Path(NamedTuple):
    """What is taken when, by the module's number. `halves`: what it counts, no further than the target; `in_place`: a place contributes;
    `proven`: it is known that there is no better one (`search` says when that is left open)."""

    halves: int
    in_place: bool
    runs: Taken
    proven: bool


class Guess(NamedTuple):
    by: int
    numbers: list[int]
    pinned: int  # the module taken at its place; -1 for none


class Quest:
    """The search for one cell's path. `near`: the modules that count and can be finished, in the shelf's order."""

    def __init__(self, reach: Reach, counting: Serving, near: list[int], rule: Rule):
        self.reach, self.counting, self.near, self.rule = reach, counting, near, rule
        self.halves, self.first, self.place = reach.shelf.halves, reach.first, reach.place
        self.cut = False

    def best(self) -> Path:
        goal = min(self.rule.target, self.reach.counted(self.counting, self.near))
        found = self._reaching(goal) if goal else None
        if goal and not found:
            goal = self._as_far_as_it_goes(goal)
            found = self._reaching(goal) if goal else None
        runs, in_place = found or ({}, False)
        return Path(goal, in_place, runs, not self.cut)

    @cached_property
    def search(self) -> Search:
        return Search(self.reach.ways, self.counting.mask, self.rule.most_per_semester)

    def _reaching(self, goal: int) -> tuple[Taken, bool] | None:
        """The best path that counts so many halves, and whether with a place. Without a limit there is one wherever all within reach
        count as many."""
        for with_place in (True, False):
            guess = self._unbound(self.near, goal, with_place)
            runs = guess and (self._as_guessed(guess) or self._tried(goal, guess, with_place))
            if runs:
                return runs, with_place
        return None

    def _unbound(self, near: list[int], goal: int, with_place: bool) -> Guess | None:
        """The best path if nothing bound: the earliest end, then the largest modules, one of them at its place where that is asked."""
        by = self._earliest_end(near, goal)
        if with_place:
            by = max(by, min((self.place[number] for number in near), default=NEVER))
        if by == NEVER:
            return None
        chosen = self._largest(near, by, goal)
        return self._with_a_place(chosen, near, by, goal) if with_place else Guess(by, chosen, -1)

    def _earliest_end(self, near: list[int], goal: int) -> int:
        """When all that can be finished first counts so much."""
        finished = dict.fromkeys(self.reach.window, 0)
        for number in near:
            finished[self.first[number]] += self.halves[number]
        for semester, halves in finished.items():
            goal -= halves
            if goal <= 0:
                return semester
        return NEVER

    def _largest(self, near: list[int], by: int, goal: int) -> list[int]:
        """The fewest that count so much by then; they come with the largest first."""
        chosen = []
        for number in near:
            if goal <= 0:
                break
            if self.first[number] <= by:
                chosen.append(number)
                goal -= self.halves[number]
        return chosen

    def _with_a_place(self, chosen: list[int], near: list[int], by: int, goal: int) -> Guess:
        """One of the chosen at its place, else the largest that has one: instead of the smallest if that is enough, else beside them."""
        local = [number for number in chosen if self.place[number] <= by]
        if local:
            return Guess(by, chosen, min(local, key=lambda number: self.place[number]))
        pinned = next(number for number in near if self.place[number] <= by)
        enough = sum(self.halves[number] for number in [*chosen[:-1], pinned]) >= goal
        return Guess(by, [*(chosen[:-1] if enough else chosen), pinned], pinned)

    def _as_guessed(self, guess: Guess) -> Taken | None:
        """The guess where nothing in it can bind."""
        if self.rule.most_per_semester is not None or any(self.reach.shelf.bound[number] for number in guess.numbers):
            return None
        return {number: self.reach.run(number, number == guess.pinned) for number in guess.numbers}

    def _tried(self, goal: int, guess: Guess, with_place: bool) -> Taken | None:
        """The best real path; it ends no sooner than the guess and has no fewer modules. Modules that nothing binds may give one as good,
        or one to begin with."""
        if runs := self.search.held(mask_of(guess.numbers), goal, guess.by, with_place):
            return runs
        free = self._unbound([number for number in self.near if not self.reach.shelf.bound[number]], goal, with_place)
        known = self._as_guessed(free) if free and free.by == guess.by else None
        if known and len(known) == len(guess.numbers):
            return known
        ends = range(guess.by, self.reach.window.stop)
        return next((runs for by in ends if (runs := self._fewest(goal, by, with_place, known))), None)

    def _fewest(self, goal: int, by: int, with_place: bool, known: Taken | None = None) -> Taken | None:
        runs = fewest(self.search, goal, by, with_place, known)
        self.cut = self.search.cut or not self.search.ledger.exact
        return runs

    def _as_far_as_it_goes(self, goal: int) -> int:
        """With a limit a semester less may fit than all that is within reach: the most that does, by halving what is between."""
        end = self.reach.window[-1]
        best, beyond = 0, min(goal - 1, self.search.most_that_fits(end)) + 1
        while best + 1 < beyond:
            asked = (best + beyond) // 2
            runs = self._fewest(asked, end, with_place=False)
            best, beyond = (self.search.ledger.value(mask_of(runs)), beyond) if runs else (best, asked)
        return best
