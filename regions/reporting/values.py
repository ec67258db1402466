"""What a report is asked for, and what its figures are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_YEARS = 10


class By(StrEnum):
    """What the figures are told by."""

    YEAR = "year"
    SUBJECT = "subject"
    INSTITUTION = "institution"
    LEVEL = "level"
    REGION = "region"
    COUNTY = "county"
    OWNER = "owner"
    SCHOOL = "school"


HAS_SEATS = (By.YEAR, By.SUBJECT, By.INSTITUTION, By.LEVEL, By.REGION, By.COUNTY)  # a run belongs to one of each, so its seats can be told by them


class State(StrEnum):
    """Where a participant stands, as a figure of a line counts them."""

    COMPLETED = "completed"
    INTERRUPTED = "interrupted"
    GOING_ON = "going-on"


class Every(StrEnum):
    """How often a report that is kept is sent."""

    NEVER = "never"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Asked:
    """The definition of a report: figures by something, of the runs that begin in the study years from `first` to `last`, perhaps in one subject."""

    by: By
    first: int
    last: int
    subject: str | None = None


@dataclass(frozen=True)
class Behind:
    """What a figure of a report is made of: one line of it by its key (none = not stated), or all of them (`whole`); of its participants perhaps those in
    one state, and of the interrupted perhaps those of one cause (`cause`: its name, or «none» for what is not stated)."""

    key: str | None = None
    whole: bool = False
    state: State | None = None
    cause: str | None = None


@dataclass(frozen=True)
class Figures:
    """`participants` had a seat; `completed` and `interrupted` of them are done. `seats` and `unused`: of the runs that have begun, none where the
    figure belongs to teachers alone (owner, school), or no run states its seats."""

    participants: int = 0
    completed: int = 0
    interrupted: int = 0
    seats: int | None = None
    unused: int | None = None

    @property
    def going_on(self) -> int:
        return self.participants - self.completed - self.interrupted

    def of(self, state: State | None) -> int:
        """How many are in a state; none = all participants."""
        return {None: self.participants, State.COMPLETED: self.completed, State.INTERRUPTED: self.interrupted, State.GOING_ON: self.going_on}[state]

    @property
    def completion(self) -> int | None:
        """Completed of those who are done, in whole per cent; none where nobody is."""
        done = self.completed + self.interrupted
        return round(100 * self.completed / done) if done else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.participants + other.participants, self.completed + other.completed, self.interrupted + other.interrupted,
            _sum(self.seats, other.seats), _sum(self.unused, other.unused),
        )  # fmt: skip


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


@dataclass(frozen=True)
class Line:
    """One row of a report: the key it leads to its rows by (none = not stated), its name and its figures."""

    key: str | None
    name: str
    figures: Figures


def next_day(every: Every, on: date) -> date | None:
    """The next day a report is sent: the Monday or the first of the month after a day."""
    if every is Every.NEVER:
        return None
    if every is Every.WEEK:
        return date.fromordinal(on.toordinal() + 7 - on.weekday())
    return date(on.year + on.month // 12, on.month % 12 + 1, 1)
