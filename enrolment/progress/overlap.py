"""What modules count together when their contents overlap.

An institution states overlaps by sets: whoever holds all modules of a set loses so many credits. The largest matching set replaces
its subsets (UiS: MGL2122 and MGL2322 lose 15, MGL2220 and MGL2322 lose 15, all three lose 30 of their 60). Of the modules held,
the **rule** so counts

    all their credits − the deductions of the matching sets that lie in no larger matching set.

Stated sets are seldom complete. A new module may overlap with two old versions of itself, which nobody says overlap with each other;
then passing it would cost more than it gives. Therefore the **total** of what one holds is the most that the rule counts for any part
of it: a module that would lower the sum adds nothing. This is the smallest total that is never below the rule and never falls when a
module is added. «Never more than the smaller side» says the same: split the modules held in two sides in any way, and what the total
loses between them is at most the smaller side's own total.

A larger set that states less than a part of it would hand credits back for passing more; it deducts what the part does. With that, a
module never adds more than its own credits either. Real overlaps are always so: three modules share at least what two of them share.

To find the total is as hard as the tangle of doubtful modules, those whose stated deductions together exceed their credits: each is
tried in and out. Outside such tangles, and on nearly all real modules, it is a plain sum. Amounts in this file are whole halves.
"""

from collections.abc import Collection, Iterable, Mapping

from enrolment.progress.values import OverlapSet

Modules = frozenset[str]
Deductions = Mapping[Modules, int]


class Overlaps:
    """The overlap sets that lie within a history of modules, in clusters that do not touch each other."""

    def __init__(self, modules: Collection[str], sets: Iterable[OverlapSet]):
        held = frozenset(modules)
        self.sets = tuple(each for each in sets if each.credits and len(each.modules) > 1 and each.modules <= held)
        self._deductions = _cluster(_consistent(self.sets))

    def gain(self, module: str, halves: int, held: Mapping[str, int]) -> int:
        """What the total of `held` grows by when this module is held with (at least) so many halves: from 0 to that many."""
        before = held.get(module, 0)
        deductions = self._deductions.get(module)
        if deductions is None:
            return max(halves - before, 0)
        near = {other: held[other] for other in frozenset().union(*deductions) & held.keys()}
        return total({**near, module: max(halves, before)}, deductions) - total(near, deductions)

    def stating(self, module: str, held: Collection[str]) -> list[OverlapSet]:
        """The sets that match what is held, this module in them, and lie in no larger such set; always in the same order."""
        matching = [each for each in self.sets if module in each.modules and each.modules <= set(held)]
        largest = [each for each in matching if not any(each.modules < other.modules for other in matching)]
        return sorted(largest, key=lambda each: (sorted(each.modules), each.credits, each.source))


def total(held: Mapping[str, int], deductions: Deductions) -> int:
    """The most that the rule counts for any part of what is held (module to halves)."""
    return _most(frozenset(), frozenset(held), held, deductions)


def _consistent(sets: Iterable[OverlapSet]) -> dict[Modules, int]:
    """Modules to the halves they lose: at least what their parts lose, the larger figure where a set is stated twice."""
    deductions: dict[Modules, int] = {}
    for each in sorted(sets, key=lambda each: (len(each.modules), each.credits)):
        parts = (_deducted(each.modules - {module}, deductions) for module in each.modules)
        deductions[each.modules] = max(int(each.credits * 2), *parts)
    return deductions


def _cluster(deductions: Deductions) -> dict[str, dict[Modules, int]]:
    """Each module to the deductions of its cluster: all sets that it is tied to, directly or through others."""
    clusters: list[dict[Modules, int]] = []
    for modules, halves in deductions.items():
        tied = [cluster for cluster in clusters if any(modules & other for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in tied]
        clusters.append({modules: halves} | {key: value for cluster in tied for key, value in cluster.items()})
    return {module: cluster for cluster in clusters for modules in cluster for module in modules}


def _matching(modules: Modules, deductions: Deductions) -> dict[Modules, int]:
    return {each: halves for each, halves in deductions.items() if each <= modules}


def _largest(modules: Modules, deductions: Deductions) -> dict[Modules, int]:
    matching = _matching(modules, deductions)
    return {each: halves for each, halves in matching.items() if not any(each < other for other in matching)}


def _deducted(modules: Modules, deductions: Deductions) -> int:
    return sum(_largest(modules, deductions).values())


def _most(kept: Modules, open_: Modules, credits: Mapping[str, int], deductions: Deductions) -> int:
    """The most that the rule counts for all that is kept and any part of what is open."""
    deductions = _matching(kept | open_, deductions)
    worth = {module for module in open_ if _stated(module, deductions) <= credits[module]}
    kept, open_ = kept | worth, open_ - worth
    eaten = {module for module in open_ if _surely_lost(module, kept, deductions) >= credits[module]}
    if eaten:
        return _most(kept, open_ - eaten, credits, deductions)
    if not open_:
        return sum(credits[module] for module in kept) - _deducted(kept, deductions)
    doubtful = max(open_, key=lambda module: (_stated(module, deductions) - credits[module], module))
    rest = open_ - {doubtful}
    return max(_most(kept | {doubtful}, rest, credits, deductions), _most(kept, rest, credits, deductions))


def _stated(module: str, deductions: Deductions) -> int:
    """All that sets with this module deduct: it can cost no more, so a module worth as much is kept."""
    return sum(halves for modules, halves in deductions.items() if module in modules)


def _surely_lost(module: str, kept: Modules, deductions: Deductions) -> int:
    """What this module costs beside what is kept, whatever else is: by sets that no larger one can replace."""
    at_hand = [modules for modules in _matching(kept | {module}, deductions) if module in modules]
    lasting = [modules for modules in at_hand if not any(modules < other for other in deductions)]
    return sum(deductions[modules] - _deducted(modules - {module}, deductions) for modules in lasting)
