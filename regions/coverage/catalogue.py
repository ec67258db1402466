"""The facts laid out by subject, so that a cell touches only its own: shelves of modules with their runs in the window."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

from catalog.values import Band, Tag
from enrolment.progress.values import OverlapSet
from regions.coverage.facts import Module, Offering

ASKED = (Tag.DIDACTICS, Tag.ICT, Tag.ASSESSMENT)  # what a cell says beside its status
STATED = 1 << len(ASKED)  # the module has tags at all


IN_ORDER = itemgetter(0, 1, 2, 3)


class Run(NamedTuple):
    """One way to take a module. Runs sort by when they end; at the same end a place goes first, then the fewest gathering days."""

    end: int
    days: int  # away from home, at a distance; -1 = at its place in the region
    start: int
    key: Hashable
    offering: Offering

    @property
    def away(self) -> bool:
        return self.days >= 0


def tag_mask(module: Module) -> int:
    """Which of what is asked a module's tags name; 0 where it has no tags at all."""
    if not module.tags:
        return 0
    named = {tag for tag, _credits in module.tags}
    return STATED | sum(1 << n for n, tag in enumerate(ASKED) if tag in named)


def in_turn(needs: Mapping[Hashable, Collection[Hashable]]) -> tuple[dict[Hashable, int], set[Hashable]]:
    """Each thing to its turn, after all it needs (what is not among the keys is there already); and what waits for itself for ever."""
    turns: dict[Hashable, int] = {}
    waiting, turn = set(needs), 0
    while ready := [key for key in waiting if not any(need in waiting for need in needs[key])]:
        turns.update(dict.fromkeys(ready, turn))
        waiting.difference_update(ready)
        turn += 1
    return turns, waiting


class Serving(NamedTuple):
    """The modules of a shelf that count for a band, in the shelf's order, and the same as a mask."""

    numbers: list[int]
    mask: int


class Shelf:
    """One subject's modules, those with most credits and fewest ties first, with their runs by region and at a distance."""

    def __init__(self, modules: Iterable[Module], overlaps: Iterable[OverlapSet]):
        modules = list(modules)
        keys = {module.key for module in modules}
        self.overlaps = [overlap for overlap in overlaps if overlap.modules <= keys]
        overlapped = {key for overlap in self.overlaps for key in overlap.modules}
        bound = {m.key for m in modules if m.needs or m.credit_needs or m.key in overlapped}
        turns, _ = in_turn({module.key: module.needs for module in modules if module.needs})
        self.modules = sorted(modules, key=lambda m: (-m.halves, m.key in bound, turns.get(m.key, -1), m.key))
        self.number = {module.key: number for number, module in enumerate(self.modules)}
        self.halves = [module.halves for module in self.modules]
        self.tags = [tag_mask(module) for module in self.modules]
        self.bound = [module.key in bound for module in self.modules]
        self.overlapped = [module.key in overlapped for module in self.modules]
        self.asks_for = {key for module in modules for key in module.needs}
        self.asks_in = {need.subject for module in modules for need in module.credit_needs}
        self.linked = bool(self.asks_for or self.asks_in)
        self.offered: set[int] = set()  # with a run in the window, wherever
        self.here: dict[Hashable, dict[int, list[Run]]] = defaultdict(dict)
        self.away: dict[int, list[Run]] = {}
        self.too_far: set[Hashable] = set()  # the regions from where some run is
        self._within: dict[tuple[int, Hashable], dict[int, list[Run]]] = {}
        self._serving: dict[Band | None, Serving] = {}

    def put(self, offerings: Iterable[Offering], window: range) -> None:
        """Adds the runs that begin and end in the window."""
        first, last = window[0], window[-1]
        for offering in offerings:
            start, end = offering.semester, offering.semester + offering.semesters - 1
            if start >= first and end <= last:
                self._put(self.number[offering.module], offering, start, end)

    def _put(self, number: int, offering: Offering, start: int, end: int) -> None:
        key = offering.key
        self.offered.add(number)
        for region in offering.places:
            self.here[region].setdefault(number, []).append(Run(end, -1, start, key, offering))
        self.too_far |= offering.too_far
        if offering.gathering_days is not None:
            self.away.setdefault(number, []).append(Run(end, offering.gathering_days, start, key, offering))

    def sort(self) -> None:
        for runs_of in (*self.here.values(), self.away):
            for runs in runs_of.values():
                if len(runs) > 1:
                    runs.sort(key=IN_ORDER)

    def within(self, days: int, region: Hashable) -> dict[int, list[Run]]:
        """Distance runs with at most so many gathering days that are not too far from a region, by the module's number."""
        key = (days, region if region in self.too_far else None)  # the other regions share theirs
        if key not in self._within:
            near = {number: [run for run in runs if run.days <= days and key[1] not in run.offering.too_far] for number, runs in self.away.items()}
            self._within[key] = {number: runs for number, runs in near.items() if runs}
        return self._within[key]

    def serving(self, band: Band | None) -> Serving:
        """The modules that serve a band; None = all of them."""
        if band not in self._serving:
            numbers = [n for n, module in enumerate(self.modules) if band is None or band in module.bands]
            self._serving[band] = Serving(numbers, sum(1 << number for number in numbers))
        return self._serving[band]


class Catalogue:
    """All published modules and their open or planned runs in a window of semesters.

    It does not change; `changed` gives another that shares all that is untouched. Raises KeyError for a run of a module not given.
    """

    def __init__(self, modules: Iterable[Module], offerings: Iterable[Offering], overlaps: Iterable[OverlapSet], window: range):
        self.window = window
        self.home: dict[Hashable, Module] = {module.key: module for module in modules}
        self.shelves: dict[Hashable, Shelf] = {}
        self.kept: dict[Hashable, dict] = defaultdict(dict)  # by subject: what `links` and `reach` work out, for the next cell
        self._foreign: dict[Hashable, list[Module]] = {}
        self._fill(self.home.values(), offerings, overlaps)

    def changed(
        self, subject: Hashable, modules: Iterable[Module], offerings: Iterable[Offering], overlaps: Iterable[OverlapSet]
    ) -> "Catalogue":
        """The same catalogue with one subject's modules, runs and overlaps put in the place of those it had."""
        modules, shelf = list(modules), self.shelves.get(subject)
        other = Catalogue((), (), (), self.window)
        other.home, other.shelves = self.home.copy(), self.shelves.copy()
        for module in other.shelves.pop(subject).modules if shelf else ():
            if other.home[module.key].subject == subject:  # else it has moved to another subject already
                del other.home[module.key]
        other.home.update((module.key, module) for module in modules)
        other._fill(modules, offerings, overlaps)
        stale = self.touched_by(subject) | other.touched_by(subject)
        other.kept.update((name, kept) for name, kept in self.kept.items() if name not in stale)
        return other

    def touched_by(self, subject: Hashable) -> set[Hashable]:
        """The subjects whose cells may differ when this one changes: itself, and those whose prerequisites lead to it, in steps."""
        touched, waiting = {subject}, [subject]
        while waiting:
            name = waiting.pop()
            keys = self.shelves[name].number.keys() if name in self.shelves else ()
            more = {other for other, shelf in self.shelves.items() if name in shelf.asks_in or not shelf.asks_for.isdisjoint(keys)}
            waiting += more - touched
            touched |= more
        return touched

    def foreign(self, subject: Hashable) -> list[Module]:
        """Modules of other subjects that may be needed first, by way of prerequisites in modules and in credits."""
        if subject not in self._foreign:
            shelf = self.shelves[subject]
            found = self._behind(shelf.modules) if shelf.linked else {}
            self._foreign[subject] = sorted((m for m in found.values() if m.subject != subject), key=lambda m: (m.subject, m.key))
        return self._foreign[subject]

    def _behind(self, modules: list[Module]) -> dict[Hashable, Module]:
        """These modules and, step by step, all that stand before them; a subject asked for in credits brings all of its own."""
        found = {module.key: module for module in modules}
        waiting, whole = modules, {modules[0].subject}
        while waiting:
            asked = {need.subject for module in waiting for need in module.credit_needs} & self.shelves.keys() - whole
            keys = {key for module in waiting for key in module.needs} & self.home.keys()
            keys.update(module.key for subject in asked for module in self.shelves[subject].modules)
            waiting = [self.home[key] for key in keys - found.keys()]
            found.update((module.key, module) for module in waiting)
            whole |= asked
        return found

    def _fill(self, modules: Iterable[Module], offerings: Iterable[Offering], overlaps: Iterable[OverlapSet]) -> None:
        groups, runs, shared = defaultdict(list), defaultdict(list), defaultdict(list)
        for module in modules:
            groups[module.subject].append(module)
        for offering in offerings:
            runs[self.home[offering.module].subject].append(offering)
        for overlap in overlaps:
            for subject in {self.home[key].subject for key in overlap.modules if key in self.home}:
                shared[subject].append(overlap)
        for subject, group in groups.items():
            self.shelves[subject] = self._shelf(group, runs[subject], shared[subject])

    def _shelf(self, modules: list[Module], offerings: list[Offering], overlaps: list[OverlapSet]) -> Shelf:
        shelf = Shelf(modules, overlaps)
        shelf.put(offerings, self.window)
        shelf.sort()
        return shelf
