"""What the modules of a course count together, and in which order they can be taken. Pure.

Overlaps are deducted as for a person who holds the modules (`enrolment.progress.overlap`): of the overlap sets that lie within what is held,
those that lie in no larger one are deducted, and a module that would lower the sum adds nothing. A course is small, so every part of the
modules that overlap is tried.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

Sets = Mapping[frozenset[int], Decimal]  # modules that share content, and the credits counted once less by whoever holds them all
NONE = Decimal(0)
MOST_TIED = 12  # modules tied by overlaps of which every part is tried; of more, all are counted together


def blocks(credits: Mapping[int, Decimal], sets: Sets) -> dict[int, Decimal]:
    """What each module adds to those before it, in the order given; together what all of them count."""
    deductions, before, adds = _consistent(sets), NONE, {}
    for number, module in enumerate(credits, start=1):
        held = dict(list(credits.items())[:number])
        adds[module] = _counted(held, deductions) - before
        before += adds[module]
    return adds


def _counted(credits: Mapping[int, Decimal], sets: Sets) -> Decimal:
    within = {modules: shared for modules, shared in sets.items() if modules <= credits.keys()}
    tied = sorted(frozenset().union(*within))
    free = sum((number for module, number in credits.items() if module not in tied), NONE)
    return free + max((_of(part, credits, within) for part in _parts(tied)), default=NONE)


def _parts(tied: Sequence[int]) -> Iterable[frozenset[int]]:
    sizes = range(len(tied) + 1) if len(tied) <= MOST_TIED else (len(tied),)
    return (frozenset(part) for size in sizes for part in combinations(tied, size))


def _of(part: frozenset[int], credits: Mapping[int, Decimal], sets: Sets) -> Decimal:
    return sum((credits[module] for module in part), NONE) - _deducted(part, sets)


def _deducted(modules: frozenset[int], sets: Sets) -> Decimal:
    """What the largest sets within these modules state together."""
    matching = [each for each in sets if each <= modules]
    return sum((sets[each] for each in matching if not any(each < other for other in matching)), NONE)


def _consistent(sets: Sets) -> Sets:
    """At least what their parts lose: a larger set that states less would hand credits back for taking more."""
    known: dict[frozenset[int], Decimal] = {}
    for modules in sorted(sets, key=len):
        parts = (modules - {module} for module in modules if len(modules) > 2)
        known[modules] = max([sets[modules], *(_deducted(part, known) for part in parts)])
    return known


def steps(modules: Sequence[int], needs: Mapping[int, Collection[int]]) -> list[list[int]]:
    """The modules in steps: each needs only what stands in an earlier step. What needs itself through others stands last, so nothing is lost."""
    left, done, found = list(modules), set(), []
    while left:
        ready = [module for module in left if not (set(needs.get(module, ())) & set(modules)) - done] or left
        found.append(ready)
        done |= set(ready)
        left = [module for module in left if module not in done]
    return found
