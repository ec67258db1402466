"""Can a teacher living in a region reach the target in a subject, for a band, in a study year and the three after?

The answer of one cell of the matrix, from the published modules and their open or planned runs. It is exact: every path with its
prerequisites and overlaps is weighed, and sums alone never say yes (they are wrong in one cell of seven, STACK «Limits»).
A further run never makes a cell worse.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from catalog.values import Band, Tag
from regions.coverage.catalogue import ASKED, Catalogue, tag_mask
from regions.coverage.facts import Module, Offering, Rule
from regions.coverage.missing import Missing, missing_step
from regions.coverage.paths import Path, best_path, counted
from regions.coverage.reach import Reach, reach
from regions.coverage.ways import NEVER


class Status(StrEnum):
    """How far the best path goes, the best first."""

    COMPLETE = "complete"  # to the target, with a module that is bound to a place in the region and counts
    DISTANCE = "distance"  # to the target, but only at a distance
    PARTLY = "partly"
    NONE = "none"


class Content(StrEnum):
    """Whether the modules within reach that count contain something, by what their institutions state."""

    COVERED = "covered"
    NOT_COVERED = "not-covered"
    NOT_STATED = "not-stated"  # none says so, and one at least says nothing at all


@dataclass(frozen=True, slots=True)
class Step:
    """One module of a path. `counts`: what it adds to those before it, in halves; 0 for a prerequisite from another subject."""

    semester: int
    module: Hashable
    offering: Offering
    in_place: bool
    counts: int


@dataclass(frozen=True, slots=True)
class Cell:
    """`halves` of `target` are reached by `path`, in the order of its semesters. `modules` count here and can be finished in these
    semesters by somebody living there; `offerings` are their runs within reach: whoever asks counts seats and institutions from them."""

    status: Status
    halves: int
    target: int
    path: tuple[Step, ...]
    missing: Missing | None
    content: dict[Tag, Content]
    modules: tuple[Hashable, ...]
    offerings: tuple[Offering, ...]


def cell(catalogue: Catalogue, *, region: Hashable, subject: Hashable, band: Band | None, rule: Rule) -> Cell:
    """One cell; `band` None asks for the subject whatever the band (principals, areas)."""
    if subject not in catalogue.shelves:
        return Cell(Status.NONE, 0, rule.target, (), Missing(rule.target), _content([]), (), ())
    near = reach(catalogue, region, subject, rule.most_gathering_days)
    counting = near.shelf.serving(band)
    path = best_path(near, counting, rule)
    return _told(near, counting, path, rule)


def status_of(halves: int, target: int, in_place: bool) -> Status:
    if halves >= target:
        return Status.COMPLETE if in_place else Status.DISTANCE
    return Status.PARTLY if halves else Status.NONE


def content_of(modules: Iterable[Module]) -> dict[Tag, Content]:
    """Didactics, ICT and assessment in some modules, those of a path for instance."""
    return _content([tag_mask(module) for module in modules])


def halves_stated(modules: Iterable[Module], tag: Tag) -> int | None:
    """The halves that rows with this tag cover together; None = no row states an amount. An empty amount counts nought."""
    amounts = [halves for module in modules for row, halves in module.tags if row == tag and halves is not None]
    return sum(amounts) if amounts else None


def better(cells: Iterable[Cell]) -> Cell:
    """The one that counts for a teacher who lives in several regions; the first of equals. Raises ValueError for none."""
    return min(cells, key=lambda each: (list(Status).index(each.status), -each.halves))


def _told(near: Reach, counting: list[int], path: Path, rule: Rule) -> Cell:
    shelf = near.shelf
    within = [number for number in counting if near.first[number] < NEVER]
    return Cell(
        status_of(path.halves, rule.target, path.in_place),
        path.halves,
        rule.target,
        _steps(near, counting, path),
        missing_step(near, counting, path, rule.target),
        _content([shelf.tags[number] for number in within]),
        tuple(shelf.modules[number].key for number in within),
        tuple(offering for number in within for offering in near.offerings(number)),
    )


def _steps(near: Reach, counting: list[int], path: Path) -> tuple[Step, ...]:
    """In the order in which they are finished."""
    members, taken, steps = set(counting), [], []
    for number, run in sorted(path.runs.items(), key=lambda item: (item[1].end, item[1].start, item[0])):
        counts = 0
        if number in members:
            counts = counted(near, counting, [*taken, number]) - counted(near, counting, taken)
            taken.append(number)
        steps.append(Step(run.start, run.offering.module, run.offering, not run.away, counts))
    return tuple(steps)


def _content(tags: list[int]) -> dict[Tag, Content]:
    stated, silent = 0, False
    for mask in tags:
        stated |= mask
        silent = silent or not mask
    missing = Content.NOT_STATED if silent else Content.NOT_COVERED
    return {tag: Content.COVERED if stated >> n & 1 else missing for n, tag in enumerate(ASKED)}
