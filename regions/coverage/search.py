"""The real paths, tried out with prerequisites, overlaps and a limit a semester.

Whether there is a path is exact; two things that could take for ever are bounded. A path known to hold is made shorter for no longer than
EFFORT sets looked at, and may then have a module too many. And where a limit a semester, or a tangle of overlaps around the one place
in the region, hides whether there is any path, `cut` says that none was found, which is not to say that there is none.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from regions.coverage.ledger import bits, mask_of
from regions.coverage.timetable import Timetable, heaviest, load
from regions.coverage.ways import Taken, Ways

EFFORT = 5_000  # sets looked at in one dive
TRIES = 500  # parts of a tangle of overlaps left out, in one cell


class Whole(NamedTuple):
    """All that can be taken together; `pinned` at its place in the region, -1 for none."""

    taken: int
    pinned: int


class Search:
    """Paths of modules among which those in `counting` count. `most`: halves a semester, None = no limit."""

    def __init__(self, ways: Ways, counting: int, most: int | None):
        self.ways, self.links, self.counting, self.most = ways, ways.links, counting, most
        self.ledger = ways.links.ledger(ways.links.subject, counting)
        self.left, self.cut = TRIES, False

    def held(self, taken: int, goal: int, by: int, with_place: bool) -> Taken | None:
        """When each of `taken` is studied, where that is a path that counts `goal` halves by the end of a semester."""
        if self.ledger.value(taken) < goal:
            return None
        if not with_place:
            return self.timed(taken, by, -1)
        return next((runs for number in self.local(taken, by) if (runs := self.timed(taken, by, number))), None)

    def timed(self, taken: int, by: int, pinned: int) -> Taken | None:
        """The same for any set; the pinned module must contribute at its place in the region."""
        return self.fitted(taken, by, pinned) if pinned < 0 or self.ledger.contributes(pinned, taken) else None

    def fitted(self, taken: int, by: int, pinned: int) -> Taken | None:
        """The same whether it contributes or not."""
        if self.most is not None:
            return Timetable(self.ways, taken, by, self.most, pinned).find()
        runs = self.ways.earliest(taken, by, pinned)
        return runs if len(runs) == taken.bit_count() else None

    def most_that_fits(self, by: int) -> int:
        """No path counts more than this."""
        near = mask_of(number for number, end in enumerate(self.ways.first) if end <= by)
        return self.ledger.value(near) if self.most is None else min(self.ledger.value(near), self._room(near, by))

    def whole(self, goal: int, by: int, with_place: bool) -> Whole | None:
        """All that can be taken by then, where that is a path to the goal. With a limit this is only a bound."""
        near = mask_of(number for number, end in enumerate(self.ways.first) if end <= by)
        if self.most_that_fits(by) < goal:
            return None
        if not with_place or self.most is not None:
            return Whole(near, -1)
        local = sorted(self.local(near, by), key=lambda number: bool(self.ledger.part_of(number)))
        return next((Whole(taken, number) for number in local if (taken := self._with(number, near, goal, by))), None)

    def local(self, taken: int, by: int) -> list[int]:
        """Those that count and have a run at their place by then, the earliest first."""
        near = [number for number in bits(taken & self.counting) if self.ways.place[number] <= by]
        return sorted(near, key=lambda number: (self.ways.place[number], number))

    def thinned(self, whole: Whole, goal: int, by: int) -> Taken:
        """A path from all that can be taken, without each module in turn that can be spared, the latest first."""
        taken = whole.taken
        for number in sorted(bits(taken), key=lambda number: (-self.ways.first[number], -number)):
            fewer = taken & ~(1 << number)
            if number != whole.pinned and self.ledger.value(fewer) >= goal and self.timed(fewer, by, whole.pinned):
                taken = fewer
        return self.timed(taken, by, whole.pinned)

    def _room(self, near: int, by: int) -> int:
        """What the semesters hold at most, each filled on its own."""
        loads = {semester: set() for semester in range(self.ways.window.start, by + 1)}
        for number in bits(near):
            for run in self.ways.runs(number):
                for semester in range(run.start, run.end + 1) if run.end <= by else ():
                    loads[semester].add((number, load(self.links.modules[number].halves, run)))
        return sum(heaviest([each for _, each in asked], self.most) for asked in loads.values())

    def _with(self, number: int, near: int, goal: int, by: int) -> int:
        """All that can be taken with this module at its place, and without some that it overlaps with where it else adds nothing."""
        part = self.ledger.part_of(number) & ~(1 << number)
        if not part and self._harmless(number):
            return near
        for left_out in from_both_ends(part):
            self.left -= 1
            if self.left < 0:
                self.cut = True
                return 0
            if self.ledger.value(near & ~left_out) >= goal:
                taken = mask_of(self.ways.earliest(near & ~left_out, by, number))
                if taken >> number & 1 and self.ledger.value(taken) >= goal and self.ledger.contributes(number, taken):
                    return taken
        return 0

    def _harmless(self, number: int) -> bool:
        """Whether taking it at its place, later than at a distance, makes nothing else wait."""
        return self.ways.first[number] == self.ways.place[number] or not (self.links.needed >> number & 1 or self.links.asked)


def from_both_ends(mask: int) -> Iterator[int]:
    """Every part of a mask: none of it and all of it, all but one and one, and so on to the middle."""
    numbers = list(bits(mask))
    for size in range(len(numbers) // 2 + 1):
        for each in map(mask_of, combinations(numbers, size)):
            yield each
            if size * 2 < len(numbers):
                yield mask & ~each
