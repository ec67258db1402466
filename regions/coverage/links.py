"""A subject's modules and those of other subjects that may be needed first, numbered; the same for every region."""

from collections.abc import Hashable, Iterator
from functools import cached_property
from itertools import groupby

from regions.coverage.catalogue import Catalogue, Shelf, in_turn
from regions.coverage.facts import Module
from regions.coverage.ledger import Ledger, mask_of


def links(catalogue: Catalogue, subject: Hashable) -> "Links":
    """Kept with the catalogue, since the regions share it. Raises KeyError for a subject without modules."""
    kept = catalogue.kept[subject]
    if Links not in kept:
        kept[Links] = Links(catalogue, subject)
    return kept[Links]


class Links:
    """The subject's own modules are numbered as on its shelf, those of other subjects after them.

    `stretches`: the shelves in the order of the numbers, with the numbers there; `spots[n]`: a module's shelf and number there.
    `before[n]`: the modules required before one that requires any, `needs[n]` the same as a mask; `needed`: all that are required.
    `asked`: a ledger for each subject in which credits are asked for, `credit_needs[n]`: such ledgers with the halves.
    `barred`: modules that require one that is not published.
    """

    def __init__(self, catalogue: Catalogue, subject: Hashable):
        self.subject, self.window = subject, catalogue.window
        own, foreign = catalogue.shelves[subject], catalogue.foreign(subject)
        self.modules = own.modules + foreign
        self.shelves = {subject: own} | {module.subject: catalogue.shelves[module.subject] for module in foreign}
        self.number = own.number | {module.key: number for number, module in enumerate(foreign, len(own.modules))}
        self.stretches = [(own, range(len(own.modules))), *self._stretches(foreign)]
        self.spots = [(shelf, at) for shelf, numbers in self.stretches for at in numbers]
        self._ledgers: dict[int, Ledger] = {}
        self._require()
        self._ask_for_credits()
        self._put_in_turn()

    def _require(self) -> None:
        requiring = [(number, module) for number, module in enumerate(self.modules) if module.needs]
        self.before = {number: [self.number[key] for key in module.needs if key in self.number] for number, module in requiring}
        self.barred = {number for number, module in requiring if len(self.before[number]) < len(module.needs)}
        self.needs = {number: mask_of(needs) for number, needs in self.before.items()}
        self.needed = mask_of(need for needs in self.before.values() for need in needs)

    def _ask_for_credits(self) -> None:
        asking = {number: module.credit_needs for number, module in enumerate(self.modules) if module.credit_needs}
        self.asked = {subject: self._earned(subject) for subject in {need.subject for needs in asking.values() for need in needs}}
        self.credit_needs = {number: [(self.asked[need.subject], need.halves) for need in needs] for number, needs in asking.items()}

    def _put_in_turn(self) -> None:
        """`chained`: what only waits for modules, each after those; `waiting`: what waits for credits, itself or further back."""
        turns, for_ever = in_turn(self.before)
        late = {*self.credit_needs, *self.barred}
        for number in sorted(turns, key=turns.get):
            if not late.isdisjoint(self.before[number]):
                late.add(number)
        self.chained = [number for number in sorted(turns, key=turns.get) if number not in late]
        self.waiting = sorted(late - self.barred - for_ever)

    def ledger(self, subject: Hashable, members: int) -> Ledger:
        """What counts among `members`, all of one subject."""
        if members not in self._ledgers:
            self._ledgers[members] = Ledger(self.modules, members, self.shelves[subject].overlaps)
        return self._ledgers[members]

    @cached_property
    def free(self) -> int:
        """The modules that neither require another, nor are required, nor overlap."""
        return mask_of(number for number, (shelf, at) in enumerate(self.spots) if not shelf.bound[at]) & ~self.needed

    def _stretches(self, foreign: list[Module]) -> Iterator[tuple[Shelf, list[int]]]:
        for subject, group in groupby(foreign, key=lambda module: module.subject):
            yield self.shelves[subject], [self.shelves[subject].number[module.key] for module in group]

    def _earned(self, subject: Hashable) -> Ledger:
        """All modules of a subject, whatever their band: a prerequisite asks for the subject."""
        members = mask_of(number for number, module in enumerate(self.modules) if module.subject == subject)
        return self.ledger(subject, members) if members else Ledger(self.modules, 0, ())
