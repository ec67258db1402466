"""Can a teacher living in a region reach the target in a subject, for a band, in a study year and the three after?

The answer of one cell of the matrix, from the published modules and their open or planned runs. It is exact: every path with its
prerequisites and overlaps is weighed, and sums alone never say yes (they are wrong in one cell of seven, STACK «Limits»).
A further run never makes a cell worse.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from catalog.values import Band, Tag
from regions.coverage.catalogue import ASKED, Catalogue, Serving, tag_mask
from regions.coverage.facts import Module, Offering, Rule
from regions.coverage.missing import Missing, missing_step
from regions.coverage.paths import Path, Quest
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
    """What is known of a region, subject and band.

    `halves` of `target` are reached by `path`, told in the order of its semesters. `modules` count here and can be finished in these
    semesters by somebody living there; `offerings` are their runs within reach, from which the caller counts seats and institutions.
    `content` is told of those modules. `proven`: nothing better is possible; where False, in a tangle of overlaps or limits that took
    too long, the cell is at least as good as it says.
    """

    status: Status
    halves: int
    target: int
    path: tuple[Step, ...]
    missing: Missing | None
    content: dict[Tag, Content]
    modules: tuple[Hashable, ...]
    offerings: tuple[Offering, ...]
    proven: bool


def cell(catalogue: Catalogue, *, region: Hashable, subject: Hashable, band: Band | None, rule: Rule) -> Cell:
    """One cell; `band` None asks for the subject whatever the band (principals, areas)."""
    if subject not in catalogue.shelves:
        return Cell(Status.NONE, 0, rule.target, (), Missing(rule.target), _content([]), (), (), True)
    there = reach(catalogue, region, subject, rule.most_gathering_days)
    counting = there.shelf.serving(band)
    near = [number for number in counting.numbers if there.first[number] < NEVER]
    return _told(there, counting, near, Quest(there, counting, near, rule).best(), rule.target)


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


def _told(there: Reach, counting: Serving, near: list[int], path: Path, target: int) -> Cell:
    shelf, offerings = there.shelf, []
    for number in near:
        offerings += there.offerings(number)
    return Cell(
        status_of(path.halves, target, path.in_place),
        path.halves,
        target,
        _steps(there, counting, path),
        missing_step(there, counting, path, target),
        _content([shelf.tags[number] for number in near]),
        tuple([shelf.modules[number].key for number in near]),
        tuple(offerings),
        path.proven,
    )


def _steps(there: Reach, counting: Serving, path: Path) -> tuple[Step, ...]:
    """In the order in which they are finished."""
    taken, steps = [], []
    for number, run in sorted(path.runs.items(), key=lambda item: (item[1].end, item[1].start, item[0])):
        counts = 0
        if counting.mask >> number & 1:
            counts = there.gain(counting, taken, number)
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
