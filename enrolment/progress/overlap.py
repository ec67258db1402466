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

To find the total is as hard as the tangle of doubtful modules, those whose stated deductions together exceed their credits. Outside such
tangles, and on nearly all real modules, it is a plain sum; in them it is searched for, within a bound (`tangle`). Amounts in this file are
whole halves.
"""

from collections.abc import Collection, Iterable, Mapping

from enrolment.progress.tangle import Deductions, Modules, Tangle
from enrolment.progress.values import OverlapSet


class Overlaps:
    """The overlap sets that lie within a history of modules, in clusters that do not touch each other."""

    def __init__(self, modules: Collection[str], sets: Iterable[OverlapSet]):
        held = frozenset(modules)
        self.sets = tuple(each for each in sets if each.credits and len(each.modules) > 1 and each.modules <= held)
        self.tangles = [Tangle(cluster) for cluster in _clusters(_consistent(self.sets))]
        self._tangle_of = {module: tangle for tangle in self.tangles for module in tangle.bit}

    @property
    def exact(self) -> bool:
        """Whether no search was broken off: every total so far is the most that counts."""
        return all(tangle.exact for tangle in self.tangles)

    @property
    def steps(self) -> int:
        """How many looks at an overlap set the totals have taken so far."""
        return sum(tangle.steps for tangle in self.tangles)

    def gain(self, module: str, halves: int, held: Mapping[str, int]) -> int:
        """What the total of `held` grows by when this module is held with (at least) so many halves: from 0 to that many.

        Of modules joined one by one the gains together are the total exactly, even where the bound of the search was met.
        """
        before = held.get(module, 0)
        tangle = self._tangle_of.get(module)
        if halves <= before or tangle is None:
            return max(halves - before, 0)
        return tangle.gain(module, halves, held)

    def stating(self, module: str, held: Collection[str]) -> list[OverlapSet]:
        """The sets that match what is held, this module in them, and lie in no larger such set; always in the same order."""
        matching = [each for each in self.sets if module in each.modules and each.modules <= set(held)]
        largest = [each for each in matching if not any(each.modules < other.modules for other in matching)]
        return sorted(largest, key=lambda each: (sorted(each.modules), each.credits, each.source))


def _consistent(sets: Iterable[OverlapSet]) -> dict[Modules, int]:
    """Modules to the halves they lose: at least what their parts lose, the larger figure where a set is stated twice."""
    deductions: dict[Modules, int] = {}
    for each in sorted(sets, key=lambda each: (len(each.modules), each.credits)):
        parts = (each.modules - {module} for module in each.modules if len(each.modules) > 2)
        deductions[each.modules] = max([int(each.credits * 2), *(_deducted(part, deductions) for part in parts)])
    return deductions


def _clusters(deductions: Deductions) -> list[dict[Modules, int]]:
    """The deductions that are tied to each other, directly or through others."""
    clusters: list[tuple[Modules, dict[Modules, int]]] = []
    for modules, halves in deductions.items():
        tied = [cluster for cluster in clusters if cluster[0] & modules]
        clusters = [cluster for cluster in clusters if not cluster[0] & modules]
        together = {key: value for _, cluster in tied for key, value in cluster.items()} | {modules: halves}
        clusters.append((modules.union(*(cluster[0] for cluster in tied)), together))
    return [cluster for _, cluster in clusters]


def _deducted(modules: Modules, deductions: Deductions) -> int:
    """What the largest matching sets state together."""
    matching = {each: halves for each, halves in deductions.items() if each <= modules}
    return sum(halves for each, halves in matching.items() if not any(each < other for other in matching))
