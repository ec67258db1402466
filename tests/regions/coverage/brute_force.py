"""Every path there is, weighed one by one: what the rules of coverage are held against. Only for the smallest catalogues."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, product

from catalog.values import Band
from enrolment.progress.values import OverlapSet
from regions.coverage.facts import Module, Offering, Rule


@dataclass(frozen=True)
class World:
    """A whole catalogue, and the cell that is asked for."""

    modules: tuple[Module, ...]
    offerings: tuple[Offering, ...]
    overlaps: tuple[OverlapSet, ...]
    window: range
    rule: Rule
    region: str = "vest"
    subject: str = "maths"
    band: Band | None = Band.LOWER


@dataclass(frozen=True)
class Best:
    """`reached` halves up to the target, whether a place contributes, the last semester, how many modules."""

    reached: int
    in_place: bool
    ends: int
    modules: int


def best_of(world: World) -> Best:
    """The most halves, then with a place, then the earliest end, then the fewest modules."""
    weighed = (weigh(world, path) for path in paths(world) if is_possible(world, path))
    return min(weighed, key=lambda best: (-best.reached, not best.in_place, best.ends, best.modules))


def attainable(world: World) -> set[str]:
    """The modules that count and stand on some possible path."""
    modules = {module.key: module for module in world.modules}
    finished = {run.module for path in paths(world) if is_possible(world, path) for run in path}
    return {key for key in finished if serves(world, modules[key])}


def paths(world: World) -> Iterator[tuple[Offering, ...]]:
    """Each module left out or taken in one of its runs within reach."""
    near = [offering for offering in world.offerings if within_reach(world, offering)]
    choices = [[None, *(run for run in near if run.module == module.key)] for module in world.modules]
    return (tuple(filter(None, path)) for path in product(*choices))


def within_reach(world: World, run: Offering) -> bool:
    near = run.gathering_days is not None and run.gathering_days <= world.rule.most_gathering_days and world.region not in run.too_far
    return run.semester in world.window and run.end in world.window and (near or world.region in run.places)


def is_possible(world: World, path: tuple[Offering, ...]) -> bool:
    modules = {module.key: module for module in world.modules}
    return all(may_begin(world, modules, modules[run.module], run, path) for run in path) and fits(world.rule, modules, path)


def may_begin(world: World, modules: dict, module: Module, run: Offering, path: tuple[Offering, ...]) -> bool:
    finished = frozenset(other.module for other in path if other.end < run.semester)
    earned = {need: [modules[key] for key in finished if modules[key].subject == need.subject] for need in module.credit_needs}
    return module.needs <= finished and all(counts(held, world.overlaps) >= need.halves for need, held in earned.items())


def fits(rule: Rule, modules: dict, path: tuple[Offering, ...]) -> bool:
    """Each run asks for its credits in equal parts a semester, rounded up to a half."""
    most = rule.most_per_semester
    loads = {semester: 0 for run in path for semester in range(run.semester, run.end + 1)}
    for run in path:
        for semester in range(run.semester, run.end + 1):
            loads[semester] += -(-modules[run.module].halves // run.semesters)
    return most is None or all(load <= most for load in loads.values())


def counts(held: Iterable[Module], overlaps: tuple[OverlapSet, ...]) -> int:
    """The most that any part of what is held comes to, each with the deductions of its largest matching sets."""
    return _counts(frozenset((module.key, module.halves) for module in held), overlaps)


@cache
def _counts(held: frozenset, overlaps: tuple[OverlapSet, ...]) -> int:
    parts = chain.from_iterable(combinations(sorted(held), size) for size in range(len(held) + 1))
    return max(sum(halves for _, halves in part) - _deducted({key for key, _ in part}, overlaps) for part in parts)


def _deducted(keys: set, overlaps: tuple[OverlapSet, ...]) -> int:
    matching = [each for each in overlaps if each.modules <= keys]
    largest = [each for each in matching if not any(each.modules < other.modules for other in matching)]
    return sum(int(each.credits * 2) for each in largest)


def weigh(world: World, path: tuple[Offering, ...]) -> Best:
    modules = {module.key: module for module in world.modules}
    members = [run.module for run in path if serves(world, modules[run.module])]
    whole = counts((modules[key] for key in members), world.overlaps)
    local = (run.module for run in path if run.module in members and world.region in run.places)
    in_place = any(counts((modules[other] for other in members if other != key), world.overlaps) < whole for key in local)
    ends = max((run.end for run in path), default=world.window.start)
    return Best(min(whole, world.rule.target), in_place, ends, len(path))


def serves(world: World, module: Module) -> bool:
    return module.subject == world.subject and (world.band is None or world.band in module.bands)
