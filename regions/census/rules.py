"""Which figures of a census may be told at which level, and when somebody is reminded. Pure.

The levels lie within each other: what is told of a region is told of its counties, its owners and its schools too. A figure that is hidden is hidden in
everything it is made of, so that nothing can be added up to it; within what is shown the rules of `regions.reports` hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from regions.reports.rules import Line, apart, suppressed


class Level(StrEnum):
    """What a census is told by, from the largest to the smallest."""

    REGION = "region"
    COUNTY = "county"
    OWNER = "owner"
    SCHOOL = "school"


LEVELS = tuple(Level)


@dataclass(frozen=True)
class Figures:
    """`teachers` of a subject in a band; of them some are `without` the credits, of some it is `unknown`, and the others have enough.

    What is told to others are the teachers and those without; of how many it is not known is seen by those whose figures they are.
    """

    teachers: int = 0
    without: int = 0
    unknown: int = 0

    @property
    def participants(self) -> int:
        """What the rules on small numbers call the whole."""
        return self.teachers

    @property
    def parts(self) -> tuple[int, int]:
        return self.without, self.teachers - self.without

    @property
    def least_share(self) -> int | None:
        """How many in a hundred lack credits at least, as those of whom it is not known may lack some too."""
        return round(100 * self.without / self.teachers) if self.teachers else None

    @property
    def share(self) -> int | None:
        """How many in a hundred of those of whom it is known lack credits."""
        known = self.teachers - self.unknown
        return round(100 * self.without / known) if known else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(self.teachers + other.teachers, self.without + other.without, self.unknown + other.unknown)


def whole(figures: Figures) -> Line:
    """The whole country, which is part of nothing."""
    return apart([Line("", figures)])[0]


def under(above: Line, lines: Iterable[Line]) -> list[Line]:
    """What a line is made of. Where it is hidden they all are; where only its parts are, theirs are."""
    if above.hidden:
        return [replace(line, hidden=True, parts_hidden=True) for line in lines]
    told = suppressed(lines)
    return [replace(line, parts_hidden=True) for line in told] if above.parts_hidden else told


def due(days: int, answer_by: date, on: date) -> bool:
    """Whether a reminder so many days before the last one is to be sent on a day, or should have been before it."""
    return answer_by - timedelta(days=days) <= on <= answer_by


def fits(teachers: int, without: int, unknown: int) -> bool:
    """Nobody is counted twice."""
    return without + unknown <= teachers
