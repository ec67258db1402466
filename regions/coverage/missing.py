"""The step that is missing in a cell without a complete path: a module of the best course to get going, else just credits."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from regions.coverage.catalogue import Serving
from regions.coverage.paths import Path
from regions.coverage.reach import Reach
from regions.coverage.ways import NEVER, Ways


class Hindrance(StrEnum):
    """Why a published module is not on the path."""

    NO_RUN = "no-run"  # in these semesters
    OUT_OF_REACH = "out-of-reach"  # runs, but elsewhere, with too many gathering days or too far away
    PREREQUISITE = "prerequisite"  # runs, but what it requires cannot be finished before
    NOT_PUBLISHED = "not-published"  # required, and unknown or not published
    WORKLOAD = "workload"  # runs only where the semester is full


@dataclass(frozen=True, slots=True)
class Missing:
    """`halves` are missing to the target. `module` stands in the way for the reason `why`; `towards` is the module that would then
    count, itself or one that requires it, and `counts` its share of what is missing. All three are None, and `counts` 0, where no
    published module helps."""

    halves: int
    module: Hashable | None = None
    why: Hindrance | None = None
    towards: Hashable | None = None
    counts: int = 0


def missing_step(reach: Reach, counting: Serving, path: Path, target: int) -> Missing | None:
    """None where the target is reached. Of the modules that would count, those of the best course go first, then those that count
    most, then those without a run."""
    short = target - path.halves
    if short <= 0:
        return None
    taken = [number for number in counting.numbers if number in path.runs]
    gains = {number: min(short, reach.gain(counting, taken, number)) for number in counting.numbers if number not in path.runs}
    course = best_course(reach, counting, taken)
    helping = [number for number, halves in gains.items() if halves > 0]
    if not helping:
        return Missing(short)
    best = min(helping, key=lambda n: (course not in reach.shelf.modules[n].courses, -gains[n], n in reach.shelf.offered, n))
    module, why = hindrance(reach, best)
    return Missing(short, module, why, reach.shelf.modules[best].key, gains[best])


def best_course(reach: Reach, counting: Serving, taken: list[int]) -> Hashable | None:
    """The course with most of the path, then the one with most published; None where no module belongs to one."""
    on_path, published = Counter(), Counter()
    for numbers, halves in ((taken, on_path), (counting.numbers, published)):
        for number in numbers:
            halves.update(dict.fromkeys(reach.shelf.modules[number].courses, reach.shelf.halves[number]))
    return min(published, key=lambda course: (-on_path[course], -published[course], course), default=None)


def hindrance(reach: Reach, number: int) -> tuple[Hashable, Hindrance]:
    """The module in the way of this one, itself or one that it requires, and why."""
    module = reach.shelf.modules[number]
    if reach.first[number] < NEVER:
        return module.key, Hindrance.WORKLOAD
    if number not in reach.shelf.offered:
        return module.key, Hindrance.NO_RUN
    return first_blocked(reach.ways, number) if reach.shelf.linked else (module.key, Hindrance.OUT_OF_REACH)


def first_blocked(ways: Ways, number: int) -> tuple[Hashable, Hindrance]:
    """Follows what cannot be finished back to where it begins: a module without a run to take, or with one that comes too early."""
    seen = set()
    while number not in seen and ways.runs(number):
        seen.add(number)
        unpublished = sorted(key for key in ways.links.modules[number].needs if key not in ways.links.number)
        if unpublished:
            return unpublished[0], Hindrance.NOT_PUBLISHED
        behind = [need for need in ways.links.before.get(number, ()) if ways.first[need] >= NEVER and need not in seen]
        number = min(behind, default=number)
    shelf, at = ways.links.spots[number]
    hindered = Hindrance.OUT_OF_REACH if at in shelf.offered else Hindrance.NO_RUN
    return ways.links.modules[number].key, Hindrance.PREREQUISITE if ways.runs(number) else hindered
