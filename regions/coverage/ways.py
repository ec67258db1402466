"""The ways to take modules, semester by semester, with their prerequisites, also those of other subjects."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from itertools import chain

from regions.coverage.catalogue import Catalogue, Run, Shelf
from regions.coverage.ledger import Ledger, mask_of

NEVER = 1 << 30


class Ways:
    """A subject's modules, numbered as on its shelf, and after them those of other subjects that may be needed first."""

    def __init__(self, catalogue: Catalogue, region: Hashable, subject: Hashable, days: int):
        self.catalogue, self.region, self.subject, self.days = catalogue, region, subject, days
        self.window, self.own = catalogue.window, len(catalogue.shelves[subject].modules)
        self.modules = [*catalogue.shelves[subject].modules, *catalogue.foreign(subject)]
        self.number = {module.key: number for number, module in enumerate(self.modules)}
        self.halves = [module.halves for module in self.modules]
        self.all = (1 << len(self.modules)) - 1
        self.runs = [self._runs(number) for number in range(len(self.modules))]
        self._ledgers: dict[int, Ledger] = {}
        self._number_needs()
        self._order_runs()
        self.soonest = self._soonest()

    def earliest(self, members: int, by: int, pinned: int = -1) -> dict[int, Run]:
        """Takes each of `members` as early as it can be finished, `pinned` at its place only; without those that cannot be by then.

        Early is never worse: what is finished only grows, and with it the credits earned.
        """
        return self._taken(members, by, pinned)[0]

    def ready(self, number: int, finished: int) -> bool:
        """Whether the prerequisites of a module are met by what is finished before it begins."""
        if self.needs[number] & ~finished or number in self.barred:
            return False
        return all(ledger.value(finished) >= halves for ledger, halves in self.credit_needs[number])

    def ledger(self, subject: Hashable, members: int) -> Ledger:
        """What counts among `members`, all of one subject."""
        if members not in self._ledgers:
            self._ledgers[members] = Ledger(self.modules, members, self.catalogue.shelves[subject].overlaps)
        return self._ledgers[members]

    def overlapped(self, number: int) -> bool:
        """Whether it stands in an overlap set of its subject."""
        shelf, at = self._on_shelf(number)
        return shelf.overlapped[at]

    def offered(self, number: int) -> bool:
        """Whether it has a run in the window, wherever."""
        shelf, at = self._on_shelf(number)
        return at in shelf.offered

    def mask(self, keys: Iterable[Hashable]) -> int:
        return mask_of(self.number[key] for key in keys)

    def _on_shelf(self, number: int) -> tuple[Shelf, int]:
        module = self.modules[number]
        shelf = self.catalogue.shelves[module.subject]
        return shelf, shelf.number[module.key]

    def _runs(self, number: int) -> list[Run]:
        """Every way to take a module, the earliest end first; at the same end a place before a distance."""
        shelf, at = self._on_shelf(number)
        ways = chain(shelf.here.get(self.region, {}).get(at, ()), shelf.within(self.days).get(at, ()))
        return sorted(ways, key=lambda run: run[:4])

    def _number_needs(self) -> None:
        """`needs` as masks, `credit_needs` with their ledgers; `barred` are those whose prerequisite is not published."""
        self.needs = [self.mask(key for key in module.needs if key in self.number) for module in self.modules]
        self.barred = {number for number, module in enumerate(self.modules) if any(key not in self.number for key in module.needs)}
        self.credit_needs = [[(self._earned(need.subject), need.halves) for need in module.credit_needs] for module in self.modules]
        self.needed = 0
        for mask in self.needs:
            self.needed |= mask

    def _earned(self, subject: Hashable) -> Ledger:
        """All modules of a subject, whatever their band: a prerequisite asks for the subject."""
        members = self.mask(module.key for module in self.modules if module.subject == subject)
        return self.ledger(subject, members) if members else Ledger(self.modules, 0, ())

    def _order_runs(self) -> None:
        self._ending: dict[int, list[tuple[int, Run]]] = defaultdict(list)
        for number, runs in enumerate(self.runs):
            for run in runs:
                self._ending[run.end].append((number, run))

    def _taken(self, members: int, by: int, pinned: int) -> tuple[dict[int, Run], dict[int, int]]:
        """The runs taken, and for each semester what was finished before it."""
        taken, before, done = {}, {}, 0
        for semester in range(self.window.start, by + 1):
            before[semester] = done
            for number, run in self._ending[semester]:
                if members >> number & 1 and number not in taken and not (number == pinned and run.away):
                    if self.ready(number, before[run.start]):
                        taken[number] = run
                        done |= 1 << number
        return taken, before

    def _soonest(self) -> tuple[list[int], list[int]]:
        """For every module the earliest end of all, and the earliest at a place in the region; NEVER where there is none."""
        taken, before = self._taken(self.all, self.window[-1], -1)
        first = [taken[number].end if number in taken else NEVER for number in range(len(self.modules))]
        at_place = ((run.end for run in runs if not run.away and self.ready(n, before[run.start])) for n, runs in enumerate(self.runs))
        return first, [min(ends, default=NEVER) for ends in at_place]
