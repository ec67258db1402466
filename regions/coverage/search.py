"""The real paths, tried out with prerequisites, overlaps and a limit a semester: whether one reaches so far, and the fewest modules of one that does."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate, chain, combinations

from regions.coverage.ledger import bits, mask_of
from regions.coverage.timetable import Taken, Timetable, heaviest, load
from regions.coverage.ways import Ways

EFFORT = 20_000  # sets looked at to leave out one more module of a path that is known to hold


def smallest_first(mask: int) -> Iterator[int]:
    """Every part of a mask, from none of it to all of it."""
    numbers = list(bits(mask))
    return map(mask_of, chain.from_iterable(combinations(numbers, size) for size in range(len(numbers) + 1)))


class Search:
    """Paths of modules among which those in `counting` count. `most`: halves a semester, None = no limit."""

    def __init__(self, ways: Ways, counting: int, most: int | None):
        self.ways, self.counting, self.most = ways, counting, most
        self.ledger = ways.ledger(ways.subject, counting)
        self.first, self.place = ways.soonest

    def fewest(self, goal: int, by: int, with_place: bool) -> Taken | None:
        """A path that counts `goal` halves by the end of a semester, of the fewest modules; None where there is none.

        `with_place`: a module at its place in the region contributes. That there is a path, or none, is always exact; so is the
        number of modules, unless more than EFFORT sets had to be looked at after the first path was found.
        """
        whole = self.whole(goal, by, with_place)
        if not whole:
            return None
        dive = Dive(self, goal, by, with_place, known=self.most is None)
        return dive.found or (self._thinned(whole, goal, by, with_place) if dive.cut_short else None)

    def whole(self, goal: int, by: int, with_place: bool) -> int:
        """All that can be taken together by then, where that reaches the goal, else 0. With a limit only a bound."""
        near = mask_of(number for number, end in enumerate(self.first) if end <= by)
        if self.ledger.value(near) < goal:
            return 0
        if self.most is not None:
            return near if sum(self._room(near, semester, by) for semester in range(self.ways.window.start, by + 1)) >= goal else 0
        return self._whole_with_place(near, goal, by) if with_place else near

    def arranged(self, taken: int, by: int, with_place: bool) -> Taken | None:
        """When each of `taken` is studied, where all of it can be by then."""
        if not with_place:
            return self._timed(taken, by, -1)
        local = (number for number in self._local(taken, by) if self.ledger.contributes(number, taken))
        return next((runs for number in local if (runs := self._timed(taken, by, number))), None)

    def _timed(self, taken: int, by: int, pinned: int) -> Taken | None:
        if self.most is not None:
            return Timetable(self.ways, taken, by, self.most, pinned).find()
        runs = self.ways.earliest(taken, by, pinned)
        return runs if len(runs) == taken.bit_count() else None

    def _local(self, taken: int, by: int) -> list[int]:
        """Those that count and have a run at their place by then, the earliest first."""
        near = [number for number in bits(taken & self.counting) if self.place[number] <= by]
        return sorted(near, key=lambda number: (self.place[number], number))

    def _room(self, near: int, semester: int, by: int) -> int:
        ways = ((number, run) for number in bits(near) for run in self.ways.runs[number] if run.start <= semester <= run.end <= by)
        loads = {(number, load(self.ways.halves[number], run)) for number, run in ways}
        return heaviest([each for _, each in loads], self.most)

    def _whole_with_place(self, near: int, goal: int, by: int) -> int:
        local = sorted(self._local(near, by), key=lambda number: bool(self.ledger.part_of(number)))
        return next((whole for number in local if (whole := self._whole_with(number, near, goal, by))), 0)

    def _whole_with(self, number: int, near: int, goal: int, by: int) -> int:
        """With this module at its place. What it overlaps with may have to be left out for it to contribute."""
        part = self.ledger.part_of(number)
        if not part and self._harmless(number):
            return near
        for left_out in smallest_first(part & ~(1 << number)):
            if self.ledger.value(near & ~left_out) >= goal:
                taken = mask_of(self.ways.earliest(near & ~left_out, by, number))
                if taken >> number & 1 and self.ledger.value(taken) >= goal and self.ledger.contributes(number, taken):
                    return taken
        return 0

    def _harmless(self, number: int) -> bool:
        """Whether taking it at its place, later than at a distance, makes nothing else wait."""
        return self.first[number] == self.place[number] or not (self.ways.needed >> number & 1 or any(self.ways.credit_needs))

    def _thinned(self, whole: int, goal: int, by: int, with_place: bool) -> Taken:
        """A path from all that can be taken, without each module in turn that can be spared."""
        for number in sorted(bits(whole), key=lambda number: (self.counting >> number & 1, self.ways.halves[number], number)):
            fewer = whole & ~(1 << number)
            if self.ledger.value(fewer) >= goal and self.arranged(fewer, by, with_place):
                whole = fewer
        return self.arranged(whole, by, with_place)


class Dive:
    """One search for the fewest modules: those with most credits first, each tried in and then out, no branch that cannot be fewer."""

    def __init__(self, search: Search, goal: int, by: int, with_place: bool, known: bool):
        self.search, self.ways, self.goal, self.by, self.with_place = search, search.ways, goal, by, with_place
        self.found: Taken | None = None
        self.looked, self.known = 0, known
        self.order = self._order()
        counts = [self._counts(number) for number in self.order]
        self.sums = [0, *accumulate(counts)]
        self.local = mask_of(number for number in self.order if self._counts(number) and search.place[number] <= by)
        self.next_local = self._next_local(counts)
        self.behind: dict[int, int] = {}
        self._grow(0, 0, 0)

    @property
    def cut_short(self) -> bool:
        return (self.known or self.found is not None) and self.looked > EFFORT

    def _order(self) -> list[int]:
        """What can be chosen; modules that count nothing here are useful where prerequisites are told in credits."""
        asked = {need.subject for module in self.ways.modules for need in module.credit_needs}
        near = (number for number, end in enumerate(self.search.first) if end <= self.by)
        useful = [number for number in near if self._counts(number) or self.ways.modules[number].subject in asked]
        return sorted(useful, key=lambda number: (-self._counts(number), self.search.first[number], number))

    def _counts(self, number: int) -> int:
        return self.ways.halves[number] if self.search.counting >> number & 1 else 0

    def _next_local(self, counts: list[int]) -> list[int]:
        """From each place in the order on, what the next module with a run at its place counts; -1 where there is none."""
        following = [-1]
        for number, halves in zip(reversed(self.order), reversed(counts), strict=True):
            following.append(halves if self.local >> number & 1 else following[-1])
        return following[::-1]

    def _grow(self, at: int, chosen: int, excluded: int) -> None:
        self.looked += 1
        if self._holds(chosen):
            return
        for position in range(at, len(self.order)):
            if self.cut_short or self._hopeless(position, chosen):
                return
            number = self.order[position]
            if not (chosen | excluded) >> number & 1:
                if not self._with_needs(number) & excluded:
                    self._grow(position + 1, chosen | self._with_needs(number), excluded)
                excluded |= 1 << number | self._no_better_than(position)

    def _holds(self, chosen: int) -> bool:
        if self.search.ledger.value(chosen) < self.goal or (self.found and len(self.found) <= chosen.bit_count()):
            return False
        runs = self.search.arranged(chosen, self.by, self.with_place)
        self.found = runs or self.found
        return runs is not None

    def _hopeless(self, position: int, chosen: int) -> bool:
        """Whether nothing from here on in the order can make a path of fewer modules than the one found."""
        short = self.goal - self.search.ledger.value(chosen)
        if self.with_place and not chosen & self.local:
            if self.next_local[position] < 0:
                return True
            more = 1 + self._modules_for(short - self.next_local[position], position)
        else:
            more = max(1, self._modules_for(short, position))
        return position + more > len(self.order) or bool(self.found and chosen.bit_count() + more >= len(self.found))

    def _modules_for(self, short: int, position: int) -> int:
        """At least how many of those from here on it takes to count so many halves more; past the end where all do not."""
        if short <= 0:
            return 0
        return bisect_left(self.sums, self.sums[position] + short, lo=position) - position

    def _with_needs(self, number: int) -> int:
        """A module and all that is required before it."""
        if number not in self.behind:
            behind = 1 << number
            for need in bits(self.ways.needs[number]):
                behind |= self._with_needs(need)
            self.behind[number] = behind
        return self.behind[number]

    def _no_better_than(self, position: int) -> int:
        """Modules later in the order that could always be swapped for this one: without it, they need not be tried either."""
        number = self.order[position]
        if not self._free(number):
            return 0
        return mask_of(other for other in self.order[position + 1 :] if self._free(other) and self._at_least(number, other))

    def _free(self, number: int) -> bool:
        module = self.ways.modules[number]
        bound = module.needs or module.credit_needs or self.ways.needed >> number & 1
        return not bound and not self.ways.overlapped(number)

    def _at_least(self, one: int, other: int) -> bool:
        same = self.ways.modules[one].subject == self.ways.modules[other].subject
        if not same or (self.search.counting >> one ^ self.search.counting >> other) & 1:
            return False
        if self.search.most is not None:
            equal = self.ways.halves[one] == self.ways.halves[other]
            return equal and {run[:3] for run in self.ways.runs[one]} >= {run[:3] for run in self.ways.runs[other]}
        sooner = self.search.first[one] <= self.search.first[other]
        return sooner and self.ways.halves[one] >= self.ways.halves[other] and self.search.place[one] <= self.search.place[other]
