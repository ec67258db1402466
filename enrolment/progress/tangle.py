"""The most that can count of modules whose overlaps hang together: the search behind `overlap`. Amounts are whole halves.

A module joins those that are counted already, so only parts with that module can count more than before, and at most its own credits
more. Of such parts the best is sought by branch and bound:

- a module that costs at most its credits, whatever else is kept, is kept; one that surely costs all it gives is left out;
- of the doubtful ones that which gives most is kept first, then left out, and with it all that could stand in its place without a
  difference: what they would give was tried with it;
- a branch is left when even its upper bound is not more than the best so far. Of any `size` open modules each loses, with the others, at
  least the smallest `size − 1` of what it shares with one of them; a loss shared by two is borne by both in halves.

One look at one overlap set is a step. After STEPS steps no further branch is begun and the best so far counts; when all searches of a tangle
have taken MOST_STEPS, a module only joins the best part of those before it. The total is then a part that really counts so much, but another
might count more, and the tangle says that it is not `exact`. Only dense tangles come so far, twenty and more modules that nearly all overlap partly. The same modules, joined in the same
order, always give the same.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Modules = frozenset[str]
Deductions = Mapping[Modules, int]
STEPS = 30_000  # of one search
MOST_STEPS = 1_000_000  # of all searches of one tangle


class Tangle:
    """One cluster of deductions. A set of modules is a bit mask over their numbers.

    `steps`: looks at overlap sets so far; `exact`: no search was broken off.
    """

    def __init__(self, deductions: Deductions):
        modules = sorted(frozenset().union(*deductions))
        self.bit = {module: 1 << number for number, module in enumerate(modules)}
        ordered = sorted(deductions, key=lambda each: (len(each), sorted(each)))
        self.sets = [(sum(self.bit[module] for module in each), deductions[each]) for each in ordered]
        self.above = self._larger_ones()
        self.adds = [self._adds(mask, halves) for mask, halves in self.sets]
        self.steps, self.exact = 0, True
        self._known: dict[frozenset[tuple[int, int]], tuple[int, int]] = {}  # credits to the most they count, and the part that does

    def gain(self, module: str, halves: int, held: Mapping[str, int]) -> int:
        """What the total of `held` grows by when this module is held with so many halves, more than it is held with."""
        mine = self.bit[module]
        credits = {self.bit[other]: amount for other, amount in held.items() if other in self.bit} | {mine: halves}
        near = self._hanging_with(mine, sum(credits))
        return self._gain(mine, {bit: credits[bit] for bit in bits(near)}, held.get(module, 0))

    def total(self, held: Mapping[str, int]) -> tuple[int, int]:
        """The most that any part of what is held counts, and a part that does, as a mask over `bit`."""
        return self._total({self.bit[module]: halves for module, halves in held.items()})

    def deducted(self, modules: int, among: Iterable[int]) -> int:
        """What the largest matching sets of these modules state together; `among`: the numbers of the sets that may match."""
        matching = [number for number in among if not self.sets[number][0] & ~modules]
        present = sum(1 << number for number in matching)
        return sum(self.sets[number][1] for number in matching if not self.above[number] & present)

    def _larger_ones(self) -> list[int]:
        """For each set, the sets that contain it, as a mask over their numbers."""
        sizes = [mask.bit_count() for mask, _ in self.sets]
        longer = [range(bisect_right(sizes, size), len(sizes)) for size in sizes]
        return [
            sum(1 << number for number in more if not mask & ~self.sets[number][0])
            for (mask, _), more in zip(self.sets, longer, strict=True)
        ]

    def _adds(self, mask: int, halves: int) -> dict[int, int]:
        """What a set deducts beyond its part without each of its modules; two modules have no part that deducts."""
        if mask.bit_count() == 2:
            return dict.fromkeys(bits(mask), halves)
        return {bit: halves - self.deducted(mask ^ bit, range(len(self.sets))) for bit in bits(mask)}

    def _hanging_with(self, module: int, held: int) -> int:
        """The modules held that overlap with this one, directly or through others that are held."""
        masks, near, before = [mask for mask, _ in self.sets if not mask & ~held], module, 0
        while near != before:
            before = near
            for mask in masks:
                near |= mask if mask & near else 0
        return near

    def _gain(self, module: int, credits: Mapping[int, int], before: int) -> int:
        others = {bit: amount for bit, amount in credits.items() if bit != module} | ({module: before} if before else {})
        had, part = self._total(others)
        search = Search(self, credits, had, part, had + credits[module] - before)
        search.begin(module, min(STEPS, MOST_STEPS - self.steps))
        self.steps += search.steps
        self.exact = self.exact and not search.broken_off
        self._known[frozenset(credits.items())] = search.best, search.part
        return search.best - had

    def _total(self, credits: Mapping[int, int]) -> tuple[int, int]:
        """The most that any part counts, and that part; each that hangs together on its own."""
        rest, whole, best = sum(credits), 0, 0
        while rest:
            near = self._hanging_with(rest & -rest, rest)
            value, part = self._of_part({bit: credits[bit] for bit in bits(near)})
            rest, whole, best = rest & ~near, whole + value, best | part
        return whole, best

    def _of_part(self, credits: Mapping[int, int]) -> tuple[int, int]:
        if frozenset(credits.items()) not in self._known:
            self._gain(max(credits), credits, 0)
        return self._known[frozenset(credits.items())]


def bits(mask: int) -> Iterator[int]:
    """The single bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


@dataclass
class Outlook:
    """What open modules (by bit) may cost beside what is kept: `stated` at most; `alone` at least; `shared` at least, by pairs of them."""

    stated: dict[int, int]
    alone: dict[int, int]
    shared: dict[int, dict[int, int]]


class Search:
    """The best part of `credits` (bit to halves) with a certain module, if better than `best`, which `part` counts; none counts over `most`."""

    def __init__(self, tangle: Tangle, credits: Mapping[int, int], best: int, part: int, most: int):
        self.tangle, self.credits, self.best, self.part, self.most = tangle, credits, best, part, most
        self.steps, self.allowed, self.broken_off, self.within = 0, 0, False, []

    def begin(self, module: int, allowed: int) -> None:
        self.allowed = allowed
        modules = sum(self.credits)
        self.within = [number for number, (mask, _) in enumerate(self.tangle.sets) if not mask & ~modules]
        self._weigh(self.part | module)
        if allowed > 0:
            self._look(module, modules ^ module, self.within)
        else:
            self.broken_off = self.best < self.most

    def _look(self, kept: int, open_: int, live: Iterable[int]) -> None:
        """Tries what is kept with any part of what is open. `live`: the sets that may still match or stop matching."""
        kept, open_, live, outlook = self._settled(kept, open_, live)
        value = self._weigh(kept)
        if not open_ or self.best >= min(self.most, value + self._bound(open_, outlook)):
            return
        first = max(bits(open_), key=lambda bit: (self._gives(bit, outlook), -outlook.stated[bit], -bit))
        self._look(kept | first, open_ ^ first, live)
        if self.steps < self.allowed:
            self._look(kept, open_ & ~self._like(first, open_, live), live)
        else:
            self.broken_off = True

    def _settled(self, kept: int, open_: int, live: Iterable[int]) -> tuple[int, int, list[int], Outlook]:
        """The same when all that is not doubtful is kept or left out."""
        while True:
            live = self._touching(kept, open_, live)
            outlook = self._outlook(kept, open_, live)
            worth = sum(bit for bit in bits(open_) if outlook.stated[bit] <= self.credits[bit])
            eaten = 0 if worth else sum(bit for bit in bits(open_) if self._gives(bit, outlook) <= 0)
            if not worth | eaten:
                return kept, open_, live, outlook
            kept, open_ = kept | worth, open_ & ~(worth | eaten)

    def _touching(self, kept: int, open_: int, live: Iterable[int]) -> list[int]:
        sets, outside = self.tangle.sets, ~(kept | open_)
        return [number for number in live if sets[number][0] & open_ and not sets[number][0] & outside]

    def _outlook(self, kept: int, open_: int, live: list[int]) -> Outlook:
        """Sets that a larger one may yet replace are sure of nothing."""
        self.steps += len(live)
        stated = dict.fromkeys(bits(open_), 0)
        outlook = Outlook(stated, dict.fromkeys(stated, 0), {bit: defaultdict(int) for bit in stated})
        present = sum(1 << number for number in live)
        for number in live:
            mask, halves = self.tangle.sets[number]
            doubtful = list(bits(mask & ~kept))
            for bit in doubtful:
                stated[bit] += halves
            if not self.tangle.above[number] & present:
                _sure(outlook, doubtful, self.tangle.adds[number])
        return outlook

    def _gives(self, bit: int, outlook: Outlook) -> int:
        """What a module adds at most to what is kept."""
        return self.credits[bit] - outlook.alone[bit]

    def _weigh(self, kept: int) -> int:
        """What is kept counts; if that is more than the best so far, it is the best."""
        self.steps += len(self.within)
        value = sum(self.credits[bit] for bit in bits(kept)) - self.tangle.deducted(kept, self.within)
        if value > self.best:
            self.best, self.part = min(value, self.most), kept
        return value

    def _bound(self, open_: int, outlook: Outlook) -> int:
        """What any part of what is open adds at most, for the best size of such a part. Reckoned in quarters of a credit."""
        count = open_.bit_count()
        rows = [self._falling(bit, count, outlook) for bit in bits(open_)]
        return max(sum(sorted((row[size] for row in rows), reverse=True)[: size + 1]) for size in range(count)) // 2

    def _falling(self, bit: int, count: int, outlook: Outlook) -> list[int]:
        """Twice what a module adds at most beside none, one, two … of the other open ones."""
        shared = sorted(outlook.shared[bit].values())
        left = [2 * self._gives(bit, outlook)] * (count - len(shared))
        for loss in shared:
            left.append(left[-1] - loss)
        return left

    def _like(self, bit: int, open_: int, live: list[int]) -> int:
        """This module, and the open ones that could change places with it in every set."""
        sets = self.tangle.sets
        mine = {sets[number] for number in live if sets[number][0] & bit}
        alike = bit
        for other in bits(open_ & ~bit):
            if self.credits[other] == self.credits[bit] and _swapped(mine, bit, other) == _without(live, sets, other, bit):
                alike |= other
        return alike


def _sure(outlook: Outlook, doubtful: list[int], adds: Mapping[int, int]) -> None:
    """Counts a set that nothing can replace: with one module to decide it is that one's loss, with two the loss of both together."""
    if len(doubtful) == 1:
        outlook.alone[doubtful[0]] += adds[doubtful[0]]
    elif len(doubtful) == 2:
        one, other = doubtful
        loss = min(adds[one], adds[other])
        outlook.shared[one][other] += loss
        outlook.shared[other][one] += loss


def _swapped(sets: set[tuple[int, int]], bit: int, other: int) -> set[tuple[int, int]]:
    """The sets with one module but not the other, with the other put in its place."""
    return {(mask ^ bit | other, halves) for mask, halves in sets if not mask & other}


def _without(live: Iterable[int], sets: list[tuple[int, int]], bit: int, other: int) -> set[tuple[int, int]]:
    """The sets with one module but not the other."""
    return {sets[number] for number in live if sets[number][0] & bit and not sets[number][0] & other}
