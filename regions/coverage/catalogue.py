"""The facts laid out by subject, so that a cell touches only its own: shelves of modules with their runs in the window."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from catalog.values import Band, Tag
from enrolment.progress.values import OverlapSet
from regions.coverage.facts import Module, Offering

ASKED = (Tag.DIDACTICS, Tag.ICT, Tag.ASSESSMENT)  # what a cell says beside its status
STATED = 1 << len(ASKED)  # the module has tags at all


class Run(NamedTuple):
    """One way to take a module; runs sort by when they end, and in the same semester a place before a distance."""

    end: int
    away: bool  # False = at its place in the region
    start: int
    key: Hashable
    offering: Offering


def tag_mask(module: Module) -> int:
    return sum(1 << n for n, tag in enumerate(ASKED) if any(tag == row for row, _ in module.tags)) | (STATED if module.tags else 0)


def depths(modules: Iterable[Module]) -> dict[Hashable, int]:
    """How many required modules stand before each, among these; a ring of requirements stops at its first repetition."""
    needs = {module.key: module.needs for module in modules}

    def depth(key: Hashable, seen: frozenset) -> int:
        return 1 + max((depth(need, seen | {key}) for need in needs[key] if need in needs and need not in seen), default=-1)

    return {key: depth(key, frozenset({key})) if needs[key] else 0 for key in needs}


class Shelf:
    """One subject's modules, those with most credits and fewest ties first, with their runs by region and at a distance."""

    def __init__(self, modules: Iterable[Module], overlaps: Iterable[OverlapSet]):
        modules = list(modules)
        keys = {module.key for module in modules}
        self.overlaps = [overlap for overlap in overlaps if overlap.modules <= keys]
        overlapped = {key for overlap in self.overlaps for key in overlap.modules}
        bound = {m.key for m in modules if m.needs or m.credit_needs or m.key in overlapped}
        deep = depths(modules)
        self.modules = sorted(modules, key=lambda m: (-m.halves, m.key in bound, deep[m.key], m.key))
        self.number = {module.key: number for number, module in enumerate(self.modules)}
        self.halves = [module.halves for module in self.modules]
        self.tags = [tag_mask(module) for module in self.modules]
        self.bound = [module.key in bound for module in self.modules]
        self.overlapped = [module.key in overlapped for module in self.modules]
        self.linked = any(module.needs or module.credit_needs for module in modules)
        self.offered: set[int] = set()  # with a run in the window, wherever
        self.here: dict[Hashable, dict[int, list[Run]]] = defaultdict(dict)
        self.away: dict[int, list[Run]] = {}
        self._within: dict[int, dict[int, list[Run]]] = {}
        self._serving: dict[Band | None, list[int]] = {}

    def put(self, offerings: Iterable[Offering], window: range) -> None:
        """Adds the runs that begin and end in the window."""
        for offering in offerings:
            if offering.semester in window and offering.end in window:
                self._put(self.number[offering.module], offering)

    def _put(self, number: int, offering: Offering) -> None:
        key, start, end = offering.key, offering.semester, offering.end
        self.offered.add(number)
        for region in offering.places:
            self.here[region].setdefault(number, []).append(Run(end, False, start, key, offering))
        if offering.gathering_days is not None:
            self.away.setdefault(number, []).append(Run(end, True, start, key, offering))

    def sort(self) -> None:
        for runs_of in (*self.here.values(), self.away):
            for runs in runs_of.values():
                runs.sort(key=lambda run: run[:4])

    def within(self, days: int) -> dict[int, list[Run]]:
        """Distance runs with at most so many gathering days, by the module's number."""
        if days not in self._within:
            near = {number: [run for run in runs if run.offering.gathering_days <= days] for number, runs in self.away.items()}
            self._within[days] = {number: runs for number, runs in near.items() if runs}
        return self._within[days]

    def serving(self, band: Band | None) -> list[int]:
        """The numbers of the modules that serve a band, in the shelf's order; None = all of them."""
        if band not in self._serving:
            self._serving[band] = [n for n, module in enumerate(self.modules) if band is None or band in module.bands]
        return self._serving[band]


class Catalogue:
    """All published modules and their open or planned runs in a window of semesters.

    It does not change; `changed` gives another that shares all that is untouched. Raises KeyError for a run of a module not given.
    """

    def __init__(self, modules: Iterable[Module], offerings: Iterable[Offering], overlaps: Iterable[OverlapSet], window: range):
        self.window = window
        self.home: dict[Hashable, Module] = {module.key: module for module in modules}
        self.shelves: dict[Hashable, Shelf] = {}
        self.reaches: dict[Hashable, dict] = defaultdict(dict)  # by subject; what `reach` works out, kept for the next band
        self._foreign: dict[Hashable, list[Module]] = {}
        self._fill(self.home.values(), offerings, overlaps)

    def changed(
        self, subject: Hashable, modules: Iterable[Module], offerings: Iterable[Offering], overlaps: Iterable[OverlapSet]
    ) -> "Catalogue":
        """The same catalogue with one subject's modules, runs and overlaps put in the place of those it had."""
        modules = list(modules)
        other = Catalogue((), (), (), self.window)
        other.home = {key: module for key, module in self.home.items() if module.subject != subject}
        other.home.update((module.key, module) for module in modules)
        other.shelves = {name: shelf for name, shelf in self.shelves.items() if name != subject}
        other._fill(modules, offerings, overlaps)
        stale = self.touched_by(subject) | other.touched_by(subject)
        other.reaches.update((name, kept) for name, kept in self.reaches.items() if name not in stale)
        return other

    def touched_by(self, subject: Hashable) -> set[Hashable]:
        """The subjects whose cells may differ when this one changes: itself, and those with prerequisites in it."""
        linked = (name for name, shelf in self.shelves.items() if shelf.linked)
        return {subject} | {name for name in linked if subject in self._asks(name)}

    def foreign(self, subject: Hashable) -> list[Module]:
        """Modules of other subjects that may be needed first, by way of prerequisites in modules and in credits."""
        if subject not in self._foreign:
            shelf = self.shelves[subject]
            found = self._behind(shelf.modules) if shelf.linked else {}
            self._foreign[subject] = sorted((m for m in found.values() if m.subject != subject), key=lambda m: m.key)
        return self._foreign[subject]

    def _behind(self, modules: Iterable[Module]) -> dict[Hashable, Module]:
        found: dict[Hashable, Module] = {}
        waiting = list(modules)
        while waiting:
            module = waiting.pop()
            if module.key not in found:
                found[module.key] = module
                waiting += self._before(module)
        return found

    def _before(self, module: Module) -> Iterable[Module]:
        yield from (self.home[key] for key in module.needs if key in self.home)
        for need in module.credit_needs:
            if need.subject in self.shelves:
                yield from self.shelves[need.subject].modules

    def _asks(self, subject: Hashable) -> set[Hashable]:
        """The subjects a shelf's prerequisites lead to, also those that are not (or no longer) there."""
        modules = [*self.shelves[subject].modules, *self.foreign(subject)]
        named = {need.subject for module in modules for need in module.credit_needs}
        return named | {self.home[key].subject for module in modules for key in module.needs if key in self.home}

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
