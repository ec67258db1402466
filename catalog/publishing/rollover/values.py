"""What is rolled over: a semester or a study year; the dates of a run; and what becomes of each run."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from catalog.publishing.values import Meeting
from catalog.values import Semester, Term

YEAR = 2  # semesters


@dataclass(frozen=True)
class Span:
    """One semester, or the two of a study year. Its code stands in addresses: 2026h, 2027v; 2026 is the study year 2026/2027."""

    code: str
    semesters: tuple[Semester, ...]

    @classmethod
    def from_code(cls, code: str) -> "Span":
        """Raises ValueError."""
        if len(code) == 4 and code.isascii() and code.isdecimal():
            autumn = Semester(int(code), Term.AUTUMN)
            return cls(code, (autumn, autumn.plus(1)))
        return cls(code, (Semester.from_code(code),))

    @property
    def year(self) -> int:
        return self.semesters[0].year

    def next_year(self) -> "Span":
        """The same a year later."""
        later = tuple(semester.plus(YEAR) for semester in self.semesters)
        return Span(str(later[0].year) if len(later) > 1 else later[0].code, later)


@dataclass(frozen=True)
class Dates:
    """Every date of a run. A gathering of which only the ISO week is known has no days."""

    starts_on: date | None = None
    ends_on: date | None = None
    opens_on: date | None = None
    apply_by: date | None = None
    queue_closes_on: date | None = None
    gatherings: tuple[Meeting, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any date to move."""
        return any([self.starts_on, self.ends_on, self.opens_on, self.apply_by, self.queue_closes_on, self.gatherings])


@dataclass(frozen=True)
class Collision:
    """A date that falls on a public holiday, by its field; the holiday as config.working_days names it."""

    field: str
    day: date
    holiday: str


class Fate(StrEnum):
    """What becomes of a run when its semester is rolled over."""

    COPIED = "copied"
    THERE = "there"
    LEFT = "left"


class Why(StrEnum):
    """Why a run is not copied."""

    CANCELLED = "cancelled"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    NO_DATES = "no-dates"


@dataclass(frozen=True)
class Line:
    """One run of the old year: what becomes of it, and with what. `there` is the run of the new year that is there already;
    `beside` says that its module has another run then."""

    run: Any
    fate: Fate
    why: Why | None = None
    there: Any = None
    dates: Dates = Dates()
    collisions: tuple[Collision, ...] = ()
    beside: bool = False

    @property
    def later(self) -> Semester:
        """The semester it moves to."""
        return self.run.semester.plus(YEAR)


@dataclass(frozen=True)
class Counts:
    """How many runs there are, and what becomes of them; the parts add up to the whole."""

    total: int
    copied: int
    there: int
    left: dict[Why, int]

    @classmethod
    def of(cls, fates: Sequence[tuple[Fate, Why | None]]) -> "Counts":
        by_fate = Counter(fate for fate, _why in fates)
        left = Counter(why for _fate, why in fates if why)
        return cls(len(fates), by_fate[Fate.COPIED], by_fate[Fate.THERE], {why: left[why] for why in Why if left[why]})


@dataclass(frozen=True)
class Plan:
    """What rolling over would do, run by run."""

    span: Span
    lines: tuple[Line, ...]

    @property
    def counts(self) -> Counts:
        return Counts.of([(line.fate, line.why) for line in self.lines])

    def of(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate is fate]


@dataclass(frozen=True)
class Made:
    """A run that was made by rolling over: from which, and its version when it was made."""

    source: UUID
    copy: UUID
    version: int
