"""What coverage is judged from: modules, their runs, and a region's rule.

Credits are integer counts of halves (60 credits = 120); semesters are their numbers (`Semester.number`).
Keys and subjects are what the caller's rows are known by: each of one type that sorts. What overlaps is told by `OverlapSet` of enrolment's
progress, whose modules are known by the same keys.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from catalog.values import Band, Semester, Tag, Term

SEMESTERS = 8  # a study year and the three after


def window(study_year: int) -> range:
    """The numbers of the eight semesters of a study year and the three after, from its autumn."""
    first = Semester(study_year, Term.AUTUMN).number
    return range(first, first + SEMESTERS)


def study_year(on: date) -> int:
    """The study year that a day lies in, by the year its autumn is in."""
    return Semester(on.year, Term.AUTUMN if on.month >= 8 else Term.SPRING).study_year


@dataclass(frozen=True, slots=True)
class CreditNeed:
    """A required prerequisite told in credits: so much earned in a subject before the module begins."""

    subject: Hashable
    halves: int


@dataclass(frozen=True, slots=True)
class Module:
    """A published module, with or without runs.

    `bands`: those it serves; empty = not stated, so it counts for none. `needs`: modules that must be finished in an
    earlier semester, in any subject. `tags`: a row's tag with the halves it covers, or None where the amount is not
    stated; no rows = the institution states nothing. `courses`: those it is part of. `institution`: whose it is, for the caller to count.
    """

    key: Hashable
    halves: int
    subject: Hashable
    bands: frozenset[Band] = frozenset()
    needs: frozenset[Hashable] = frozenset()
    credit_needs: tuple[CreditNeed, ...] = ()
    tags: tuple[tuple[Tag, int | None], ...] = ()
    courses: frozenset[Hashable] = frozenset()
    institution: Hashable = None


@dataclass(frozen=True, slots=True)
class Offering:
    """A run that is open or planned, from `semester` on for `semesters` terms; it is finished at the end of the last.

    `places`: the regions where it is bound to a place. `gathering_days`: days away from home in its semester, 0 where
    everything is online; None = taught at its place, or not stated, and then it is no distance offering. `too_far` counts only where it is not bound.
    """

    key: Hashable
    module: Hashable
    semester: int
    places: frozenset[Hashable] = frozenset()
    gathering_days: int | None = None
    seats: int | None = None  # none = not stated; counted by the caller
    semesters: int = 1
    too_far: frozenset[Hashable] = frozenset()  # the regions from where its gatherings are further away than the region's rule allows

    @property
    def end(self) -> int:
        return self.semester + self.semesters - 1


@dataclass(frozen=True, slots=True)
class Rule:
    """What a cell is judged by. A distance offering counts when its gathering days are within the region's number.

    Raises ValueError for a target of nought: where nothing is required there is no cell.
    """

    target: int = 120
    most_gathering_days: int = 0  # in a semester; -1 leaves every distance offering out
    most_per_semester: int | None = None  # halves one can study in a semester; None = no limit

    def __post_init__(self):
        if self.target <= 0:
            raise ValueError("A cell of the coverage matrix needs a target above nought.")
