"""The ways to take modules, semester by semester, for a teacher who lives in a region."""

from collections.abc import Hashable
from itertools import chain

from regions.coverage.catalogue import IN_ORDER, Run
from regions.coverage.ledger import Ledger, bits
from regions.coverage.links import Links

NEVER = 1 << 30

Taken = dict[int, Run]  # what is taken how, by the module's number


def soonest(runs: list[Run], since: int) -> int:
    """The end of the first run that begins no sooner than that; runs come by their ends."""
    for run in runs:
        if run.start >= since:
            return run.end
    return NEVER


class Ways:
    """Runs within reach, and how early each module can be finished when everything is taken as early as possible.

    `first[n]` is the earliest semester at whose end it can be, `place[n]` the earliest with a run at a place in the region; NEVER
    where there is none. Early is never worse: what is finished only grows, and with it the credits earned.
    """

    def __init__(self, links: Links, region: Hashable, days: int):
        self.links, self.region, self.days = links, region, days
        self.window = links.window
        self._runs: dict[int, list[Run]] = {}
        self.first, self.place = [], []
        for shelf, numbers in links.stretches:
            here, away = shelf.here.get(region, {}), shelf.within(days, region)
            place = [here[at][0].end if at in here else NEVER for at in numbers]
            self.place += place
            self.first += [min(end, away[at][0].end) if at in away else end for at, end in zip(numbers, place, strict=True)]
        for number in chain(links.before, links.credit_needs):
            self.first[number] = self.place[number] = NEVER
        self._follow()
        if links.waiting:
            self._wait()

    def runs(self, number: int) -> list[Run]:
        """Every way to take a module, the earliest end first; at the same end a place before a distance."""
        if number not in self._runs:
            self._runs[number] = sorted(chain(*self._near(number)), key=IN_ORDER)
        return self._runs[number]

    def earliest(self, members: int, by: int, pinned: int = -1) -> Taken:
        """Takes each of `members` as early as it can be finished, `pinned` at its place only; without those that cannot be by then."""
        taken, before, finished = {}, {}, 0
        ending = self._ending(list(bits(members)), pinned)
        for semester in range(self.window.start, by + 1):
            before[semester] = finished
            for number, run in ending[semester]:
                if number not in taken and self.ready(number, before[run.start]):
                    taken[number] = run
                    finished |= 1 << number
        return taken

    def ready(self, number: int, finished: int) -> bool:
        """Whether what is finished before it begins meets the prerequisites of a module; those that are not published aside."""
        if self.links.needs.get(number, 0) & ~finished:
            return False
        return all(ledger.value(finished) >= halves for ledger, halves in self.links.credit_needs.get(number, ()))

    def _near(self, number: int) -> tuple[list[Run], list[Run]]:
        shelf, at = self.links.spots[number]
        return shelf.here.get(self.region, {}).get(at, []), shelf.within(self.days, self.region).get(at, [])

    def _ending(self, numbers: list[int], pinned: int) -> dict[int, list[tuple[int, Run]]]:
        ending = {semester: [] for semester in self.window}
        for number in numbers:
            for run in self.runs(number):
                if number != pinned or not run.away:
                    ending[run.end].append((number, run))
        return ending

    def _follow(self) -> None:
        """The ends of modules that only wait for modules."""
        for number in self.links.chained:
            since = max([self.first[need] for need in self.links.before[number]]) + 1
            if since < NEVER:
                here, away = self._near(number)
                self.place[number] = soonest(here, since)
                self.first[number] = min(self.place[number], soonest(away, since))

    def _wait(self) -> None:
        """The ends of modules that wait for credits, semester by semester."""
        self.piles = {ledger: Pile(ledger, self.first, self.window) for ledger in self.links.asked.values()}
        ending = {semester: [] for semester in self.window}
        for number in self.links.waiting:
            for run in chain(*self._near(number)):
                ending[run.end].append((number, run))
        for semester, runs in ending.items():
            for number, run in runs:
                self._finish(number, run)
            for pile in self.piles.values():
                pile.grow(semester)

    def _finish(self, number: int, run: Run) -> None:
        known = self.first if run.away else self.place
        if known[number] == NEVER and self._can_begin(number, run.start):
            if self.first[number] == NEVER:
                self.first[number] = run.end
                for pile in self.piles.values():
                    pile.add(number, run.end)
            known[number] = run.end

    def _can_begin(self, number: int, semester: int) -> bool:
        for need in self.links.before.get(number, ()):
            if self.first[need] >= semester:
                return False
        for ledger, halves in self.links.credit_needs.get(number, ()):
            if not self.piles[ledger].holds(halves, semester):
                return False
        return True


class Pile:
    """What is earned in a subject before each semester: the halves that nothing can lower, and a mask of what overlaps."""

    def __init__(self, ledger: Ledger, first: list[int], window: range):
        self.ledger = ledger
        self.free, self.tied = dict.fromkeys(window, 0), dict.fromkeys(window, 0)  # finished in each
        self.before = {window.start: (0, 0)}
        for number, halves in ledger.plain:
            if first[number] < NEVER:
                self.free[first[number]] += halves
        for number in bits(ledger.tied):
            if first[number] < NEVER:
                self.tied[first[number]] |= 1 << number

    def add(self, number: int, semester: int) -> None:
        """One more module finished in a semester."""
        if self.ledger.tied >> number & 1:
            self.tied[semester] |= 1 << number
        elif self.ledger.members >> number & 1:
            self.free[semester] += self.ledger.modules[number].halves

    def grow(self, semester: int) -> None:
        """Nothing more is finished in this semester: on to the next."""
        free, tied = self.before[semester]
        self.before[semester + 1] = free + self.free[semester], tied | self.tied[semester]

    def holds(self, halves: int, semester: int) -> bool:
        free, tied = self.before[semester]
        return free >= halves or bool(tied) and free + self.ledger.value(tied) >= halves
