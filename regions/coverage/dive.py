"""The path of the fewest modules: those that count most first, each tried in and then out, no branch that cannot be fewer."""

from bisect import bisect_left
from itertools import accumulate

from regions.coverage.ledger import mask_of
from regions.coverage.search import EFFORT, Search
from regions.coverage.ways import Taken


def fewest(search: Search, goal: int, by: int, with_place: bool, known: Taken | None = None) -> Taken | None:
    """A path that counts `goal` halves by the end of a semester, of the fewest modules; None where there is none.

    `with_place`: a module at its place in the region contributes. `known`: such a path already found.
    """
    whole = None if known else search.whole(goal, by, with_place)
    if not known and not whole:
        return None
    dive = Dive(search, goal, by, known)
    dive.from_places() if with_place else dive.grow(0, 0, 0)
    if not dive.found and search.most is None:
        return search.thinned(whole, goal, by)
    search.cut = search.cut or not dive.found and dive.left < 0
    return dive.found


class Dive:
    """One search; `found` is the best path so far."""

    def __init__(self, search: Search, goal: int, by: int, known: Taken | None):
        self.search, self.ways, self.links, self.goal, self.by, self.found = search, search.ways, search.links, goal, by, known
        self.order = self._order()
        self.sums = [0, *accumulate(self._counts(number) for number in self.order)]
        self.behind: dict[int, int] = {}
        self.pinned, self.left = -1, EFFORT

    def from_places(self) -> None:
        """Each module with a run at a place, those with the fewest before them first, and what must go with it."""
        local = [(self._with_needs(number), number) for number in self.search.local(mask_of(self.order), self.by)]
        for start, number in sorted(local, key=lambda each: (each[0].bit_count(), -self._counts(each[1]), each[1])):
            self.pinned = number
            self.grow(0, start, 0)

    def grow(self, at: int, chosen: int, excluded: int) -> None:
        self.left -= 1
        if self.left < 0 or self._no_fewer(chosen) or self._too_much(chosen):
            return
        short = self._short(chosen)
        if short <= 0 and self._holds(chosen):
            return
        for position in range(at, len(self.order)):
            if self.left < 0 or self._hopeless(position, chosen, short):
                return
            number = self.order[position]
            if not (chosen | excluded) >> number & 1:
                if not self._with_needs(number) & excluded:
                    self.grow(position + 1, chosen | self._with_needs(number), excluded)
                excluded |= 1 << number | self._no_better_than(position)

    def _order(self) -> list[int]:
        """What can be chosen; modules that count nothing here are useful where prerequisites are told in credits."""
        near = (number for number, end in enumerate(self.ways.first) if end <= self.by)
        useful = [number for number in near if self._counts(number) or self.links.modules[number].subject in self.links.asked]
        return sorted(useful, key=lambda number: (-self._counts(number), self.ways.first[number], number))

    def _counts(self, number: int) -> int:
        return self.links.modules[number].halves if self.search.counting >> number & 1 else 0

    def _short(self, chosen: int) -> int:
        return self.goal - self.search.ledger.value(chosen)

    def _no_fewer(self, chosen: int) -> bool:
        """Whether these are as many as the path found: a module brings all that it requires, so they can be many more than one step ago."""
        return self.found is not None and chosen.bit_count() >= len(self.found)

    def _too_much(self, chosen: int) -> bool:
        """Whether the semesters cannot hold these, with whatever beside them. Credits asked for may still come, modules not."""
        return self.search.most is not None and not self.links.asked and self.search.fitted(chosen, self.by, self.pinned) is None

    def _holds(self, chosen: int) -> bool:
        runs = self.search.timed(chosen, self.by, self.pinned)
        self.found = runs or self.found
        return runs is not None

    def _hopeless(self, position: int, chosen: int, short: int) -> bool:
        """Whether nothing from here on in the order can make a path of fewer modules than the one found."""
        more = bisect_left(self.sums, self.sums[position] + short, lo=position) - position if short > 0 else 1
        return position + more > len(self.order) or bool(self.found and chosen.bit_count() + more >= len(self.found))

    def _with_needs(self, number: int) -> int:
        """A module and all that is required before it."""
        if number not in self.behind:
            behind = 1 << number
            for need in self.links.before.get(number, ()):
                behind |= self._with_needs(need)
            self.behind[number] = behind
        return self.behind[number]

    def _no_better_than(self, position: int) -> int:
        """Modules later in the order that could always be swapped for this one: without it, they need not be tried either."""
        number = self.order[position]
        if not self.links.free >> number & 1:
            return 0
        later = (other for other in self.order[position + 1 :] if self.links.free >> other & 1)
        return mask_of(other for other in later if self._at_least(number, other))

    def _at_least(self, one: int, other: int) -> bool:
        best, rest = self.links.modules[one], self.links.modules[other]
        if best.subject != rest.subject or (self.search.counting >> one ^ self.search.counting >> other) & 1:
            return False
        if self.search.most is not None:
            return best.halves == rest.halves and {run[:3] for run in self.ways.runs(one)} >= {run[:3] for run in self.ways.runs(other)}
        return best.halves >= rest.halves and self.ways.first[one] <= self.ways.first[other]
